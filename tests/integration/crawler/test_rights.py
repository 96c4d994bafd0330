"""What publishers allow, asked of a real server and proved by what the server was asked for."""

import gzip
from datetime import timedelta

import pytest

from comtoise.model import Article, SourceKind
from comtoise.store import articles, hosts, sources
from support.polling import Watched, feed_card
from support.server import RULES, ScriptedServer, response, rss

TEXT = "<p>" + "Secret de fabrication de la presse neuve. " * 10 + "</p>"
RESERVED = b'[{"location": "/", "tdm-reservation": 1}]'


def page(head: str = "", **headers: str) -> bytes:
    body = f"<html><head><title>Titre 1</title>{head}</head><body><article><h1>Titre 1</h1>{TEXT * 3}</article></body></html>"
    return response(body.encode(), Content_Type="text/html; charset=utf-8", **headers)  # type: ignore[arg-type]


@pytest.fixture
def gazette(site: ScriptedServer, watched: Watched) -> Watched:
    """A paper whose two articles have a page that says more than its feed."""
    site.routes["/feed"] = response(rss(1, 2, base=site.url("")))
    site.routes |= {"/1": page(), "/2": page()}
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    return watched


def kept(desk: Watched) -> dict[str, Article]:
    """The articles by title; their text is the extract when nothing else is kept."""
    with desk.store.read() as tx:
        return {article.title: article for article in articles.latest(tx, limit=10)}


def rights(desk: Watched) -> sources.SourceRights:
    with desk.store.read() as tx:
        return sources.rights(tx, desk.now)["gazette"]


def rules(site: ScriptedServer) -> list[str]:
    return [asked.path for asked in site.asked if asked.path in RULES]


async def test_without_any_word_pages_are_read_and_the_extract_is_kept(
    site: ScriptedServer, gazette: Watched
) -> None:
    await gazette.poll()
    assert sorted(site.paths()) == ["/1", "/2", "/feed"]
    assert "Secret" in kept(gazette)["Titre 1"].text
    found = rights(gazette)
    assert (found.robots, found.reserved, found.signs, found.checked_at) == ("allowed", None, (), gazette.now)
    assert not any("cookie" in asked.headers for asked in site.asked)


@pytest.mark.parametrize(
    ("robots", "tdmrep", "headers", "says"),
    [
        pytest.param("", RESERVED, {}, "tdm-reservation: 1", id="tdmrep-file"),
        pytest.param("", b"", {"TDM_Reservation": "1"}, "tdm-reservation: 1", id="tdm-header-of-the-feed"),
        pytest.param("License: https://gazette.example/rsl.xml", b"", {},
                     "License: https://gazette.example/rsl.xml", id="rsl-licence"),
        pytest.param("User-agent: *\nContent-Signal: search=no", b"", {}, "Content-Signal: search=no",
                     id="content-signal"),
        pytest.param("", b"", {"X_Robots_Tag": "noai"}, "noai", id="noai"),
        pytest.param("", b"", {"X_Robots_Tag": "nofollow"}, "nofollow", id="nofollow"),
    ],
)  # fmt: skip
async def test_a_reservation_means_titles_and_links_and_not_one_page(
    site: ScriptedServer, gazette: Watched, robots: str, tdmrep: bytes, headers: dict[str, str], says: str
) -> None:
    site.routes["/robots.txt"] = response(robots.encode())
    site.routes["/.well-known/tdmrep.json"] = response(tdmrep, status=200 if tdmrep else 404)
    site.routes["/feed"] = response(rss(1, 2, base=site.url("")), **headers)  # type: ignore[arg-type]
    (report,) = await gazette.poll()
    assert (report.ok, report.new) == (True, 2)
    assert site.paths() == ["/feed"], "the server was asked for no page"
    assert {title: article.text for title, article in kept(gazette).items()} == {"Titre 1": "", "Titre 2": ""}
    assert all(article.url for article in kept(gazette).values())
    found = rights(gazette)
    assert found.reserved is True
    assert [sign.says for sign in found.signs] == [says]


