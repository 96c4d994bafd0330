"""The packaged sources, and the cards to poll made of them.

A source gives one card by its best address (a feed seen in a public list before a feed guessed from the
site's technology, before a page of news, before the home page), and one more for each feed of its own
coverage: a daily's editions. The register of commercial notices gives one card per département. Nothing was
checked live when the list was made, hence `confidence`.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import urlencode

from comtoise.knowledge.cards import PackagedFeed, PackagedSource
from comtoise.knowledge.load import card, places, read_json
from comtoise.model import Access, Source, SourceKind

REGISTER = "bodacc"  #: the id that stands for all the cards of the register
NOTICES_MAX = 100  #: of one answer, as the register's interface allows

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
    if source.id == REGISTER:
        return tuple(_register(source, d.code, d.name) for d in places().departements)
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
    if source.polled and source.feeds:
        return SourceKind.FEED, source.feeds[0].url
    return SourceKind.LISTING, source.listing_page or source.homepage


def register_url(departements: Iterable[str]) -> str:
    """Where the register lists the collective procedures of these départements (INSEE codes), newest first."""
    source = next(source for source in packaged_sources() if source.id == REGISTER)
    named = ",".join(f'"{code}"' for code in departements)
    where = f'familleavis="collective" and numerodepartement in ({named})'
    query = {"where": where, "order_by": "dateparution desc", "limit": NOTICES_MAX}
    return f"{source.feeds[0].url}?{urlencode(query)}"


def _register(source: PackagedSource, code: str, name: str) -> Source:
    """The notices of one département; they are whole in the answer, their pages say nothing more."""
    return Source(
        id=f"{REGISTER}-{code.lower()}",
        name=f"BODACC – {name}",
        kind=SourceKind.BODACC,
        url=register_url([code]),
        homepage=source.homepage,
        departements=(code,),
        language=source.language,
        fetch_pages=False,
        full_text_licence="Licence Ouverte" in source.rights,
        origin=source.origin,
        confidence=source.confidence,
    )


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
