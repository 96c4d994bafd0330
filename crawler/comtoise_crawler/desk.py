"""The desk that a poll under way turns to: what the store knows of its source."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from comtoise.model import Entry
from comtoise.store import Database, addresses, known
from comtoise_crawler.gathering import Desk
from comtoise_crawler.repair import named_sitemaps
from comtoise_crawler.rules import Rules


def desk_of(source_id: str, *, database: Database, rules: Rules) -> Desk:
    """What gathering may ask about a source; each question is a transaction of its own."""

    def positions(entries: Sequence[Entry], by_title: bool) -> frozenset[int]:
        with database.read() as tx:
            return known.entries(tx, source_id, entries, by_title=by_title)

    def anything_known() -> bool:
        with database.read() as tx:
            return known.anything(tx, source_id)

    def taken(url: str) -> bool:
        with database.read() as tx:
            return addresses.taken(tx, source_id, url)

    def sitemaps_read() -> Mapping[str, known.ReadSitemap]:
        with database.read() as tx:
            return known.sitemaps(tx, source_id)

    def sitemaps_named(url: str) -> Sequence[str]:
        parts = urlsplit(url)
        kept = rules.robots_of(f"{parts.scheme}://{parts.netloc}")
        return named_sitemaps(kept[1].body or "", url) if kept is not None else ()

    return Desk(
        known=positions,
        anything_known=anything_known,
        taken=taken,
        sitemaps_read=sitemaps_read,
        sitemaps_named=sitemaps_named,
    )
