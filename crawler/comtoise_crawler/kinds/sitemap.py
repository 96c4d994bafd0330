"""Sitemaps, news sitemaps and indexes of them; `comtoise_crawler.sitemaps` reads what an index names."""

from datetime import datetime

from comtoise.model import Source
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds.listed import Listed
from comtoise_crawler.reading import read_sitemap


def read(answer: Answer, source: Source, now: datetime) -> Listed:  # noqa: ARG001 (a sitemap says it all)
    """Read a sitemap. Raises `SourceError` when it is none."""
    sitemap = read_sitemap(answer.body, url=answer.url, now=now, content_type=answer.content_type)
    return Listed(entries=sitemap.entries, children=sitemap.index)