async def test_the_noindex_that_wordpress_sends_with_every_feed_reserves_nothing(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/feed"] = response(rss(1, base=site.url("")), X_Robots_Tag="noindex, follow")
    await gazette.poll()
    assert site.paths() == ["/feed", "/1"]
    found = rights(gazette)
    assert (found.reserved, [sign.says for sign in found.signs]) == (None, ["noindex"])


async def test_a_robot_named_in_one_header_is_not_named_in_the_next(
    site: ScriptedServer, gazette: Watched
) -> None:
    feed = response(rss(1, base=site.url("")), X_Robots_Tag="otherbot: noai")
    site.routes["/feed"] = feed.replace(b"\r\n\r\n", b"\r\nX-Robots-Tag: nofollow\r\n\r\n", 1)
    await gazette.poll()
    assert [sign.says for sign in rights(gazette).signs] == ["nofollow"]


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        pytest.param('<meta name="tdm-reservation" content="1">', {}, id="meta"),
        pytest.param("", {"TDM_Reservation": "1"}, id="header"),
        pytest.param('<meta name="robots" content="noai, noimageai">', {}, id="noai"),
    ],
)
async def test_a_page_that_reserves_speaks_for_its_site_for_a_week(
    site: ScriptedServer, gazette: Watched, head: str, headers: dict[str, str]
) -> None:
    site.routes["/feed"] = response(rss(1, base=site.url("")))
    site.routes["/1"] = page(head, **headers)
    await gazette.poll()
    assert site.paths() == ["/feed", "/1"]
    assert kept(gazette)["Titre 1"].text == ""
    assert rights(gazette).reserved is True

    site.routes["/feed"] = response(rss(1, 2, base=site.url("")))
    gazette.later(days=1)
    await gazette.poll()
    assert site.paths() == ["/feed", "/1", "/feed"], "no page is fetched to be told again"
    gazette.later(days=7)
    site.routes["/feed"] = response(rss(1, 2, 3, base=site.url("")))
    site.routes["/3"] = page()
    await gazette.poll()
    assert "/3" in site.paths()
    assert rights(gazette).reserved is None


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        pytest.param('<meta name="robots" content="noindex">', {}, id="meta"),
        pytest.param('<meta name="ComtoiseBot" content="none">', {}, id="meta-for-us"),
        pytest.param("", {"X_Robots_Tag": "noindex"}, id="header"),
        pytest.param("", {"X_Robots_Tag": "unavailable_after: 2026-11-01"}, id="date-passed"),
    ],
)
async def test_noindex_keeps_the_title_and_link_of_that_page_alone(
    site: ScriptedServer, gazette: Watched, head: str, headers: dict[str, str]
) -> None:
    site.routes["/1"] = page(head, **headers)
    await gazette.poll()
    assert kept(gazette)["Titre 1"].text == ""
    assert "Secret" in kept(gazette)["Titre 2"].text
    assert rights(gazette).reserved is None
    site.routes["/feed"] = response(rss(1, 2, 3, base=site.url("")))
    await gazette.poll()
    assert kept(gazette)["Titre 1"].text == "", "the feed tells it again: it stays closed"


async def test_the_tdm_file_of_another_host_keeps_its_pages_closed(
    site: ScriptedServer, other_site: ScriptedServer, gazette: Watched
) -> None:
    other_site.routes = {"/.well-known/tdmrep.json": response(RESERVED), "/1": page()}
    site.routes["/feed"] = response(rss(1, base=other_site.url("")))
    await gazette.poll()
    assert other_site.paths() == []
    assert kept(gazette)["Titre 1"].text == ""


