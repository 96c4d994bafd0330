"""Find what is at an address: a feed, a WordPress, a sitemap, a register, a page of news; for a person who adds it.

The way is the collector's own: its guarded handler, its pace per host, robots.txt before anything else. What is
learnt of hosts goes to a throw-away database.
"""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure as TwistedFailure

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import RightsSign, SourceKind, is_reserved
from comtoise.polling import Bounds
from comtoise.store import Database
from comtoise.text.clean import clean_url
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import of_exception, of_status
from comtoise_crawler.hosts import host_of
from comtoise_crawler.intake import Intake
from comtoise_crawler.reading.decoding import decode, gunzip
from comtoise_crawler.reading.layout import USUAL, find_layout
from comtoise_crawler.recognising import Found, announced, posts_address, recognise
from comtoise_crawler.rights import signs_of_answer, signs_of_listing, signs_of_robots, signs_of_tdmrep
from comtoise_crawler.settings import CollectorSettings, collector_settings
from comtoise_crawler.spiders.watch import WatchSpider

FEEDS_TRIED = 3
SITEMAPS_TRIED = 3
_FOR_NEWS = re.compile(r"news|actu", re.I)
_NEWS = re.compile(r"news|actu|info|article|post|blog", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What the publisher allows, at the address polled."""

    robots: (
        str  #: `comtoise_crawler.rights.Robots.verdict`; the address itself is allowed, or nothing is found
    )
    reserved: bool | None  #: the texts: True reserved, False free, None when the site is silent
    signs: tuple[RightsSign, ...]  #: what says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What is at an address."""

    found: Found
    rights: Rights


async def probe(url: str, settings: CollectorSettings, told: Callable[[str], None]) -> Probe:
    """Look at *url* and, when it is a page, at what it announces: ten requests at most.

    Args:
        told: Called with each address before it is fetched.
    Raises:
        SourceError: nothing that can be polled, or the site cannot be read or forbids it: one French sentence.
    """
    async with _visitor(settings, told) as visitor:
        answer = await visitor.fetch(url)
        found = recognise(answer, visitor.now)
        if found is None:
            found = await _in_page(answer, visitor)
        elif found.kind is SourceKind.SITEMAP and not found.entries:
            found = await _in_index(found, visitor) or found
        return Probe(found=found, rights=await _rights(found, visitor))


# From a page to what can be polled


async def _in_page(page: Answer, visitor: "_Visitor") -> Found:
    """The best way to poll the site of a page. Raises `SourceError` when there is none."""
    said = announced(page)
    found = await _feed(said.feeds, visitor) or await _posts(said.wordpress, visitor)
    if found is None:
        sitemap = await visitor.sitemap(page.url)
        # A sitemap that tells titles is made for news; any other is better than nothing only.
        if sitemap is not None and any(entry.title for entry in sitemap.entries):
            found = sitemap
        else:
            found = _listing(page, visitor.now) or sitemap
    if found is None:
        raise SourceError(
            _(
                "Ni flux, ni WordPress, ni plan du site, ni liste d’articles à cette adresse : "
                "essayez celle de la page des actualités."
            )
        )
    return replace(found, name=found.name or said.name, homepage=found.homepage or urljoin(page.url, "/"))


async def _feed(feeds: Sequence[str], visitor: "_Visitor") -> Found | None:
    """The first of a page's feeds that lists something, else the first that is a feed."""
    empty = None
    for url in feeds[:FEEDS_TRIED]:
        found = await visitor.look(url)
        if found is None or found.kind is not SourceKind.FEED:
            continue
        others = tuple(other for other in feeds if other != url)
        found = replace(found, why=_("la page annonce ce flux"), others=others)
        if found.entries:
            return found
        empty = empty or found
    return empty


async def _posts(root: str | None, visitor: "_Visitor") -> Found | None:
    if root is None:
        return None
    found = await visitor.look(posts_address(root))
    if found is None or found.kind is not SourceKind.WORDPRESS or not found.entries:
        return None
    return replace(found, why=_("le site est un WordPress, et son interface donne ses articles"))


def _listing(page: Answer, now: datetime) -> Found | None:
    layout = find_layout(page.body, url=page.url, now=now, content_type=page.content_type)
    if layout is None:
        return None
    selectors, entries = layout
    return Found(
        kind=SourceKind.LISTING,
        url=page.url,
        why=_("la page n’a pas de flux ; ses intertitres mènent à des articles")
        if selectors == USUAL
        else _("la page n’a pas de flux ; elle répète une même forme, avec un lien chaque fois"),
        selectors=None if selectors == USUAL else selectors,
        entries=entries,
    )


async def _in_index(index: Found, visitor: "_Visitor") -> Found | None:
    """The sitemap of an index that tells news, else the index itself with what one of its own lists.

    None when none of them can be read.
    """
    ranked = sorted(index.others, key=lambda url: (not _FOR_NEWS.search(url), not _NEWS.search(url)))
    for url in ranked[:SITEMAPS_TRIED]:
        found = await visitor.look(url)
        if found is None or found.kind is not SourceKind.SITEMAP or not found.entries:
            continue
        if _FOR_NEWS.search(url):
            why = _("ce plan du site (sitemap) est celui des actualités")
            return replace(found, why=why, others=tuple(other for other in index.others if other != url))
        return replace(index, entries=found.entries)
    return None


async def _rights(found: Found, visitor: "_Visitor") -> Rights:
    """What robots.txt, the file of reservations and the document itself say."""
    origin, at = _origin(found.url), visitor.now
    robots = await visitor.intake.call(visitor.intake.rules.robots_of, origin)
    signs = list(signs_of_robots(robots[1], at=at)) if robots is not None else []
    document = visitor.seen(found.url)
    if document is not None:
        signs += signs_of_answer(document.headers, at=at)
        signs += signs_of_listing(decode(gunzip(document.body), document.content_type).text, at=at)
    try:
        answer = await visitor.fetch(f"{origin}/.well-known/tdmrep.json")
    except SourceError:
        tdmrep = None  # no such file, which is silence
    else:
        tdmrep = decode(answer.body, answer.content_type).text
    signs += signs_of_tdmrep(tdmrep, found.url, at=at)
    return Rights(
        robots="none" if robots is None else robots[1].verdict,
        reserved=is_reserved(signs, at),
        signs=tuple(signs),
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# Fetching


@dataclass(frozen=True, slots=True)
class _Wanted:
    url: str
    answer: "asyncio.Future[Answer]"


class _ProbeSpider(WatchSpider):
    """Fetches what a person wants to look at, one address after the other."""

    name = "probe"

    def __init__(self, *, wanted: "asyncio.Queue[_Wanted | None]", intake: Intake, **kwargs: Any) -> None:
        super().__init__(intake=intake, jobs=asyncio.Queue(), done=lambda _done: None, **kwargs)
        self._wanted = wanted

    async def start(self) -> AsyncIterator[scrapy.Request]:
        while (wanted := await self._wanted.get()) is not None:
            yield scrapy.Request(
                wanted.url,
                callback=self.answered,
                errback=self.failed,
                dont_filter=True,
                meta={
                    "wanted": wanted,
                    "download_slot": host_of(wanted.url),
                    "handle_httpstatus_list": list(range(400, 600)),
                },
            )

    async def answered(self, response: Response) -> None:
        wanted: _Wanted = response.meta["wanted"]
        if not wanted.answer.done():
            wanted.answer.set_result(Answer.of(response))

    async def failed(self, failure: TwistedFailure) -> None:
        request: scrapy.Request = failure.request  # type: ignore[attr-defined]
        wanted: _Wanted = request.meta["wanted"]
        if not wanted.answer.done():
            error = of_exception(failure.value or RuntimeError("no reason given"))
            wanted.answer.set_exception(SourceError(error.text))


class _Visitor:
    """Fetches addresses, each once."""

    def __init__(
        self,
        intake: Intake,
        wanted: "asyncio.Queue[_Wanted | None]",
        crawl: "asyncio.Future[None]",
        told: Callable[[str], None],
    ) -> None:
        self.intake = intake
        self.now = datetime.now(UTC)
        self._wanted = wanted
        self._crawl = crawl
        self._told = told
        self._answers: dict[str, Answer] = {}
        self._sitemaps: dict[str, Found | None] = {}

    async def fetch(self, url: str) -> Answer:
        """The answer of an address. Raises `SourceError` with why there is none."""
        if url not in self._answers:
            self._told(url)
            future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
            self._wanted.put_nowait(_Wanted(url, future))
            waits: set[asyncio.Future[Any]] = {future, self._crawl}
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if not future.done():
                self._crawl.result()
                raise RuntimeError("the crawl ended by itself")
            self._answers[url] = future.result()
        answer = self._answers[url]
        if answer.status != 200:
            raise SourceError(of_status(answer.status).text)
        return answer

    def seen(self, url: str) -> Answer | None:
        """The answer that came from *url*, under whatever address it was asked for."""
        return next((answer for answer in self._answers.values() if answer.url == url), None)

    async def look(self, url: str) -> Found | None:
        """What is at an address that a site gave; None when it cannot be read or is a page."""
        try:
            return recognise(await self.fetch(url), self.now)
        except SourceError:
            return None

    async def sitemap(self, page: str) -> Found | None:
        """The best sitemap that robots.txt names, looked for once."""
        origin = _origin(page)
        if origin not in self._sitemaps:
            self._sitemaps[origin] = await self._find_sitemap(origin)
        return self._sitemaps[origin]

    async def _find_sitemap(self, origin: str) -> Found | None:
        robots = await self.intake.call(self.intake.rules.robots_of, origin)
        body = (robots[1].body or "") if robots is not None else ""
        named = [clean_url(url, origin) for url in re.findall(r"(?im)^\s*sitemap\s*:\s*(\S+)", body)]
        ranked = sorted({url for url in named if url}, key=lambda url: (not _NEWS.search(url), url))
        for url in ranked[:SITEMAPS_TRIED]:
            found = await self.look(url)
            if found is None or found.kind is not SourceKind.SITEMAP:
                continue
            if not found.entries:
                found = await _in_index(found, self)
            if found is not None:
                return replace(found, why=_("le fichier robots.txt du site indique ce plan (sitemap)"))
        return None


@contextmanager
def _throw_away() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/essai.sqlite")
        database.upgrade()
        try:
            yield database
        finally:
            database.close()


@asynccontextmanager
async def _visitor(settings: CollectorSettings, told: Callable[[str], None]) -> AsyncIterator[_Visitor]:
    """A visitor and the crawl that serves it, for the time of a block."""
    wanted: asyncio.Queue[_Wanted | None] = asyncio.Queue()
    with _throw_away() as database:
        bounds = Bounds(shortest=timedelta(hours=1), usual=timedelta(hours=1), longest=timedelta(hours=1))
        intake = Intake(database, {}, bounds)
        runner = AsyncCrawlerRunner(Settings(collector_settings(settings)))
        crawler = runner.create_crawler(_ProbeSpider)
        crawl = asyncio.ensure_future(runner.crawl(crawler, intake=intake, wanted=wanted))
        try:
            yield _Visitor(intake, wanted, crawl, told)
        finally:
            wanted.put_nowait(None)
            await runner.stop()
            await runner.join()
            await crawl
            await asyncio.to_thread(intake.close)
