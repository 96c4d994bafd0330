"""Redirects, 404 and 410: when an address is believed to have changed, and when a source is gone."""

from datetime import timedelta

import pytest

from comtoise.model import Source
from comtoise.store import articles
from support.polling import Watched, asked, channel, feed_card, items
from support.server import ScriptedServer, response

BASE = "https://gazette.example"


def to(server: ScriptedServer, path: str, status: int = 301) -> bytes:
    return response(b"", status=status, Location=server.url(path))


async def test_row_22_a_site_that_moves_is_believed_after_three_polls_over_a_day_and_alerts_nothing_again(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    old, new = site.url(""), other_site.url("")
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(items(1, 2, 3, base=old, guid=f"{old}/{{n}}")))
    await watched.poll_one()
    watched.later(hours=1)
    site.routes["/feed"] = to(other_site, "/rss")
    # Addresses and guids are those of the new host: only the titles are the same.
    other_site.routes["/rss"] = response(channel(items(1, 2, 3, base=new, guid=f"{new}/{{n}}")), ETag='"n"')
    seen = []
    for hours in (0, 1, 11, 6, 7):
        watched.later(hours=hours)
        report = await watched.poll_one()
        assert (report.ok, report.new) == (True, 0)
        seen.append((watched.state().address.move_seen, watched.state().url == other_site.url("/rss")))
    assert seen == [(1, False), (1, False), (2, False), (2, False), (0, True)], "three, each half a day apart"
    address = watched.state().address
    assert (address.how, address.found_at) == ("moved", watched.now)
    asked(site)
    other_site.routes["/rss"] = response(channel(items(1, 2, 3, 12, base=new, guid=f"{new}/{{n}}")))
    watched.later(hours=1)
    report = await watched.poll_one()
    assert (report.new, asked(site)) == (1, [])
    assert watched.articles() == {"Titre 1": False, "Titre 2": False, "Titre 3": False, "Titre 12": True}


