"""One round that a person asks for: it ends when nothing is left to fetch, and not before."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from comtoise.store import Database, articles
from support.polling import Watched, feed_card
from support.server import Asked, ScriptedServer, page, response, rss

PAGE = response(page(), Content_Type="text/html; charset=utf-8")


class Held:
    """An answer that waits to be let through."""

    def __init__(self, answer: bytes) -> None:
        self.arrived, self.let = asyncio.Event(), asyncio.Event()
        self._answer = answer

    async def __call__(self, writer: asyncio.StreamWriter, _asked: Asked) -> None:
        self.arrived.set()
        await self.let.wait()
        writer.write(self._answer)
        await writer.drain()


def pages_wanted(store: Database) -> int:
    """How many pages are still to be read."""
    with store.read() as tx:
        return len(articles.pages_due(tx, datetime.max.replace(tzinfo=UTC), limit=10))


async def test_pages_that_end_while_more_are_looked_for_do_not_end_the_round(
    site: ScriptedServer, other_site: ScriptedServer, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look for more counts two pages of the host in flight and leaves the third; before it ends, both are in."""
    first, elsewhere = Held(PAGE), Held(response(rss(9)))
    site.routes |= {"/feed": response(rss(1, 2, 3, base=site.url(""))), "/1": first, "/2": PAGE, "/3": PAGE}
    other_site.routes["/feed"] = elsewhere
    watched.cards = [
        feed_card(site.url("/feed"), fetch_pages=True),
        feed_card(other_site.url("/feed"), "courrier"),
    ]
    watched.timeout_s = 60
    collector = watched.collector()
    intake, late = collector.intake, list[int]()
    call = intake.call

    async def call_late(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        result = await call(function, *args, **named)
        if function == intake.pages_due and named["busy"].total() == 2 and elsewhere.let.is_set():
            first.let.set()
            while await call(pages_wanted, watched.store) > 1:
                await asyncio.sleep(0)
            late.append(len(result))
        return result

    monkeypatch.setattr(intake, "call", call_late)
    async with asyncio.timeout(60):
        round_ = asyncio.create_task(collector.once())
        await first.arrived.wait()
        await elsewhere.arrived.wait()
        elsewhere.let.set()
        reports = await round_
    assert late == [0], "what the test is about took place"
    assert [report.new for report in reports] == [1, 3]
    assert site.paths() == ["/feed", "/1", "/2", "/3"]
