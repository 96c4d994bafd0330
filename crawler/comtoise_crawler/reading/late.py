"""The doors to readers that most polls never need: what is behind one is loaded when it is first opened.

A collector that reads feeds, and most do nothing else most of the day, does without trafilatura, htmldate, feedparser
and the public suffix list. They are thirty packages, 10 MiB of memory and a third of a second at every start, of the
command line too. All else is imported at the top of its module.
"""

from datetime import datetime

from comtoise.model import Page
from comtoise_crawler.reading.decoding import Decoded
from comtoise_crawler.reading.feed_model import Feed


def read_page(body: bytes, *, url: str, content_type: str | None = None, now: datetime) -> Page:
    """An article's page: see `comtoise_crawler.reading.page.read_page`."""
    from comtoise_crawler.reading import page

    return page.read_page(body, url=url, content_type=content_type, now=now)


def read_broken_feed(document: Decoded, *, url: str, now: datetime) -> Feed | None:
    """A feed that the fast reader cannot make sense of: see `comtoise_crawler.reading.tolerant.read`."""
    from comtoise_crawler.reading import tolerant

    return tolerant.read(document, url=url, now=now)


def registrable_domain(url: str) -> str | None:
    """``gazette.example`` for any host below it, by the public suffix list; None for what is in none."""
    from courlan import extract_domain

    return extract_domain(url)
