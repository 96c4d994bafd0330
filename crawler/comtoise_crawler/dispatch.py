"""What is handed to the downloader, and when: bounded in flight, spread over hosts, smooth over time.

What waits, waits in the database. Of one host no more jobs are in flight than keep its downloader busy, so that a
host of three hundred feeds, or one that hangs, holds up nobody else.
"""

from collections import Counter
from datetime import datetime

from comtoise.polling.smoothing import Smoother
from comtoise.store.articles import PageJob
from comtoise.store.sources import PollState
from comtoise_crawler.hosts import host_of
from comtoise_crawler.intake import Intake

INFLIGHT_MAX = 64  #: jobs handed over at once
REFILL = 16  #: places that must be free before the database is asked again
PER_HOST = 2  #: polls, and pages, of one host: one on its way and one that waits behind it


class Dispatch:
    """Keeps count of what is in flight."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._smoother = Smoother(intake.rhythms.polls_per_minute())
        self._polls: dict[str, str] = {}  #: source, host
        self._pages: dict[int, str] = {}  #: article, host

    @property
    def polls(self) -> frozenset[str]:
        """The sources being polled."""
        return frozenset(self._polls)

    @property
    def idle(self) -> bool:
        """Whether nothing is in flight."""
        return not self._polls and not self._pages

    async def due(self, now: datetime) -> list[PollState | PageJob]:
        """What to fetch now, in the long run: no burst, whatever is due."""
        polls = await self._due_polls(self._smoother.allowed(now), None)
        self._smoother.started(len(polls))
        return [*polls, *await self._due_pages()]

    async def wanted(self, source_ids: frozenset[str]) -> list[PollState | PageJob]:
        """What to fetch now of the sources that a person asked for."""
        return [*await self._due_polls(INFLIGHT_MAX, source_ids), *await self._due_pages()]

    def done(self, job: PollState | PageJob) -> None:
        """A job ended."""
        if isinstance(job, PollState):
            self._polls.pop(job.source_id, None)
        else:
            self._pages.pop(job.article_id, None)

    async def _due_polls(self, limit: int, only: frozenset[str] | None) -> list[PollState]:
        room = min(limit, self._room())
        if room <= 0 or self._room() < REFILL:
            return []
        busy = Counter(self._polls.values())
        found = await self._intake.call(
            self._intake.due, room, frozenset(self._polls), only, busy=busy, per_host=PER_HOST
        )
        self._polls |= {state.source_id: host_of(state.url) for state in found}
        return found

    async def _due_pages(self) -> list[PageJob]:
        # Half of the room at least stays for polls: pages of many sources never hold them up.
        room = min(self._room(), INFLIGHT_MAX // 2 - len(self._pages))
        if room < REFILL:
            return []
        busy = Counter(self._pages.values())
        found = await self._intake.call(
            self._intake.pages_due, room, frozenset(self._pages), busy=busy, per_host=PER_HOST
        )
        self._pages |= {job.article_id: host_of(job.url) for job in found}
        return found

    def _room(self) -> int:
        return INFLIGHT_MAX - len(self._polls) - len(self._pages)
