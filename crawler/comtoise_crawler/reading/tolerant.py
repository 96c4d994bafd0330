"""The net: feedparser, slow and tolerant, for what the fast reader cannot make sense of."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import feedparser

from comtoise.i18n import _
from comtoise.model import Entry
from comtoise.text.clean import clean_line, clean_text, clean_title, clean_url
from comtoise.text.dates import read_instant
from comtoise_crawler.reading.decoding import Decoded
from comtoise_crawler.reading.feed_model import Feed, FeedKind
from comtoise_crawler.reading.limits import ENTRIES_MAX
from comtoise_crawler.reading.xml_feed import SUMMARY_FROM_CONTENT, person, unique

_KINDS = {
    "rss090": FeedKind.RSS_090,
    "rss091n": FeedKind.RSS_091,
    "rss091u": FeedKind.RSS_091,
    "rss092": FeedKind.RSS_092,
    "rss10": FeedKind.RSS_10,
    "rss20": FeedKind.RSS_20,
    "rss": FeedKind.RSS,
    "atom03": FeedKind.ATOM_03,
    "atom10": FeedKind.ATOM_10,
    "cdf": FeedKind.CDF,
}


def read(document: Decoded, *, url: str, now: datetime) -> Feed | None:
    """The feed in *document*; None when feedparser recognises none. It is never handed an address."""
    try:
        found = feedparser.parse(
            io.BytesIO(document.text.encode("utf-8", "replace")),
            response_headers={"content-location": url, "content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError):
        return None  # feedparser fails on some broken documents: then nothing can read them
    if not found.entries and not found.get("version"):
        return None
    return Feed(
        kind=_KINDS.get(str(found.get("version")), FeedKind.OTHER),
        title=clean_title(_string(found.feed, "title")),
        site=clean_url(_string(found.feed, "link") or None, url),
        entries=tuple(_entry(item, url, now) for item in found.entries[:ENTRIES_MAX]),
        language=clean_line(_string(found.feed, "language")).lower()[:20] or None,
        encoding=document.encoding,
        problems=(_("XML mal formé, réparé"),),
    )


def _string(holder: Any, name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""


def _strings(holder: Any, name: str, member: str) -> Iterator[str]:
    for value in holder.get(name) or ():
        if isinstance(value.get(member), str):
            yield value[member]


def _entry(item: Any, url: str, now: datetime) -> Entry:
    content = clean_text(next(_strings(item, "content", "value"), ""))
    summary = clean_text(_string(item, "summary"))
    published = _string(item, "published") or _string(item, "created")
    modified = _string(item, "updated")
    updated = read_instant(modified, now=now) if modified else None
    return Entry(
        url=clean_url(_string(item, "link") or None, url),
        guid=clean_line(_string(item, "id")) or None,
        title=clean_title(_string(item, "title")),
        summary=summary or content[:SUMMARY_FROM_CONTENT],
        content=content,
        published=(read_instant(published, now=now) if published else None) or updated,
        updated=updated,
        authors=unique(person(name) for name in _strings(item, "authors", "name")),
        categories=unique(clean_line(term)[:120] for term in _strings(item, "tags", "term")),
    )
