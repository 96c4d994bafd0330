"""Polls under way: from the first answer, by the further addresses that it may need, to one of three outcomes."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from structlog.typing import FilteringBoundLogger

from comtoise.model import Source
from comtoise.store.sources import PollState
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure, of_exception
from comtoise_crawler.following import Ask, Following, Reply
from comtoise_crawler.gathering import Desk, Gathered, gather
from comtoise_crawler.moves import unreached
from comtoise_crawler.outage import OutageWatch
from comtoise_crawler.outcomes import Outcomes, Unchanged
from comtoise_crawler.report import Report
from comtoise_crawler.rhythms import Rhythms
from comtoise_crawler.underway import Underway

UNCONDITIONAL_EVERY = timedelta(days=8)  #: against a server that says « unchanged » for ever
UNCONDITIONAL_OVERDUE = timedelta(days=1)  #: … sooner while the source is silent for longer than is like it


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll under way that needs more than its first answer."""

    state: PollState
    answer: Answer  #: the first
    conditional: bool
    following: Following[Gathered]


@dataclass(frozen=True, slots=True)
class More:
    """A further address that a poll needs."""

    poll: Poll
    ask: Ask


class Polls:
    """Takes in answers to polls; what they come to is written by `Outcomes`, and nowhere else."""

    def __init__(
        self,
        cards: Mapping[str, Source],
        outcomes: Outcomes,
        *,
        desk_of: Callable[[str], Desk],
        rhythms: Rhythms,
        outage: OutageWatch,
        underway: Underway,
        clock: Callable[[], datetime],
        log: FilteringBoundLogger,
    ) -> None:
        """*desk_of* is what gathering may ask of the store about a source."""
        self._cards = cards
        self._outcomes = outcomes
        self._desk_of = desk_of
        self._rhythms = rhythms
        self._outage = outage
        self._underway = underway
        self._clock = clock
        self.log = log

    def validators(self, state: PollState) -> dict[str, str]:
        """The headers that let a server answer « unchanged », returned exactly as it gave them."""
        now = self._clock()
        overdue = self._rhythms.overdue(state.source_id, now)
        patience = UNCONDITIONAL_OVERDUE if overdue else UNCONDITIONAL_EVERY
        if state.unconditional_at is None or abs(now - state.unconditional_at) > patience:
            return {}
        headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
        return {name: value for name, value in headers.items() if value}

    def answered(self, state: PollState, answer: Answer, *, conditional: bool) -> Report | More | Unchanged:
        """Take in the answer to a poll.

        `More` asks for a further address, whose answer goes to `continued`. `Unchanged` is still to be kept
        (`unchanged`), together with others.

        Args:
            conditional: It was asked with the `validators`.
        """
        now = self._clock()
        self._outage.answered()
        same = answer.status == 200 and hashlib.sha256(answer.body).hexdigest() == state.body_hash
        if same or (answer.status == 304 and conditional):
            return Unchanged(state, answer, now, unconditional=not conditional)
        steps = gather(
            self._cards[state.source_id], state, answer, desk=self._desk_of(state.source_id), now=now
        )
        return self._step(Poll(state, answer, conditional, Following(steps)), Following.start)

    def unchanged(self, polls: Sequence[Unchanged]) -> list[Report]:
        """Keep polls of different sources that found nothing changed: all of them, or none."""
        return self._outcomes.unchanged(polls)

    def continued(self, poll: Poll, reply: Reply) -> Report | More | None:
        """Take in what a further address answered; None when it is ours to forget (we are stopping)."""
        if isinstance(reply, Failure) and reply.ours:
            return None
        self.log.info("poll_went_on", source=poll.state.source_id, requests=poll.following.asked)
        return self._step(poll, lambda following: following.go_on(reply))

    def failed(self, state: PollState, failure: Failure) -> Report | None:
        """Record a poll that brought no answer; None when it is ours to forget (we are stopping)."""
        if failure.ours:
            return None
        address = unreached(state.address, state.failures + 1)
        return self._outcomes.failed(state, failure, self._clock(), None, address=address)

    def given_up(self, state: PollState, failure: Failure) -> Report:
        """Record a poll whose outcome could not be: it says nothing of the address."""
        return self._outcomes.failed(state, failure, self._clock(), None)

    def _step(self, poll: Poll, step: Callable[[Following[Gathered]], Ask | None]) -> Report | More:
        try:
            with self._underway.reading(poll.state.source_id):
                ask = step(poll.following)
        except Exception as error:
            self.log.exception("reader_failed", source=poll.state.source_id, url=poll.answer.url)
            return self._outcomes.failed(poll.state, of_exception(error), self._clock(), poll.answer)
        if ask is not None:
            return More(poll, ask)
        return self._ended(poll, poll.following.result)

    def _ended(self, poll: Poll, gathered: Gathered) -> Report:
        now, refused = self._clock(), poll.following.refused
        if gathered.failure is not None:
            return self._outcomes.failed(
                poll.state,
                gathered.failure,
                now,
                gathered.answer,
                address=gathered.address,
                refused=refused,
            )
        unconditional = not poll.conditional or gathered.answer is not poll.answer
        return self._outcomes.read(poll.state, gathered, now, unconditional=unconditional, refused=refused)
