"""Feeds: RSS 0.9x, 1.0, 2.0, Atom, JSON Feed."""

from datetime import datetime

from comtoise.model import Source
from comtoise_crawler.answer import Answer
from comtoise_crawler.kinds.listed import Listed
from comtoise_crawler.reading import read_feed


def read(answer: Answer, source: Source, now: datetime) -> Listed:  # noqa: ARG001 (a feed says it all)
    """Read a feed document. Raises `SourceError` when it is none."""
    feed = read_feed(answer.body, url=answer.url, content_type=answer.content_type, now=now)
    return Listed(entries=feed.news, ttl_s=feed.ttl_s, older=feed.older, hub=feed.hub, topic=feed.self_url)
