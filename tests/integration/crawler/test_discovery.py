"""A card that names no feed, or one that answers no more: what is found, believed, recorded, and what is not."""

import asyncio

import pytest

from comtoise.model import ListingSelectors, SourceKind
from support.polling import Watched, asked, channel, feed_card, items
from support.server import Asked, ScriptedServer, response

CHALLENGE = b"""<!doctype html><html><head><title>Un instant</title><script src="/cdn/challenge.js"></script></head>
<body><h1>V\xc3\xa9rification de votre navigateur</h1></body></html>"""
CONSENT = b"""<!doctype html><html><head><title>Votre vie priv\xc3\xa9e</title></head><body><form action="/accepter">
<h2><a href="/politique">Nos 843 partenaires</a></h2></form></body></html>"""


def page(*links: str, headings: str = "") -> bytes:
    """A page of news that announces feeds."""
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links)
    return f"<!doctype html><html><head><title>Actualités</title>{head}</head><body>{headings}</body></html>".encode()


def headings(*numbers: int) -> str:
    return "".join(f'<h2><a href="/{n}">Titre {n}</a></h2>' for n in numbers)


def feed(site: ScriptedServer, *numbers: int) -> bytes:
    return response(channel(items(*numbers, base=site.url("")), site=site.url("/")))


async def test_row_5_a_feed_that_became_a_page_is_followed_to_the_feed_that_the_page_announces(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/rss"))]
    site.routes["/rss"] = feed(site, 1, 2, 3)
    await watched.poll_one()
    site.routes["/rss"] = response(page("/comments/feed/", "/flux.xml"))
    site.routes["/flux.xml"] = feed(site, 2, 3, 9)
    watched.later(hours=2)
    report = await watched.poll_one()
    assert (report.ok, report.new) == (True, 1)
    address = watched.state().address
    assert (address.url, address.kind, address.how) == (site.url("/flux.xml"), SourceKind.FEED, "announced")
    assert address.found_at == watched.now
    asked(site)
    watched.later(hours=2)
    assert (await watched.poll_one()).unchanged
    assert asked(site) == ["/flux.xml"], "used from then on"


async def test_row_23_sources_sent_to_one_page_that_announces_a_feed_of_everything_stay_where_they_are(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url(f"/{n}/rss"), f"s{n}") for n in range(3)]
    for n in range(3):
        site.routes[f"/{n}/rss"] = feed(site, n + 1)
    await watched.poll()
    for n in range(3):
        site.routes[f"/{n}/rss"] = response(b"", status=301, Location="/")
    site.routes |= {"/": response(page("/tout.xml")), "/tout.xml": feed(site, 1, 2, 3, 4)}
    for _day in range(4):
        watched.later(days=1)
        assert [report.ok for report in await watched.poll()] == [False] * 3
    assert [watched.state(f"s{n}").url for n in range(3)] == [site.url(f"/{n}/rss") for n in range(3)]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(CHALLENGE, id="challenge"),
        pytest.param(CONSENT, id="consent"),
        pytest.param(b"<html><body>Site en maintenance</body></html>", id="maintenance"),
        pytest.param(page(), id="home-page"),
    ],
)
async def test_row_5_a_page_that_announces_no_feed_changes_nothing(
    site: ScriptedServer, watched: Watched, body: bytes
) -> None:
    watched.cards = [feed_card(site.url("/rss"), homepage=site.url("/"))]
    site.routes["/rss"] = feed(site, 1)
    await watched.poll_one()
    before = watched.state().address
    site.routes["/rss"] = site.routes["/"] = response(body)
    site.routes["/feed/"] = feed(site, 1, 2)
    watched.later(hours=2)
    assert not (await watched.poll_one()).ok
    assert watched.state().address == before
    assert "/feed/" not in asked(site)
    site.routes["/rss"] = feed(site, 1, 2)
    watched.later(days=1)
    assert (await watched.poll_one()).new == 1


