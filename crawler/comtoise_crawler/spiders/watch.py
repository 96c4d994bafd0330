"""The resident spider: it fetches what the collector puts in its queue, for as long as the service lives.

One spider for all kinds of source, so that one downloader holds the pace of each host; what differs
between kinds is how an answer is read, and that is in `comtoise_crawler.kinds`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from comtoise.errors import StorageError
from comtoise.store.articles import PageJob
from comtoise.store.sources import PollState
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import of_exception
from comtoise_crawler.intake import Intake, Report


@dataclass(frozen=True, slots=True)
class Done:
    """A job that ended; `report` is None for a page, or for a poll we gave up because we are stopping."""

    job: PollState | PageJob
    report: Report | None
    error: StorageError | None = None  #: the database refused: nothing of this job was kept


class WatchSpider(scrapy.Spider):
    """Polls sources and reads pages, forever."""

    name = "watch"

    def __init__(
        self,
        *,
        intake: Intake,
        jobs: "asyncio.Queue[PollState | PageJob | None]",
        done: Callable[[Done], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.intake = intake
        self.jobs = jobs
        self.done = done

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """A request per job of the queue; None ends the crawl."""
        while (job := await self.jobs.get()) is not None:
            yield self._request(job)

    def _request(self, job: PollState | PageJob) -> scrapy.Request:
        headers = self.intake.validators(job) if isinstance(job, PollState) else {}
        return scrapy.Request(
            job.url,
            callback=self.answered,
            errback=self.failed,
            headers=headers,
            dont_filter=True,
            meta={
                "job": job,
                "conditional": bool(headers),
                "page": isinstance(job, PageJob),
                "download_slot": urlsplit(job.url).netloc,
                "handle_httpstatus_list": [304, *range(400, 600)],
            },
        )

    async def answered(self, response: Response) -> None:
        """Hand an answer over, whatever its status."""
        job = response.meta["job"]
        answer = Answer.of(response)
        if isinstance(job, PollState):
            conditional = response.meta["conditional"]
            await self._take_in(job, lambda: self.intake.poll_answered(job, answer, conditional=conditional))
        else:
            await self._take_in(job, lambda: self.intake.page_answered(job, answer))

    async def failed(self, failure: TwistedFailure) -> None:
        """Hand over that there was no answer."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        job = request.meta["job"]
        found = of_exception(failure.value or RuntimeError("no reason given"))
        if found.kind == "error":
            self.intake.log.error("fetch_failed", url=request.url, error=repr(failure.value))
        if isinstance(job, PollState):
            await self._take_in(job, lambda: self.intake.poll_failed(job, found))
        else:
            await self._take_in(job, lambda: self.intake.page_failed(job, found))

    async def _take_in(self, job: PollState | PageJob, record: Callable[[], Report | None]) -> None:
        """Record how a job ended, in the intake's thread, and say that it is done whatever happens."""
        report, refused = None, None
        try:
            report = await self.intake.call(record)
        except StorageError as error:
            refused = error
        finally:
            self.done(Done(job, report, refused))
