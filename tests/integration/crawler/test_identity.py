"""Rows 17 to 21: guids and dates that lie, as they come through a feed. None is lost, and none alerts twice."""

import pytest

from comtoise.store import articles
from support.polling import Watched, channel, feed_card, items
from support.server import ScriptedServer, response

BASE = "https://gazette.example"


@pytest.fixture
def gazette(site: ScriptedServer, watched: Watched) -> Watched:
    """A desk that follows one feed."""
    watched.cards = [feed_card(site.url("/rss"))]
    return watched


def item(number: int, *, title: str | None = None, url: str | None = None, guid: str, date: str = "") -> str:
    return (
        f"<item><title>{title or f'Titre {number}'}</title><link>{url or f'{BASE}/{number}'}</link>"
        f"<guid isPermaLink='false'>{guid}</guid>{f'<pubDate>{date}</pubDate>' if date else ''}</item>"
    )


async def test_row_17_one_guid_for_all_items_loses_none_and_repeats_none(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/rss"] = response(channel(items(1, 2, 3, base=BASE, guid="gazette")))
    assert (await gazette.poll_one()).new == 3
    for shown, new in (((2, 3, 4, 5), 2), ((3, 4, 5), 0), ((6,), 1)):
        gazette.later(hours=1)
        site.routes["/rss"] = response(channel(items(*shown, base=BASE, guid="gazette")))
        assert (await gazette.poll_one()).new == new


async def test_row_18_guids_that_change_at_each_fetch_are_not_new(
    site: ScriptedServer, gazette: Watched
) -> None:
    for turn in range(4):
        site.routes["/rss"] = response(channel(items(1, 2, 3, base=BASE, guid=f"{{n}}-{turn}")))
        report = await gazette.poll_one()
        assert (report.new, report.edited, report.recovered) == (3 if turn == 0 else 0, 0, 0)
        gazette.later(hours=1)


async def test_row_18_a_site_that_goes_to_https_is_not_new(site: ScriptedServer, gazette: Watched) -> None:
    for turn, scheme in enumerate(("http", "https")):
        base = f"{scheme}://gazette.example"
        site.routes["/rss"] = response(channel(items(1, 2, 3, base=base, guid=f"{base}/{{n}}")))
        assert (await gazette.poll_one()).new == (3 if turn == 0 else 0)
        gazette.later(hours=1)


async def test_row_19_a_guid_reused_for_a_new_story_is_a_new_article(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/rss"] = response(channel(item(1, guid="une") + item(2, guid="deux")))
    await gazette.poll_one()
    gazette.later(hours=1)
    site.routes["/rss"] = response(
        channel(item(3, guid="une", title="Une forge rouvre") + item(2, guid="deux"))
    )
    assert (await gazette.poll_one()).new == 1
    assert gazette.articles() == {"Titre 1": False, "Titre 2": False, "Une forge rouvre": True}


async def test_row_19_a_headline_edited_twelve_times_is_one_article(
    site: ScriptedServer, gazette: Watched
) -> None:
    site.routes["/rss"] = response(channel(item(9, guid="neuf")))
    await gazette.poll_one()
    for turn in range(12):
        gazette.later(minutes=20)
        site.routes["/rss"] = response(channel(item(9, guid="neuf", title=f"Titre, version {turn}")))
        report = await gazette.poll_one()
        assert (report.new, report.edited) == (0, 1)
    assert gazette.articles() == {"Titre, version 11": False}


@pytest.mark.parametrize(
    "date",
    [
        pytest.param("", id="missing"),
        pytest.param("Wed, 25 Nov 2026 10:00:00", id="without-zone"),
        pytest.param("25/11/2026 10h00", id="french"),
        pytest.param("Fri, 01 Jan 2055 00:00:00 +0000", id="far-future"),
        pytest.param("Thu, 01 Jan 1970 00:00:00 +0000", id="far-past"),
        pytest.param("hier soir", id="words"),
    ],
)
async def test_row_20_a_date_that_lies_neither_hides_an_item_nor_repeats_it(
    site: ScriptedServer, gazette: Watched, date: str
) -> None:
    site.routes["/rss"] = response(channel(items(1, 2, base=BASE)))
    await gazette.poll_one()
    gazette.later(hours=1)
    seen_at = gazette.now
    site.routes["/rss"] = response(channel(item(3, guid="g3", date=date) + items(1, 2, base=BASE)))
    assert (await gazette.poll_one()).new == 1
    assert gazette.articles()["Titre 3"], "alerted on first sight, whatever its date"
    with gazette.store.read() as tx:
        (newest, *_older) = articles.latest(tx, limit=5)
    assert (newest.title, newest.first_seen) == ("Titre 3", seen_at)
    gazette.later(hours=1)
    changed = "Mon, 23 Nov 2026 10:00:00 +0000"
    site.routes["/rss"] = response(channel(item(3, guid="g3", date=changed) + items(1, 2, base=BASE)))
    assert (await gazette.poll_one()).new == 0


async def test_row_21_an_old_version_served_now_and_then_alerts_nothing_and_takes_nothing_away(
    site: ScriptedServer, gazette: Watched
) -> None:
    old, new = (channel(items(*range(n, n + 5), base=BASE)) for n in (1, 11))
    site.routes["/rss"] = response(old)
    await gazette.poll_one()
    for turn in range(6):
        gazette.later(hours=1)
        site.routes["/rss"] = response(new if turn % 2 == 0 else old)
        assert (await gazette.poll_one()).new == (5 if turn == 0 else 0)
    assert len(gazette.articles()) == 10
