"""One story to many readers: each gets what the rule for alerts gives him, and gets it once."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from comtoise.digests import alert_due
from comtoise.digests.mutes import Mute
from comtoise.model import Channel, DeliveryState, Digest, Rhythm, Slot, Subscription
from comtoise.store import Database, digests, fanout, mutes, outbox, readers, stories, watch
from comtoise.store.database import Tx
from comtoise.store.tables import ReaderRow
from integration.store.conftest import MakeStory

AT_ONCE = frozenset({Rhythm.INSTANT})
PARIS = ZoneInfo("Europe/Paris")


def follow(tx: Tx, address: str, now: datetime, **wanted: object) -> int:
    reader, _new = readers.register(tx, Channel.CONSOLE, address, now=now)
    choices: dict[str, object] = {"rhythms": AT_ONCE, "quiet_from": None, "quiet_to": None, **wanted}
    readers.save(tx, Subscription(reader_id=reader.id, **choices))  # type: ignore[arg-type]
    return reader.id


def alert(tx: Tx, story_id: int, now: datetime) -> int:
    (story,) = stories.load(tx, [story_id])
    return fanout.alert(
        tx,
        story,
        watch.followers(tx, story),
        lambda wanted, zone, sent: alert_due(story, wanted, now, sent, tz=zone),
        told_as=[story_id],
        told_since=now - timedelta(days=8),
        now=now,
    )


def alerted(tx: Tx) -> dict[int, datetime]:
    return {line.reader_id: line.not_before for line in outbox.lines(tx)}


def test_each_has_it_once(desk: Database, now: datetime, make_story: MakeStory) -> None:
    story = make_story()
    with desk.write() as tx:
        ids = [follow(tx, str(number), now) for number in range(3)]
        assert alert(tx, story, now) == 3
        assert alert(tx, story, now) == 0
        assert alerted(tx) == dict.fromkeys(ids, now)
        assert {line.state for line in outbox.lines(tx)} == {DeliveryState.WAITING}


def test_quiet_hours_are_those_of_each(desk: Database, make_story: MakeStory, now: datetime) -> None:
    story = make_story()
    night = datetime(2026, 11, 25, 23, tzinfo=PARIS)
    with desk.write() as tx:
        quiet = {"quiet_from": time(20), "quiet_to": time(7, 30)}
        awake = follow(tx, "awake", now)
        asleep = follow(tx, "asleep", now, **quiet)
        over_there = follow(tx, "in Fort-de-France", now, **quiet)
        follow(tx, "has a digest in the morning", now, rhythms=AT_ONCE | {Rhythm.DAILY}, **quiet)
        tx.get_one(ReaderRow, over_there).timezone = "America/Martinique"
        assert alert(tx, story, night) == 3
        assert alerted(tx) == {
            awake: night,
            asleep: datetime(2026, 11, 26, 7, 30, tzinfo=PARIS),
            over_there: night,
        }


def test_the_cap_is_that_of_each_for_his_day(desk: Database, now: datetime, make_story: MakeStory) -> None:
    made = [make_story(number) for number in range(1, 5)]
    with desk.write() as tx:
        two = follow(tx, "two", now, alerts_per_day=2)
        five = follow(tx, "five", now)
        follow(tx, "none", now, alerts_per_day=0)
        assert [alert(tx, story, now) for story in made] == [2, 2, 1, 1]
        assert {reader: len(told) for reader, told in fanout.told(tx, [two, five], now).items()} == {
            two: 2,
            five: 4,
        }
        late = now + timedelta(days=1)
        assert alert(tx, made[3], late) == 1, "tomorrow is another day"


@pytest.mark.parametrize("why", ["paused", "gone", "unconfirmed", "muted", "told in a digest"])
def test_who_is_not_to_be_told_is_passed_over(
    desk: Database, now: datetime, make_story: MakeStory, why: str
) -> None:
    story_id = make_story()
    with desk.write() as tx:
        here, other = follow(tx, "here", now), follow(tx, "other", now)
        row = tx.get_one(ReaderRow, other)
        if why == "paused":
            readers.pause(tx, other, paused=True)
        elif why == "gone":
            readers.disable(tx, other, "blocked", now=now)
        elif why == "unconfirmed":
            row.confirmed_at = None
        elif why == "muted":
            mutes.save(tx, other, Mute("sector", "plasturgie", None))
        else:
            (story,) = stories.load(tx, [story_id])
            slot = Slot(rhythm=Rhythm.DAILY, key="x", since=now - timedelta(days=1), until=now)
            digest = Digest(slot=slot, title="", period="", zone="", highlights=(story,), sections=())
            assert digests.save(tx, other, Rhythm.DAILY, "x", digest, at=now)
        tx.flush()
        assert alert(tx, story_id, now) == 1
        assert set(alerted(tx)) == {here}


def test_more_readers_than_fit_in_a_statement(
    desk: Database, now: datetime, make_story: MakeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "CHUNK", 3)
    story = make_story()
    with desk.write() as tx:
        ids = [follow(tx, str(number), now) for number in range(8)]
        assert alert(tx, story, now) == 8
        assert set(alerted(tx)) == set(ids)
