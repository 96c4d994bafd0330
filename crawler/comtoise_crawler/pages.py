"""The pages of articles: what was fetched is read and kept, and what could not be read is tried again or given up."""

from collections.abc import Callable
from datetime import datetime, timedelta

from structlog.typing import FilteringBoundLogger

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.store import Database, articles
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure, of_exception, of_status
from comtoise_crawler.moves import is_front
from comtoise_crawler.peace import Peace
from comtoise_crawler.reading import read_page
from comtoise_crawler.refusals import SLOW_DOWN
from comtoise_crawler.reservations import Reservations
from comtoise_crawler.underway import Underway

PAGE_RETRY = timedelta(minutes=5)
#: What will not change for a page: it is not asked for again.
FINAL = frozenset(
    {
        "robots",
        "tdm",
        "http-401",
        "http-403",
        "http-410",
        "unstorable",
        "memory",
        "no-address",
    }
)
#: What is asked for once more: a feed may name a page before it is there, a site in trouble may answer an empty one.
DOUBTFUL = frozenset({"http-404", "content"})


class Pages:
    """Takes in pages. A page's text and what its source's rights make of it commit together."""

    def __init__(
        self,
        database: Database,
        *,
        rights: Reservations,
        peace: Peace,
        underway: Underway,
        clock: Callable[[], datetime],
        log: FilteringBoundLogger,
    ) -> None:
        self._database = database
        self._rights = rights
        self._peace = peace
        self._underway = underway
        self._clock = clock
        self.log = log

    def answered(self, job: articles.PageJob, answer: Answer) -> None:
        """Take in an article's page."""
        now = self._clock()
        if answer.status != 200:
            self.failed(job, of_status(answer.status))
            if answer.status in SLOW_DOWN:
                with self._database.write() as tx:
                    self._peace.page_refused(tx, answer, now)
            return
        if answer.hops and is_front(answer.url) and not is_front(job.url):
            self.failed(job, Failure("content", _("L’adresse de l’article renvoie à l’accueil du site.")))
            return
        try:
            with self._underway.reading(job.source_id, job.article_id):
                page = read_page(answer.body, url=answer.url, content_type=answer.content_type, now=now)
        except SourceError as error:
            self.failed(job, Failure("content", str(error)))
            return
        except Exception as error:
            self.log.exception("reader_failed", source=job.source_id, url=answer.url)
            self.failed(job, of_exception(error))
            return
        with self._database.write() as tx:
            if self._rights.page(tx, job, page, answer, now):
                articles.title_only(tx, job.article_id, title=page.title)
            else:
                articles.page_read(tx, job.article_id, page)

    def failed(self, job: articles.PageJob, failure: Failure) -> None:
        """Record a page that could not be read; what cannot change is not tried again."""
        if failure.ours:
            return
        final = failure.kind in FINAL or (failure.kind in DOUBTFUL and job.attempts > 0)
        retry_at = None if final else self._clock() + PAGE_RETRY * 2**job.attempts
        with self._database.write() as tx:
            if failure.kind == "tdm":
                articles.title_only(tx, job.article_id)
            else:
                articles.page_failed(tx, job.article_id, retry_at=retry_at)
        self.log.info("page_failed", source=job.source_id, kind=failure.kind, retry=retry_at is not None)
