"""Takes in what was fetched: parses it, and commits outcome, validators and new articles together.

All of it runs in one worker thread: parsing stays off the event loop, and the database has one writer.
"""

import asyncio
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit, urlunsplit

import structlog

from comtoise.errors import DataRefusedError, SourceError, StorageError
from comtoise.i18n import _
from comtoise.model import Access, Entry, Source, SourceKind
from comtoise.polling import Bounds, Hints, read_hints
from comtoise.polling.health import Episode, Trouble, carry_on
from comtoise.store import Database, addresses, articles, hosts, hubs, known, sources
from comtoise.store.addresses import Address
from comtoise.store.database import Tx
from comtoise.stories import canonical_url
from comtoise.text.typography import extract
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure, of_exception, of_status
from comtoise_crawler.following import Ask, Following, Reply
from comtoise_crawler.gathering import Desk, Gathered, gather
from comtoise_crawler.hubs import Announcements, announcer
from comtoise_crawler.moves import as_told, is_front, next_look, permanent_target, redirected, unreached
from comtoise_crawler.outage import OutageWatch
from comtoise_crawler.reading import read_page
from comtoise_crawler.refusals import SLOW_DOWN, Refusals
from comtoise_crawler.repair import named_sitemaps
from comtoise_crawler.reservations import Reservations
from comtoise_crawler.rhythms import Known, Rhythms
from comtoise_crawler.rights import Robots
from comtoise_crawler.sorting import sort_list, sort_sitemaps
from comtoise_crawler.underway import Reading, Underway

P = ParamSpec("P")
R = TypeVar("R")
Ended = TypeVar("Ended")
Job = sources.PollState | articles.PageJob