async def test_a_licence_lifts_the_reservation_and_never_robots(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/.well-known/tdmrep.json"] = response(RESERVED)
    site.routes["/robots.txt"] = response(b"User-agent: *\nDisallow: /2")
    gazette.cards = [feed_card(site.url("/feed"), fetch_pages=True, full_text_licence=True)]
    await gazette.poll()
    assert site.paths() == ["/feed", "/1"]
    assert "Secret" in kept(gazette)["Titre 1"].text


async def test_verdicts_outlive_a_restart_and_are_asked_again_after_a_day(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/.well-known/tdmrep.json"] = response(RESERVED)
    await gazette.poll()
    await gazette.poll()
    assert rules(site) == list(RULES), "each poll is a collector of its own: the store remembers"
    gazette.later(hours=25)
    site.routes["/.well-known/tdmrep.json"] = response(b"", status=404)
    await gazette.poll()
    assert rules(site) == [*RULES, *RULES]
    assert rights(gazette).reserved is None


async def test_a_source_added_later_gets_the_verdict_that_is_known_of_its_host(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/.well-known/tdmrep.json"] = response(RESERVED)
    await gazette.poll()
    site.routes["/sport"] = response(rss(7, base=site.url("")))
    gazette.cards = [*gazette.cards, feed_card(site.url("/sport"), "sport", fetch_pages=True)]
    await gazette.poll("sport")
    assert "/7" not in site.paths()
    with gazette.store.read() as tx:
        assert sources.rights(tx, gazette.now)["sport"].reserved is True


async def test_a_host_whose_tdm_file_fails_is_silent_and_still_polled(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/.well-known/tdmrep.json"] = response(b"", status=302, Location="/.well-known/tdmrep.json")
    (report,) = await gazette.poll()
    assert report.ok


async def test_the_metas_of_a_listing_page_count(site: ScriptedServer, gazette: Watched) -> None:
    site.routes["/actus"] = response(
        b'<html><head><meta name="robots" content="noindex, nofollow"></head>'
        b'<body><h2><a href="/1">Titre 1</a></h2><h2><a href="/2">Titre 2</a></h2></body></html>'
    )
    gazette.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING, fetch_pages=True)]
    await gazette.poll()
    assert "/1" not in site.paths()
    assert rights(gazette).reserved is True


@pytest.mark.parametrize(
    ("mark", "paywalled"),
    [
        pytest.param('<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}'
                     "</script>", True, id="stated"),
        pytest.param("<style></style>", False, id="open"),
    ],
)  # fmt: skip
async def test_an_article_for_subscribers_is_flagged(
    site: ScriptedServer, gazette: Watched, mark: str, paywalled: bool
) -> None:
    site.routes["/1"] = page(mark)
    await gazette.poll()
    with gazette.store.read() as tx:
        flags = {found.article.title: found.paywalled for found in articles.pending(tx, gazette.now, limit=9)}
    assert flags == {"Titre 1": paywalled, "Titre 2": False}


# Row 57 of the fault table: robots.txt that is 5xx, huge, redirected, marked, wild; kept 24 hours


async def test_row_57_a_feed_that_robots_forbids_is_flagged_and_not_fetched(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/robots.txt"] = response("\ufeffUser-agent: *\nDisallow: /*eed$".encode())
    (report,) = await gazette.poll()
    assert (report.ok, report.error_kind) == (False, "robots")
    assert report.error
    assert "robots.txt" in report.error
    assert site.paths() == []
    assert rights(gazette).robots == "forbidden (rules)"


async def test_row_57_an_unreachable_robots_file_forbids_and_is_asked_again_in_half_an_hour(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/robots.txt"] = response(b"", status=500)
    (report,) = await gazette.poll()
    assert report.error_kind == "robots-unreachable"
    assert rights(gazette).robots == "forbidden (unreachable)"
    site.routes["/robots.txt"] = response(b"", status=404)
    gazette.later(minutes=10)
    assert (await gazette.poll())[0].error_kind == "robots-unreachable"
    gazette.later(minutes=21)
    assert (await gazette.poll())[0].ok
    assert rights(gazette).robots == "allowed"


@pytest.mark.parametrize("told", [True, False], ids=["length-told", "length-not-told"])
async def test_row_57_of_a_huge_robots_file_the_first_500_kib_count(
    site: ScriptedServer, gazette: Watched, told: bool
) -> None:
    head = b"User-agent: *\nDisallow: /1\n#"
    body = head + b"x" * (12 * 1024 * 1024) + b"\nDisallow: /feed\n"
    length = f"Content-Length: {len(body)}\r\n" if told else ""
    site.routes["/robots.txt"] = f"HTTP/1.1 200 X\r\n{length}Connection: close\r\n\r\n".encode() + body
    (report,) = await gazette.poll()
    assert report.ok
    assert "/1" not in site.paths()
    with gazette.store.read() as tx:
        body_kept = hosts.load(tx, site.url("")).robots_body
    assert body_kept is not None
    assert len(body_kept) == 500 * 1024


async def test_row_57_long_rules_of_hosts_that_only_pages_lead_to_do_not_fill_the_store(
    site: ScriptedServer, other_site: ScriptedServer, gazette: Watched
) -> None:
    other_site.routes = {"/robots.txt": response(b"User-agent: *\nDisallow: /1\n#" + b"x" * 400_000)}
    site.routes["/robots.txt"] = response(b"#" + b"x" * 400_000)
    site.routes["/feed"] = response(rss(1, base=other_site.url("")))
    await gazette.poll()
    assert other_site.paths() == []
    with gazette.store.read() as tx:
        assert hosts.load(tx, other_site.url("")).robots_at is None
        assert hosts.load(tx, site.url("")).robots_at == gazette.now
    with gazette.store.write() as tx:
        assert hosts.forget(tx, before=gazette.now) == 0
        assert hosts.forget(tx, before=gazette.now + timedelta(seconds=1)) == 2
        assert hosts.load(tx, site.url("")).robots_at is None


async def test_row_57_a_compressed_robots_file_is_read(site: ScriptedServer, gazette: Watched) -> None:
    body = gzip.compress(b"User-agent: *\nDisallow: /feed")
    site.routes["/robots.txt"] = response(body, Content_Encoding="gzip")
    (report,) = await gazette.poll()
    assert report.error_kind == "robots"


@pytest.mark.parametrize(("hops", "allowed"), [(5, False), (6, True)])
async def test_row_57_five_redirects_of_robots_are_followed_and_no_more(
    site: ScriptedServer, gazette: Watched, hops: int, allowed: bool
) -> None:
    for hop in range(hops):
        path = "/robots.txt" if hop == 0 else f"/r{hop}"
        site.routes[path] = response(b"", status=301, Location=f"/r{hop + 1}")
    site.routes[f"/r{hops}"] = response(b"User-agent: *\nDisallow: /")
    (report,) = await gazette.poll()
    assert report.ok is allowed


async def test_row_57_robots_are_kept_a_day(site: ScriptedServer, gazette: Watched) -> None:
    site.routes["/robots.txt"] = response(b"User-agent: *\nDisallow: /1\nDisallow: /2")
    for _round in range(3):
        await gazette.poll()
        gazette.now += timedelta(hours=7)
    assert rules(site).count("/robots.txt") == 1
    gazette.now += timedelta(hours=4)
    await gazette.poll()
    assert rules(site).count("/robots.txt") == 2


async def test_row_58_a_publisher_that_bans_us_is_left_alone_within_three_tries(
    site: ScriptedServer, gazette: Watched
) -> None:
    await gazette.poll()
    for path in ("/feed", "/1", "/2"):
        site.routes[path] = response(b"", status=403)
    site.asked.clear()
    waits = []
    for _round in range(4):
        state = gazette.state()
        gazette.now = max(gazette.now, state.next_due_at)
        (report,) = await gazette.poll()
        assert not report.ok
        waits.append(report.next_due_at - gazette.now)
    assert waits[2] > 2 * waits[0], "each try waits longer than the one before"
    assert site.paths() == ["/feed"] * 4
    assert all("@" in asked.headers["user-agent"] for asked in site.asked), "it says whom to write to"
    with gazette.store.read() as tx:
        told = sources.needing_attention(tx)
    assert [state.source_id for state in told] == ["gazette"]
    assert told[0].error_text
