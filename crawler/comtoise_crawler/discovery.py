"""Find a source's feed where its card names none, or one that answers no more: what pages announce comes first.

A page that announces no feed (a challenge, a consent form, « back soon ») changes nothing. A candidate is believed
when it can be read and lists recent entries of the source's own site; and, for a source that has been read before,
when it lists something that the source had shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from comtoise.errors import SourceError
from comtoise.model import Entry, Source, SourceKind
from comtoise.store.addresses import Address
from comtoise_crawler.answer import Answer
from comtoise_crawler.following import Steps, fetch
from comtoise_crawler.kinds import READERS, Listed, has_title
from comtoise_crawler.moves import same_site
from comtoise_crawler.reading import find_feeds

LOOK_AGAIN = timedelta(days=30)  #: after a look that found nothing
TRIED_MAX = 4  #: addresses tried at one look
FRESH = timedelta(days=365)  #: a feed without anything younger has been left behind by its site
#: Where sites keep a feed that their pages do not announce, and how it is read.
USUAL = (
    ("/feed/", SourceKind.FEED),
    ("/rss", SourceKind.FEED),
    ("/rss.xml", SourceKind.FEED),
    ("/sitemap_news.xml", SourceKind.SITEMAP),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """A list found at another address than the card's."""

    url: str
    kind: SourceKind
    how: str  #: announced or usual
    listed: Listed
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Whose feed is looked for, and what is acceptable."""

    card: Source
    now: datetime
    taken: Callable[[str], bool]  #: another source is polled there
    known: Callable[[tuple[Entry, ...]], int] | None  #: how many were shown before; None: nothing ever was
    most: bool = False  #: half must be known, not one: a redirect may send many sources to one page


def is_due(card: Source, address: Address, now: datetime) -> bool:
    """Whether to look for the feed of a page of links that has no selectors of its own."""
    return (
        card.kind is SourceKind.LISTING
        and card.selectors is None
        and address.url is None
        and rested(address, now)
    )


def rested(address: Address, now: datetime) -> bool:
    """Whether the last look is long ago."""
    return address.looked_at is None or now - address.looked_at >= LOOK_AGAIN


def announced(page: Answer) -> tuple[str, ...]:
    """The feeds that a page announces, those of its own section first, without feeds of comments."""
    try:
        found = find_feeds(page.body, url=page.url, content_type=page.content_type)
    except SourceError:
        return ()
    section = page.url.partition("?")[0].rstrip("/") + "/"
    feeds = [url for url in found if "comment" not in url.lower() and url != page.url]
    return tuple(sorted(feeds, key=lambda url: not url.startswith(section)))


def usual(page_url: str) -> Iterator[tuple[str, SourceKind]]:
    """The usual places of the page's site."""
    parts = urlsplit(page_url)
    for path, kind in USUAL:
        yield urljoin(f"{parts.scheme}://{parts.netloc}", path), kind


def find(look: Look, page: Answer, *, usual_places: bool) -> Steps[Discovered | None]:
    """The feed of *page*: the first announced one that is acceptable, else, if asked for, one in a usual place."""
    feeds = announced(page)
    candidates = [(url, SourceKind.FEED, "announced") for url in feeds]
    if not feeds and usual_places:
        candidates = [(url, kind, "usual") for url, kind in usual(page.url)]
    for url, kind, how in candidates[:TRIED_MAX]:
        if look.taken(url):
            continue
        answer = yield from fetch(url, how)
        if answer is None or (answer.url != url and look.taken(answer.url)):
            continue
        try:
            listed = READERS[kind](answer, look.card, look.now)
        except SourceError:
            continue
        if _acceptable(look, page.url, listed):
            return Discovered(url=url, kind=kind, how=how, listed=listed, answer=answer)
    return None


def _acceptable(look: Look, page_url: str, listed: Listed) -> bool:
    entries = tuple(entry for entry in listed.entries if has_title(look.card, entry))
    dates = [entry.published for entry in entries if entry.published is not None]
    if not entries or (dates and look.now - max(dates) > FRESH):
        return False
    own = sum(1 for entry in entries if entry.url and same_site(entry.url, page_url))
    if 2 * own < sum(1 for entry in entries if entry.url):
        return False
    if look.known is None:
        return True
    known = look.known(entries)
    return 2 * known >= len(entries) if look.most else known > 0