FULL_TEXT = 1200  #: characters of content above which a feed is taken to give the whole article
UNCONDITIONAL_EVERY = timedelta(days=8)  #: against a server that says « unchanged » for ever
UNCONDITIONAL_OVERDUE = timedelta(days=1)  #: … sooner while the source is silent for longer than is like it
OF_THE_LIST = frozenset({"empty", "layout"})  #: troubles that last as long as the list is the same
ROBOTS_KEPT = 16 * 1024  #: characters of the robots.txt of a host where no source is polled
PAGE_RETRY = timedelta(minutes=5)
PEACE_MAX = timedelta(days=1)  #: for how long a host's Retry-After is heard
#: What will not change for a page: it is not asked for again.
FINAL = frozenset(
    {
        "robots",
        "tdm",
        "http-401",
        "http-403",
        "http-404",
        "http-410",
        "content",
        "unstorable",
        "memory",
        "no-address",
    }
)
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
    recovered: int = 0  #: entries found in an archive after the window was replaced whole
    window_replaced: bool = False  #: nothing that the source shows was seen before: items were probably lost
    found: str | None = None  #: the address where the source was found to be, when it is not its card's
    error_kind: str | None = None
    error: str | None = None
    next_due_at: datetime


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll under way that needs more than its first answer."""

    state: sources.PollState
    answer: Answer  #: the first
    conditional: bool
    following: Following[Gathered]


@dataclass(frozen=True, slots=True)
class More:
    """A further address that a poll needs."""

    poll: Poll
    ask: Ask


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
        self._clock = clock
        self._outage = OutageWatch()
        self._refusals = Refusals(cards)
        self.rhythms = Rhythms(cards, bounds, fixed=fixed)
        self.rights = Reservations(cards)
        self.underway = Underway()
        self.announcements = Announcements(site)
        self._of_host: dict[str, list[str]] = defaultdict(list)
        for card in cards.values():
            self._of_host[urlsplit(card.url).netloc].append(card.id)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake")

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one of the functions below in the worker thread."""
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
                    host = urlsplit(state.url).netloc
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
                    host = urlsplit(job.url).netloc
                    if taken[host] < per_host:
                        taken[host] += 1
                        found.append(job)
                    else:
                        full.add(job.source_id)
        return found

    def validators(self, state: sources.PollState) -> dict[str, str]:
        """The headers that let a server answer « unchanged », returned exactly as it gave them."""
        now = self._clock()
        overdue = self.rhythms.overdue(state.source_id, now)
        patience = UNCONDITIONAL_OVERDUE if overdue else UNCONDITIONAL_EVERY
        if state.unconditional_at is None or abs(now - state.unconditional_at) > patience:
            return {}
        headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        return {name: value for name, value in headers.items() if value}

    # How it ended

    def poll_answered(self, state: sources.PollState, answer: Answer, *, conditional: bool) -> Report | More:
        """Take in the answer to a poll; `More` asks for a further address, its answer goes to `poll_continued`."""
        now = self._clock()
        self._outage.answered()
        if answer.status == 304 and conditional:
            return self._unchanged(state, answer, now, conditional=conditional)
        if answer.status == 200 and hashlib.sha256(answer.body).hexdigest() == state.body_hash:
            return self._unchanged(state, answer, now, conditional=conditional)
        steps = gather(self.cards[state.source_id], state, answer, desk=self._desk(state), now=now)
        return self._step(Poll(state, answer, conditional, Following(steps)), Following.start)

    def poll_continued(self, state: sources.PollState, poll: Poll, reply: Reply) -> Report | More | None:
        """Take in what a further address answered; None when it is ours to forget (we are stopping)."""
        if isinstance(reply, Failure) and reply.ours:
            return None
        self.log.info("poll_went_on", source=state.source_id, requests=poll.following.asked)
        return self._step(poll, lambda following: following.go_on(reply))

    def _step(self, poll: Poll, step: Callable[[Following[Gathered]], Ask | None]) -> Report | More:
        try:
            with self.underway.reading(poll.state.source_id):
                ask = step(poll.following)
        except Exception as error:
            self.log.exception("reader_failed", source=poll.state.source_id, url=poll.answer.url)
            return self._failed(poll.state, of_exception(error), self._clock(), poll.answer)
        if ask is not None:
            return More(poll, ask)
        return self._gathered(poll, poll.following.result)

    def _gathered(self, poll: Poll, gathered: Gathered) -> Report:
        now = self._clock()
        state, answer, listed = poll.state, gathered.answer, gathered.listed
        if gathered.failure is not None:
            return self._failed(
                state,
                gathered.failure,
                now,
                answer,
                address=gathered.address,
                refused=poll.following.refused,
            )
        card = self.cards[state.source_id]
        hints = read_hints(answer.headers, now=now, ttl_s=listed.ttl_s)
        address = gathered.address
        with self._database.write() as tx:
            if address.url not in (None, state.address.url) and addresses.taken(
                tx, card.id, address.url or ""
            ):
                address = state.address  # another source was found there while we looked: it was first
            self.rights.listed(tx, card.id, answer, now)
            found = self.rights.applied(tx, card.id, self._to_keep(tx, card, gathered, state), now)
            remade = self.rhythms.remade(card.id, gathered.kind, len(listed.entries))
            kept = articles.keep(tx, card.id, found, now=now, silent=not state.seeded or remade)
            reading = self.rhythms.read(
                card,
                listed.entries,
                kept.listed,
                now=now,
                first=not state.seeded,
                kind=gathered.kind,
                whole=gathered.sitemaps is None,
                repaired=gathered.repaired is not None and gathered.repaired.whole,
            )
            # An index may stay the same while the sitemaps that it names change.
            vouched = bool(listed.entries) and gathered.sitemaps is None and address == gathered.address
            outcome = sources.PollOutcome(
                source_id=card.id,
                at=now,
                next_due_at=self._next(card, now, hints, known=reading.known),
                ok=True,
                # A feed that lost all its entries must not be able to say « unchanged » for ever.
                etag=answer.headers.get("etag") if vouched else None,
                last_modified=answer.headers.get("last-modified") if vouched else None,
                body_hash=hashlib.sha256(answer.body).hexdigest() if vouched else None,
                unconditional=not poll.conditional or answer is not poll.answer,
                new_articles=len(kept.new),
                lesson=reading.lesson,
                episode=carry_on(state.episode, reading.trouble, now),
                address=address if address != state.address else None,
                recovered=len(gathered.repaired.entries) if gathered.repaired is not None else 0,
            )
            sources.record(tx, outcome)
            self._spare(tx, poll.following.refused, now)
            self.announcements.note(tx, card.id, announcer(answer, listed), now)
        self.rhythms.keep(card.id, reading)
        self._refusals.answered(state.url, now)
        self._tell(card.id, outcome.episode, now)
        if reading.window_replaced:
            self.log.warning(
                "window_replaced",
                source=card.id,
                entries=len(listed.entries),
                recovered=outcome.recovered,
                lost=outcome.lesson.lost,
            )
        return Report(
            source=card.id,
            ok=True,
            status=answer.status,
            entries=len(listed.entries) + len(gathered.first_read),
            new=len(kept.new),
            edited=len(kept.edited),
            window_replaced=reading.window_replaced,
            recovered=outcome.recovered,
            found=address.url,
            next_due_at=outcome.next_due_at,
        )

    def poll_failed(self, state: sources.PollState, failure: Failure) -> Report | None:
        """Record a poll that brought no answer; None when it is ours to forget (we are stopping)."""
        if failure.ours:
            return None
        address = unreached(state.address, state.failures + 1)
        return self._failed(state, failure, self._clock(), None, address=address)

    def page_answered(self, job: articles.PageJob, answer: Answer) -> None:
        """Take in an article's page."""
        now = self._clock()
        if answer.status != 200:
            self.page_failed(job, of_status(answer.status))
            if answer.status in SLOW_DOWN:
                with self._database.write() as tx:
                    self._spare(tx, answer, now, pages_only=True)
            return
        if answer.hops and is_front(answer.url) and not is_front(job.url):
            self.page_failed(
                job, Failure("content", _("L’adresse de l’article renvoie à l’accueil du site."))
            )
            return
        try:
            with self.underway.reading(job.source_id, job.article_id):
                page = read_page(answer.body, url=answer.url, content_type=answer.content_type, now=now)
        except SourceError as error:
            self.page_failed(job, Failure("content", str(error)))
            return
        except Exception as error:
            self.log.exception("reader_failed", source=job.source_id, url=answer.url)
            self.page_failed(job, of_exception(error))
            return
        with self._database.write() as tx:
            if self.rights.page(tx, job, page, answer, now):
                articles.title_only(tx, job.article_id, title=page.title)
            else:
                articles.page_read(tx, job.article_id, page)

    def page_failed(self, job: articles.PageJob, failure: Failure) -> None:
        """Record a page that could not be read; what cannot change is not tried again."""
        if failure.ours:
            return
        final = failure.kind in FINAL
        retry_at = None if final else self._clock() + PAGE_RETRY * 2**job.attempts
        with self._database.write() as tx:
            if failure.kind == "tdm":
                articles.title_only(tx, job.article_id)
            else:
                articles.page_failed(tx, job.article_id, retry_at=retry_at)
        self.log.info("page_failed", source=job.source_id, kind=failure.kind, retry=retry_at is not None)

    def take_in(self, job: Job, record: Callable[[], Ended]) -> Ended | Report | None:
        """Record how a job ended, by one of the functions above.

        What goes wrong in doing so (a value that the database refuses, a mistake of ours) is the failure of that job
        alone. Raises `StorageError` when the database refuses everything.
        """
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

    def _given_up(self, job: Job, error: Exception) -> Report | None:
        failure = of_exception(error)
        if isinstance(job, articles.PageJob):
            self.page_failed(job, failure)
            return None
        return self._failed(job, failure, self._clock(), None)

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

    # What hosts ask

    def robots_of(self, origin: str) -> tuple[datetime, Robots] | None:
        """The kept robots.txt of a host and when it was fetched; its verdict holds for sources added since."""
        with self._database.write() as tx:
            host = hosts.load(tx, origin)
            if host.robots_at is None:
                return None
            robots = Robots(host.robots_status, host.robots_body)
            self.rights.robots(tx, origin, robots, host.robots_at)
        return host.robots_at, robots

    def keep_robots(self, origin: str, robots: Robots, at: datetime) -> None:
        """Keep a robots.txt, and its verdict on every source of that host."""
        with self._database.write() as tx:
            # Of hosts that only pages lead to there may be any number: what is long there is asked for again.
            if len(robots.body or "") <= ROBOTS_KEPT or sources.at_origin(tx, origin):
                hosts.save_robots(tx, origin, status=robots.status, body=robots.body, at=at)
            self.rights.robots(tx, origin, robots, at)

    def tdm_of(self, origin: str) -> tuple[datetime, str | None] | None:
        """The kept tdmrep.json of a host and when it was asked for; its verdict holds for sources added since."""
        with self._database.write() as tx:
            host = hosts.load(tx, origin)
            if host.tdm_at is None:
                return None
            self.rights.tdmrep(tx, origin, host.tdm_body, host.tdm_at)
        return host.tdm_at, host.tdm_body

    def keep_tdm(self, origin: str, body: str | None, at: datetime) -> None:
        """Keep a host's reservation of text and data mining."""
        with self._database.write() as tx:
            hosts.save_tdm(tx, origin, body=body, at=at)
            self.rights.tdmrep(tx, origin, body, at)

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

    def _to_keep(
        self, tx: Tx, card: Source, gathered: Gathered, state: sources.PollState
    ) -> list[articles.Found]:
        """What a poll brought, ready to be kept: news, and what is only new to us."""
        if gathered.kind is SourceKind.SITEMAP:
            if gathered.sitemaps:
                known.keep_sitemaps(tx, card.id, gathered.sitemaps)
            shown = (*gathered.listed.entries, *gathered.first_read)
            unlisted = known.unlisted(tx, card.id, shown)
            known.keep_listed(tx, card.id, unlisted)
            chosen = sort_sitemaps(gathered, state, unlisted)
        else:
            chosen = sort_list(gathered, state)
        found = [self._found(card, entry) for entry in chosen.news]
        found += [replace(self._found(card, entry), old=True) for entry in chosen.old]
        if gathered.elsewhere and state.seeded:
            return known.by_title(tx, card.id, found, since=state.last_success_at)
        return found

    def _desk(self, state: sources.PollState) -> Desk:
        """What a poll under way may ask of the store; each question is a transaction of its own."""

        def positions(entries: Sequence[Entry], by_title: bool) -> frozenset[int]:
            with self._database.read() as tx:
                return known.entries(tx, state.source_id, entries, by_title=by_title)

        def anything_known() -> bool:
            with self._database.read() as tx:
                return known.anything(tx, state.source_id)

        def taken(url: str) -> bool:
            with self._database.read() as tx:
                return addresses.taken(tx, state.source_id, url)

        def sitemaps_read() -> Mapping[str, known.ReadSitemap]:
            with self._database.read() as tx:
                return known.sitemaps(tx, state.source_id)

        def sitemaps_named(url: str) -> Sequence[str]:
            parts = urlsplit(url)
            rules = self.robots_of(f"{parts.scheme}://{parts.netloc}")
            return named_sitemaps(rules[1].body or "", url) if rules is not None else ()

        return Desk(
            known=positions,
            anything_known=anything_known,
            taken=taken,
            sitemaps_read=sitemaps_read,
            sitemaps_named=sitemaps_named,
        )

    def _still_there(self, tx: Tx, state: sources.PollState, answer: Answer, now: datetime) -> Address | None:
        """The address after a poll that found nothing changed; None when that teaches nothing.

        « Unchanged » vouches for a list of the source only where that list was read whole.
        """
        if not answer.hops and state.address == addresses.NOWHERE_ELSE:
            return None
        target = permanent_target(state.url, answer.hops, answer.url)
        if target is not None and answer.status == 304 and target != state.address.move_to:
            return None
        taken = target is not None and addresses.taken(tx, state.source_id, target)
        card_url = self.cards[state.source_id].url
        return redirected(state.address, card_url=card_url, target=target, taken=taken, now=now)

    def _spare(self, tx: Tx, refused: Answer | None, now: datetime, *, pages_only: bool = False) -> None:
        """Leave a host in peace that asked for it by a page, or in the middle of a poll.

        With *pages_only* its sources wait only if it said for how long: one page out of order is not the host.
        """
        if refused is None:
            return
        parts = urlsplit(refused.url)
        asked = read_hints(refused.headers, now=now).not_before
        until = min(asked, now + PEACE_MAX) if asked is not None else now + self._bounds.usual
        if asked is not None or not pages_only:
            concerned = [c.id for c in self.cards.values() if urlsplit(c.url).netloc == parts.netloc]
            sources.postpone(tx, concerned, until)
        articles.postpone_pages_at(tx, f"{parts.scheme}://{parts.netloc}", until)

    def _next(
        self, card: Source, now: datetime, hints: Hints, failures: int = 0, known: Known | None = None
    ) -> datetime:
        return self.rhythms.next_poll(card, now=now, hints=hints, failures=failures, known=known)

    def _tell(self, source_id: str, episode: Episode | None, now: datetime) -> None:
        """Say once per episode that a person is needed."""
        if episode is not None and episode.told_at == now:
            self.log.warning(
                "source_needs_attention",
                source=source_id,
                kind=episode.trouble.kind,
                since=episode.since.isoformat(),
                reason=episode.trouble.text,
            )

    def _unchanged(
        self, state: sources.PollState, answer: Answer, now: datetime, *, conditional: bool
    ) -> Report:
        card = self.cards[state.source_id]
        before = state.episode
        of_the_list = before is not None and before.trouble.kind in OF_THE_LIST and not state.failures
        lasting = before.trouble if before is not None and of_the_list else None
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
            episode=carry_on(before, lasting or self.rhythms.silent(card.id, now), now),
        )
        with self._database.write() as tx:
            self.rights.listed(tx, card.id, answer, now, changed=False)
            address = self._still_there(tx, state, answer, now)
            sources.record(tx, replace(outcome, address=address) if address is not None else outcome)
        self.rhythms.unchanged(card.id, now)
        self._refusals.answered(state.url, now)
        self._tell(card.id, outcome.episode, now)
        return Report(
            source=card.id,
            ok=True,
            status=answer.status,
            unchanged=True,
            next_due_at=outcome.next_due_at,
        )

    def _failed(
        self,
        state: sources.PollState,
        failure: Failure,
        now: datetime,
        answer: Answer | None,
        *,
        address: Address | None = None,
        refused: Answer | None = None,
    ) -> Report:
        card = self.cards[state.source_id]
        hints = read_hints(answer.headers, now=now) if answer is not None else Hints()
        host = urlsplit(state.url).netloc
        address = address or state.address
        ours = answer is None and self._outage.failed(host, failure.kind)
        if ours:
            failure = Failure(
                "our-network", _("Notre propre réseau est en panne : rien n’est reproché au site.")
            )
        else:
            failure = as_told(address, failure)
        next_due = now + OUTAGE_RETRY if ours else self._next(card, now, hints, state.failures + 1)
        next_due = next_look(address, card.id, now) or next_due
        episode = carry_on(state.episode, Trouble(kind=failure.kind, text=failure.text), now)
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
                    episode=episode,
                    address=address if address != state.address else None,
                ),
            )
            self._spare(tx, refused, now)
            if answer is not None and answer.status in SLOW_DOWN:
                # What the host asked for holds for all whom it concerns; our own back-off for this one only.
                until = next_due if hints.not_before is not None else now + self._bounds.usual
                sources.postpone(tx, self._refusals.concerned(state, until, now), until)
                articles.postpone_pages_at(tx, "://".join(urlsplit(state.url)[:2]), until)
        if not ours:
            self._tell(card.id, episode, now)
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
    if found is None or canonical is None or ("?" not in found and "#" not in found):
        return found
    parts = urlsplit(found)
    kept = {pair.partition("=")[0] for pair in urlsplit(canonical).query.split("&")}
    query = "&".join(pair for pair in parts.query.split("&") if pair.partition("=")[0] in kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
