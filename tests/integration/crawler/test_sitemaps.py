"""Sitemaps of a misbehaving site: indexes that loop, 50,000 entries, dates that say nothing, archives."""

import gzip

import pytest

from comtoise.model import SourceKind
from comtoise.store import articles
from support.polling import Watched, asked, feed_card, index, urlset
from support.server import ScriptedServer, response

BASE = "https://gazette.example"


@pytest.fixture
def plan(site: ScriptedServer, watched: Watched) -> Watched:
    """A desk that follows the sitemap of a site."""
    watched.cards = [feed_card(site.url("/plan.xml"), kind=SourceKind.SITEMAP)]
    return watched


def addresses(watched: Watched) -> dict[str, bool]:
    """The addresses kept, each with whether it may alert."""
    with watched.store.read() as tx:
        return {
            str(found.article.url): not found.silent
            for found in articles.pending(tx, watched.now, limit=100_000)
        }


async def test_row_56_an_index_is_followed_and_only_what_changed_is_read_again(
    site: ScriptedServer, plan: Watched
) -> None:
    site.routes |= {
        "/plan.xml": response(
            index((site.url("/1.xml"), "2026-10-01T00:00:00Z"), (site.url("/2.xml"), "2026-11-25T06:00:00Z"))
        ),
        "/1.xml": response(urlset(f"{BASE}/a", lastmod="2026-10-01")),
        "/2.xml": response(urlset(f"{BASE}/b", lastmod="2026-11-25T06:00:00Z")),
    }
    report = await plan.poll_one()
    assert (report.ok, report.new, asked(site)) == (True, 2, ["/plan.xml", "/2.xml", "/1.xml"])
    plan.later(hours=1)
    assert (await plan.poll_one()).new == 0
    assert asked(site) == ["/plan.xml"], "nothing changed"
    site.routes["/plan.xml"] = response(
        index((site.url("/1.xml"), "2026-10-01T00:00:00Z"), (site.url("/2.xml"), "2026-11-25T08:30:00Z"))
    )
    site.routes["/2.xml"] = response(
        urlset(dated=[(f"{BASE}/b", "2026-11-25T06:00:00Z"), (f"{BASE}/c", "2026-11-25T08:30:00Z")])
    )
    assert (await plan.poll_one()).new == 1
    assert asked(site) == ["/plan.xml", "/2.xml"]
    assert addresses(plan) == {f"{BASE}/a": False, f"{BASE}/b": False, f"{BASE}/c": True}


async def test_row_56_indexes_that_name_themselves_and_each_other_are_read_once(
    site: ScriptedServer, plan: Watched
) -> None:
    me, you = site.url("/plan.xml"), site.url("/autre.xml")
    site.routes |= {
        "/plan.xml": response(index((me, None), (you, None), (site.url("/1.xml"), None))),
        "/autre.xml": response(index((me, None), (you, None))),
        "/1.xml": response(urlset(f"{BASE}/a")),
    }
    assert (await plan.poll_one()).new == 1
    assert len(asked(site)) <= 6


async def test_row_56_an_index_without_end_costs_a_bounded_number_of_requests(
    site: ScriptedServer, plan: Watched
) -> None:
    site.routes["/plan.xml"] = response(index((site.url("/0.xml"), None)))
    for n in range(50):
        site.routes[f"/{n}.xml"] = response(
            index((site.url(f"/{n + 1}.xml"), None), (site.url(f"/{n + 2}.xml"), None))
        )
    await plan.poll_one()
    assert len(asked(site)) <= 6


async def test_row_56_of_many_sitemaps_the_newest_come_first_and_each_comes_in_turn(
    site: ScriptedServer, plan: Watched
) -> None:
    site.routes["/plan.xml"] = response(
        index(*((site.url(f"/{n}.xml"), f"2026-{n:02}-01T00:00:00Z") for n in range(1, 12)))
    )
    site.routes |= {f"/{n}.xml": response(urlset(f"{BASE}/{n}")) for n in range(1, 12)}
    await plan.poll_one()
    first = asked(site)
    assert first[1:5] == ["/11.xml", "/10.xml", "/9.xml", "/8.xml"]
    seen = set(first)
    for _poll in range(2):
        plan.later(hours=1)
        await plan.poll_one()
        seen |= set(asked(site))
    assert len(seen) == 12, "each was read"
    assert not any(addresses(plan).values()), "what they list was there before"


