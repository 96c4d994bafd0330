"""Who leaves a host alone, and until when, after it asked for peace (429, 503).

Whom a refused poll concerns is decided in `comtoise_crawler.refusals`; how long they wait, and that the pages of the
host wait with them, is decided here, and written in the caller's transaction with the outcome that it follows from.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from comtoise.model import Source
from comtoise.polling import read_hints
from comtoise.store import Tx, articles, sources
from comtoise.store.sources import PollState
from comtoise_crawler.answer import Answer
from comtoise_crawler.hosts import host_of, origins_of
from comtoise_crawler.refusals import Refusals

PEACE_MAX = timedelta(days=1)  #: for how long a Retry-After is heard that no poll's own address gave


class Peace:
    """Remembers who refuses, and makes the others wait; one thread only."""

    def __init__(self, cards: Mapping[str, Source], *, usual: timedelta) -> None:
        """*usual* is the wait after a refusal that does not say for how long."""
        self._cards = cards
        self._usual = usual
        self._refusals = Refusals(cards)

    def answered(self, url: str, now: datetime) -> None:
        """A source at this address was answered well."""
        self._refusals.answered(url, now)

    def poll_refused(
        self, tx: Tx, state: PollState, *, asked: datetime | None, next_due: datetime, now: datetime
    ) -> None:
        """A source's own address asked for peace.

        Args:
            asked: Until when the host wishes to be left alone; None when it does not say.
            next_due: The next poll of this source, its host's wish and our own back-off included.
        """
        # What the host asked for holds for all whom it concerns; our own back-off for this one only.
        until = next_due if asked is not None else now + self._usual
        self._wait(tx, state.url, self._refusals.concerned(state, until, now), until)

    def further_refused(self, tx: Tx, refused: Answer, now: datetime) -> None:
        """A further address of a poll asked for peace: the sources of its host wait."""
        until = self._heard(refused, now) or now + self._usual
        self._wait(tx, refused.url, self._at_host(refused.url), until)

    def page_refused(self, tx: Tx, refused: Answer, now: datetime) -> None:
        """A page asked for peace: the pages of its host wait.

        Its sources wait only if it said for how long: one page out of order is not the host.
        """
        asked = self._heard(refused, now)
        waiting = self._at_host(refused.url) if asked is not None else []
        self._wait(tx, refused.url, waiting, asked or now + self._usual)

    def _wait(self, tx: Tx, url: str, source_ids: Sequence[str], until: datetime) -> None:
        """Make these sources and the pages of the host of *url* wait; who already waits longer still does."""
        if source_ids:
            sources.postpone(tx, source_ids, until)
        for origin in origins_of(url):
            articles.postpone_pages_at(tx, origin, until)

    def _heard(self, refused: Answer, now: datetime) -> datetime | None:
        asked = read_hints(refused.headers, now=now).not_before
        return min(asked, now + PEACE_MAX) if asked is not None else None

    def _at_host(self, url: str) -> list[str]:
        host = host_of(url)
        return [card.id for card in self._cards.values() if host_of(card.url) == host]
