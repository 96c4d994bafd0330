"""A source: a place that publishes, as its card in the configuration describes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class SourceKind(StrEnum):
    """How a source lists what it publishes; one reader per kind."""

    FEED = "feed"  #: RSS, RDF, Atom or JSON Feed
    LISTING = "listing"  #: a page of links
    SITEMAP = "sitemap"  #: sitemap or news sitemap
    WORDPRESS = "wordpress"  #: the REST interface of WordPress
    BODACC = "bodacc"  #: the official register of commercial notices


class Access(StrEnum):
    """Who may read the articles of a source."""

    OPEN = "open"
    PARTLY = "partly"
    SUBSCRIBERS = "subscribers"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingSelectors:
    """Where a listing page keeps its links: CSS selectors, `date` and `summary` optional."""

    item: str
    link: str = "a"
    title: str | None = None
    date: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A card: what to poll, how, and what may be done with what is found."""

    id: str  #: stable, [a-z0-9-]
    name: str  #: as readers see it
    kind: SourceKind
    url: str  #: the address polled
    homepage: str | None = None
    departements: tuple[str, ...] = ()  #: coverage, INSEE codes ("25", "2A")
    region: str | None = None
    sectors: tuple[str, ...] = ()  #: the source writes about these only (a cluster's own site)
    language: str = "fr"
    access: Access = Access.OPEN
    fetch_pages: bool = True  #: False: keep to what the source lists, never fetch its pages
    full_text_licence: bool = False  #: True: the licence allows keeping the text beyond 72 h
    extract_max: int = 200  #: characters of the publisher's words shown to readers, 0 to 280
    weight: float = 1.0  #: worth of a minute's delay against other sources, above 0
    interval_s: int | None = None  #: a fixed rhythm instead of the computed one, seconds
    selectors: ListingSelectors | None = None  #: for LISTING only
    origin: str = "config"  #: where the card comes from
    confidence: str = "high"  #: high, medium or low: how sure the card is


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsSign:
    """One thing that a publisher says, for machines, of the use of its texts."""

    where: str  #: robots.txt, tdmrep.json, header or meta (of the list), page (of an article)
    says: str  #: as it was said, shortened
    reserved: bool  #: True refuses, False allows or concerns what we do not do
    at: datetime  #: aware; when it was read


#: How long the word of one article's page stands for its source: then one more page is asked.
PAGE_WORD = timedelta(days=7)
_TDM_ORDER = ("tdmrep.json", "header", "meta", "page")


def is_reserved(signs: Iterable[RightsSign], now: datetime) -> bool | None:
    """Whether a source's texts are reserved: True, False when it says they are free, None when it is silent.

    Of the TDM protocol's three places the nearest to the text wins (file, header, meta: W3C TDMRep); any other
    refusal is a refusal.
    """
    tdm: dict[str, bool] = {}
    for sign in signs:
        if sign.where == "page" and now - sign.at > PAGE_WORD:
            continue
        if sign.says.startswith("tdm-reservation"):
            tdm[sign.where] = sign.reserved
        elif sign.reserved:
            return True
    return next((tdm[where] for where in reversed(_TDM_ORDER) if where in tdm), None)
