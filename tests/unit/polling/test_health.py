"""When silence is a fault, when a trouble is told, and when a page was made anew."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.polling import Groups, History, Rhythm
from comtoise.polling.health import (
    OVERDUE,
    SILENT,
    Episode,
    Trouble,
    carry_on,
    changed_layout,
    silence,
    silent_from,
    usual_count,
)

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def history(*ages: timedelta) -> History:
    """What was published so long ago."""
    return History.of([NOW - age for age in ages], now=NOW, since=NOW - 28 * DAY)


def rhythm(of: History) -> Rhythm:
    return Groups().rhythm("feed", of)


def alarm(of: History, chance: float = SILENT) -> timedelta | None:
    """After how long a silence is too unlikely."""
    found = silent_from(of, rhythm(of), chance=chance)
    return None if found is None or of.latest is None else found - of.latest


DAILY = history(*(n * DAY for n in range(28)))
HOURLY = history(*(n * HOUR for n in range(28 * 24)))
EARLY = history(*(n * DAY + timedelta(minutes=20 + m) for n in range(28) for m in range(10)))
WEEKLY = history(*(n * 7 * DAY for n in range(4)))


@pytest.mark.parametrize(
    ("source", "least", "most"),
    [
        pytest.param(HOURLY, 5 * HOUR, 14 * HOUR, id="every-hour"),
        pytest.param(DAILY, 6 * DAY, 12 * DAY, id="every-day"),
        pytest.param(WEEKLY, 60 * DAY, 3650 * DAY, id="four-items-in-all"),
    ],
)
def test_a_silence_is_judged_by_the_source_s_own_rhythm(
    source: History, least: timedelta, most: timedelta
) -> None:
    found = alarm(source)
    assert found is not None
    assert least < found < most


def test_ten_items_at_once_are_one_sign_of_life() -> None:
    ten, one = alarm(EARLY), alarm(DAILY)
    assert ten is not None
    assert one is not None
    assert ten == pytest.approx(one, abs=DAY)


def test_a_source_known_for_a_day_is_given_longer_than_one_of_a_month() -> None:
    fresh = History.of([NOW - n * HOUR * 8 for n in range(4)], now=NOW, since=NOW - DAY)
    settled = history(*(n * HOUR * 8 for n in range(84)))
    young, old = alarm(fresh), alarm(settled)
    assert young is not None
    assert old is not None
    assert young > 2 * old


def test_nothing_known_is_no_alarm() -> None:
    nothing = History.of([], now=NOW)
    assert silent_from(nothing, rhythm(nothing)) is None
    assert silence(nothing, rhythm(nothing), NOW + 900 * DAY) == 1


@given(
    ages=st.lists(st.timedeltas(timedelta(0), 20 * DAY), min_size=1, max_size=60),
    chance=st.sampled_from([SILENT, OVERDUE, 0.5]),
)
def test_the_moment_of_the_alarm_is_when_the_silence_has_that_chance(
    ages: list[timedelta], chance: float
) -> None:
    source = history(*ages)
    moment = silent_from(source, rhythm(source), chance=chance)
    if moment is not None:
        assert silence(source, rhythm(source), moment) == pytest.approx(chance, rel=1e-3)
        assert silence(source, rhythm(source), moment - HOUR) > chance
    overdue, silent = alarm(source, OVERDUE), alarm(source, SILENT)
    assert silent is None or (overdue is not None and overdue < silent)


def test_waiting_does_not_teach_to_wait() -> None:
    before = alarm(DAILY)
    carried = DAILY.seen((), now=NOW + 30 * DAY)
    assert carried.latest == DAILY.latest
    assert before is not None
    assert silence(DAILY, rhythm(DAILY), NOW + before) < silence(carried, rhythm(carried), NOW + before)


BLOCKED = Trouble(kind="blocked", text="Bloquée.")
TIMEOUT = Trouble(kind="timeout", text="Pas de réponse.")
MUTE = Trouble(kind="silent", text="Muette.")


def told_at(*polls: Trouble | None, every: timedelta = HOUR) -> list[int]:
    """At which polls a person is told."""
    episode: Episode | None = None
    found: list[int] = []
    for number, trouble in enumerate(polls, start=1):
        before = episode
        episode = carry_on(before, trouble, NOW + number * every)
        if episode is not None and episode.told_at is not None and (before is None or before.told_at is None):
            found.append(number)
    return found


@pytest.mark.parametrize(
    ("polls", "every", "expected"),
    [
        pytest.param([BLOCKED] * 9, HOUR, [3], id="what-does-not-heal-after-three-polls"),
        pytest.param([TIMEOUT] * 9, HOUR, [], id="what-may-heal-has-three-days"),
        pytest.param([TIMEOUT] * 9, DAY, [4], id="and-no-more"),
        pytest.param([MUTE] * 9, HOUR, [1], id="silence-has-waited-already"),
        pytest.param([BLOCKED, BLOCKED, None, BLOCKED, BLOCKED], HOUR, [], id="a-good-poll-ends-it"),
        pytest.param([BLOCKED] * 4 + [None] + [BLOCKED] * 4, HOUR, [3, 8], id="once-per-episode"),
        pytest.param([TIMEOUT, TIMEOUT, BLOCKED], HOUR, [3], id="it-may-change-its-kind"),
    ],
)
def test_a_person_is_told_once_per_episode(
    polls: list[Trouble | None], every: timedelta, expected: list[int]
) -> None:
    assert told_at(*polls, every=every) == expected


def test_an_episode_keeps_its_beginning_and_says_what_is_wrong_now() -> None:
    first = carry_on(None, TIMEOUT, NOW)
    assert carry_on(first, BLOCKED, NOW + HOUR) == Episode(trouble=BLOCKED, since=NOW, polls=2)


@pytest.mark.parametrize(
    ("usual", "shown", "changed"),
    [
        pytest.param(None, 500, False, id="first-seen"),
        pytest.param(20, 30, False, id="a-few-more"),
        pytest.param(20, 81, True, id="a-menu-caught"),
        pytest.param(20, 4, True, id="nearly-nothing"),
        pytest.param(3, 1, False, id="too-few-to-tell"),
        pytest.param(1, 4, False, id="a-site-that-starts"),
    ],
)
def test_a_page_made_anew_shows_wildly_more_or_fewer_links(
    usual: float | None, shown: int, changed: bool
) -> None:
    assert changed_layout(usual, shown) is changed


def test_a_new_count_becomes_usual_in_time() -> None:
    usual: float | None = 20.0
    for _poll in range(20):
        usual = usual_count(usual, 100)
    assert not changed_layout(usual, 100)
    assert usual_count(20.0, 0) == 20.0, "an empty list is not what is usual"
