"""Read what an index of sitemaps names: what changed, the newest first, a few at each poll.

An index may name thousands of sitemaps of 50,000 addresses, itself, or its own kind without end. A poll reads
`AT_ONCE` of them, `DEPTH_MAX` levels deep, each once. What changed is told by the date that the index gives;
without dates, by what was found in each before. One request of each poll goes to the sitemap that was left alone
longest, so that none is for ever.
Source: sitemaps.org.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from comtoise.errors import SourceError
from comtoise.model import Entry
from comtoise.store.known import ReadSitemap
from comtoise_crawler.following import Steps, fetch
from comtoise_crawler.reading import Child, read_sitemap

AT_ONCE = 5
DEPTH_MAX = 2
URL_MAX = 600  #: characters; a longer address names no sitemap of this world
WHOLE_DAY = timedelta(days=2)  #: a date without hours may stand for changes until then, in any zone

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the sitemaps of an index list."""

    entries: tuple[Entry, ...]  #: of those read before too
    first_read: tuple[Entry, ...]  #: of those never read before: not all that they list is new
    read: Mapping[str, ReadSitemap]
    answered: bool  #: one of them at least could be read, or none had to be


def follow(children: Sequence[Child], *, before: Mapping[str, ReadSitemap], now: datetime) -> Steps[Followed]:
    """Read the *children* of an index; *before* are those read at earlier polls, by address."""
    waiting = deque((child, 1) for child in choose(children, before))
    asked: set[str] = set()
    entries: list[Entry] = []
    first_read: list[Entry] = []
    read: dict[str, ReadSitemap] = {}
    answered = not waiting
    while waiting and len(asked) < AT_ONCE:
        child, depth = waiting.popleft()
        if child.url in asked:
            continue
        asked.add(child.url)
        answer = yield from fetch(child.url, "sitemap")
        if answer is None:
            continue
        try:
            found = read_sitemap(answer.body, url=answer.url, now=now, content_type=answer.content_type)
        except SourceError:
            continue
        answered = True
        if found.index and depth < DEPTH_MAX:
            waiting.extendleft(
                (inner, depth + 1)
                for inner in reversed(choose(found.index, before))
                if inner.url not in asked
            )
        (entries if child.url in before else first_read).extend(found.entries)
        dates = [entry.published for entry in found.entries if entry.published is not None]
        read[child.url] = ReadSitemap(lastmod=child.lastmod, read_at=now, newest=max(dates, default=None))
    return Followed(entries=tuple(entries), first_read=tuple(first_read), read=read, answered=answered)


def choose(children: Sequence[Child], before: Mapping[str, ReadSitemap]) -> list[Child]:
    """The sitemaps to read at this poll, at most `AT_ONCE`, in order."""
    due = [
        child for child in children if len(child.url) <= URL_MAX and _changed(child, before.get(child.url))
    ]

    def newest(child: Child) -> tuple[datetime, datetime]:
        known = before.get(child.url)
        return (child.modified or _NEVER, (known.newest if known else None) or _NEVER)

    first = sorted(due, key=newest, reverse=True)  # stable: what has no date keeps the order of the index
    chosen = first[: AT_ONCE - 1]
    alone = sorted(
        islice(first, AT_ONCE - 1, None),
        key=lambda child: before[child.url].read_at if child.url in before else _NEVER,
    )
    return chosen + alone[:1]


def _changed(child: Child, before: ReadSitemap | None) -> bool:
    if before is None or child.lastmod is None or child.lastmod != before.lastmod:
        return True
    whole_day = "T" not in child.lastmod
    return whole_day and child.modified is not None and before.read_at - child.modified < WHOLE_DAY
