"""Takes in what was fetched: all that touches the database or burns time on parsing.

It runs in one worker thread: parsing stays off the event loop, and the database has one writer. What is done there
is in the parts that this module puts together; that a poll's outcome, its validators and its new articles commit
together is the promise of `comtoise_crawler.outcomes`.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain
from typing import ParamSpec, TypeVar

import structlog

from comtoise.i18n import _
from comtoise.model import Source
from comtoise.polling import Bounds
from comtoise.store import Database, articles, sources
from comtoise_crawler.desk import desk_of
from comtoise_crawler.hosts import host_of
from comtoise_crawler.hubs import Announcements
from comtoise_crawler.outage import OutageWatch
from comtoise_crawler.outcomes import Outcomes
from comtoise_crawler.pages import Pages
from comtoise_crawler.peace import Peace
from comtoise_crawler.polls import Polls
from comtoise_crawler.reservations import Reservations
from comtoise_crawler.rhythms import Rhythms
from comtoise_crawler.rules import Rules
from comtoise_crawler.taking import GATHER_S, Ended, Job, Record, Taking, Waiting
from comtoise_crawler.underway import Reading, Underway

P = ParamSpec("P")
R = TypeVar("R")


class Intake:
    """The worker thread, the parts that work in it, and what is due.

    Attributes:
        polls, pages: Take in what was fetched; go by `take_in`, which survives their mistakes.
        rules: What hosts ask of us, as the store keeps it.
        announcements: What hubs are asked.
        rhythms: What is known of each source's rhythm.
        underway: Where it is noted what is being read.
    """

    def __init__(
        self,
        database: Database,
        cards: Mapping[str, Source],
        bounds: Bounds,
        *,
        fixed: timedelta | None = None,
        site: str | None = None,
        underway: Underway | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Arguments as for the collector."""
        self.log = structlog.get_logger("collector")
        self.cards = cards
        self._database = database
        self._clock = clock
        self._of_host: dict[str, list[str]] = defaultdict(list)
        for card in cards.values():
            self._of_host[host_of(card.url)].append(card.id)
        self._taker: asyncio.Task[None] | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake")
        self.rhythms = Rhythms(cards, bounds, fixed=fixed)
        self.underway = underway or Underway()
        self.announcements = Announcements(database, site, clock=clock, log=self.log)
        rights, outage = Reservations(cards), OutageWatch()
        peace = Peace(cards, usual=bounds.usual)
        self.rules = Rules(database, rights)
        self.pages = Pages(
            database, rights=rights, peace=peace, underway=self.underway, clock=clock, log=self.log
        )
        outcomes = Outcomes(
            database,
            cards,
            rhythms=self.rhythms,
            rights=rights,
            peace=peace,
            announcements=self.announcements,
            outage=outage,
            log=self.log,
        )
        self.polls = Polls(
            cards,
            outcomes,
            desk_of=partial(desk_of, database=database, rules=self.rules),
            rhythms=self.rhythms,
            outage=outage,
            underway=self.underway,
            clock=clock,
            log=self.log,
        )
        self._taking = Taking(self.polls, self.pages, log=self.log)

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function of this class, or of one of its parts, in the worker thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, lambda: function(*args, **kwargs))

    def now(self) -> datetime:
        """The time of the desk's clock."""
        return self._clock()

    def close(self) -> None:
        """Wait for what is being committed."""
        self._worker.shutdown(wait=True)

    # What is to be done

    def sync(self) -> None:
        """Make the store follow the cards, and remember what it knows of their rhythms."""
        now = self._clock()
        with self._database.write() as tx:
            sources.sync_cards(tx, self.cards.values(), now)
            self.rhythms.load(sources.learned(tx), now)

    def make_due(self, source_ids: list[str] | None) -> None:
        """Ask for a poll of these sources now."""
        with self._database.write() as tx:
            sources.make_due(tx, self._clock(), source_ids)

    def due(
        self,
        limit: int,
        skip: frozenset[str],
        only: frozenset[str] | None,
        *,
        busy: Counter[str],
        per_host: int,
    ) -> list[sources.PollState]:
        """The sources to poll now, the longest overdue first.

        Args:
            skip: Those in flight.
            only: Those asked for; None for all.
            busy: How many are in flight, by host.
            per_host: How many may be.
        """
        now, found, passed, taken = self._clock(), list[sources.PollState](), set(skip), Counter(busy)
        with self._database.read() as tx:
            while len(found) < limit:
                full = (self._of_host[host] for host, count in taken.items() if count >= per_host)
                passed.update(chain.from_iterable(full))
                states = sources.due(tx, now, limit=limit - len(found), skip=passed, only=only)
                if not states:
                    break
                for state in states:
                    passed.add(state.source_id)
                    host = host_of(state.url)
                    if taken[host] < per_host:
                        taken[host] += 1
                        found.append(state)
        return found

    def pages_due(
        self, limit: int, skip: frozenset[int], *, busy: Counter[str], per_host: int
    ) -> list[articles.PageJob]:
        """The pages to fetch now, the longest due first; arguments as for `due`."""
        now, found, passed, taken = self._clock(), list[articles.PageJob](), set(skip), Counter(busy)
        full = set[str]()
        with self._database.read() as tx:
            while len(found) < limit:
                jobs = articles.pages_due(tx, now, limit=limit - len(found), skip=passed, skip_sources=full)
                if not jobs:
                    break
                for job in jobs:
                    passed.add(job.article_id)
                    host = host_of(job.url)
                    if taken[host] < per_host:
                        taken[host] += 1
                        found.append(job)
                    else:
                        full.add(job.source_id)
        return found

    # How it ended

    async def take_in(self, job: Job, record: Record) -> Ended:
        """Record how a job ended, by a function of `polls` or `pages`; back when it is committed.

        Raises:
            StorageError: the database refuses everything.
        """
        ended: asyncio.Future[Ended] = asyncio.get_running_loop().create_future()
        self._taking.add(Waiting(job, record, ended))
        if self._taker is None:
            self._taker = asyncio.create_task(self._take())
        return await ended

    async def _take(self) -> None:
        while self._taking:
            if self._taking.calm:
                await asyncio.sleep(GATHER_S)
            for waiting, ended in await self.call(self._taking.take):
                if waiting.ended.done():
                    continue  # whoever waited was cut off, because we are stopping
                if isinstance(ended, Exception):
                    waiting.ended.set_exception(ended)
                else:
                    waiting.ended.set_result(ended)
        self._taker = None

    def set_apart(self, reading: Reading) -> None:
        """Leave alone for hours a source whose document ended the collector; a page is given up."""
        now = self._clock()
        with self._database.write() as tx:
            until = sources.set_apart(
                tx,
                reading.source_id,
                now,
                error_kind="set-apart",
                error_text=_("Un document de cette source a arrêté la collecte : elle est mise à l’écart."),
            )
            if until is None:
                return
            if reading.article_id is not None:
                articles.give_up_page(tx, reading.article_id)
            articles.postpone_pages(tx, reading.source_id, until)
        self.log.error("source_set_apart", source=reading.source_id, until=until.isoformat())
