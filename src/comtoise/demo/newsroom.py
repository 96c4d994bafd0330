"""A newsroom of invented sites on loopback: what the demo and the tests poll instead of the world.

Each site has an origin of its own (a port), its robots.txt, its feed or list, its pages, and answers
conditional requests like the software it pretends to run. Every request is kept for whoever wants to
check how polite a poller was. Time does not pass by itself: the caller says what now is, and when the
next stage is on line.
"""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web
from multidict import CIMultiDict

from comtoise.demo.configuration import config_yaml
from comtoise.demo.pages import PARIS, Item, Press
from comtoise.demo.sites import ArticleCard, Expected, Notice, Site, SiteCard, load_sites
from comtoise.model import Access, Source, SourceKind

Handler = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRequest:
    """A request as it came, and the status it was given."""

    site: str
    method: str
    path: str  #: with its query
    status: int
    headers: CIMultiDict[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLine:
    """An article on line, for whoever checks what became of it."""

    site: str
    url: str  #: canonical
    slug: str
    title: str
    published: datetime
    stage: int
    trap: str | None
    expected: Expected
    notice: Notice | None


class Newsroom:
    """The sites of *data_dir* as they stand at *now*; serves between `start` and `stop`."""

    def __init__(self, data_dir: Path, now: datetime) -> None:
        self.now = now.astimezone(UTC).replace(microsecond=0)
        self.stage = 1
        self.requests: list[SeenRequest] = []
        self._press = Press(data_dir)
        self._desks = {site.site.id: _Desk(site) for site in load_sites(data_dir)}
        self._runners: list[web.AppRunner] = []
        for desk in self._desks.values():
            desk.open_stage(1, self.now)

    @property
    def sites(self) -> tuple[SiteCard, ...]:
        """The cards, by file name."""
        return tuple(desk.site for desk in self._desks.values())

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Serve every site, each on a port of its own: free ones, or *port* and those that follow."""
        for offset, desk in enumerate(self._desks.values()):
            application = web.Application()
            application.router.add_route("*", "/{path:.*}", self._handler(desk))
            runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
            await runner.setup()
            self._runners.append(runner)
            await web.TCPSite(runner, host, port + offset if port else 0).start()
            desk.base = f"http://{host}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close every site; the requests stay readable."""
        while self._runners:
            await self._runners.pop().cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def advance(self, stage: int, now: datetime | None = None) -> None:
        """Put on line what *stage* brings, dated *now* (a second after the newsroom's own when not given).

        Stage 1, everything before now, is there from the start; stage 2 brings three new items worth an
        alert and one edited title.
        """
        self.now = self._later(now)
        for reached in range(self.stage + 1, stage + 1):
            for desk in self._desks.values():
                desk.open_stage(reached, self.now)
            self.stage = reached

    def publish_now(self, site_id: str, card: ArticleCard, now: datetime | None = None) -> str:
        """Put one article more on line and return its address."""
        self.now = self._later(now)
        desk = self._desks[site_id]
        return desk.base + desk.publish(card, self.now).path

    def base(self, site_id: str) -> str:
        """The origin of a site, without a final slash."""
        return self._desks[site_id].base

    def source(self, site_id: str) -> Source:
        """The site as a source to poll."""
        desk = self._desks[site_id]
        site = desk.site
        return Source(
            id=site.id,
            name=site.name,
            kind=site.kind,
            url=desk.base + site.polled,
            homepage=desk.base + "/",
            departements=site.departements,
            region=site.region,
            sectors=site.sectors,
            access=site.access,
            fetch_pages=site.access is not Access.SUBSCRIBERS and site.kind is not SourceKind.BODACC,
            full_text_licence=site.kind is SourceKind.BODACC,
            selectors=site.listing_selectors,
            origin="demo",
        )

    def config_yaml(self, *, interval_s: int = 10, extra: str = "") -> str:
        """A config.yaml that watches these sites, each polled every *interval_s* seconds.

        *extra* holds further sections, in YAML: « courriel: … ». Only right while the sites are served.
        """
        return config_yaml(
            {desk.site.id: desk.site for desk in self._desks.values()},
            {desk.site.id: desk.base for desk in self._desks.values()},
            interval_s=interval_s,
            extra=extra,
        )

    def on_line(self) -> tuple[OnLine, ...]:
        """Every article on line, site by site, newest first, with what it should be understood as."""
        return tuple(
            OnLine(
                site=desk.site.id,
                url=desk.base + item.path,
                slug=item.card.slug,
                title=item.title,
                published=item.published,
                stage=item.card.stage,
                trap=item.card.trap,
                expected=item.card.expected,
                notice=item.card.notice,
            )
            for desk in self._desks.values()
            for item in desk.newest_first()
        )

    def requests_to(self, site_id: str, *, status: int | None = None) -> tuple[SeenRequest, ...]:
        """What a site was asked, in order; only what was answered by *status* when it is given."""
        return tuple(
            request
            for request in self.requests
            if request.site == site_id and status in (None, request.status)
        )

    def _later(self, now: datetime | None) -> datetime:
        # HTTP dates count in seconds: two states of a page within one would look the same.
        least = self.now + timedelta(seconds=1)
        return least if now is None else max(least, now.astimezone(UTC).replace(microsecond=0))

    def _handler(self, desk: "_Desk") -> Handler:
        async def handle(request: web.Request) -> web.Response:
            response = self._answer(desk, request)
            seen = SeenRequest(
                site=desk.site.id,
                method=request.method,
                path=request.raw_path,
                status=response.status,
                headers=CIMultiDict(request.headers),
            )
            self.requests.append(seen)
            return response

        return handle

    def _answer(self, desk: "_Desk", request: web.Request) -> web.Response:
        site = desk.site
        if request.method not in ("GET", "HEAD"):
            return web.Response(status=405, headers={"Allow": "GET, HEAD"})
        items = desk.newest_first()
        document = site.documents.get(request.raw_path) or site.documents.get(request.path)
        item = desk.item_at(request.raw_path) or desk.item_at(request.path)
        if document is not None:
            body = self._press.document(document, site, desk.base, items)
            content_type = document.type
            changed = max((item.changed for item in items), default=self.now)
        elif item is not None:
            body = self._press.page(site, desk.base, item, items)
            content_type = f"text/html; charset={site.charset}"
            changed = item.changed
        else:
            return web.Response(status=404, text="Cette page n'existe pas ou n'existe plus.")
        response = web.Response(body=body, headers={**site.headers, "Content-Type": content_type})
        if "etag" in site.validators:
            response.etag = hashlib.sha256(body).hexdigest()[:16]
        if "last-modified" in site.validators:
            response.last_modified = changed
        if _unchanged(request, response):
            response.body = None
            response.set_status(304)
        return response


class _Desk:
    """A site at work: what it has on line."""

    def __init__(self, site: Site) -> None:
        self.site = site.site
        self.base = ""
        self._cards = site.articles
        self._items: dict[str, Item] = {}
        oldest_first = reversed(site.articles)
        self._numbers = {card.slug: self.site.first_number + 7 * n for n, card in enumerate(oldest_first)}

    def newest_first(self) -> Sequence[Item]:
        return sorted(self._items.values(), key=lambda item: item.published, reverse=True)

    def item_at(self, path: str) -> Item | None:
        return self._items.get(path)

    def open_stage(self, stage: int, now: datetime) -> None:
        """Publish what waits for *stage* and apply its edits."""
        for card in self._cards:
            if card.stage == stage:
                self.publish(card, now)
        for path, item in self._items.items():
            edit = item.card.edit
            if edit is not None and edit.stage == stage:
                chapo = item.chapo if edit.chapo is None else edit.chapo
                self._items[path] = replace(item, title=edit.title, chapo=chapo, updated=now)

    def publish(self, card: ArticleCard, now: datetime) -> Item:
        number = self._numbers.setdefault(card.slug, self.site.first_number + 7 * len(self._numbers))
        published = now - card.age if card.published is None else _paris(card.published)
        path = self.site.address.format(date=published.astimezone(PARIS), slug=card.slug, number=number)
        item = Item(
            card=card,
            number=number,
            path=path,
            title=card.title,
            chapo=card.chapo,
            published=published,
            updated=None if card.updated is None else _paris(card.updated),
        )
        self._items[path] = item
        return item


def _paris(printed: datetime) -> datetime:
    return printed.replace(tzinfo=PARIS).astimezone(UTC)


def _unchanged(request: web.Request, response: web.Response) -> bool:
    """Whether the poller's copy is still good; an ETag outranks a date (RFC 9110 §13.2.2)."""
    known = request.if_none_match
    if known is not None and response.etag is not None:
        return any(etag.value in ("*", response.etag.value) for etag in known)
    since = request.if_modified_since
    return since is not None and response.last_modified is not None and response.last_modified <= since
