"""A moment's failure costs a delay, never an article or its text."""

import asyncio
from datetime import timedelta

import pytest

from comtoise.store import articles
from support.polling import Watched, feed_card
from support.server import Asked, ScriptedServer, Write, page, response, rss

ROBOTS, TDM = "/robots.txt", "/.well-known/tdmrep.json"
BROKEN_OFF = b"HTTP/1.1 200 X\r\nContent-Length: 5000\r\n\r\n<html>"
PAGE = response(page(), Content_Type="text/html; charset=utf-8")


async def hang_up(_writer: asyncio.StreamWriter, _asked: Asked) -> None:
    """Close without a word."""


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        pytest.param(path, answer, id=f"{name}-{what}")
        for path, name in ((ROBOTS, "robots"), (TDM, "tdmrep"), ("/1", "page"))
        for what, answer in (("503", response(b"", status=503)), ("500", response(b"", status=500)), ("hung-up", hang_up))
    ]
    + [
        pytest.param("/1", response(b"", status=404), id="page-not-there-yet"),
        pytest.param("/1", response(b""), id="page-empty"),
        pytest.param("/1", BROKEN_OFF, id="page-broken-off"),
    ],
)  # fmt: skip
async def test_a_page_that_could_not_be_read_for_a_moment_is_read_later(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched, path: str, answer: bytes | Write
) -> None:
    """The pages stand on another host than the list, whose rules are asked for when the first page is."""
    site.routes["/feed"] = response(rss(1, base=other_site.url("")))
    well = {"/1": PAGE}
    other_site.routes |= well | {path: answer}
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    watched.timeout_s = 2.0 if answer is BROKEN_OFF else 30.0
    (report,) = await watched.poll()
    assert report.new == 1
    other_site.routes = dict[str, bytes | Write](well)
    watched.timeout_s = 30.0
    for minutes in (5, 31):  # a host whose rules were out of reach is asked for them again after half an hour
        watched.later(minutes=minutes)
        await watched.collector().once([])
    with watched.store.read() as tx:
        (pending,) = articles.pending(tx, watched.now, limit=5)
    assert "douze régleurs" in pending.article.text


async def test_a_site_that_is_down_for_an_evening_loses_nothing(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched
) -> None:
    """Its articles are understood without their pages meanwhile, and again once these are there."""
    site.routes["/feed"] = response(rss(1, base=other_site.url("")))
    other_site.routes["/1"] = response(b"", status=502)
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    await watched.poll()
    down_until = watched.now + timedelta(hours=5)
    while watched.now < down_until:
        watched.later(minutes=30)
        await watched.collector().once([])
    with watched.store.read() as tx:
        assert [item.article.text for item in articles.pending(tx, watched.now, limit=5)] == ["Chapô 1"]
    other_site.routes["/1"] = PAGE
    watched.later(hours=6)
    await watched.collector().once([])
    with watched.store.read() as tx:
        (pending,) = articles.pending(tx, watched.now, limit=5)
    assert "douze régleurs" in pending.article.text


async def test_a_page_that_is_not_there_is_asked_for_twice(site: ScriptedServer, watched: Watched) -> None:
    site.routes["/feed"] = response(rss(1, base=site.url("")))
    watched.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    await watched.poll()
    for _hour in range(3):
        watched.later(hours=1)
        await watched.collector().once([])
    assert site.paths() == ["/feed", "/1", "/1"]
