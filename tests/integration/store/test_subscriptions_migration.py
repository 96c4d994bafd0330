"""Readers and digests from before the index and the editions go through the migration, and back."""

import json
from datetime import timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from comtoise.model import Rhythm
from comtoise.store import Database, digests, readers, schema, watch
from unit.digests.made import make_story

AT = "2026-11-24 12:00:00"


def test_readers_of_before_are_found_and_digests_of_before_are_shown(database_url: str) -> None:
    engine = create_engine(database_url)
    config = Config()
    config.set_main_option("script_location", "comtoise.store:migrations")

    def go(to: str, *, up: bool) -> None:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            (command.upgrade if up else command.downgrade)(config, to)

    go("0006", up=True)
    slot = {"rhythm": "daily", "key": "x", "since": "2026-11-23T06:30:00Z", "until": "2026-11-24T06:30:00Z"}
    article = {"article_id": "1", "url": "", "title": "Titre", "source_id": "g", "source_name": "G"}
    dates = {"published": None, "first_seen": "2026-11-23T12:00:00Z"}
    story = {
        "id": "7",
        "lead": article | dates,
        "worth": 1,
        "first_seen": dates["first_seen"],
        "last_seen": dates["first_seen"],
    }
    content = {
        "slot": slot,
        "title": "",
        "period": "",
        "zone": "",
        "highlights": [story],
        "sections": [{"topic": "bois", "label": "Bois", "stories": []}],
    }
    with engine.begin() as connection:
        for number, (rhythms, kind, topic) in enumerate(
            [("daily,instant", "sector", "bois"), ("daily", "sector", "bois"), ("instant", "all", "*")],
            start=1,
        ):
            connection.execute(
                text(
                    "INSERT INTO reader (id, channel, address, language, timezone, paused, strikes,"
                    " created_at, last_contact_at, rhythms, alerts_per_day, worth_min)"
                    " VALUES (:id, 'console', :id2, 'fr', 'Europe/Paris', false, 0, :at, :at, :rhythms, 5, 1)"
                ),
                {"id": number, "id2": str(number), "at": AT, "rhythms": rhythms},
            )
            connection.execute(
                text("INSERT INTO follow (kind, topic, reader_id) VALUES (:kind, :topic, :id)"),
                {"kind": kind, "topic": topic, "id": number},
            )
        connection.execute(
            text("INSERT INTO follow (kind, topic, reader_id) VALUES ('departement', '39', 1)")
        )
        for reader_id, said in ((1, json.dumps(content)), (2, None)):
            connection.execute(
                text(
                    "INSERT INTO digest (reader_id, rhythm, slot_key, composed_at, content)"
                    " VALUES (:id, 'daily', 'x', :at, :content)"
                ),
                {"id": reader_id, "at": AT, "content": said},
            )
    go("head", up=True)
    database = Database.open(database_url)
    with database.read() as tx:
        assert list(watch.followers(tx, make_story("s", "sector:bois", "departement:39"))) == [1, 3]
        assert list(watch.followers(tx, make_story("s", "sector:bois", "departement:25"))) == [3]
        found = digests.load(tx, 1, reader_id=1)
        assert found is not None
        assert [told.lead.title for told in found.stories] == ["Titre"]
        assert digests.load(tx, 2, reader_id=2) is None
        since = readers.everyone(tx)[0].since - timedelta(days=1)
        assert [digests.tells(tx, reader, 7, since=since) for reader in (1, 2)] == [True, False]
    with database.write() as tx:
        new = digests.save(tx, 3, Rhythm.DAILY, "y", found, at=since)
        assert new is not None, "numbers go on after those of the migration"
    database.close()
    go("0006", up=False)
    with engine.begin() as connection:
        kept = connection.execute(text("SELECT id, content IS NOT NULL FROM digest ORDER BY id")).all()
    assert [(number, bool(said)) for number, said in kept][:2] == [(1, True), (2, False)]
    go("head", up=True)
    assert schema.revision(engine) == schema.head()
    engine.dispose()
