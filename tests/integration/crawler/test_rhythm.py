"""When sources are polled: by their own rhythm, over restarts, without a storm, and as their hosts ask.

The numbers of the rows are those of the desk's list of faults.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from sqlalchemy import text

from comtoise.model import Source, SourceKind
from comtoise.polling import Bounds
from comtoise.store import Database, sources
from comtoise.store.addresses import NOWHERE_ELSE
from comtoise_crawler.answer import Answer
from comtoise_crawler.collector import Collector
from comtoise_crawler.dispatch import PER_HOST, Dispatch
from comtoise_crawler.hosts import host_of
from comtoise_crawler.intake import Intake
from comtoise_crawler.outcomes import Unchanged
from comtoise_crawler.refusals import Refusals
from comtoise_crawler.settings import CollectorSettings
from support.polling import BOUNDS, Watched, channel, feed_card, items
from support.server import Asked, ScriptedServer, response

BASE = "https://gazette.example"
MINUTE = timedelta(minutes=1)
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n\r\n"


def feed(*numbers: int, **headers: str) -> bytes:
    """A feed answer."""
    return response(channel(items(*numbers, base=BASE)), status=200, **headers)


def dated(*moments: datetime, at: str = BASE) -> bytes:
    """A feed of one item per moment."""
    inside = "".join(
        f"<item><title>Brève {moment:%s}</title><link>{at}/{moment:%s}</link>"
        f"<pubDate>{format_datetime(moment)}</pubDate></item>"
        for moment in sorted(moments, reverse=True)
    )
    return response(channel(inside))


def waits(watched: Watched) -> dict[str, timedelta]:
    """How long each source is left alone."""
    return {card.id: watched.state(card.id).next_due_at - watched.now for card in watched.cards}


# What polls promise


async def test_row_3_validators_are_never_ahead_of_articles(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"))]

    async def as_a_server_should(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(NOT_MODIFIED if "if-none-match" in asked.headers else feed(1, 2, ETag='"1"'))

    site.routes["/feed"] = as_a_server_should
    with watched.store.write() as tx:
        tx.execute(
            text("CREATE TRIGGER refuse BEFORE INSERT ON article BEGIN SELECT RAISE(ABORT, 'full'); END")
        )
    assert not (await watched.poll_one()).ok
    assert watched.state().etag is None
    assert watched.state().body_hash is None
    with watched.store.write() as tx:
        tx.execute(text("DROP TRIGGER refuse"))
    assert (await watched.poll_one()).new == 2
    assert (await watched.poll_one()).unchanged


@pytest.mark.parametrize(
    ("every", "longest"),
    [
        pytest.param(timedelta(days=30), timedelta(days=9), id="a-quiet-source-after-eight-days"),
        pytest.param(timedelta(hours=6), timedelta(days=5), id="sooner-when-overdue-against-the-rate"),
    ],
)
async def test_row_4_a_server_that_says_304_for_ever_is_asked_without_validators(
    site: ScriptedServer, watched: Watched, every: timedelta, longest: timedelta
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    start = watched.now
    shown = [start - every * n for n in range(20)]

    async def stuck(writer: asyncio.StreamWriter, asked: Asked) -> None:
        if "if-none-match" in asked.headers:
            writer.write(NOT_MODIFIED)
        else:
            body = dated(*shown).partition(b"\r\n\r\n")[2]
            writer.write(response(body, ETag='"stuck"'))

    site.routes["/feed"] = stuck
    await watched.poll_one()
    shown.append(start + timedelta(hours=1))
    found_after = None
    while found_after is None and watched.now - start < timedelta(days=20):
        watched.later(hours=6)
        if (await watched.poll_one()).new:
            found_after = watched.now - start
    assert found_after is not None
    assert found_after <= longest
    polls = [request for request in site.asked if request.path == "/feed"]
    unconditional = sum("if-none-match" not in request.headers for request in polls)
    assert unconditional == 2, "the rest was asked with validators"


async def test_row_21_an_old_version_served_now_and_then_alerts_nothing_again(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    old, new = feed(*range(1, 11)), feed(*range(5, 15))
    site.routes["/feed"] = old
    await watched.poll_one()
    found = []
    for answer in (new, old, new, old, new):
        watched.later(hours=1)
        site.routes["/feed"] = answer
        report = await watched.poll_one()
        found.append((report.ok, report.new, report.edited, report.window_replaced))
    assert found == [(True, 4, 0, False), *[(True, 0, 0, False)] * 4]
    assert len(watched.articles()) == 14, "and nothing is deleted"
    with watched.store.read() as tx:
        history = sources.learned(tx)["gazette"].history
    assert history is not None
    assert history.window == 10


# The rhythm


async def test_a_busy_source_is_polled_more_often_and_its_rhythm_outlives_a_restart(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.now = watched.now.replace(hour=9, minute=0)  # at night all sources are nearly as quiet
    watched.cards = [feed_card(site.url(f"/{name}"), name) for name in ("busy", "quiet")]
    site.routes["/busy"] = dated(*(watched.now - 20 * MINUTE * n for n in range(30)), at=f"{BASE}/b")
    site.routes["/quiet"] = dated(*(watched.now - timedelta(days=3 * n) for n in range(30)), at=f"{BASE}/q")
    await watched.poll()
    for _restart in range(3):
        watched.later(hours=1)
        reports = await watched.poll()
        assert all(report.unchanged for report in reports)
        found = waits(watched)
        assert found["busy"] * 3 < found["quiet"]
        assert found["quiet"] <= timedelta(hours=2), "twelve a day at least"


async def test_a_card_s_interval_outranks_the_rhythm_and_its_weight_shortens_it(
    site: ScriptedServer, watched: Watched
) -> None:
    cards = {
        "fixed": feed_card(site.url("/fixed"), "fixed", interval_s=5400),
        "heavy": feed_card(site.url("/heavy"), "heavy", weight=25.0),
        "plain": feed_card(site.url("/plain"), "plain"),
    }
    watched.cards = list(cards.values())
    for name in cards:
        site.routes[f"/{name}"] = dated(
            *(watched.now - timedelta(days=n) for n in range(1, 10)), at=f"{BASE}/{name}"
        )
    await watched.poll()
    watched.later(minutes=90)
    await watched.poll()
    found = waits(watched)
    assert 90 * MINUTE <= found["fixed"] <= 99 * MINUTE
    assert found["heavy"] * 2 < found["plain"]


async def test_a_failure_teaches_nothing_of_the_rhythm(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    shown = [watched.now - timedelta(hours=4 * n) for n in range(20)]
    site.routes["/feed"] = dated(*shown)
    await watched.poll_one()
    site.routes["/feed"] = response(b"", status=500)
    for _poll in range(4):
        watched.later(hours=6)
        await watched.poll_one()
    missed = [watched.now - timedelta(hours=4 * n) for n in range(6)]
    site.routes["/feed"] = dated(*missed, *shown[:14])
    assert (await watched.poll_one()).new == 6
    with watched.store.read() as tx:
        history = sources.learned(tx)["gazette"].history
    assert history is not None
    assert history.latest == watched.now
    assert history.busy > 20, "what came while it failed counts at its own hours"


# Many at once


class Desk:
    """Sources without a network: each poll is answered « unchanged » at once, at the moment of the clock."""

    def __init__(self, store: Database, now: datetime, cards: Sequence[Source], bounds: Bounds) -> None:
        self.now = now
        self.intake = Intake(store, {card.id: card for card in cards}, bounds, clock=lambda: self.now)
        self.intake.sync()
        self.dispatch = Dispatch(self.intake)

    async def minutes(self, count: int, *, every: timedelta) -> list[int]:
        """Let time pass, and count the polls of each minute."""
        counted = []
        for _minute in range(count):
            end, polls = self.now + MINUTE, 0
            while self.now < end:
                for job in await self.dispatch.due(self.now):
                    assert isinstance(job, sources.PollState)
                    answer = Answer(url=job.url, status=304, headers={}, body=b"")
                    ended = self.intake.polls.answered(job, answer, conditional=True)
                    assert isinstance(ended, Unchanged)
                    self.intake.polls.unchanged([ended])
                    self.dispatch.done(job)
                    polls += 1
                self.now += every
            counted.append(polls)
        return counted


def many(count: int, hosts: int) -> list[Source]:
    """Sources spread over hosts."""
    return [feed_card(f"https://h{n % hosts}.example/{n}", f"s{n:04}") for n in range(count)]


async def test_row_59_two_thousand_sources_due_at_once_are_spread(watched: Watched) -> None:
    desk = Desk(watched.store, watched.now, many(2000, 2000), BOUNDS)
    mean = desk.intake.rhythms.polls_per_minute()
    counted = await desk.minutes(25, every=timedelta(seconds=2))
    assert max(counted) <= 2 * mean
    with watched.store.read() as tx:
        assert all(state.polls for state in sources.states(tx)), "and all had their turn"


async def test_row_38_three_days_off_are_caught_up_without_a_storm(watched: Watched) -> None:
    cards = many(300, 100)
    before = Desk(watched.store, watched.now, cards, BOUNDS)
    await before.minutes(10, every=timedelta(seconds=2))
    after = Desk(watched.store, watched.now + timedelta(days=3), cards, BOUNDS)
    counted = await after.minutes(30, every=timedelta(seconds=2))
    assert max(counted) <= 120, "twice one a second: a small desk does not wait for hours"
    assert sum(counted[:5]) >= 300, "all within minutes"
    assert max(counted[10:]) < max(counted), "and they do not come back together"


async def test_row_60_three_hundred_feeds_of_one_host_leave_room_for_the_others(watched: Watched) -> None:
    platform = [feed_card(f"https://platform.example/{n}", f"a{n:03}") for n in range(300)]
    desk = Desk(watched.store, watched.now, [*platform, *many(20, 20)], BOUNDS)
    first = await desk.dispatch.due(desk.now)
    hosts = Counter(host_of(job.url) for job in first)
    assert hosts.pop("platform.example") == PER_HOST
    assert sum(hosts.values()) == 20, "though the platform's are the first by name"
    assert await desk.dispatch.due(desk.now + MINUTE) == [], "it is slow: nothing more goes to it"


async def test_a_host_is_one_whether_its_addresses_name_its_port_or_not(watched: Watched) -> None:
    spelt = ["https://platform.example", "https://platform.example:443", "http://platform.example:80"]
    cards = [feed_card(f"{spelt[n % 3]}/{n}", f"a{n:03}") for n in range(30)]
    desk = Desk(watched.store, watched.now, cards, BOUNDS)
    assert len(await desk.dispatch.due(desk.now)) == PER_HOST


async def test_row_60_a_host_of_many_feeds_is_asked_one_at_a_time_with_a_pause(
    site: ScriptedServer, watched: Watched
) -> None:
    moments: list[float] = []
    open_now: list[int] = [0]

    async def noted(writer: asyncio.StreamWriter, _asked: Asked) -> None:
        open_now[0] += 1
        assert open_now[0] == 1
        moments.append(asyncio.get_running_loop().time())
        writer.write(feed(1))
        open_now[0] -= 1

    site.routes["/robots.txt"] = response(b"", status=404)
    site.routes |= {f"/{n}": noted for n in range(6)}
    collector = Collector(
        watched.store,
        {f"s{n}": feed_card(site.url(f"/{n}"), f"s{n}") for n in range(6)},
        bounds=BOUNDS,
        settings=CollectorSettings(
            user_agent="t (+https://desk.example)", host_delay_s=0.2, allowed_networks=("127.0.0.0/8",)
        ),
    )
    reports = await collector.once()
    assert all(report.ok for report in reports)
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.15


# What hosts ask


@pytest.mark.parametrize(
    ("retry_after", "least", "most"),
    [
        pytest.param("3600", 60 * MINUTE, 66 * MINUTE, id="seconds"),
        pytest.param("Wed, 25 Nov 2026 10:00:00 GMT", 120 * MINUTE, 132 * MINUTE, id="date"),
        pytest.param("Wed, 25 Nov 2026 07:00:00 GMT", 60 * MINUTE, 66 * MINUTE, id="past"),
        pytest.param("-5", 60 * MINUTE, 66 * MINUTE, id="negative"),
        pytest.param("86400000", timedelta(hours=24), timedelta(hours=26.4), id="absurd"),
        pytest.param("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=24), timedelta(hours=26.4), id="far"),
    ],
)
@pytest.mark.parametrize("status", [429, 503, 403])
async def test_row_25_retry_after_is_obeyed_between_the_interval_and_a_day(
    site: ScriptedServer,
    watched: Watched,
    status: int,
    retry_after: str,
    least: timedelta,
    most: timedelta,
) -> None:
    watched.cards = [feed_card(site.url("/feed"), interval_s=1800)]  # a first failure doubles it
    site.routes["/feed"] = response(b"", status=status, Retry_After=retry_after)
    report = await watched.poll_one()
    assert not report.ok
    assert least <= report.next_due_at - watched.now <= most


def refused(url: str, at: datetime, *, before: datetime | None = None) -> sources.PollState:
    """A source that was told to slow down, once before as well if *before* says when."""
    return sources.PollState(
        source_id=url,
        url=url,
        next_due_at=at,
        etag=None,
        last_modified=None,
        body_hash=None,
        unconditional_at=None,
        polls=1,
        seeded=True,
        last_polled_at=before,
        last_success_at=None,
        last_new_at=None,
        failures=1,
        error_kind="http-429" if before is not None else None,
        error_text=None,
        episode=None,
        address=NOWHERE_ELSE,
        recovered=0,
    )


@pytest.fixture
def scope(now: datetime) -> Callable[..., list[str]]:
    """Whom a refusal concerns, on a desk of two hosts of a platform and one other site."""
    addresses = [
        "https://a.plateforme.fr/1", "https://a.plateforme.fr/2", "https://b.plateforme.fr/3", "https://c.fr/4"
    ]  # fmt: skip
    cards = {url: feed_card(url, url) for url in addresses}
    refusals = Refusals(cards)

    def ask(place: int, *, minutes: int = 0, again: bool = False, answered: int | None = None) -> list[str]:
        at = now + minutes * MINUTE
        if answered is not None:
            refusals.answered(addresses[answered], at - MINUTE)
        state = refused(addresses[place], at, before=now if again else None)
        return [url.rpartition("/")[2] for url in refusals.concerned(state, at + 60 * MINUTE, at)]

    return ask


def test_row_25_a_refusal_concerns_the_host(scope: Callable[..., list[str]]) -> None:
    assert scope(0) == ["1", "2"]


def test_row_25_a_refusal_of_two_hosts_concerns_their_domain(scope: Callable[..., list[str]]) -> None:
    scope(0)
    assert scope(2, minutes=10) == ["1", "2", "3"]


def test_row_25_a_refusal_long_ago_is_no_sign_of_a_shared_limit(scope: Callable[..., list[str]]) -> None:
    scope(0)
    assert scope(2, minutes=90) == ["3"]


def test_row_25_a_refusal_concerns_one_source_when_others_of_its_host_are_answered(
    scope: Callable[..., list[str]],
) -> None:
    scope(0)
    assert scope(0, minutes=70, again=True, answered=1) == ["1"]
    assert scope(0, minutes=140, again=True) == ["1"]


def test_the_mean_rate_counts_what_cards_ask_for(watched: Watched) -> None:
    cards = [replace(card, interval_s=60) for card in many(10, 10)] + many(48, 48)[10:]
    rate = Desk(watched.store, watched.now, cards, BOUNDS).intake.rhythms.polls_per_minute()
    assert rate == pytest.approx(10 + 38 * 48 / 1440)
    assert {card.kind for card in cards} == {SourceKind.FEED}
