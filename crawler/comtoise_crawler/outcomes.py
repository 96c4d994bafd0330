"""How a poll ended, written in one transaction.

Whatever is new of a source commits together: the outcome, its validators, the articles, what its rights and rhythm
taught, and who waits for its host. A process killed in between leaves the poll due again and nothing half kept: no
validator vouches for articles that are not there. What is remembered in memory follows the commit.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from structlog.typing import FilteringBoundLogger

from comtoise.i18n import _
from comtoise.model import Source
from comtoise.polling import Hints, read_hints
from comtoise.polling.health import Episode, Trouble, carry_on
from comtoise.store import Database, Tx, addresses, articles, sources
from comtoise.store.addresses import Address
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure
from comtoise_crawler.gathering import Gathered
from comtoise_crawler.hosts import host_of
from comtoise_crawler.hubs import Announcements, announcer
from comtoise_crawler.keeping import to_keep
from comtoise_crawler.moves import as_told, next_look, permanent_target, redirected
from comtoise_crawler.outage import OUTAGE_RETRY, OutageWatch, our_network
from comtoise_crawler.peace import Peace
from comtoise_crawler.refusals import SLOW_DOWN
from comtoise_crawler.report import Report
from comtoise_crawler.reservations import Reservations
from comtoise_crawler.rhythms import Rhythms

OF_THE_LIST = frozenset({"empty", "layout"})  #: troubles that last as long as the list is the same


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A poll that found what the source showed last time; nothing of it is kept yet."""

    state: sources.PollState
    answer: Answer
    at: datetime
    unconditional: bool  #: its server was not allowed to say « unchanged »


