"""Of all that a source shows at a poll, what is news and what is only new to us.

A source read for the first time, a sitemap opened for the first time, a list found at another address: much in them
is unknown and old. What is dated before the last good poll is kept without alerting; so is what bears no date where
everything is unknown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from comtoise.model import Entry
from comtoise.store.sources import PollState
from comtoise_crawler.gathering import Gathered
from comtoise_crawler.repair import ZONES

KEPT_MAX = 200  #: old addresses of sitemaps that become articles; the others are remembered as listed
RELAUNCH = 2_000  #: unknown addresses at one poll: no newsroom writes so much, the site changed its addresses
RELAUNCH_LEAST = 50  #: so many without date, and half of the list: the same
LATE = timedelta(days=7)  #: what is listed for the first time so long after its date is no news

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Entries to keep, in the order in which the source shows them."""

    news: tuple[Entry, ...]
    old: tuple[Entry, ...] = ()  #: kept, and never alerted


def sort_list(found: Gathered, state: PollState) -> Sorted:
    """The entries of a feed, a page of links or a register; what its archive gave back comes last."""
    shown = found.listed.entries
    if found.repaired is not None:
        shown += found.repaired.entries
    if not state.seeded:
        return Sorted((), shown)
    since = state.last_success_at
    if state.last_new_at is None and since is not None:  # it answered before, and showed nothing
        return _parted(shown, lambda entry: entry.published is not None and entry.published >= since - ZONES)
    if not found.elsewhere or since is None:
        return Sorted(shown)
    first_there = not _same_place(found, state)

    def is_news(entry: Entry) -> bool:
        if entry.published is None:
            return not first_there
        return entry.published >= (since if first_there else since - LATE)

    return _parted(shown, is_news)


def _parted(shown: Sequence[Entry], is_news: Callable[[Entry], bool]) -> Sorted:
    return Sorted(tuple(filter(is_news, shown)), tuple(entry for entry in shown if not is_news(entry)))


def sort_sitemaps(found: Gathered, state: PollState, unlisted: Sequence[Entry]) -> Sorted:
    """The entries of sitemaps that no sitemap of the source listed before."""
    since = state.last_success_at if state.seeded else None
    strangers = {entry.url for entry in (found.first_read if _same_place(found, state) else unlisted)}
    undated = [entry.url for entry in unlisted if entry.published is None and entry.url not in strangers]
    relaunch = len(undated) > max(RELAUNCH_LEAST, len(found.listed.entries) / 2)

    def is_news(entry: Entry) -> bool:
        if since is None:
            return False
        if entry.published is None:
            return entry.url not in strangers and not relaunch
        return entry.published >= (since if entry.url in strangers else since - LATE)

    news = [entry for entry in unlisted if is_news(entry)]
    if len(news) > RELAUNCH:
        news = []
    known = {entry.url for entry in news}
    old = sorted(
        (entry for entry in unlisted if entry.url not in known),
        key=lambda entry: entry.published or _NEVER,
        reverse=True,
    )
    return Sorted(tuple(news), tuple(old[:KEPT_MAX]))


def _same_place(found: Gathered, state: PollState) -> bool:
    """Whether the source is where it was, and is not sent elsewhere for the first time."""
    return (found.address.url, found.address.move_to) == (state.address.url, state.address.move_to)