async def test_row_22_what_is_old_and_unknown_at_the_new_address_is_kept_without_alerting(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(items(5, 6, base=BASE)))
    await watched.poll_one()
    watched.later(hours=3)
    site.routes["/feed"] = to(other_site, "/rss")
    other_site.routes["/rss"] = response(channel(items(1, 5, 6, 10, base=BASE)))
    await watched.poll_one()
    may_alert = [title for title, alerts in watched.articles().items() if alerts]
    assert may_alert == ["Titre 10"], "1 came out before the last good poll"


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_temporary_redirect_is_followed_and_never_stored(
    site: ScriptedServer, watched: Watched, status: int
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = to(site, "/rss", status)
    site.routes["/rss"] = response(channel(items(1, base=BASE)))
    for _day in range(5):
        assert (await watched.poll_one()).ok
        watched.later(days=1)
    assert (watched.state().url, watched.state().address.move_to) == (site.url("/feed"), None)


async def test_of_a_chain_of_redirects_only_what_is_permanent_counts(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes |= {"/feed": to(site, "/rss", 308), "/rss": to(site, "/today.xml", 302)}
    site.routes["/today.xml"] = response(channel(items(1, base=BASE)))
    for _half_day in range(3):
        await watched.poll_one()
        watched.later(hours=12)
    assert watched.state().url == site.url("/rss")


async def test_row_23_one_page_for_many_sources_changes_no_address(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url(f"/{n}.xml"), f"s{n}") for n in range(5)]
    site.routes |= {f"/{n}.xml": response(channel(items(n, base=f"{BASE}/{n}"))) for n in range(5)}
    await watched.poll()
    site.routes |= {f"/{n}.xml": to(site, "/sorry") for n in range(5)}
    for sorry in (b"<!doctype html><title>Maintenance</title>", channel(items(77, base=BASE))):
        site.routes["/sorry"] = response(sorry)
        for _half_day in range(6):
            watched.later(hours=12)
            await watched.poll()
    assert [watched.state(f"s{n}").url for n in range(5)] == [site.url(f"/{n}.xml") for n in range(5)]
    assert all(watched.state(f"s{n}").address.url is None for n in range(5))


async def test_row_23_a_redirect_onto_the_address_of_another_source_is_not_stored(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/a"), "a"), feed_card(site.url("/b"), "b")]
    site.routes |= {"/a": to(site, "/b"), "/b": response(channel(items(1, base=BASE)))}
    for _half_day in range(4):
        await watched.poll()
        watched.later(hours=12)
    assert watched.state("a").url == site.url("/a")


async def test_a_bad_answer_between_confirmations_starts_them_again(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes |= {"/feed": to(site, "/rss"), "/rss": response(channel(items(1, base=BASE)))}
    for _half_day in range(2):
        await watched.poll_one()
        watched.later(hours=12)
    site.routes["/rss"] = response(b"<html><body>Revenez plus tard</body></html>")
    await watched.poll_one()
    assert watched.state().address.move_to is None
    site.routes["/rss"] = response(channel(items(1, 2, base=BASE)))
    watched.later(hours=12)
    await watched.poll_one()
    assert (watched.state().address.move_seen, watched.state().url) == (1, site.url("/feed"))


async def test_a_server_in_trouble_between_confirmations_takes_nothing_back(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes |= {"/feed": to(site, "/rss"), "/rss": response(channel(items(1, base=BASE)))}
    await watched.poll_one()
    site.routes["/rss"] = response(b"", status=503)
    watched.later(hours=12)
    await watched.poll_one()
    assert watched.state().address.move_seen == 1


async def test_a_parked_name_brings_no_articles(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(items(1, base=BASE)))
    await watched.poll_one()
    site.routes["/feed"] = to(other_site, "/", 302)
    other_site.routes["/"] = response(channel(items(7, base="https://casino.example", title="Bonus {n}")))
    watched.later(hours=1)
    report = await watched.poll_one()
    assert (report.ok, report.error_kind) == (False, "elsewhere")
    assert list(watched.articles()) == ["Titre 1"]


async def test_editing_the_address_of_a_card_forgets_where_the_source_was_found(
    site: ScriptedServer, watched: Watched
) -> None:
    card = feed_card(site.url("/feed"))
    watched.cards = [card]
    site.routes |= {"/feed": to(site, "/rss"), "/rss": response(channel(items(1, base=BASE)))}
    for _half_day in range(3):
        await watched.poll_one()
        watched.later(hours=12)
    assert watched.state().url == site.url("/rss")
    site.routes["/new"] = response(channel(items(1, 2, base=BASE)))
    watched.cards = [
        Source(id=card.id, name=card.name, kind=card.kind, url=site.url("/new"), fetch_pages=False)
    ]
    await watched.poll_one()
    assert (watched.state().url, watched.state().address.url) == (site.url("/new"), None)


async def test_where_it_was_found_is_left_when_the_card_is_right_again(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    feed = response(channel(items(1, base=BASE)))
    site.routes |= {"/feed": to(site, "/rss"), "/rss": feed}
    for _half_day in range(3):
        await watched.poll_one()
        watched.later(hours=12)
    site.routes = {"/feed": response(channel(items(1, 2, base=BASE)))}
    report = await watched.poll_one()
    assert (report.ok, report.new) == (True, 1)
    assert (watched.state().url, watched.state().address.url) == (site.url("/feed"), None)


async def test_row_24_a_410_is_confirmed_the_next_day_then_the_source_is_gone_and_looked_at_weekly(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(items(1, base=BASE)))
    await watched.poll_one()
    site.routes["/feed"] = response(b"", status=410)
    watched.later(hours=1)
    report = await watched.poll_one()
    assert (report.error_kind, watched.state().address.gone_at) == ("http-410", None)
    wait = report.next_due_at - watched.now
    assert timedelta(days=1) <= wait <= timedelta(days=1, hours=2)
    watched.now = report.next_due_at
    report = await watched.poll_one()
    assert (report.error_kind, watched.state().address.gone_at) == ("gone", watched.now)
    assert "disparu" in (report.error or "")
    episode = watched.state().episode
    assert episode is not None
    assert episode.told_at == watched.now, "a person is told at once"
    for _week in range(3):
        wait = report.next_due_at - watched.now
        assert timedelta(days=7) <= wait <= timedelta(days=8), "never off the schedule"
        watched.now = report.next_due_at
        report = await watched.poll_one()
    site.routes["/feed"] = response(channel(items(1, 2, base=BASE)))
    assert (await watched.poll_one()).new == 1
    assert (watched.state().address.gone_at, watched.state().error_kind) == (None, None)


async def test_row_24_a_410_that_does_not_last_ends_nothing(site: ScriptedServer, watched: Watched) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    for _turn in range(2):
        site.routes["/feed"] = response(b"", status=410)
        await watched.poll_one()
        watched.later(hours=25)
        site.routes["/feed"] = response(channel(items(1, base=BASE)))
        await watched.poll_one()
        watched.later(hours=25)
    assert watched.state().address.gone_at is None


async def test_row_24_a_404_backs_off_up_to_a_day_and_is_told_after_three(
    site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(items(1, base=BASE)))
    await watched.poll_one()
    site.routes["/feed"] = response(b"", status=404)
    began, waits, told = watched.now, [], None
    while watched.now - began < timedelta(days=6):
        report = await watched.poll_one()
        episode = watched.state().episode
        if told is None and episode is not None and episode.told_at is not None:
            told = watched.now - began
        waits.append(report.next_due_at - watched.now)
        watched.now = report.next_due_at
    assert waits[0] < timedelta(hours=3)
    assert all(wait < timedelta(days=1, hours=3) for wait in waits)
    assert waits == sorted(waits) or waits[-1] > timedelta(hours=23)
    assert told is not None
    assert timedelta(days=3) <= told <= timedelta(days=4, hours=3)


async def test_where_it_was_found_is_left_when_it_is_out_of_reach_for_long(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = response(channel(items(1, base=BASE)))
    await watched.poll_one()
    site.routes["/feed"] = to(other_site, "/rss")
    other_site.routes["/rss"] = response(channel(items(1, base=BASE)))
    for _half_day in range(3):
        watched.later(hours=12)
        await watched.poll_one()
    assert watched.state().url == other_site.url("/rss")
    await other_site.stop()
    site.routes["/feed"] = response(channel(items(1, 2, base=BASE)))
    for _try in range(5):
        watched.now = watched.state().next_due_at
        assert not (await watched.poll_one()).ok
    assert watched.state().url == site.url("/feed")
    assert (await watched.poll_one()).new == 1


async def test_robots_txt_of_the_place_that_a_redirect_leads_to_is_obeyed(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    watched.cards = [feed_card(site.url("/feed"))]
    site.routes["/feed"] = to(other_site, "/rss")
    other_site.routes |= {
        "/robots.txt": response(b"User-agent: *\nDisallow: /"),
        "/rss": response(channel(items(1, base=BASE))),
    }
    assert (await watched.poll_one()).error_kind == "robots"
    assert asked(other_site) == []


async def test_row_22_a_headline_that_comes_back_every_day_is_news_at_the_new_address_too(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    def review(base: str, day: int) -> str:
        return items(day, base=base, guid=f"{base}/{{n}}", title="Revue de presse", day=f"{day} Nov 2026")

    watched.cards = [feed_card(site.url("/feed"))]
    watched.later(hours=16)
    site.routes["/feed"] = response(channel(review(site.url(""), 25) + items(1, base=BASE)))
    await watched.poll_one()
    site.routes["/feed"] = to(other_site, "/rss")
    new = other_site.url("")
    for day in (26, 27, 28):
        watched.later(days=1)
        shown = "".join(review(new, known) for known in range(25, day + 1))
        other_site.routes["/rss"] = response(channel(shown + items(1, base=BASE)))
        await watched.poll_one()
    assert watched.state().url == other_site.url("/rss")
    with watched.store.read() as tx:
        kept = articles.pending(tx, watched.now, limit=100)
    alerting = [str(found.article.url) for found in kept if not found.silent]
    assert alerting == [f"{new}/26", f"{new}/27", f"{new}/28"], "each once, and that of the 25th not again"
