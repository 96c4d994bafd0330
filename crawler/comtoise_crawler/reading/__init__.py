"""Reading: bytes in, values out. No fetching, no clock, no state; every reader runs off the event loop."""

from comtoise_crawler.reading.errors import NotAFeed, NotAPage
from comtoise_crawler.reading.feed import Feed, FeedKind, read_feed
from comtoise_crawler.reading.late import read_page
from comtoise_crawler.reading.listing import find_feeds, read_listing
from comtoise_crawler.reading.records import read_bodacc, read_wordpress
from comtoise_crawler.reading.sitemap import Child, Sitemap, read_sitemap

__all__ = [
    "Child",
    "Feed",
    "FeedKind",
    "NotAFeed",
    "NotAPage",
    "Sitemap",
    "find_feeds",
    "read_bodacc",
    "read_feed",
    "read_listing",
    "read_page",
    "read_sitemap",
    "read_wordpress",
]