async def test_row_5_a_feed_that_lists_nothing_known_is_not_that_of_the_source(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/rss"))]
    site.routes["/rss"] = feed(site, 1, 2)
    await watched.poll_one()
    site.routes["/rss"] = response(page("/emploi.xml"))
    site.routes["/emploi.xml"] = response(channel(items(50, 51, base=site.url(""), title="Offre {n}")))
    watched.later(hours=1)
    assert (await watched.poll_one()).error_kind == "html"
    assert watched.state().url == site.url("/rss")
    asked(site)
    watched.later(hours=1)
    await watched.poll_one()
    assert asked(site) == ["/rss"], "looked at again the next day, not at each poll"


async def test_a_guessed_feed_address_is_repaired_from_the_home_page_at_the_first_poll(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/devine/feed"), homepage=site.url("/"))]
    site.routes |= {"/": response(page("/vrai.xml")), "/vrai.xml": feed(site, 1, 2)}
    report = await watched.poll_one()
    assert (report.ok, report.new) == (True, 2)
    assert asked(site) == ["/devine/feed", "/", "/vrai.xml"]
    assert not any(watched.articles().values()), "a first reading alerts nobody"
    assert watched.state().url == report.found == site.url("/vrai.xml")


async def test_a_page_of_links_without_selectors_is_read_by_its_feed(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING)]
    site.routes |= {
        "/actus": response(page("/feed/", "/actus/feed/", headings=headings(1, 2))),
        "/feed/": feed(site, 7),
        "/actus/feed/": feed(site, 1, 2),
    }
    await watched.poll_one()
    assert asked(site) == ["/actus", "/actus/feed/"], "the feed of its own section first"
    assert watched.state().address.kind is SourceKind.FEED


async def test_usual_places_are_tried_when_the_page_announces_nothing_and_robots_are_obeyed(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING)]
    site.routes |= {
        "/robots.txt": response(b"User-agent: *\nDisallow: /feed/"),
        "/actus": response(page(headings=headings(1, 2))),
        "/feed/": feed(site, 1),
        "/rss.xml": feed(site, 1, 2),
    }
    await watched.poll_one()
    assert asked(site) == ["/actus", "/rss", "/rss.xml"]
    assert (watched.state().url, watched.state().address.how) == (site.url("/rss.xml"), "usual")


async def test_without_a_feed_the_page_stays_and_is_looked_at_again_a_month_later(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING)]
    site.routes["/actus"] = response(page(headings=headings(1, 2)))
    report = await watched.poll_one()
    assert (report.ok, report.new) == (True, 2)
    address = watched.state().address
    assert (address.url, address.how, address.looked_at) == (None, "none", watched.now)
    asked(site)
    site.routes["/actus"] = response(page("/flux.xml", headings=headings(1, 2, 3)))
    site.routes["/flux.xml"] = response(channel(items(1, 3, 4, base=site.url(""), day="Tue, 24 Nov 2026")))
    watched.later(days=29)
    await watched.poll_one()
    assert asked(site) == ["/actus"]
    watched.later(days=2)
    site.routes["/actus"] = response(page("/flux.xml", headings=headings(3)))
    report = await watched.poll_one()
    assert asked(site) == ["/actus", "/flux.xml"]
    assert watched.state().address.how == "announced"
    assert watched.articles() == {"Titre 1": False, "Titre 2": False, "Titre 3": True, "Titre 4": False}, (
        "4 is unknown and older than the last good poll: no news"
    )


async def test_selectors_of_the_desk_are_never_overruled(site: ScriptedServer, watched: Watched) -> None:
    selectors = ListingSelectors(item="h2", link="a")
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING, selectors=selectors)]
    site.routes["/actus"] = response(page("/flux.xml", headings=headings(1)))
    site.routes["/flux.xml"] = feed(site, 1)
    await watched.poll_one()
    assert asked(site) == ["/actus"]


