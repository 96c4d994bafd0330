"""Whom a « slow down » (429, 503) concerns: the host by default, wider or narrower when the host shows that it is so.

A limit that two hosts of one domain show is the domain's: a platform that gives each of its sites a name. One that a
single source meets while others of its host are answered is that source's alone.
"""

from collections.abc import Mapping
from datetime import datetime

from comtoise.model import Source
from comtoise.store.sources import PollState
from comtoise_crawler.hosts import host_of
from comtoise_crawler.moves import same_site

SLOW_DOWN = frozenset({429, 503})


class Refusals:
    """Which hosts refuse at the moment, and which have answered since."""

    def __init__(self, cards: Mapping[str, Source]) -> None:
        self._cards = cards
        self._answered: dict[str, datetime] = {}
        self._refusing: dict[str, datetime] = {}  #: address polled, until when

    def answered(self, url: str, now: datetime) -> None:
        """A source of this host was answered well."""
        self._answered[host_of(url)] = now

    def concerned(self, state: PollState, until: datetime, now: datetime) -> list[str]:
        """The sources to leave alone, after *state* was told to slow down until a moment."""
        url, host = state.url, host_of(state.url)
        self._refusing = {other: end for other, end in self._refusing.items() if end > now}
        wide = any(host_of(other) != host and same_site(other, url) for other in self._refusing)
        self._refusing[url] = until
        answered = self._answered.get(host)
        again = state.error_kind in {f"http-{status}" for status in SLOW_DOWN}
        if again and answered and state.last_polled_at and answered > state.last_polled_at:
            return [state.source_id]
        return [
            card.id
            for card in self._cards.values()
            if host_of(card.url) == host or (wide and same_site(card.url, url))
        ]
