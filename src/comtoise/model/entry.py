"""An entry: what a source lists at one poll, as found, cleaned once at the door."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a feed, listing, sitemap or register.

    Texts are plain: no tag, no control or bidirectional character, NFC. An entry without address and
    without title is not an entry.
    """

    url: str | None  #: absolute http(s) address as found; None when the source gives none
    guid: str | None  #: the source's own identifier, opaque
    title: str
    summary: str = ""
    content: str = ""  #: full text, when the source lists it
    published: datetime | None = None  #: aware, UTC
    updated: datetime | None = None  #: aware, UTC
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an article's page says, without its furniture."""

    canonical_url: str | None
    title: str
    text: str  #: paragraphs separated by one newline
    published: datetime | None = (
        None  #: aware, in the zone the page states, else Paris: its day is the one printed
    )
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    paywalled: bool = False
    site: str | None = None
    tdm_reserved: bool | None = None  #: the page's own text-and-data-mining reservation, None when silent
    directives: tuple[str, ...] = ()  #: what its metas ask of robots, as written
