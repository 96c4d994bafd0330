"""An article: an entry kept. One per canonical address, whatever source it came by."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news item before any decision about it."""

    id: str  #: opaque; the row's key in the store, the given id on the command line
    url: str | None  #: canonical form; the identity of the article
    title: str
    text: str  #: body or summary, plain, may be empty
    source: str | None = None  #: id of the source, or any name on the command line
    language: str = "fr"
    published: datetime | None = None  #: aware, UTC; None when the source gives no date
    first_seen: datetime | None = None  #: aware, UTC
