"""How jobs end in the intake's thread: each by itself, but for the polls that found nothing changed.

To open a transaction and commit it costs more than the outcome that it keeps. What has come while the thread was busy
is taken in at one go, and of that, what is unchanged is committed together. Nobody is told that a job has ended before
it is committed.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from structlog.typing import FilteringBoundLogger

from comtoise.errors import DataRefusedError, StorageError
from comtoise.store.articles import PageJob
from comtoise.store.sources import PollState
from comtoise_crawler.failures import of_exception
from comtoise_crawler.outcomes import Unchanged
from comtoise_crawler.pages import Pages
from comtoise_crawler.polls import More, Polls
from comtoise_crawler.report import Report

Value = TypeVar("Value")

TOGETHER_MAX = 32  #: polls committed together: half of what is in flight
GATHER_S = 0.01  #: how long to wait for others, where nothing but unchanged polls comes

Job = PollState | PageJob
Ended = Report | More | None  #: of a page, or of a poll that is ours to forget: None
Record = Callable[[], Ended | Unchanged]  #: a call of `Polls` or `Pages`, in the thread


@dataclass(frozen=True, slots=True)
class Waiting:
    """A job that was fetched, and who waits for its end."""

    job: Job
    record: Record
    ended: asyncio.Future[Ended]


Result = tuple[Waiting, Ended | Exception]


class Taking:
    """What was fetched and waits; `add` on the loop, `take` in the thread."""

    def __init__(self, polls: Polls, pages: Pages, *, log: FilteringBoundLogger) -> None:
        self._polls = polls
        self._pages = pages
        self.log = log
        self._waiting = deque[Waiting]()
        self.calm = True  #: the last `take` met nothing but unchanged polls

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self._waiting)

    def add(self, waiting: Waiting) -> None:
        """Have a job taken in at the next `take`."""
        self._waiting.append(waiting)

    def take(self) -> list[Result]:
        """Take in what has come, up to the first job that is more than an unchanged poll.

        What goes wrong in doing so (a value that the database refuses, a mistake of ours) is the failure of that job
        alone. An error is the result of one of which nothing could be kept: the database refuses everything.
        """
        results: list[Result] = []
        unchanged: list[tuple[Waiting, Unchanged]] = []
        while self._waiting and not results and len(unchanged) < TOGETHER_MAX:
            waiting = self._waiting.popleft()
            ended = self._survived(waiting.job, waiting.record)
            if isinstance(ended, Unchanged):
                unchanged.append((waiting, ended))
            else:
                results.append((waiting, ended))
        self.calm = not results
        return results + self._together(unchanged)

    def _together(self, unchanged: list[tuple[Waiting, Unchanged]]) -> list[Result]:
        if len(unchanged) > 1:
            try:
                reports = self._polls.unchanged([poll for _waiting, poll in unchanged])
            except StorageError as error:
                if not isinstance(error, DataRefusedError):
                    return [(waiting, error) for waiting, _poll in unchanged]
                self.log.exception("not_kept_together", polls=len(unchanged))
            except Exception:
                self.log.exception("not_kept_together", polls=len(unchanged))
            else:
                return [
                    (waiting, report) for (waiting, _poll), report in zip(unchanged, reports, strict=True)
                ]
        return [
            (waiting, self._survived(waiting.job, partial(self._alone, poll))) for waiting, poll in unchanged
        ]

    def _alone(self, poll: Unchanged) -> Report:
        (report,) = self._polls.unchanged([poll])
        return report

    def _survived(self, job: Job, record: Callable[[], Value]) -> Value | Report | Exception | None:
        """What *record* returns, or that the job failed by it; an error where not even that could be kept."""
        try:
            try:
                return record()
            except DataRefusedError as error:
                self.log.exception("value_refused", source=job.source_id)
                return self._given_up(job, error)
            except StorageError:
                raise
            except Exception as error:
                self.log.exception("not_taken_in", source=job.source_id)
                return self._given_up(job, error)
        except Exception as error:  # noqa: BLE001 (whoever waits for the job raises it)
            return error

    def _given_up(self, job: Job, error: Exception) -> Report | None:
        failure = of_exception(error)
        if isinstance(job, PageJob):
            self._pages.failed(job, failure)
            return None
        return self._polls.given_up(job, failure)
