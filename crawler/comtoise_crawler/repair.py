"""A window replaced whole between two polls: what fell out of it is looked for in the archive.

Three archives, whichever the source has: pages that its feed names (RFC 5005), the pages of WordPress, the news
sitemap that robots.txt names. They are read back until something known is met; if nothing known is met, or there is
no archive, what is missing stays missing, and is counted.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from comtoise.errors import SourceError
from comtoise.model import Entry, Source, SourceKind
from comtoise.text.clean import clean_url
from comtoise_crawler.answer import Answer
from comtoise_crawler.following import Steps, fetch
from comtoise_crawler.kinds import READERS, Listed, has_title
from comtoise_crawler.moves import same_site
from comtoise_crawler.rhythms import WINDOW_LEAST

PAGES_MAX = 5  #: requests of one repair
ZONES = timedelta(days=1)  #: dates without a zone, or of a whole day, may be wrong by this

#: The positions of the entries that the source showed before.
Known = Callable[[Sequence[Entry]], frozenset[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What the archive gave back."""

    entries: tuple[Entry, ...]
    whole: bool  #: something known was met: nothing is missing any more


def window_replaced(known: Collection[int], shown: int) -> bool:
    """Whether a source that had shown something before shows nothing of it any more.

    Args:
        known: Which of the entries shown now were shown before.
        shown: How many are shown now; a few are replaced by a day like others.
    """
    return shown >= WINDOW_LEAST and not known


def repair(
    card: Source,
    kind: SourceKind,
    answer: Answer,
    listed: Listed,
    *,
    known: Known,
    since: datetime | None,
    sitemaps: Sequence[str],
    now: datetime,
) -> Steps[Repaired]:
    """Read back from a list of which nothing is known.

    Args:
        kind: How the list was read.
        since: The last good poll: what was published before is not missing.
        sitemaps: What the robots.txt of the site names.
    """
    recovered: list[Entry] = []
    several = {url for url, times in Counter(entry.url for entry in listed.entries).items() if times > 1}

    def name(entry: Entry) -> tuple[str | None, ...]:
        """By its address, unless the source has one address for many."""
        if entry.url is not None and entry.url not in several:
            return (entry.url,)
        return (entry.url, entry.guid or entry.title)

    seen = set(map(name, listed.entries))
    pages: Iterator[str] | None = None
    read: SourceKind = kind
    if kind is SourceKind.FEED and listed.older is not None:
        pass  # page after page, as each names the one before it
    elif kind is SourceKind.WORDPRESS or (kind is SourceKind.FEED and _is_wordpress(answer.url)):
        pages = _numbered(answer.url, "paged" if kind is SourceKind.FEED else "page")
    else:
        pages, read = iter(_news(sitemaps)), SourceKind.SITEMAP
    for _request in range(PAGES_MAX):
        url = listed.older if pages is None else next(pages, None)
        if url is None or not same_site(url, answer.url):
            break
        page = yield from fetch(url, "archive")
        if page is None:
            break
        try:
            listed = READERS[read](page, card, now)
        except SourceError:
            break
        fresh = [entry for entry in listed.entries if name(entry) not in seen]
        if not fresh and read is not SourceKind.SITEMAP:
            break  # the site gives the same page whatever is asked
        seen.update(map(name, fresh))
        met = known(fresh)
        recovered += (
            entry
            for place, entry in enumerate(fresh)
            if place not in met and _missed(entry, place, met, since) and has_title(card, entry)
        )
        if met:
            return Repaired(entries=tuple(recovered), whole=True)
    return Repaired(entries=tuple(recovered), whole=False)


def _missed(entry: Entry, place: int, met: Collection[int], since: datetime | None) -> bool:
    """Whether an unknown entry of the archive came out after the last good poll."""
    before_met = not met or place < min(met)
    if entry.published is None or since is None:
        return before_met
    return entry.published >= (since - ZONES if before_met else since)


def _is_wordpress(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.rstrip("/").endswith("/feed") or "feed=" in parts.query


def _numbered(url: str, parameter: str) -> Iterator[str]:
    """The pages after the first, by number."""
    parts = urlsplit(url)
    others = [(name, value) for name, value in parse_qsl(parts.query, True) if name != parameter]
    for number in count(2):
        query = urlencode([*others, (parameter, str(number))])
        yield urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def named_sitemaps(robots: str, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, absolute; *url* is any address of its host."""
    lines = (line.partition(":") for line in robots.splitlines() if line[:8].lower() == "sitemap:")
    named = (clean_url(value.partition("#")[0], url) for _name, _colon, value in lines)
    return tuple(address for address in named if address is not None)


def _news(sitemaps: Sequence[str]) -> list[str]:
    """The news sitemaps of the site; a sitemap of everything would be a download of the site."""
    return [sitemap for sitemap in sitemaps if "news" in sitemap.lower() or "actu" in sitemap.lower()][:2]
