"""What readers say of stories and of their topics."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from comtoise.model import Channel, TopicKind
from comtoise.store import Database, feedback, readers
from comtoise.store.feedback import Verdict

MakeStory = Callable[..., int]
SECTORS = (TopicKind.SECTOR,)
PLASTICS = (TopicKind.SECTOR, "plasturgie")


@pytest.fixture
def ids(desk: Database, now: datetime) -> list[int]:
    """Three readers."""
    with desk.write() as tx:
        return [readers.register(tx, Channel.CONSOLE, name, now=now)[0].id for name in "abc"]


def test_a_verdict_is_kept_once_and_can_change(
    desk: Database, now: datetime, ids: list[int], make_story: MakeStory
) -> None:
    story = make_story()
    with desk.write() as tx:
        said = [
            feedback.give(tx, reader_id=ids[0], story_id=story, verdict=verdict, now=now)
            for verdict in (Verdict.USEFUL, Verdict.USEFUL, Verdict.OFF_TOPIC)
        ]
    assert said == [True, False, True]
    with desk.read() as tx:
        assert feedback.of_reader(tx, ids[0]) == {story: Verdict.OFF_TOPIC}


def test_a_verdict_on_a_topic_stands_beside_the_one_on_the_story(
    desk: Database, now: datetime, ids: list[int], make_story: MakeStory
) -> None:
    story = make_story()
    with desk.write() as tx:
        feedback.give(tx, reader_id=ids[0], story_id=story, verdict=Verdict.USEFUL, now=now)
        feedback.give(
            tx, reader_id=ids[0], story_id=story, verdict=Verdict.OFF_TOPIC, now=now, topic=PLASTICS
        )
    with desk.read() as tx:
        assert feedback.of_reader(tx, ids[0]) == {story: Verdict.USEFUL}
        (judged,) = feedback.judged(tx, [TopicKind.SECTOR])
    assert (judged.useful, judged.off_topic) == (0, 1)


def test_a_story_verdict_speaks_for_its_topics_unless_the_topic_has_its_own(
    desk: Database, now: datetime, ids: list[int], make_story: MakeStory
) -> None:
    story, unjudged = make_story(1), make_story(2)
    with desk.write() as tx:
        feedback.give(tx, reader_id=ids[0], story_id=story, verdict=Verdict.USEFUL, now=now)
        feedback.give(tx, reader_id=ids[1], story_id=story, verdict=Verdict.USEFUL, now=now)
        feedback.give(
            tx, reader_id=ids[1], story_id=story, verdict=Verdict.OFF_TOPIC, now=now, topic=PLASTICS
        )
        feedback.give(
            tx,
            reader_id=ids[2],
            story_id=story,
            verdict=Verdict.USEFUL,
            now=now,
            topic=(TopicKind.SECTOR, "textile"),
        )
    with desk.read() as tx:
        (found,) = feedback.judged(tx, SECTORS)
        assert feedback.judged(tx, (TopicKind.SIGNAL,)) == []
    assert found.story_id == story != unjudged
    assert (found.topic, found.useful, found.off_topic) == ("plasturgie", 1, 1)
    assert [item.words for item in found.evidence] == ["injection"]


def test_old_verdicts_can_be_left_out(
    desk: Database, now: datetime, ids: list[int], make_story: MakeStory
) -> None:
    story = make_story()
    with desk.write() as tx:
        feedback.give(tx, reader_id=ids[0], story_id=story, verdict=Verdict.USEFUL, now=now)
        later = now + timedelta(days=30)
        feedback.give(tx, reader_id=ids[1], story_id=story, verdict=Verdict.OFF_TOPIC, now=later)
    with desk.read() as tx:
        (found,) = feedback.judged(tx, SECTORS, since=now + timedelta(days=1))
    assert (found.useful, found.off_topic) == (0, 1)


def test_verdicts_survive_the_migration_and_its_way_back(tmp_path: Path) -> None:
    from alembic import command

    from comtoise.store import schema

    engine = create_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
    schema.upgrade(engine, "0005")
    at = "2026-11-25 08:00:00.000000"
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO reader (id, channel, address, language, timezone, paused, strikes, created_at,"
                " last_contact_at, rhythms, alerts_per_day, worth_min)"
                f" VALUES (1, 'console', 'a', 'fr', 'Europe/Paris', 0, 0, '{at}', '{at}', 'daily', 5, 1)"
            )
        )
        connection.execute(
            text(f"INSERT INTO story (id, first_seen, last_seen, worth) VALUES (7, '{at}', '{at}', 1)")
        )
        connection.execute(text(f"INSERT INTO feedback VALUES (1, 7, 'useful', '{at}')"))
    schema.upgrade(engine, "0006")
    insert = f"INSERT INTO feedback VALUES (1, 7, 'off-topic', '{at}', 'sector', 'plasturgie')"
    with engine.begin() as connection:
        kept = connection.execute(text("SELECT kind, topic, verdict FROM feedback")).all()
        connection.execute(text(insert))
    assert kept == [("", "", "useful")]
    config = schema._config()
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
    with engine.begin() as connection:
        assert connection.execute(text("SELECT * FROM feedback")).all() == [(1, 7, "useful", at)]
    engine.dispose()
