"""Row 8: a window replaced whole between two polls is repaired from an archive, and what stays missing is counted."""

import json

import pytest

from comtoise.model import SourceKind
from comtoise.store import sources
from support.polling import Watched, asked, channel, feed_card, items
from support.server import ScriptedServer, response

BASE = "https://gazette.example"
FIRST = range(1, 11)


def window(*numbers: int, extra: str = "") -> bytes:
    """Ten items of hourly news, the newest first."""
    return channel(items(*sorted(numbers, reverse=True), base=BASE), extra=extra)


async def begin(site: ScriptedServer, watched: Watched, path: str = "/rss", extra: str = "") -> None:
    """Items 1 to 10 are known; then come 20 more before the next poll."""
    watched.cards = [feed_card(site.url(path))]
    watched.now = watched.now.replace(hour=0, minute=30)
    site.routes[path] = response(window(*FIRST, extra=extra))
    await watched.poll_one()
    asked(site)
    watched.later(hours=23)


def news(*numbers: int) -> bytes:
    """A news sitemap."""
    urls = "".join(
        f"<url><loc>{BASE}/{n}</loc><n:news><n:publication_date>2026-11-25T{n:02}:00:00Z</n:publication_date>"
        f"<n:title>Titre {n}</n:title></n:news></url>"
        for n in numbers
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    ).encode()


def alerting(watched: Watched) -> set[str]:
    return {title for title, alerts in watched.articles().items() if alerts}


def titles(*numbers: int) -> set[str]:
    return {f"Titre {n}" for n in numbers}


async def test_row_8_archives_that_the_feed_names_give_back_what_fell_out(
    site: ScriptedServer, watched: Watched
) -> None:
    await begin(site, watched)

    def older(path: str, rel: str) -> str:
        return f'<atom:link rel="{rel}" href="{site.url(path)}"/>'

    site.routes |= {
        "/rss": response(window(*range(21, 24), extra=older("/a2", "prev-archive"))),
        "/a2": response(window(*range(15, 21), extra=older("/a1", "prev-archive"))),
        "/a1": response(window(*range(8, 15), extra=older("/a0", "prev-archive"))),
        "/a0": response(window(1)),
    }
    report = await watched.poll_one()
    assert (report.new, report.recovered, report.window_replaced) == (13, 10, True)
    assert asked(site) == ["/rss", "/a2", "/a1"], "until something known is met"
    assert alerting(watched) == titles(*range(11, 24))
    assert watched.state().recovered == 10
    assert losses(watched) == 0


async def test_row_8_the_pages_of_wordpress_give_back_what_fell_out(
    site: ScriptedServer, watched: Watched
) -> None:
    await begin(site, watched, "/feed/")
    site.routes |= {
        "/feed/": response(window(*range(20, 24))),
        "/feed/?paged=2": response(window(*range(14, 20))),
        "/feed/?paged=3": response(window(*range(7, 14))),
    }
    report = await watched.poll_one()
    assert (report.new, report.recovered) == (13, 9)
    assert asked(site) == ["/feed/", "/feed/?paged=2", "/feed/?paged=3"]
    assert losses(watched) == 0


async def test_row_8_the_pages_of_the_wordpress_interface_give_back_what_fell_out(
    site: ScriptedServer, watched: Watched
) -> None:
    def posts(*numbers: int) -> bytes:
        return response(
            json.dumps(
                [
                    {
                        "link": f"{BASE}/{n}",
                        "guid": {"rendered": f"{BASE}/?p={n}"},
                        "title": {"rendered": f"Titre {n}"},
                        "date_gmt": f"2026-11-25T{n:02}:00:00",
                    }
                    for n in numbers
                ]
            ).encode()
        )

    path = "/wp-json/wp/v2/posts"
    watched.cards = [feed_card(site.url(f"{path}?per_page=5"), kind=SourceKind.WORDPRESS)]
    site.routes[f"{path}?per_page=5"] = posts(5, 4, 3)
    watched.now = watched.now.replace(hour=6)
    await watched.poll_one()
    watched.later(hours=14)
    site.routes |= {
        f"{path}?per_page=5": posts(15, 14, 13, 12, 11),
        f"{path}?per_page=5&page=2": posts(10, 9, 8, 7, 6),
        f"{path}?per_page=5&page=3": posts(5, 4, 3, 2, 1),
    }
    report = await watched.poll_one()
    assert (report.new, report.recovered) == (10, 5)


