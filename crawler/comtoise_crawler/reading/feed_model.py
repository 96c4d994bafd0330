"""A feed as values."""

from dataclasses import dataclass
from enum import StrEnum

from comtoise.model import Entry


class FeedKind(StrEnum):
    """The dialect of a feed."""

    RSS_090 = "rss-0.90"
    RSS_091 = "rss-0.91"
    RSS_092 = "rss-0.92"
    RSS_10 = "rss-1.0"
    RSS_20 = "rss-2.0"
    RSS = "rss"  #: RSS that does not say its version, or a strange one
    ATOM_03 = "atom-0.3"
    ATOM_10 = "atom-1.0"
    CDF = "cdf"
    JSON = "json"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a source lists at one poll.

    `entries` are all that the document lists, in its order, at most 2,000. An entry may lack title and
    address (a status feed, a mistake): the collector keeps `news` only.
    """

    kind: FeedKind
    title: str = ""
    site: str | None = None  #: the address of the site, absolute
    entries: tuple[Entry, ...] = ()
    language: str | None = None
    ttl_s: int | None = None  #: seconds between changes, as the feed says (ttl, sy:updatePeriod)
    hub: str | None = None  #: WebSub
    self_url: str | None = None  #: the topic to subscribe to at the hub
    older: str | None = None  #: RFC 5005: the archive or page before this one
    newer: str | None = None  #: RFC 5005: the archive or page after this one
    encoding: str = "utf-8"  #: what the bytes were read as
    problems: tuple[str, ...] = ()  #: in French, for the desk; the feed was read all the same

    @property
    def news(self) -> tuple[Entry, ...]:
        """The entries that can become articles."""
        return tuple(entry for entry in self.entries if entry.url or entry.title)
