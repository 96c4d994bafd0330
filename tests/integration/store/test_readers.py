"""Readers and the index of what they follow."""

from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from comtoise.model import Channel, Rhythm, Subscription
from comtoise.store import Database, readers, words
from comtoise.store.tables import FollowRow, WatchRow

AGES = {"gone": timedelta(days=40), "silent": timedelta(days=1001), "here": timedelta(days=999)}


def follow(desk: Database, now: datetime, address: str, **wanted: object) -> int:
    with desk.write() as tx:
        reader, _ = readers.register(tx, Channel.MAIL, address, now=now)
        readers.save(tx, Subscription(reader_id=reader.id, **wanted))  # type: ignore[arg-type]
    return reader.id


def test_what_is_saved_is_read_back(desk: Database, now: datetime) -> None:
    wanted: dict[str, object] = {
        "sectors": frozenset({"plasturgie", "sante"}),
        "departements": frozenset({"01"}),
        "words": frozenset({"presse à injecter", "laser PROCHE(5) usinage"}),
        "exclusions": frozenset({"moule NON frites"}),
        "quiet_weekend": True,
        "empty_days": True,
        "rhythms": frozenset({Rhythm.INSTANT, Rhythm.WEEKLY}),
        "quiet_from": time(22, 15),
        "quiet_to": None,
        "alerts_per_day": 3,
    }
    reader_id = follow(desk, now, "a", **wanted)
    with desk.read() as tx:
        assert readers.subscription(tx, reader_id) == Subscription(reader_id=reader_id, **wanted)  # type: ignore[arg-type]


def test_a_paused_reader_is_in_no_rhythm(desk: Database, now: datetime) -> None:
    reader_id = follow(desk, now, "a")
    with desk.write() as tx:
        assert len(readers.subscribers(tx, Rhythm.DAILY)) == 1
        readers.pause(tx, reader_id, paused=True)
        assert readers.subscribers(tx, Rhythm.DAILY) == []


def test_forgetting_leaves_nothing_but_a_keyed_hash(desk: Database, now: datetime) -> None:
    reader_id = follow(
        desk, now, "secret@example.org", sectors=frozenset({"bois"}), words=frozenset({"scierie"})
    )
    with desk.write() as tx:
        readers.forget(tx, reader_id, key=b"k", now=now)
    with desk.read() as tx:
        assert readers.find(tx, Channel.MAIL, "secret@example.org") is None
        assert tx.scalar(select(func.count()).select_from(FollowRow)) == 0
        assert tx.scalar(select(func.count()).select_from(WatchRow)) == 0
        assert words.in_use(tx) == []


def test_a_group_that_moves_onto_a_known_one_is_not_doubled(desk: Database, now: datetime) -> None:
    old = follow(desk, now, "-1")
    follow(desk, now, "-100")
    with desk.write() as tx:
        readers.move(tx, old, "-100")
        assert len(readers.subscribers(tx, Rhythm.DAILY)) == 1


def test_who_left_or_fell_silent_is_forgotten_in_time(desk: Database, now: datetime) -> None:
    gone, silent, here = (follow(desk, now - age, name) for name, age in AGES.items())
    with desk.write() as tx:
        readers.disable(tx, gone, "blocked", now=now - timedelta(days=31))
        erased = readers.forget_absent(
            tx,
            gone_before=now - timedelta(days=30),
            silent_before=now - timedelta(days=1000),
            key=b"k",
            now=now,
        )
        left = [found.reader.id for found in readers.everyone(tx)]
    assert (erased, left) == (2, [here])
    assert silent not in left


def test_bounces_add_up_over_days_and_go_stale(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        reader, _new = readers.register(tx, Channel.MAIL, "j@a.example", now=now)
        day = timedelta(days=1)
        assert not readers.bounced(tx, reader.id, weight=1, now=now)
        assert not readers.bounced(tx, reader.id, weight=1, now=now + timedelta(hours=1))  # the same day
        assert not readers.bounced(tx, reader.id, weight=1, now=now + day)
        assert not readers.bounced(tx, reader.id, weight=1, now=now + 40 * day)  # the slate was wiped
        assert not readers.bounced(tx, reader.id, weight=1, now=now + 41 * day)
        assert readers.bounced(tx, reader.id, weight=1, now=now + 42 * day)
        found = readers.get(tx, reader.id)
    assert found is not None
    assert found.reader.disabled_reason == readers.BOUNCED


def test_an_inscription_never_confirmed_leaves_none_of_its_words(desk: Database, now: datetime) -> None:
    reader_id = follow(desk, now, "j@a.example", words=frozenset({"scierie"}))
    with desk.write() as tx:
        readers.disable(tx, reader_id, "stopped", now=now)
        readers.ask(tx, Channel.MAIL, "j@a.example", now=now)
        assert readers.forget_unconfirmed(tx, asked_before=now + timedelta(days=1)) == 1
        assert words.in_use(tx) == []
