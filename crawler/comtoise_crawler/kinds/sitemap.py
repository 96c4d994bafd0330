"""Sitemaps and news sitemaps."""

from datetime import datetime

from comtoise.model import Source
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds.listed import Listed
from comtoise_crawler.reading import read_sitemap


def read(answer: Answer, source: Source, now: datetime) -> Listed:  # noqa: ARG001 (a sitemap says it all)
    """Read a sitemap. Raises `SourceError` when it is none."""
    return Listed(entries=tuple(read_sitemap(answer.body, url=answer.url, now=now).entries))
