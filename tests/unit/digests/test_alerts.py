"""Whether a story is worth an interruption."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from comtoise.digests.alerts import HoldUntil, LeaveToDigest, SendNow, Why, alert_due, quiet_until
from comtoise.model import Rhythm, Subscription
from unit.digests.made import make_story

PARIS = ZoneInfo("Europe/Paris")
AT_ONCE = Subscription(reader_id=1, rhythms=frozenset({Rhythm.INSTANT}), alerts_per_day=2)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def decide(subscription: Subscription, at: str, *, sent: int = 0, age: timedelta = timedelta(0)) -> object:
    now = paris(at)
    return alert_due(make_story("s", seen=now - age), subscription, now, sent, tz=PARIS)


def test_by_day_an_alert_is_sent_at_once() -> None:
    assert decide(AT_ONCE, "2026-11-25T10:00") == SendNow()


def test_at_night_it_is_held_until_the_quiet_hours_end() -> None:
    assert decide(AT_ONCE, "2026-11-25T23:00") == HoldUntil(paris("2026-11-26T07:30"))


def test_at_night_it_goes_into_the_morning_digest_of_those_who_have_one() -> None:
    both = replace(AT_ONCE, rhythms=frozenset({Rhythm.INSTANT, Rhythm.DAILY}))
    assert decide(both, "2026-11-25T23:00") == LeaveToDigest(Why.QUIET)
    assert decide(both, "2026-11-25T10:00") == SendNow()


@pytest.mark.parametrize(
    ("subscription", "sent", "age", "why"),
    [
        pytest.param(Subscription(reader_id=1), 0, 0, Why.NOT_ASKED, id="daily-only"),
        pytest.param(replace(AT_ONCE, sectors=frozenset({"bois"})), 0, 0, Why.UNFIT, id="not-followed"),
        pytest.param(replace(AT_ONCE, worth_min=2), 0, 0, Why.UNFIT, id="not-worth-it"),
        pytest.param(AT_ONCE, 2, 0, Why.CAP, id="enough-for-today"),
        pytest.param(replace(AT_ONCE, alerts_per_day=0), 0, 0, Why.CAP, id="a-cap-of-none"),
        pytest.param(AT_ONCE, 0, 73, Why.STALE, id="found-again-after-three-days"),
    ],
)
def test_otherwise_the_digest_tells_it(subscription: Subscription, sent: int, age: int, why: Why) -> None:
    decision = decide(subscription, "2026-11-25T10:00", sent=sent, age=timedelta(hours=age))
    assert decision == LeaveToDigest(why)


def test_old_news_found_just_now_is_no_alert() -> None:
    now = paris("2026-11-25T10:00")
    story = make_story("s", seen=now, published=now - timedelta(hours=73))
    assert alert_due(story, AT_ONCE, now, 0, tz=PARIS) == LeaveToDigest(Why.STALE)


def test_a_date_in_the_future_does_not_make_old_news_young() -> None:
    now = paris("2026-11-25T10:00")
    story = make_story("s", seen=now - timedelta(hours=80), published=now + timedelta(days=300))
    assert alert_due(story, AT_ONCE, now, 0, tz=PARIS) == LeaveToDigest(Why.STALE)


@pytest.mark.parametrize(
    ("at", "start", "end", "until"),
    [
        pytest.param("2026-11-25T20:00", time(20), time(7, 30), "2026-11-26T07:30", id="starts-on-the-hour"),
        pytest.param("2026-11-25T19:59", time(20), time(7, 30), None, id="a-minute-before"),
        pytest.param("2026-11-25T07:29", time(20), time(7, 30), "2026-11-25T07:30", id="after-midnight"),
        pytest.param("2026-11-25T07:30", time(20), time(7, 30), None, id="over-on-the-minute"),
        pytest.param("2026-11-25T13:00", time(12), time(14), "2026-11-25T14:00", id="within-a-day"),
        pytest.param("2026-11-25T11:00", time(12), time(14), None, id="outside-within-a-day"),
        pytest.param("2026-11-25T03:00", None, time(7), None, id="no-start"),
        pytest.param("2026-11-25T03:00", time(7), time(7), None, id="no-length"),
        pytest.param("2026-03-28T23:00", time(20), time(7, 30), "2026-03-29T07:30", id="spring-night"),
        pytest.param("2026-10-24T23:00", time(20), time(7, 30), "2026-10-25T07:30", id="autumn-night"),
    ],
)
def test_quiet_hours_are_the_readers(
    at: str, start: time | None, end: time | None, until: str | None
) -> None:
    assert quiet_until(paris(at), start, end, PARIS) == (paris(until) if until else None)


def test_the_spring_night_is_an_hour_shorter() -> None:
    now = paris("2026-03-28T23:00")
    end = quiet_until(now, time(20), time(7, 30), PARIS)
    assert end is not None
    assert end.timestamp() - now.timestamp() == timedelta(hours=7, minutes=30).total_seconds()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-11-27T19:59", None, id="friday-evening"),
        pytest.param("2026-11-27T23:00", "2026-11-30T07:30", id="friday-night"),
        pytest.param("2026-11-28T10:00", "2026-11-30T07:30", id="saturday"),
        pytest.param("2026-11-29T12:00", "2026-11-30T07:30", id="sunday"),
        pytest.param("2026-11-29T23:00", "2026-11-30T07:30", id="sunday-night"),
        pytest.param("2026-11-30T03:00", "2026-11-30T07:30", id="monday-before-dawn"),
        pytest.param("2026-11-30T07:30", None, id="monday"),
        pytest.param("2026-11-26T23:00", "2026-11-27T07:30", id="thursday-night-is-a-night"),
        pytest.param("2026-10-24T10:00", "2026-10-26T07:30", id="the-weekend-the-clocks-go-back"),
        pytest.param("2026-03-28T10:00", "2026-03-30T07:30", id="the-weekend-they-go-forward"),
    ],
)
def test_a_quiet_weekend_lasts_until_monday_morning(at: str, expected: str | None) -> None:
    ends = quiet_until(paris(at), time(20, 0), time(7, 30), PARIS, weekend=True)
    assert ends == (paris(expected) if expected else None)


def test_a_quiet_weekend_without_quiet_hours_ends_at_midnight() -> None:
    assert quiet_until(paris("2026-11-28T10:00"), None, None, PARIS, weekend=True) == paris(
        "2026-11-30T00:00"
    )


def test_an_alert_of_a_quiet_weekend_waits_for_monday() -> None:
    assert decide(replace(AT_ONCE, quiet_weekend=True), "2026-11-28T10:00") == HoldUntil(
        paris("2026-11-30T07:30")
    )