async def test_row_56_50_000_entries_of_one_date_bring_only_the_new_one(
    site: ScriptedServer, plan: Watched
) -> None:
    old = [f"{BASE}/{n}" for n in range(50_000)]
    site.routes["/plan.xml"] = response(urlset(*old, lastmod="2026-11-25"))
    report = await plan.poll_one()
    assert (report.ok, report.entries, report.new) == (True, 50_000, 200)
    site.routes["/plan.xml"] = response(urlset(f"{BASE}/neuf", *old[:-1], lastmod="2026-11-25"))
    plan.later(hours=1)
    assert (await plan.poll_one()).new == 1
    assert [address for address, alerts in addresses(plan).items() if alerts] == [f"{BASE}/neuf"]


async def test_row_56_a_site_that_changes_all_its_addresses_alerts_nobody(
    site: ScriptedServer, plan: Watched
) -> None:
    site.routes["/plan.xml"] = response(urlset(*(f"{BASE}/{n}" for n in range(5_000)), lastmod="2026-11-25"))
    await plan.poll_one()
    plan.later(hours=1)
    site.routes["/plan.xml"] = response(
        urlset(*(f"{BASE}/v2/{n}" for n in range(5_000)), lastmod="2026-11-25")
    )
    await plan.poll_one()
    assert not any(addresses(plan).values())


async def test_row_56_a_small_site_without_dates_that_changes_its_addresses_alerts_nobody(
    site: ScriptedServer, plan: Watched
) -> None:
    site.routes["/plan.xml"] = response(urlset(*(f"{BASE}/{n}" for n in range(90))))
    await plan.poll_one()
    plan.later(hours=1)
    site.routes["/plan.xml"] = response(urlset(*(f"{BASE}/actus/{n}" for n in range(90))))
    await plan.poll_one()
    assert not any(addresses(plan).values())
    plan.later(hours=1)
    site.routes["/plan.xml"] = response(urlset(*(f"{BASE}/actus/{n}" for n in range(92))))
    await plan.poll_one()
    assert sum(addresses(plan).values()) == 2


async def test_row_56_packed_sitemaps_are_read_and_bombs_are_not(site: ScriptedServer, plan: Watched) -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (11 * 1024 * 1024))
    site.routes |= {
        "/plan.xml": response(index((site.url("/bombe.xml.gz"), None), (site.url("/1.xml.gz"), None))),
        "/bombe.xml.gz": response(bomb, Content_Type="application/gzip"),
        "/1.xml.gz": response(gzip.compress(urlset(f"{BASE}/a")), Content_Type="application/gzip"),
    }
    report = await plan.poll_one()
    assert (report.ok, report.new) == (True, 1)


async def test_row_56_what_is_forgotten_and_still_listed_is_not_news_again(
    site: ScriptedServer, plan: Watched
) -> None:
    site.routes["/plan.xml"] = response(urlset(f"{BASE}/a"))
    await plan.poll_one()
    plan.later(days=800)
    with plan.store.write() as tx:
        assert articles.forget_old(tx, before=plan.now) == 1
    site.routes["/plan.xml"] = response(urlset(f"{BASE}/b", f"{BASE}/a"))
    assert (await plan.poll_one()).new == 1
    assert list(addresses(plan)) == [f"{BASE}/b"]


async def test_an_index_none_of_whose_sitemaps_answers_is_a_fault(
    site: ScriptedServer, plan: Watched
) -> None:
    site.routes["/plan.xml"] = response(index((site.url("/1.xml"), None)))
    report = await plan.poll_one()
    assert (report.ok, report.error_kind) == (False, "content")
