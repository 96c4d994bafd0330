"""What is known already of what a source shows: asked before anything is kept."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, delete, exists, insert, select

from comtoise.model import Entry
from comtoise.store.addresses import place_of
from comtoise.store.articles import Found, short_key
from comtoise.store.database import Tx
from comtoise.store.shelf import in_lots
from comtoise.store.tables import ArticleRow, Base, ListedRow, SightingRow, SitemapRow
from comtoise.stories import canonical_url

# Asked at every poll that shows something: plain statements, made once.
_ARTICLE = Base.metadata.tables[ArticleRow.__tablename__]
_SIGHTING = Base.metadata.tables[SightingRow.__tablename__]
_SOURCE: BindParameter[str] = bindparam("source")
_ASKED: BindParameter[str] = bindparam("asked", expanding=True)
_GUIDS = select(_SIGHTING.c.guid).where(_SIGHTING.c.source_id == _SOURCE, _SIGHTING.c.guid.in_(_ASKED))
_IDENTITIES = select(_ARTICLE.c.identity).where(
    _ARTICLE.c.source_id == _SOURCE, _ARTICLE.c.identity.in_(_ASKED)
)


def entries(tx: Tx, source_id: str, shown: Sequence[Entry], *, by_title: bool = False) -> frozenset[int]:
    """The positions in *shown* of entries that the source showed before.

    An entry is known by its guid, when no other entry shown has it, or by its address. With *by_title* also by
    its title: a site that moved changes guids and addresses, not its headlines.
    """
    shared = Counter(entry.guid for entry in shown if entry.guid)
    keys: dict[str, list[int]] = {}
    titles: dict[str, list[int]] = {}
    for place, entry in enumerate(shown):
        canonical = canonical_url(entry.url) if entry.url else None
        guid = entry.guid if entry.guid and shared[entry.guid] == 1 else None
        for key in {guid, canonical} - {None}:
            keys.setdefault(short_key(str(key)), []).append(place)
        if by_title and entry.title:
            titles.setdefault(entry.title, []).append(place)
    found: set[int] = set()
    for some in in_lots(keys):
        asked = {"source": source_id, "asked": some}
        seen = tx.execute(_GUIDS, asked).scalars().all()
        same = tx.execute(_IDENTITIES, asked).scalars().all()
        found.update(place for key in (*seen, *same) for place in keys[key])
    for some in in_lots(titles):
        told = tx.scalars(
            select(ArticleRow.title).where(ArticleRow.source_id == source_id, ArticleRow.title.in_(some))
        )
        found.update(place for title in told for place in titles[title])
    return frozenset(found)


def anything(tx: Tx, source_id: str) -> bool:
    """Whether the source has shown anything that is still kept."""
    return bool(tx.scalar(select(exists().where(SightingRow.source_id == source_id))))


def by_title(tx: Tx, source_id: str, found: Sequence[Found], *, since: datetime | None) -> list[Found]:
    """*found*, at another address than before: what is unknown takes the identity of the article of its title.

    A title that several entries or several articles have says nothing, nor does that of an entry dated after
    *since*, the last good poll: « Revue de presse » comes back every day.
    """
    before = entries(tx, source_id, [item.entry for item in found])
    shown = Counter(item.entry.title for item in found)
    unknown = {
        item.entry.title
        for place, item in enumerate(found)
        if place not in before
        and (since is None or item.entry.published is None or item.entry.published < since)
    } - {""}
    named: dict[str, list[str]] = {}
    for some in in_lots(title for title in unknown if shown[title] == 1):
        rows = tx.execute(
            select(ArticleRow.title, ArticleRow.identity).where(
                ArticleRow.source_id == source_id, ArticleRow.title.in_(some)
            )
        )
        for title, identity in rows:
            named.setdefault(title, []).append(identity)
    ours = {title: identities[0] for title, identities in named.items() if len(identities) == 1}
    return [
        item
        if place in before or item.entry.title not in ours
        else replace(item, canonical=ours[item.entry.title])
        for place, item in enumerate(found)
    ]


# Sitemaps


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSitemap:
    """A sitemap of an index as it was when it was last read."""

    lastmod: str | None  #: as the index spelt it
    read_at: datetime
    newest: datetime | None  #: the newest date in it


def sitemaps(tx: Tx, source_id: str) -> dict[str, ReadSitemap]:
    """The sitemaps read so far, by address."""
    rows = tx.scalars(select(SitemapRow).where(SitemapRow.source_id == source_id))
    return {row.url: ReadSitemap(lastmod=row.lastmod, read_at=row.read_at, newest=row.newest) for row in rows}


def keep_sitemaps(tx: Tx, source_id: str, read: Mapping[str, ReadSitemap]) -> None:
    """Remember the sitemaps read at a poll."""
    for url, sitemap in read.items():
        tx.merge(
            SitemapRow(
                source_id=source_id,
                url=url,
                lastmod=sitemap.lastmod,
                read_at=sitemap.read_at,
                newest=sitemap.newest,
            )
        )
    tx.flush()


def unlisted(tx: Tx, source_id: str, shown: Sequence[Entry]) -> list[Entry]:
    """Those of *shown* that no sitemap of the source listed before; an address listed twice comes once."""
    before = set(tx.scalars(select(ListedRow.key).where(ListedRow.source_id == source_id)))
    new: dict[int, Entry] = {}
    for entry in shown:
        key = _key(entry)
        if key not in before:
            new.setdefault(key, entry)
    return list(new.values())


def keep_listed(tx: Tx, source_id: str, shown: Iterable[Entry]) -> None:
    """Remember addresses that `unlisted` named. They outlive their articles: an old page is not news again."""
    keys = dict.fromkeys(map(_key, shown))
    for some in in_lots(keys):
        tx.execute(insert(ListedRow), [{"source_id": source_id, "key": key} for key in some])


def forget_listed(tx: Tx, source_id: str) -> None:
    """Forget what the sitemaps of a source listed: its address is another."""
    tx.execute(delete(ListedRow).where(ListedRow.source_id == source_id))
    tx.execute(delete(SitemapRow).where(SitemapRow.source_id == source_id))


def _key(entry: Entry) -> int:
    # Not the canonical address: it costs too much for the 50,000 entries of a sitemap.
    return int.from_bytes(hashlib.blake2b(place_of(entry.url or "").encode(), digest_size=8).digest()) >> 1
