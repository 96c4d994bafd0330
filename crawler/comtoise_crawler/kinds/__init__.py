"""One module per kind of source: an answer goes in, entries come out.

A new kind is one module here and one line in `READERS`. Reading is pure and runs off the event loop.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from comtoise.model import Source, SourceKind
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds import bodacc, feed, listing, sitemap, wordpress
from comtoise_crawler.kinds.listed import Listed, has_title

READERS: Mapping[SourceKind, Callable[[Answer, Source, datetime], Listed]] = {
    SourceKind.FEED: feed.read,
    SourceKind.LISTING: listing.read,
    SourceKind.SITEMAP: sitemap.read,
    SourceKind.WORDPRESS: wordpress.read,
    SourceKind.BODACC: bodacc.read,
}

__all__ = ["READERS", "Listed", "has_title"]
