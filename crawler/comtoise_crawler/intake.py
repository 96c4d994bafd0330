"""Takes in what was fetched: parses it, and commits outcome, validators and new articles together.

All of it runs in one worker thread: parsing stays off the event loop, and the database has one writer.
"""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit, urlunsplit

import structlog

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import Access, Entry, Source
from comtoise.polling import Bounds, Hints, next_poll, read_hints
from comtoise.store import Database, articles, hosts, hubs, sources
from comtoise.stories import canonical_url
from comtoise.text.typography import extract
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure, of_exception, of_status
from comtoise_crawler.hubs import Announcements, announcer
from comtoise_crawler.kinds import READERS
from comtoise_crawler.outage import OutageWatch
from comtoise_crawler.reading import read_page
from comtoise_crawler.rights import Robots, tdm_header

P = ParamSpec("P")
R = TypeVar("R")

FULL_TEXT = 1200  #: characters of content above which a feed is taken to give the whole article
UNCONDITIONAL_EVERY = timedelta(days=8)  #: against a server that says « unchanged » for ever
PAGE_RETRY = timedelta(minutes=5)
OUTAGE_RETRY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One poll, for people and machines."""

    source: str
    ok: bool
    status: int | None = None
    entries: int = 0
    new: int = 0
    edited: int = 0
    unchanged: bool = False
    error_kind: str | None = None
    error: str | None = None
    next_due_at: datetime


class Intake:
    """The collector's hands: everything that touches the database or burns time on parsing."""

    def __init__(
        self,
        database: Database,
        cards: Mapping[str, Source],
        bounds: Bounds,
        *,
        fixed: timedelta | None = None,
        site: str | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.log = structlog.get_logger("collector")
        self.cards = cards
        self._database = database
        self._bounds = bounds
        self._fixed = fixed
        self._clock = clock
        self._outage = OutageWatch()
        self.announcements = Announcements(site)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake")

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one of the functions below in the worker thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, lambda: function(*args, **kwargs))

    def close(self) -> None:
        """Wait for what is being committed."""
        self._worker.shutdown(wait=True)

    # What is to be done

    def sync(self) -> None:
        """Make the store follow the cards."""
        with self._database.write() as tx:
            sources.sync_cards(tx, self.cards.values(), self._clock())

    def make_due(self, source_ids: list[str] | None) -> None:
        """Ask for a poll of these sources now."""
        with self._database.write() as tx:
            sources.make_due(tx, self._clock(), source_ids)

    def due(self, limit: int, skip: frozenset[str], only: frozenset[str] | None) -> list[sources.PollState]:
        """The sources to poll now."""
        with self._database.read() as tx:
            return sources.due(tx, self._clock(), limit=limit, skip=skip, only=only)

    def pages_due(self, limit: int, skip: frozenset[int]) -> list[articles.PageJob]:
        """The pages to fetch now."""
        with self._database.read() as tx:
            return articles.pages_due(tx, self._clock(), limit=limit, skip=skip)

    def validators(self, state: sources.PollState) -> dict[str, str]:
        """The headers that let a server answer « unchanged », returned exactly as it gave them."""
        if state.unconditional_at is None or self._clock() - state.unconditional_at > UNCONDITIONAL_EVERY:
            return {}
        headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        return {name: value for name, value in headers.items() if value}

    # How it ended

    def poll_answered(self, state: sources.PollState, answer: Answer, *, conditional: bool) -> Report:
        """Take in the answer to a poll."""
        now = self._clock()
        self._outage.answered()
        if answer.status == 304:
            return self._unchanged(state, answer, now, conditional=conditional)
        if answer.status != 200:
            return self._failed(state, of_status(answer.status), now, answer)
        body_hash = hashlib.sha256(answer.body).hexdigest()
        if body_hash == state.body_hash:
            return self._unchanged(state, answer, now, conditional=conditional)
        card = self.cards[state.source_id]
        try:
            listed = READERS[card.kind](answer, card, now)
        except SourceError as error:
            return self._failed(state, Failure("content", str(error)), now, answer)
        except Exception as error:
            self.log.exception("reader_failed", source=card.id, url=answer.url)
            return self._failed(state, of_exception(error), now, answer)
        hints = read_hints(answer.headers, now=now, ttl_s=listed.ttl_s)
        found = [self._found(card, entry) for entry in listed.entries]
        with self._database.write() as tx:
            kept = articles.keep(tx, card.id, found, now=now, silent=not state.seeded)
            outcome = sources.PollOutcome(
                source_id=card.id,
                at=now,
                next_due_at=self._next(card, now, hints),
                ok=True,
                # A feed that lost all its entries must not be able to say « unchanged » for ever.
                etag=answer.headers.get("etag") if found else None,
                last_modified=answer.headers.get("last-modified") if found else None,
                body_hash=body_hash if found else None,
                unconditional=not conditional,
                new_articles=len(kept.new),
            )
            sources.record(tx, outcome)
            self.announcements.note(tx, card.id, announcer(answer, listed), now)
        return Report(
            source=card.id,
            ok=True,
            status=answer.status,
            entries=len(found),
            new=len(kept.new),
            edited=len(kept.edited),
            next_due_at=outcome.next_due_at,
        )

    def poll_failed(self, state: sources.PollState, failure: Failure) -> Report | None:
        """Record a poll that brought no answer; None when it is ours to forget (we are stopping)."""
        if failure.ours:
            return None
        return self._failed(state, failure, self._clock(), None)

    def page_answered(self, job: articles.PageJob, answer: Answer) -> None:
        """Take in an article's page."""
        now = self._clock()
        if answer.status != 200:
            self.page_failed(job, of_status(answer.status))
            return
        try:
            page = read_page(answer.body, url=answer.url, content_type=answer.content_type, now=now)
        except SourceError as error:
            self.page_failed(job, Failure("content", str(error)))
            return
        except Exception as error:
            self.log.exception("reader_failed", source=job.source_id, url=answer.url)
            self.page_failed(job, of_exception(error))
            return
        reserved = page.tdm_reserved
        if reserved is None:
            reserved = tdm_header(answer.headers.get("tdm-reservation"))
        with self._database.write() as tx:
            if reserved:
                articles.page_failed(tx, job.article_id, retry_at=None)
            else:
                articles.page_read(tx, job.article_id, page)

    def page_failed(self, job: articles.PageJob, failure: Failure) -> None:
        """Record a page that could not be read; what cannot change is not tried again."""
        if failure.ours:
            return
        final = failure.kind in {"robots", "tdm", "http-401", "http-403", "http-404", "http-410", "content"}
        retry_at = None if final else self._clock() + PAGE_RETRY * 2**job.attempts
        with self._database.write() as tx:
            articles.page_failed(tx, job.article_id, retry_at=retry_at)
        self.log.info("page_failed", source=job.source_id, kind=failure.kind, retry=retry_at is not None)

    # What hosts ask

    def robots_of(self, origin: str) -> tuple[datetime, Robots] | None:
        """The kept robots.txt of a host and when it was fetched."""
        with self._database.read() as tx:
            host = hosts.load(tx, origin)
        return (
            None if host.robots_at is None else (host.robots_at, Robots(host.robots_status, host.robots_body))
        )

    def keep_robots(self, origin: str, robots: Robots, at: datetime) -> None:
        """Keep a robots.txt, and its verdict on every source of that host."""
        with self._database.write() as tx:
            hosts.save_robots(tx, origin, status=robots.status, body=robots.body, at=at)
            for card in self.cards.values():
                if card.url.startswith(f"{origin}/"):
                    verdict = "allowed" if robots.allows(card.url) else f"forbidden ({robots.verdict})"
                    sources.record_rights(tx, card.id, robots=verdict, at=at)

    def keep_tdm(self, origin: str, body: str | None, at: datetime) -> None:
        """Keep a host's reservation of text and data mining."""
        with self._database.write() as tx:
            hosts.save_tdm(tx, origin, body=body, at=at)

    # What hubs are asked

    def hubs_due(self, limit: int) -> list[hubs.HubSubscription]:
        """The subscriptions to ask for now."""
        if self.announcements.site is None:
            return []
        with self._database.read() as tx:
            return hubs.due(tx, self._clock(), limit=limit)

    def hub_asked(self, source_id: str, refused: str | None) -> None:
        """Note how a hub answered."""
        with self._database.write() as tx:
            hubs.asked(tx, source_id, self._clock(), refused=refused)
        self.log.info("hub_asked", source=source_id, refused=refused)

    # Inside

    def _found(self, card: Source, entry: Entry) -> articles.Found:
        text = entry.content or entry.summary
        subscribers = card.access is Access.SUBSCRIBERS
        canonical = canonical_url(entry.url) if entry.url else None
        return articles.Found(
            entry=entry,
            canonical=canonical,
            address=_readable(entry.url, canonical),
            extract=extract(entry.summary or entry.content, card.extract_max),
            text=text,
            wants_page=(
                card.fetch_pages and not subscribers and entry.url is not None and len(text) < FULL_TEXT
            ),
            paywalled=subscribers,
        )

    def _next(self, card: Source, now: datetime, hints: Hints, failures: int = 0) -> datetime:
        fixed = timedelta(seconds=card.interval_s) if card.interval_s else self._fixed
        return next_poll(card.id, now=now, bounds=self._bounds, hints=hints, failures=failures, fixed=fixed)

    def _unchanged(
        self, state: sources.PollState, answer: Answer, now: datetime, *, conditional: bool
    ) -> Report:
        card = self.cards[state.source_id]
        outcome = sources.PollOutcome(
            source_id=card.id,
            at=now,
            next_due_at=self._next(card, now, read_hints(answer.headers, now=now)),
            ok=True,
            # A 304 may freshen its validators (RFC 9111, 4.3.4).
            etag=answer.headers.get("etag", state.etag),
            last_modified=answer.headers.get("last-modified", state.last_modified),
            body_hash=state.body_hash,
            unconditional=not conditional,
        )
        with self._database.write() as tx:
            sources.record(tx, outcome)
        return Report(
            source=card.id,
            ok=True,
            status=answer.status,
            unchanged=True,
            next_due_at=outcome.next_due_at,
        )

    def _failed(
        self, state: sources.PollState, failure: Failure, now: datetime, answer: Answer | None
    ) -> Report:
        card = self.cards[state.source_id]
        hints = read_hints(answer.headers, now=now) if answer is not None else Hints()
        host = urlsplit(card.url).netloc
        ours = answer is None and self._outage.failed(host, failure.kind)
        if ours:
            failure = Failure(
                "our-network", _("Notre propre réseau est en panne : rien n’est reproché au site.")
            )
        next_due = now + OUTAGE_RETRY if ours else self._next(card, now, hints, state.failures + 1)
        with self._database.write() as tx:
            sources.record(
                tx,
                sources.PollOutcome(
                    source_id=card.id,
                    at=now,
                    next_due_at=next_due,
                    ok=False,
                    counted=not ours,
                    error_kind=failure.kind,
                    error_text=failure.text,
                ),
            )
            if answer is not None and answer.status in (429, 503):
                # What the host asked for holds for all of its sources; our own back-off for this one only.
                until = next_due if hints.not_before is not None else now + self._bounds.usual
                sources.postpone(
                    tx, [c.id for c in self.cards.values() if urlsplit(c.url).netloc == host], until
                )
        self.log.warning(
            "poll_failed", source=card.id, kind=failure.kind, failures=state.failures + (not ours)
        )
        return Report(
            source=card.id,
            ok=False,
            status=answer.status if answer is not None else None,
            error_kind=failure.kind,
            error=failure.text or _("Erreur inattendue."),
            next_due_at=next_due,
        )


def _readable(found: str | None, canonical: str | None) -> str | None:
    """The address as found, without the parameters that its canonical form does without: they track readers.

    The canonical form itself is an identity, not an address: it may name a scheme or host that does not answer.
    """
    if found is None or canonical is None:
        return found
    parts = urlsplit(found)
    kept = {pair.partition("=")[0] for pair in urlsplit(canonical).query.split("&")}
    query = "&".join(pair for pair in parts.query.split("&") if pair.partition("=")[0] in kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
