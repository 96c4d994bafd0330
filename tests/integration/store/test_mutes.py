"""What readers mute, on both databases."""

from datetime import datetime, timedelta

from comtoise.digests.mutes import Mute, muted
from comtoise.model import Channel
from comtoise.store import Database, mutes, readers, stories

from .conftest import MakeStory


def test_a_mute_replaces_an_earlier_one_and_is_lifted(database: Database, now: datetime) -> None:
    with database.write() as tx:
        reader, _new = readers.register(tx, Channel.TELEGRAM, "1", now=now)
        mutes.save(tx, reader.id, Mute("company", "orlova", now))
        mutes.save(tx, reader.id, Mute("company", "orlova", None))
        mutes.save(tx, reader.id, Mute("source", "gazette", now + timedelta(days=1)))
    with database.write() as tx:
        both = (Mute("company", "orlova", None), Mute("source", "gazette", now + timedelta(days=1)))
        assert mutes.of_reader(tx, reader.id) == both
        assert mutes.of_readers(tx, [reader.id, 999]) == {reader.id: both}
        assert mutes.lift(tx, reader.id, "company", "orlova")
        assert not mutes.lift(tx, reader.id, "company", "orlova")
        mutes.forget_over(tx, now=now + timedelta(days=2))
        assert mutes.of_reader(tx, reader.id) == ()


def test_the_readers_tired_of_a_story_are_found_by_its_topics(
    desk: Database, make_story: MakeStory, now: datetime
) -> None:
    story_id = make_story()
    wanted = {
        "sector": Mute("sector", "plasturgie", None),
        "source": Mute("source", "gazette", now + timedelta(days=1)),
        "over": Mute("source", "gazette", now),
        "elsewhere": Mute("sector", "sante", None),
    }
    ids = {}
    with desk.write() as tx:
        for name, mute in wanted.items():
            reader, _new = readers.register(tx, Channel.TELEGRAM, name, now=now)
            mutes.save(tx, reader.id, mute)
            ids[name] = reader.id
    with desk.read() as tx:
        (story,) = stories.load(tx, [story_id])
        of_readers = mutes.of_readers(tx, list(ids.values()))
    silent = {reader_id for reader_id, theirs in of_readers.items() if muted(story, theirs, now)}
    assert silent == {ids["sector"], ids["source"]}


def test_a_reader_who_is_forgotten_leaves_no_mute(database: Database, now: datetime) -> None:
    with database.write() as tx:
        reader, _new = readers.register(tx, Channel.TELEGRAM, "1", now=now)
        mutes.save(tx, reader.id, Mute("company", "orlova", None))
        readers.forget(tx, reader.id, key=b"key", now=now)
        tx.expire_all()
        assert mutes.of_reader(tx, reader.id) == ()
