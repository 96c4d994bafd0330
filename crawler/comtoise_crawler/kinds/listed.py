"""What a source lists at one poll."""

from dataclasses import dataclass

from comtoise.model import Access, Entry, Source
from comtoise_crawler.reading import Child


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Entries in the source's order, and what it says of its rhythm."""

    entries: tuple[Entry, ...]
    ttl_s: int | None = None  #: how long the source says its list stays the same, seconds
    older: str | None = None  #: where what came before is listed (RFC 5005)
    children: tuple[Child, ...] = ()  #: further lists to read, of an index of sitemaps
    hub: str | None = None  #: WebSub: where its news are announced
    topic: str | None = None  #: the source's own name for itself there


def has_title(source: Source, entry: Entry) -> bool:
    """Whether an entry has a title, or a page that may be read for it."""
    return bool(entry.title) or (source.fetch_pages and source.access is not Access.SUBSCRIBERS)
