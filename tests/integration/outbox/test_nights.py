"""The mornings after the clocks change: the digest is struck once, at half past seven where its reader lives."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from comtoise.digests import Schedule
from comtoise.model import Rhythm
from comtoise.service.striking import DigestDesk, Striker
from comtoise.store import Database, outbox
from comtoise.topics import Rules
from support.newsroom import HOUR, Newsroom, entry, newsroom_rules

PARIS = ZoneInfo("Europe/Paris")
NIGHTS = ["2026-03-29", "2026-10-25"]


@pytest.fixture(scope="module")
def words() -> Rules:
    return newsroom_rules()


@pytest.fixture
def newsroom(database: Database, words: Rules, request: pytest.FixtureRequest) -> Newsroom:
    """News of the evening before, and a reader who wants it in the morning."""
    evening = datetime.fromisoformat(f"{request.getfixturevalue('day')}T00:00").replace(tzinfo=PARIS)
    made = Newsroom(database, words, evening.astimezone(ZoneInfo("UTC")) - 3 * HOUR)
    made.source("gazette")
    made.lists(
        "gazette",
        entry(
            "https://gazette.example/1",
            "Plasturgie : Moulabelle installe douze presses à injecter dans l’Ain",
            "Le plasturgiste Moulabelle, dans l’Ain, installe douze presses à injecter.",
        ),
    )
    made.understands()
    made.reader(rhythms=frozenset({Rhythm.DAILY}))
    return made


def struck(newsroom: Newsroom) -> int:
    """One look of a clock that has just started and remembers nothing."""
    desk = DigestDesk(schedule=Schedule(), labels={"plasturgie": "Plasturgie"}, zone="Ain")
    return Striker(newsroom.database, desk, clock=lambda: newsroom.now).round()


def looks(newsroom: Newsroom, hours: int) -> Iterator[datetime]:
    """The moments, by the reader's clock, at which a digest was struck, looking every ten minutes."""
    for _ in range(hours * 6):
        newsroom.now += timedelta(minutes=10)
        yield from [newsroom.now.astimezone(PARIS)] * struck(newsroom)


@pytest.mark.parametrize("day", NIGHTS)
def test_the_digest_of_a_short_or_long_night_is_struck_once_at_half_past_seven(
    newsroom: Newsroom, day: str
) -> None:
    (at,) = looks(newsroom, 18)
    assert (at.date().isoformat(), at.hour, at.minute) == (day, 7, 30)
    with newsroom.database.read() as tx:
        assert len(outbox.lines(tx)) == 1


@pytest.mark.parametrize(("away", "caught_up"), [(5.9, 1), (6.1, 0)], ids=["in-time", "too-late"])
@pytest.mark.parametrize("day", NIGHTS)
def test_a_morning_that_was_missed_is_caught_up_once_within_six_hours(
    newsroom: Newsroom, day: str, away: float, caught_up: int
) -> None:
    half_past_seven = datetime.fromisoformat(f"{day}T07:30").replace(tzinfo=PARIS)
    newsroom.now = half_past_seven.astimezone(ZoneInfo("UTC")) + timedelta(hours=away)
    assert struck(newsroom) == caught_up
    assert len(list(looks(newsroom, 3))) == 0
