"""What a server may say that no specification foresees: it costs the source concerned a little, the others nothing."""

import asyncio
from datetime import timedelta

import pytest

from comtoise.store import articles
from support.polling import Watched, asked, channel, feed_card, items
from support.server import Asked, ScriptedServer, response

PAGE = b"<html><head><title>%s</title></head><body><article><p>%s</p></article></body></html>"
NO_ADDRESS = "http://~2,%00[v1.x]/une"  #: urlsplit takes it for an address, the downloader does not


def page(title: str, words: str = "Une usine de lunettes embauche. ") -> bytes:
    """An article's page."""
    return response(PAGE % (title.encode(), words.encode() * 30), Content_Type="text/html")


def page_states(watched: Watched) -> dict[str, str]:
    """What became of the pages, by title."""
    from sqlalchemy import text

    with watched.store.read() as tx:
        return dict(tx.execute(text("SELECT title, page_state FROM article")).all())


async def once(watched: Watched) -> None:
    async with asyncio.timeout(60):
        await watched.poll()


async def test_a_link_that_is_no_address_stops_nobody(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    item = f"<item><title>Sans adresse</title><link>{NO_ADDRESS}</link></item>"
    site.routes |= {"/feed": response(channel(item + items(1, base=site.url("/a")))), "/a/1": page("Titre 1")}
    await once(watched)
    assert set(watched.articles()) == {"Sans adresse", "Titre 1"}
    assert "/a/1" in asked(site)


async def test_an_address_that_was_kept_and_is_none_is_given_up(
    site: ScriptedServer, watched: Watched
) -> None:
    from sqlalchemy import text

    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    site.routes |= {"/feed": response(channel(items(1, 2, base=site.url("/a")))), "/a/2": page("Titre 2")}
    await once(watched)
    with watched.store.write() as tx:
        tx.execute(
            text(
                "UPDATE article SET url = :url, page_state = 'wanted', page_due_at = first_seen, page_attempts = 3"
                " WHERE title = 'Titre 1'"
            ),
            {"url": NO_ADDRESS},
        )
    await once(watched)
    assert page_states(watched)["Titre 1"] == "failed"


async def test_a_robots_txt_that_names_no_address_loses_no_news(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/robots.txt"] = response(b"Sitemap: http://[news\nUser-agent: *\nAllow: /\n")
    site.routes["/feed"] = response(channel(items(1, 2, 3, base=site.url("/a"))))
    await watched.poll_one()
    watched.later(hours=1)
    site.routes["/feed"] = response(channel(items(4, 5, 6, base=site.url("/a"))))
    report = await watched.poll_one()
    assert (report.ok, report.new) == (True, 3)


@pytest.mark.parametrize(
    "link", ['<http://[hub>; rel="hub"', '<http://[self>; rel="self", <https://hub.example/>; rel=hub']
)
async def test_a_hub_that_is_no_address_loses_no_news(
    site: ScriptedServer, watched: Watched, link: str
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(items(1, base=site.url("/a"))), Link=link)
    report = await watched.poll_one()
    assert (report.ok, report.new) == (True, 1)


async def test_a_canonical_that_is_no_address_loses_no_page(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    body = PAGE.replace(b"<head>", b"<head><link rel='canonical' href='http://[une'>") % (
        b"Titre",
        b"Des mots. " * 60,
    )
    site.routes |= {
        "/feed": response(channel(items(1, base=site.url("/a")))),
        "/a/1": response(body, Content_Type="text/html"),
    }
    await once(watched)
    assert page_states(watched) == {"Titre 1": "done"}


async def test_a_redirect_to_no_address_is_a_failure_like_another(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(b"", status=302, Location="http://[une")
    async with asyncio.timeout(60):
        report = await watched.poll_one()
    assert not report.ok
    assert report.next_due_at > watched.now


async def test_unchanged_where_nothing_was_asked_about_is_no_good_answer(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(b"", status=304)
    assert not (await watched.poll_one()).ok
    watched.later(hours=1)
    site.routes["/feed"] = response(channel(items(*range(20), base=site.url("/a"))))
    await watched.poll_one()
    assert not any(watched.articles().values()), "what a source shows first alerts nobody"


async def test_what_an_empty_source_shows_first_is_news_by_its_date_only(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(""))
    await watched.poll_one()
    watched.later(hours=1)
    old = items(*range(1000), base=site.url("/a"), day="Fri, 20 Nov 2026")
    undated = "<item><title>Sans date</title><link>https://gazette.example/z</link></item>"
    new = (
        "<item><title>Neuf</title><link>https://gazette.example/n</link>"
        f"<pubDate>{watched.now - timedelta(minutes=5):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
    )
    site.routes["/feed"] = response(channel(new + old + undated))
    await watched.poll_one()
    found = watched.articles()
    assert len(found) == 1002
    assert [title for title, alerts in found.items() if alerts] == ["Neuf"]


async def test_a_host_that_wants_peace_for_its_pages_has_it(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    site.routes["/feed"] = response(channel(items(*range(6), base=site.url("/a"))))
    refusal = response(b"", status=429, Retry_After="7200")
    site.routes |= {f"/a/{n}": refusal for n in range(6)}
    await once(watched)
    assert len([path for path in asked(site) if path != "/feed"]) <= 2, "one answered, one on its way"
    watched.later(hours=1)
    await once(watched)
    assert [path for path in asked(site) if path != "/feed"] == []
    site.routes |= {f"/a/{n}": page(f"Titre {n}") for n in range(6)}
    watched.later(hours=1, minutes=30)
    await once(watched)
    assert len([path for path in asked(site) if path != "/feed"]) == 6


def bare(number: int) -> str:
    """An item without guid."""
    return f"<item><title>Titre {number}</title><link>https://gazette.example/{number}</link><description>Chapô</description></item>"


async def test_an_item_listed_twice_is_one_before_and_after(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    for number, inside in enumerate(
        (bare(1) + bare(2), bare(3) + bare(1) + bare(2) + bare(1), bare(1) + bare(2))
    ):
        site.routes["/feed"] = response(channel(inside))
        report = await watched.poll_one()
        assert report.new == (2, 1, 0)[number]
        watched.later(hours=1)
    assert len(watched.articles()) == 3


async def test_an_item_listed_twice_at_first_is_one_later(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(bare(1) + bare(2) + bare(1)))
    assert (await watched.poll_one()).new == 2
    watched.later(hours=1)
    site.routes["/feed"] = response(channel(bare(3) + bare(1)))
    assert (await watched.poll_one()).new == 1


async def test_a_page_that_leads_to_the_front_page_is_not_the_article(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    site.routes |= {
        "/feed": response(channel(items(1, base=site.url("/a")))),
        "/a/1": response(b"", status=302, Location="/"),
        "/": page("Accueil"),
    }
    await once(watched)
    watched.later(minutes=10)  # it may have been for a moment: it is asked for once more
    await once(watched)
    assert page_states(watched) == {"Titre 1": "failed"}
    assert asked(site).count("/a/1") == 2


async def test_a_source_that_left_the_configuration_is_not_visited_for_its_pages(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    site.routes["/feed"] = response(channel(items(1, base=site.url("/a"))))
    site.routes["/a/1"] = response(b"", status=500)
    await once(watched)
    asked(site)
    other_site.routes["/feed"] = response(channel(items(2, base=other_site.url("/b"))))
    watched.cards = [feed_card(other_site.url("/feed"), "autre")]
    watched.later(hours=1)
    await once(watched)
    assert asked(site) == []


async def test_rules_read_by_a_clock_that_was_ahead_are_asked_for_again(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(items(1, base=site.url("/a"))))
    today = watched.now
    watched.later(days=400)
    await watched.poll_one()
    watched.now = today
    site.routes["/robots.txt"] = response(b"User-agent: *\nDisallow: /feed\n")
    assert (await watched.poll_one()).error_kind == "robots"


async def test_a_page_on_its_way_when_its_source_reserves_its_texts_is_not_kept(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    both = items(1, base=site.url("/a")) + items(2, base=other_site.url("/b"))
    site.routes["/feed"] = response(channel(both))
    site.routes["/a/1"] = response(PAGE % (b"Titre 1", b"Des mots. " * 60), TDM_Reservation="1")

    async def after_the_first(writer: asyncio.StreamWriter, _asked: Asked) -> None:
        while (await asyncio.to_thread(page_states, watched))["Titre 1"] != "reserved":
            pass
        writer.write(page("Titre 2"))
        await writer.drain()

    other_site.routes["/b/2"] = after_the_first
    await once(watched)
    assert page_states(watched) == {"Titre 1": "reserved", "Titre 2": "reserved"}
    with watched.store.read() as tx:
        assert [found.text for found in articles.latest(tx, limit=5)] == ["", ""]