class Outcomes:
    """Writes the three ways in which a poll ends; one thread only."""

    def __init__(
        self,
        database: Database,
        cards: Mapping[str, Source],
        *,
        rhythms: Rhythms,
        rights: Reservations,
        peace: Peace,
        announcements: Announcements,
        outage: OutageWatch,
        log: FilteringBoundLogger,
    ) -> None:
        self._database = database
        self._cards = cards
        self._rhythms = rhythms
        self._rights = rights
        self._peace = peace
        self._announcements = announcements
        self._outage = outage
        self.log = log

    def read(
        self,
        state: sources.PollState,
        gathered: Gathered,
        now: datetime,
        *,
        unconditional: bool,
        refused: Answer | None,
    ) -> Report:
        """The source was read: keep what it showed.

        Args:
            unconditional: Its server was not allowed to say « unchanged ».
            refused: The answer of a further address that asked for peace.
        """
        card = self._cards[state.source_id]
        answer, listed, repaired = gathered.answer, gathered.listed, gathered.repaired
        hints = read_hints(answer.headers, now=now, ttl_s=listed.ttl_s)
        with self._written() as tx:
            address = gathered.address
            elsewhere = address.url if address.url != state.address.url else None
            if elsewhere is not None and addresses.taken(tx, card.id, elsewhere):
                address = state.address  # another source was found there while we looked: it was first
            self._rights.listed(tx, card.id, answer, now)
            found = self._rights.applied(tx, card.id, to_keep(tx, card, gathered, state), now)
            remade = self._rhythms.remade(card.id, gathered.kind, len(listed.entries))
            kept = articles.keep(tx, card.id, found, now=now, silent=not state.seeded or remade)
            reading = self._rhythms.read(
                card,
                listed.entries,
                kept.listed,
                now=now,
                first=not state.seeded,
                kind=gathered.kind,
                whole=gathered.sitemaps is None,
                repaired=repaired is not None and repaired.whole,
            )
            # An index may stay the same while the sitemaps that it names change.
            vouched = bool(listed.entries) and gathered.sitemaps is None and address == gathered.address
            outcome = sources.PollOutcome(
                source_id=card.id,
                at=now,
                next_due_at=self._rhythms.next_poll(card, now=now, hints=hints, known=reading.known),
                ok=True,
                # A feed that lost all its entries must not be able to say « unchanged » for ever.
                etag=answer.headers.get("etag") if vouched else None,
                last_modified=answer.headers.get("last-modified") if vouched else None,
                body_hash=hashlib.sha256(answer.body).hexdigest() if vouched else None,
                unconditional=unconditional,
                new_articles=len(kept.new),
                lesson=reading.lesson,
                episode=carry_on(state.episode, reading.trouble, now),
                address=address if address != state.address else None,
                recovered=len(repaired.entries) if repaired is not None else 0,
            )
            sources.record(tx, outcome)
            if refused is not None:
                self._peace.further_refused(tx, refused, now)
            self._announcements.note(tx, card.id, announcer(answer, listed), now)
        self._rhythms.keep(card.id, reading)
        self._peace.answered(state.url, now)
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

    def unchanged(self, polls: Sequence[Unchanged]) -> list[Report]:
        """Each of these sources shows what it showed last time; all are kept, or none."""
        with self._written() as tx:
            outcomes = [self._unchanged(tx, poll) for poll in polls]
            sources.record_all(tx, outcomes)
        for poll, outcome in zip(polls, outcomes, strict=True):
            self._rhythms.unchanged(outcome.source_id, outcome.at)
            self._peace.answered(poll.state.url, outcome.at)
            self._tell(outcome.source_id, outcome.episode, outcome.at)
        return [
            Report(
                source=outcome.source_id,
                ok=True,
                status=poll.answer.status,
                unchanged=True,
                next_due_at=outcome.next_due_at,
            )
            for poll, outcome in zip(polls, outcomes, strict=True)
        ]

    def _unchanged(self, tx: Tx, poll: Unchanged) -> sources.PollOutcome:
        state, answer, now = poll.state, poll.answer, poll.at
        card = self._cards[state.source_id]
        before = state.episode
        of_the_list = before is not None and before.trouble.kind in OF_THE_LIST and not state.failures
        lasting = before.trouble if before is not None and of_the_list else None
        self._rights.listed(tx, card.id, answer, now, changed=False)
        return sources.PollOutcome(
            source_id=card.id,
            at=now,
            next_due_at=self._rhythms.next_poll(card, now=now, hints=read_hints(answer.headers, now=now)),
            ok=True,
            # A 304 may freshen its validators (RFC 9111, 4.3.4).
            etag=answer.headers.get("etag", state.etag),
            last_modified=answer.headers.get("last-modified", state.last_modified),
            body_hash=state.body_hash,
            unconditional=poll.unconditional,
            episode=carry_on(before, lasting or self._rhythms.silent(card.id, now), now),
            address=_still_there(tx, state, answer, card.url, now),
        )

    def failed(
        self,
        state: sources.PollState,
        failure: Failure,
        now: datetime,
        answer: Answer | None,
        *,
        address: Address | None = None,
        refused: Answer | None = None,
    ) -> Report:
        """Nothing of the source could be read.

        Args:
            answer: What its host said all the same; None when there was no answer.
            address: What this poll taught of its address; None for nothing.
            refused: As for `read`.
        """
        card = self._cards[state.source_id]
        hints = read_hints(answer.headers, now=now) if answer is not None else Hints()
        address = address or state.address
        ours = answer is None and self._outage.failed(host_of(state.url), failure.kind)
        if ours:
            failure, next_due = our_network(), now + OUTAGE_RETRY
        else:
            failure = as_told(address, failure)
            next_due = self._rhythms.next_poll(card, now=now, hints=hints, failures=state.failures + 1)
        next_due = next_look(address, card.id, now) or next_due
        outcome = sources.PollOutcome(
            source_id=card.id,
            at=now,
            next_due_at=next_due,
            ok=False,
            counted=not ours,
            error_kind=failure.kind,
            error_text=failure.text,
            episode=carry_on(state.episode, Trouble(kind=failure.kind, text=failure.text), now),
            address=address if address != state.address else None,
        )
        with self._database.write() as tx:
            sources.record(tx, outcome)
            if refused is not None:
                self._peace.further_refused(tx, refused, now)
            if answer is not None and answer.status in SLOW_DOWN:
                self._peace.poll_refused(tx, state, asked=hints.not_before, next_due=next_due, now=now)
        if not ours:
            self._tell(card.id, outcome.episode, now)
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

    @contextmanager
    def _written(self) -> Iterator[Tx]:
        """A transaction in which rights are noted: of one that fails, what is in memory is forgotten too."""
        try:
            with self._database.write() as tx:
                yield tx
        except Exception:
            self._rights.forget()
            raise

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


def _still_there(
    tx: Tx, state: sources.PollState, answer: Answer, card_url: str, now: datetime
) -> Address | None:
    """The address after a poll that found nothing changed; None when that teaches nothing.

    « Unchanged » vouches for a list of the source only where that list was read whole.
    """
    if not answer.hops and state.address == addresses.NOWHERE_ELSE:
        return None
    target = permanent_target(state.url, answer.hops, answer.url)
    if target is not None and answer.status == 304 and target != state.address.move_to:
        return None
    taken = target is not None and addresses.taken(tx, state.source_id, target)
    return redirected(state.address, card_url=card_url, target=target, taken=taken, now=now)
