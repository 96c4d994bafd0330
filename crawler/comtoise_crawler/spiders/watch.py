"""The resident spider: it fetches what the collector puts in its queue, for as long as the service lives.

One spider for all kinds of source, so that one downloader holds the pace of each host; what differs
between kinds is how an answer is read, and that is in `comtoise_crawler.kinds`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import scrapy
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from comtoise.errors import StorageError
from comtoise.store.articles import PageJob
from comtoise.store.sources import PollState
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure, no_address, of_exception
from comtoise_crawler.hosts import host_of
from comtoise_crawler.intake import Intake
from comtoise_crawler.polls import More
from comtoise_crawler.report import Report
from comtoise_crawler.taking import Record


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
            for request in await self._requests(job):
                yield request

    async def _requests(self, job: PollState | PageJob, more: More | None = None) -> list[scrapy.Request]:
        """The request of a job; none where its address is no address for the downloader: the job failed then."""
        try:
            return [self._request(job, more)]
        except ValueError:
            return await self._no_answer(job, more, no_address()) or []

    def _request(self, job: PollState | PageJob, more: More | None = None) -> scrapy.Request:
        headers = self.intake.polls.validators(job) if isinstance(job, PollState) and more is None else {}
        url = job.url if more is None else more.ask.url
        return scrapy.Request(
            url,
            callback=self.answered,
            errback=self.failed,
            headers=headers,
            dont_filter=True,
            meta={
                "job": job,
                "conditional": bool(headers),
                "more": more,
                "page": isinstance(job, PageJob) if more is None else more.ask.page,
                "download_slot": host_of(url),
                "handle_httpstatus_list": [304, *range(400, 600)],
            },
        )

    async def answered(self, response: Response) -> list[scrapy.Request] | None:
        """Hand an answer over, whatever its status; a poll may need a further request."""
        job, more = response.meta["job"], response.meta["more"]
        answer = Answer.of(response)
        if more is not None:
            return await self._take_in(job, lambda: self.intake.polls.continued(more.poll, answer))
        if isinstance(job, PollState):
            conditional = response.meta["conditional"]
            return await self._take_in(
                job, lambda: self.intake.polls.answered(job, answer, conditional=conditional)
            )
        return await self._take_in(job, lambda: self.intake.pages.answered(job, answer))

    async def failed(self, failure: TwistedFailure) -> list[scrapy.Request] | None:
        """Hand over that there was no answer."""
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        job, more = request.meta["job"], request.meta["more"]
        found = of_exception(failure.value or RuntimeError("no reason given"))
        if found.kind == "error":
            self.intake.log.error("fetch_failed", url=request.url, error=repr(failure.value))
        return await self._no_answer(job, more, found)

    async def _no_answer(
        self, job: PollState | PageJob, more: More | None, found: Failure
    ) -> list[scrapy.Request] | None:
        if isinstance(job, PollState) and more is not None:
            return await self._take_in(job, lambda: self.intake.polls.continued(more.poll, found))
        if isinstance(job, PollState):
            return await self._take_in(job, lambda: self.intake.polls.failed(job, found))
        return await self._take_in(job, lambda: self.intake.pages.failed(job, found))

    async def _take_in(self, job: PollState | PageJob, record: Record) -> list[scrapy.Request] | None:
        """Record how a job ended, in the intake's thread, and say that it is done whatever happens.

        A poll that needs a further address is not done: its next request is returned.
        """
        report: Report | None = None
        refused: StorageError | None = None
        more: More | None = None
        try:
            ended = await self.intake.take_in(job, record)
            if isinstance(ended, More):
                more = ended
            else:
                report = ended
        except StorageError as error:
            refused = error
        finally:
            if more is None:
                self.done(Done(job, report, refused))
        return await self._requests(job, more) if more is not None else None