@pytest.mark.parametrize(
    "together",
    [
        pytest.param((("a",), ("b",)), id="one-after-the-other"),
        pytest.param((("a", "b"),), id="at-the-same-time"),
    ],
)
async def test_two_pages_of_one_site_do_not_end_up_on_one_feed(
    site: ScriptedServer, watched: Watched, together: tuple[tuple[str, ...], ...]
) -> None:
    watched.cards = [feed_card(site.url(f"/{name}"), name, kind=SourceKind.LISTING) for name in ("a", "b")]
    for name in ("a", "b"):
        site.routes[f"/{name}"] = response(page("/flux.xml", headings=headings(1)))
    site.routes["/flux.xml"] = feed(site, 1, 2)
    for names in together:
        await watched.poll(*names)
    assert asked(site).count("/flux.xml") == len(together[0]), "at the same time, both look"
    urls = {watched.state(name).url for name in ("a", "b")}
    assert site.url("/flux.xml") in urls
    assert len(urls & {site.url("/a"), site.url("/b")}) == 1


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(channel(""), id="empty"),
        pytest.param(channel(items(1, base="https://ailleurs.example")), id="another-site"),
        pytest.param(page(), id="a-page"),
        pytest.param(b"<rss", id="broken"),
    ],
)
async def test_an_announced_feed_that_is_not_plausible_is_left(
    site: ScriptedServer, watched: Watched, found: bytes
) -> None:
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING)]
    site.routes |= {"/actus": response(page("/flux.xml", headings=headings(1))), "/flux.xml": response(found)}
    assert (await watched.poll_one()).ok
    assert watched.state().address.url is None


async def test_a_feed_left_behind_by_its_site_is_not_taken(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING)]
    old = channel(items(1, 2, base=site.url(""), day="Fri, 01 Nov 2024"))
    site.routes |= {"/actus": response(page("/flux.xml", headings=headings(3))), "/flux.xml": response(old)}
    await watched.poll_one()
    assert watched.state().address.url is None


async def test_a_site_that_asks_for_peace_during_the_look_gets_it(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING)]
    site.routes |= {
        "/actus": response(page(headings=headings(1))),
        "/feed/": response(b"", status=429, Retry_After="7200"),
    }
    report = await watched.poll_one()
    assert (report.ok, asked(site)) == (True, ["/actus", "/feed/"])
    assert (watched.state().next_due_at - watched.now).total_seconds() >= 7200


async def test_a_page_without_links_nor_feeds_is_repaired_from_a_usual_place(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING)]
    site.routes |= {"/actus": response(page()), "/rss": feed(site, 1)}
    assert (await watched.poll_one()).ok
    assert watched.state().url == site.url("/rss")


async def test_a_page_with_the_desk_s_selectors_that_changed_is_told_and_not_replaced(
    site: ScriptedServer, watched: Watched
) -> None:
    selectors = ListingSelectors(item="li.actu", link="a")
    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING, selectors=selectors)]
    site.routes |= {"/actus": response(page("/flux.xml", headings=headings(1))), "/flux.xml": feed(site, 1)}
    assert not (await watched.poll_one()).ok
    assert asked(site) == ["/actus"]


async def test_stopping_in_the_middle_of_a_poll_keeps_nothing_of_it(
    site: ScriptedServer, watched: Watched
) -> None:
    arrived = asyncio.Event()

    async def hang(_writer: asyncio.StreamWriter, _asked: Asked) -> None:
        arrived.set()
        await asyncio.Event().wait()

    watched.cards = [feed_card(site.url("/actus"), kind=SourceKind.LISTING)]
    site.routes |= {"/actus": response(page("/flux.xml", headings=headings(1))), "/flux.xml": hang}
    watched.timeout_s = 120
    stop = asyncio.Event()
    running = asyncio.create_task(watched.collector().run(stop))
    await asyncio.wait_for(arrived.wait(), 60)
    stop.set()
    await asyncio.wait_for(running, 30)
    assert (watched.state().polls, watched.articles()) == (0, {}), "it is simply due again"