async def test_row_8_the_news_sitemap_of_robots_txt_gives_back_what_fell_out(
    site: ScriptedServer, watched: Watched
) -> None:
    site.routes["/robots.txt"] = response(
        b"User-agent: *\nDisallow:\nSitemap: /sitemap.xml\nSitemap: /sitemap-news.xml # nouvelles"
    )
    await begin(site, watched)
    site.routes |= {
        "/rss": response(window(*range(21, 24))),
        "/sitemap-news.xml": response(news(*range(9, 24))),
    }
    report = await watched.poll_one()
    assert asked(site) == ["/rss", "/sitemap-news.xml"]
    assert (report.recovered, losses(watched)) == (10, 0)


async def test_row_8_what_stays_missing_is_counted_as_a_probable_loss(
    site: ScriptedServer, watched: Watched
) -> None:
    await begin(site, watched)
    site.routes["/rss"] = response(window(*range(14, 24)))
    report = await watched.poll_one()
    assert (report.window_replaced, report.recovered, asked(site)) == (True, 0, ["/rss"])
    assert losses(watched) == 1


async def test_row_8_an_archive_without_end_costs_five_requests_and_keeps_what_it_gave(
    site: ScriptedServer, watched: Watched
) -> None:
    await begin(site, watched)
    for n in range(9):
        link = f'<atom:link rel="next" href="{site.url(f"/p{n + 1}")}"/>'
        site.routes["/rss" if n == 0 else f"/p{n}"] = response(
            channel(items(*range(100 + n * 3, 103 + n * 3), base=BASE), extra=link)
        )
    report = await watched.poll_one()
    assert len(asked(site)) == 6
    assert (report.recovered, losses(watched)) == (15, 1)


async def test_row_8_a_site_that_ignores_the_page_number_is_asked_once(
    site: ScriptedServer, watched: Watched
) -> None:
    await begin(site, watched, "/feed/")
    site.routes["/feed/"] = site.routes["/feed/?paged=2"] = response(window(*range(14, 24)))
    await watched.poll_one()
    assert asked(site) == ["/feed/", "/feed/?paged=2"]


@pytest.mark.parametrize(
    "shown", [pytest.param([10, 11, 12, 13], id="overlap"), pytest.param([], id="empty")]
)
async def test_a_window_that_still_holds_something_known_asks_for_nothing_more(
    site: ScriptedServer, watched: Watched, shown: list[int]
) -> None:
    await begin(site, watched, "/feed/")
    site.routes["/feed/"] = response(window(*shown))
    await watched.poll_one()
    assert asked(site) == ["/feed/"]
    assert losses(watched) == 0


async def test_row_8_a_host_that_asks_for_peace_during_the_repair_gets_it(
    site: ScriptedServer, watched: Watched
) -> None:
    await begin(site, watched, "/feed/")
    site.routes["/feed/"] = response(window(*range(14, 24)))
    site.routes["/feed/?paged=2"] = response(b"", status=503, Retry_After="3600")
    report = await watched.poll_one()
    assert (report.ok, report.new) == (True, 10)
    assert asked(site) == ["/feed/", "/feed/?paged=2"]
    assert (watched.state().next_due_at - watched.now).total_seconds() >= 3600


def losses(watched: Watched) -> int:
    """Windows of which something is probably lost."""
    with watched.store.read() as tx:
        return sources.learned(tx)["gazette"].losses
