"""The packaged sources, and the cards to poll made of them.

A source gives one card by its best address (a feed seen in a public list before a feed guessed from the
site's technology, before a page of news, before the home page), and one more for each feed of its own
coverage: a daily's editions. Nothing was checked live when the list was made, hence `confidence`.
"""

from functools import cache
from typing import Any

from comtoise.knowledge.cards import PackagedFeed, PackagedSource
from comtoise.knowledge.load import card, read_json
from comtoise.model import Access, Source, SourceKind

_ACCESS = {"non": Access.OPEN, "partiel": Access.PARTLY, "oui": Access.SUBSCRIBERS}


@cache
def packaged_sources() -> tuple[PackagedSource, ...]:
    """Return the publishers known, in the file's order; read once per process."""
    return tuple(_source(row) for row in read_json("sources.json")["sources"])


def source_cards(source: PackagedSource) -> tuple[Source, ...]:
    """Return the cards of *source*: its own id first, then one per edition.

    Pages that only subscribers may read are not fetched: such a source is kept to what it lists. Text is kept
    beyond 72 hours only under the Licence Ouverte.
    """
    kind, url = _address(source)
    main = Source(
        id=source.id,
        name=source.name,
        kind=kind,
        url=url,
        homepage=source.homepage,
        departements=source.departements,
        region=source.region,
        sectors=source.sectors,
        language=source.language,
        access=_ACCESS[source.paywall],
        fetch_pages=source.paywall != "oui",
        full_text_licence="Licence Ouverte" in source.rights,
        origin=source.origin,
        confidence=source.confidence,
    )
    return (main, *(_edition(source, feed) for feed in source.feeds if feed.id))


def _address(source: PackagedSource) -> tuple[SourceKind, str]:
    if source.id == "bodacc":
        return SourceKind.BODACC, source.feeds[0].url
    if source.polled and source.feeds:
        return SourceKind.FEED, source.feeds[0].url
    return SourceKind.LISTING, source.listing_page or source.homepage


def _edition(source: PackagedSource, feed: PackagedFeed) -> Source:
    return Source(
        id=feed.id or source.id,
        name=f"{source.name} – {feed.name}",
        kind=SourceKind.FEED,
        url=feed.url,
        homepage=source.homepage,
        departements=feed.departements,
        region=source.region,
        sectors=source.sectors,
        language=source.language,
        access=_ACCESS[source.paywall],
        fetch_pages=source.paywall != "oui",
        origin=source.origin,
        confidence=source.confidence,
    )


def _source(row: dict[str, Any]) -> PackagedSource:
    return card(PackagedSource, row | {"feeds": [card(PackagedFeed, feed) for feed in row["feeds"]]})
