"""Readers and the index of what they follow."""

from datetime import datetime, time, timedelta

import pytest

from comtoise.model import Channel, Rhythm, Subscription
from comtoise.store import Database, readers

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
        "rhythms": frozenset({Rhythm.INSTANT, Rhythm.WEEKLY}),
        "quiet_from": time(22, 15),
        "quiet_to": None,
        "alerts_per_day": 3,
    }
    reader_id = follow(desk, now, "a", **wanted)
    with desk.read() as tx:
        assert readers.subscription(tx, reader_id) == Subscription(reader_id=reader_id, **wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        pytest.param(("sector", "plasturgie"), {"plastics", "all"}, id="followed"),
        pytest.param(("sector", "bois"), {"all"}, id="not-followed"),
        pytest.param(("departement", "01"), {"all"}, id="a-place-restricts-and-never-selects"),
    ],
)
def test_interested_readers_are_found_through_the_index(
    desk: Database, now: datetime, topic: tuple[str, str], expected: set[str]
) -> None:
    instant = frozenset({Rhythm.INSTANT})
    ids = {
        "plastics": follow(desk, now, "plastics", sectors=frozenset({"plasturgie"}), rhythms=instant),
        "all": follow(desk, now, "all", departements=frozenset({"25"}), rhythms=instant),
        "daily": follow(desk, now, "daily", rhythms=frozenset({Rhythm.DAILY})),
    }
    with desk.read() as tx:
        found = {s.reader.id for s in readers.interested(tx, [topic], Rhythm.INSTANT)}
    assert found == {ids[name] for name in expected}


def test_a_paused_reader_is_in_no_rhythm(desk: Database, now: datetime) -> None:
    reader_id = follow(desk, now, "a")
    with desk.write() as tx:
        assert len(readers.subscribers(tx, Rhythm.DAILY)) == 1
        readers.pause(tx, reader_id, paused=True)
        assert readers.subscribers(tx, Rhythm.DAILY) == []


def test_forgetting_leaves_nothing_but_a_keyed_hash(desk: Database, now: datetime) -> None:
    reader_id = follow(desk, now, "secret@example.org", sectors=frozenset({"bois"}))
    with desk.write() as tx:
        readers.forget(tx, reader_id, key=b"k", now=now)
    with desk.read() as tx:
        assert readers.find(tx, Channel.MAIL, "secret@example.org") is None
        assert readers.interested(tx, [("sector", "bois")], Rhythm.DAILY) == []


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
