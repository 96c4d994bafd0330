"""Faults of sources: what is told of them, to whom, and that they are polled all the same.

The numbers of the rows are those of the desk's list of faults.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from structlog.testing import capture_logs

from comtoise.model import ListingSelectors, Source, SourceKind
from comtoise.store import health, sources
from support.polling import Watched, asked, channel, feed_card, items
from support.server import ScriptedServer, response

BASE = "https://gazette.example"
HTML = response(b"<!doctype html><html><body>Maintenance</body></html>", Content_Type="text/html")


def feed(*numbers: int) -> bytes:
    """A feed answer."""
    return response(channel(items(*numbers, base=BASE)))


def dated(*moments: datetime) -> bytes:
    """A feed of one item per moment, the newest first."""
    inside = "".join(
        f"<item><title>Brève du {at:%d/%m %H:%M:%S}</title><link>{BASE}/{at:%s}</link>"
        f"<pubDate>{format_datetime(at)}</pubDate></item>"
        for at in sorted(moments, reverse=True)
    )
    return response(channel(inside))


def listing(links: int) -> bytes:
    """A page of so many links."""
    inside = "".join(f'<h2><a href="/actu/{links}-{n}">Actualité {links}-{n}</a></h2>' for n in range(links))
    return response(f"<!doctype html><html><body>{inside}</body></html>".encode(), Content_Type="text/html")


@pytest.fixture
def logged() -> Iterator[list[dict[str, object]]]:
    """What is logged during the test."""
    with capture_logs() as found:
        yield found  # type: ignore[misc]


def told(logged: list[dict[str, object]]) -> list[object]:
    """The kinds of trouble that a person was told of."""
    return [line["kind"] for line in logged if line["event"] == "source_needs_attention"]


def in_need(watched: Watched) -> list[str]:
    """The sources that need a person, as another part of the service would ask."""
    with watched.store.read() as tx:
        return [found.source_id for found in sources.needing_attention(tx)]


async def test_row_5_html_in_a_feed_s_place_is_an_error_told_after_three_polls_once(
    site: ScriptedServer, watched: Watched, logged: list[dict[str, object]]
) -> None:
    watched.cards = [feed_card(site.url("/feed"), interval_s=1800)]
    site.routes["/feed"] = feed(1, 2)
    await watched.poll_one()
    site.routes["/feed"] = HTML
    waits = []
    for _poll in range(5):
        watched.later(hours=2)
        report = await watched.poll_one()
        assert (report.ok, report.error_kind) == (False, "html")
        waits.append(report.next_due_at - watched.now)
    assert waits[0] < waits[1] < waits[2], "backed off"
    assert waits[-1] <= timedelta(hours=27), "but not for ever"
    assert told(logged) == ["html"], "once per episode, restarts included"
    assert in_need(watched) == ["gazette"]
    state = watched.state()
    assert state.url == site.url("/feed"), "the address is kept"
    assert state.episode is not None
    assert state.episode.polls == 5
    site.routes["/feed"] = feed(1, 2, 3)
    watched.later(hours=2)
    assert (await watched.poll_one()).new == 1
    assert watched.state().episode is None
    assert in_need(watched) == []


async def test_row_6_a_feed_that_lost_its_entries_alarms_and_keeps_no_validators(
    site: ScriptedServer, watched: Watched, logged: list[dict[str, object]]
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = feed(1, 2)
    await watched.poll_one()
    site.routes["/feed"] = response(channel(""), ETag='"empty"')
    for _day in range(4):
        watched.later(days=1)
        report = await watched.poll_one()
        assert (report.ok, report.entries) == (True, 0)
        assert watched.state().etag is None
    assert told(logged) == ["empty"], "after three days: a small paper's feed may be empty on a Sunday"
    site.routes["/feed"] = response(channel(items(1, 2, 3, base=BASE)), ETag='"empty"')
    watched.later(hours=1)
    assert (await watched.poll_one()).new == 1, "the same ETag hides nothing"


async def test_a_feed_that_never_had_entries_is_no_alarm(
    site: ScriptedServer, watched: Watched, logged: list[dict[str, object]]
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(""))
    for _day in range(5):
        await watched.poll_one()
        watched.later(days=1)
    assert told(logged) == []


async def test_row_7_a_source_is_silent_by_its_own_rhythm(
    site: ScriptedServer, watched: Watched, logged: list[dict[str, object]]
) -> None:
    start = watched.now
    watched.cards = [feed_card(site.url("/daily"), "daily"), feed_card(site.url("/weekly"), "weekly")]
    site.routes["/daily"] = dated(*(start - timedelta(hours=12 * n) for n in range(20)))
    site.routes["/weekly"] = dated(*(start - timedelta(days=7 * n) for n in range(20)))
    await watched.poll()
    for _day in range(12):
        watched.later(days=1)
        await watched.poll()
    assert told(logged) == ["silent"]
    assert in_need(watched) == ["daily"]
    assert watched.state("daily").failures == 0, "it answers: it is no failure"
    with watched.store.read() as tx:
        daily, weekly = health.report(tx, {card.id: card for card in watched.cards}, watched.now)
    assert daily.silent_since == start
    assert daily.probability is not None
    assert daily.probability < 1e-3
    assert weekly.probability is not None
    assert weekly.probability > 0.05
    assert daily.expected_per_day > 5 * weekly.expected_per_day
    site.routes["/daily"] = dated(watched.now, *(start - timedelta(hours=12 * n) for n in range(20)))
    await watched.poll("daily")
    assert in_need(watched) == []


async def test_row_8_a_window_replaced_whole_is_a_probable_loss_and_shortens_the_interval(
    site: ScriptedServer, watched: Watched, logged: list[dict[str, object]]
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = dated(*(watched.now - timedelta(days=2 * n) for n in range(10)))
    await watched.poll_one()
    watched.later(minutes=20)
    site.routes["/feed"] = feed(*range(20, 30))
    report = await watched.poll_one()
    assert (report.new, report.window_replaced) == (10, True)
    lost_at, waits = watched.now, [report.next_due_at - watched.now]
    for days in (10, 5):
        watched.later(days=days)
        waits.append((await watched.poll_one()).next_due_at - watched.now)
    assert max(waits[:2]) <= timedelta(minutes=11), "half of the wait that lost them, for a fortnight"
    assert waits[2] > timedelta(minutes=11)
    with watched.store.read() as tx:
        learned = sources.learned(tx)["gazette"]
    assert (learned.losses, learned.last_loss_at) == (1, lost_at)
    assert [line["event"] for line in logged].count("window_replaced") == 1


async def test_a_feed_that_grew_was_seen_to_drop_nothing(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    windows = []
    for numbers in (range(10), range(12), range(3, 15), range(4, 15)):
        site.routes["/feed"] = feed(*numbers)
        await watched.poll_one()
        watched.later(hours=1)
        with watched.store.read() as tx:
            history = sources.learned(tx)["gazette"].history
        assert history is not None
        windows.append(history.window)
    assert windows == [10, None, 12, 12], "guessed, grown, dropping, nothing new"


async def test_row_55_a_listing_whose_links_vanish_or_multiply_alarms_and_alerts_nobody(
    site: ScriptedServer, watched: Watched, logged: list[dict[str, object]]
) -> None:
    watched.cards = [
        Source(
            id="gazette",
            name="Gazette",
            kind=SourceKind.LISTING,
            url=site.url("/actus"),
            fetch_pages=False,
            selectors=ListingSelectors(item="h2"),
        )
    ]
    site.routes["/actus"] = listing(12)
    await watched.poll_one()
    before = watched.articles()
    for links in (0, 0, 0):
        site.routes["/actus"] = listing(links)
        watched.later(hours=2)
        report = await watched.poll_one()
        assert (report.ok, report.error_kind) == (False, "layout")
    assert told(logged) == ["layout"]
    site.routes["/actus"] = listing(12)
    watched.later(hours=9)
    assert (await watched.poll_one()).new == 0
    assert in_need(watched) == []
    site.routes["/actus"] = listing(500)
    for _poll in range(3):
        watched.later(hours=1)
        report = await watched.poll_one()
    assert report.ok
    assert told(logged) == ["layout", "layout"], "also while the page stays the same"
    with watched.store.read() as tx:
        (found,) = health.report(tx, {card.id: card for card in watched.cards}, watched.now)
    assert found.losses == 0, "what changed is the page, nothing fell out of it"
    fresh = {title: alerts for title, alerts in watched.articles().items() if title not in before}
    assert len(fresh) == 500
    assert not any(fresh.values())


async def test_row_58_a_ban_is_named_backed_off_and_told_within_three_tries(
    site: ScriptedServer, watched: Watched, logged: list[dict[str, object]]
) -> None:
    watched.cards = [feed_card(site.url("/feed"), interval_s=1800)]
    site.routes["/feed"] = feed(1)
    await watched.poll_one()
    site.routes["/feed"] = response(b"Access denied", status=403, Server="cloudflare")
    waits = []
    for _poll in range(3):
        watched.later(hours=8)
        report = await watched.poll_one()
        waits.append(report.next_due_at - watched.now)
    assert report.error_kind == "blocked"
    assert "Cloudflare" in (report.error or "")
    assert waits[1] > 1.5 * waits[0]
    assert waits[2] > 1.5 * waits[1]
    assert told(logged) == ["blocked"]
    assert all("desk@example.org" in request.headers["user-agent"] for request in site.asked)


async def test_row_50_our_own_outage_begins_no_episode(
    watched: Watched, logged: list[dict[str, object]]
) -> None:
    watched.cards = [feed_card(f"http://s{n}.invalid/feed", f"s{n}") for n in range(9)]
    for _poll in range(2):
        await watched.poll()
        watched.later(hours=1)
    kinds = {card.id: watched.state(card.id).error_kind for card in watched.cards}
    ours = [source_id for source_id, kind in kinds.items() if kind == "our-network"]
    assert len(ours) >= 4
    later = [source_id for source_id in ours if watched.state(source_id).failures == 0]
    assert later
    assert all(watched.state(source_id).episode is None for source_id in later)
    soon = watched.now - timedelta(hours=1) + timedelta(minutes=10)
    assert all(watched.state(source_id).next_due_at <= soon for source_id in ours), "tried again in minutes"
    assert told(logged) == []


async def test_what_may_heal_by_itself_is_told_after_three_days(
    site: ScriptedServer, watched: Watched, logged: list[dict[str, object]]
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(b"", status=500)
    days: list[int] = []
    for day in range(5):
        await watched.poll_one()
        days += [day] * (len(told(logged)) - len(days))
        watched.later(days=1)
    assert days == [3]
    assert asked(site).count("/feed") == 5, "and polled all the while"
