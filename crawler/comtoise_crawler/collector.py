"""The collector: a resident crawl that is fed with what is due, and stops within its deadline.

It shares nothing with the rest of the service but the database: it can be killed at any moment. A poll
that was not committed is simply due again.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from comtoise.errors import StorageError
from comtoise.model import Source
from comtoise.polling import Bounds
from comtoise.store import Database
from comtoise.store.articles import PageJob
from comtoise.store.hubs import callback_address
from comtoise.store.sources import PollState
from comtoise_crawler.dispatch import Dispatch
from comtoise_crawler.handler import GuardedHandler
from comtoise_crawler.hubs import subscribe
from comtoise_crawler.intake import Intake
from comtoise_crawler.orders import Orders
from comtoise_crawler.report import Report
from comtoise_crawler.settings import CollectorSettings, collector_settings
from comtoise_crawler.spiders.watch import Done, WatchSpider
from comtoise_crawler.underway import Underway

if TYPE_CHECKING:
    from comtoise.config import Config

LOOK_EVERY_S = 0.25
HUBS_EVERY_S = 60.0
HUBS_AT_ONCE = 10
STOP_GRACE_S = 3.0  #: for the requests in flight


class Collector:
    """Feeds one resident spider."""

    def __init__(
        self,
        database: Database,
        cards: Mapping[str, Source],
        *,
        bounds: Bounds,
        settings: CollectorSettings,
        fixed: timedelta | None = None,
        site: str | None = None,
        underway: Underway | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Nothing is fetched before `run` or `once`.

        Args:
            cards: The sources, by id.
            fixed: One interval for all sources whose card asks for none, instead of the computed one.
            site: The address under which hubs can call us; None asks no hub for anything.
            underway: Where it is noted what is being read; None notes in memory only.
        """
        self.intake = Intake(database, cards, bounds, fixed=fixed, site=site, underway=underway, clock=clock)
        self._clock = clock
        self._dispatch = Dispatch(self.intake)
        self._site = site
        self._runner = AsyncCrawlerRunner(Settings(collector_settings(settings)))
        self._jobs: asyncio.Queue[PollState | PageJob | None] = asyncio.Queue()
        self._reports: list[Report] = []
        self._refused: StorageError | None = None
        self._progress = asyncio.Event()
        self._hub_named = asyncio.Event()
        self._crawler: Crawler | None = None
        self._crawl: asyncio.Task[None] | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Poll what falls due until *stop* is set."""
        await self._start()
        asking = asyncio.create_task(self._ask_hubs())
        try:
            while not stop.is_set():
                self._check()
                self._hand_over(await self._dispatch.due(self._clock()))
                if self._crawl is not None and self._crawl.done():
                    self._crawl.result()
                    raise RuntimeError("the crawl ended by itself")
                if asking.done():
                    asking.result()
                await self._pause(stop)
        finally:
            asking.cancel()
            await self._stop()

    async def once(self, source_ids: Iterable[str] | None = None) -> list[Report]:
        """Poll these sources (or all) now, read the pages they ask for, and return the polls by source."""
        await self._start()
        try:
            wanted = sorted(source_ids) if source_ids is not None else sorted(self.intake.cards)
            await self.intake.call(self.intake.make_due, wanted)
            left = set(wanted)
            while True:
                self._check()
                idle = self._dispatch.idle
                self._hand_over(await self._dispatch.wanted(frozenset(left)))
                left -= self._dispatch.polls
                if not self._dispatch.idle:
                    self._progress.clear()
                    await self._progress.wait()
                elif idle and not left:
                    return sorted(self._reports, key=lambda report: report.source)
                elif idle:  # asked for and not due yet: the machine's clock was put back
                    await asyncio.sleep(LOOK_EVERY_S)
                # Otherwise what was in flight ended while we looked, and the look was not for what it left to do.
                left -= {report.source for report in self._reports}
        finally:
            await self._stop()

    async def _start(self) -> None:
        await self.intake.call(self.intake.sync)
        self._crawler = self._runner.create_crawler(WatchSpider)
        self._crawl = self._runner.crawl(self._crawler, intake=self.intake, jobs=self._jobs, done=self._done)

    def _hand_over(self, jobs: Iterable[PollState | PageJob]) -> None:
        for job in jobs:
            self._jobs.put_nowait(job)

    async def _ask_hubs(self) -> None:
        """Ask hubs for the announcements that are wanted, beside the polls and never in their way."""
        while self._site is not None:
            for wanted in await self.intake.call(self.intake.announcements.due, HUBS_AT_ONCE):
                refused = await subscribe(self._fetch, wanted, callback_address(self._site, wanted.callback))
                await self.intake.call(self.intake.announcements.asked, wanted.source_id, refused)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._hub_named.wait(), HUBS_EVERY_S)
            self._hub_named.clear()

    async def _fetch(self, request: Request) -> Response:
        if self._crawler is None or self._crawler.engine is None:
            raise RuntimeError("the crawl has not started")
        return await self._crawler.engine.download_async(request)

    def _check(self) -> None:
        """End when the database refuses: what was fetched could not be kept, and would be fetched at once again.

        The supervisor starts the next try after a pause.
        """
        if self._refused is not None:
            raise self._refused

    def _done(self, done: Done) -> None:
        self._refused = self._refused or done.error
        self._dispatch.done(done.job)
        if done.report is not None:
            self._reports.append(done.report)
            del self._reports[:-10_000]
        if self.intake.announcements.changed:
            self.intake.announcements.changed = False
            self._hub_named.set()
        self._progress.set()

    async def _pause(self, stop: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(self._progress.wait())]
        self._progress.clear()
        await asyncio.wait(waits, timeout=LOOK_EVERY_S, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    async def _stop(self) -> None:
        self._jobs.put_nowait(None)
        if self._crawl is not None:
            stopping = asyncio.ensure_future(self._end())
            done, _ = await asyncio.wait({stopping}, timeout=STOP_GRACE_S)
            if not done:
                for handler in self._handlers():
                    handler.abort()
                await asyncio.wait({stopping}, timeout=STOP_GRACE_S)
        await asyncio.to_thread(self.intake.close)

    async def _end(self) -> None:
        await self._runner.stop()
        await self._runner.join()

    def _handlers(self) -> list[GuardedHandler]:
        engine: Any = self._crawler.engine if self._crawler is not None else None
        if engine is None:
            return []
        found = engine.downloader.handlers._handlers.values()
        return [handler for handler in found if isinstance(handler, GuardedHandler)]


def collector_under(orders: Orders, database: Database, *, underway: Underway | None = None) -> Collector:
    """The collector that carries out *orders*."""
    return Collector(
        database,
        {card.id: card for card in orders.cards},
        bounds=orders.bounds,
        settings=orders.settings,
        fixed=orders.fixed,
        site=orders.site,
        underway=underway,
    )


def collector_for(config: "Config", database: Database) -> Collector:
    """The collector that a configuration describes."""
    return collector_under(Orders.of(config), database)
