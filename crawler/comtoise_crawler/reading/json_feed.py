"""Read JSON Feed 1.x (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from comtoise.i18n import _
from comtoise.model import Entry
from comtoise.text.clean import clean_line, clean_text, clean_title, clean_url
from comtoise.text.dates import read_instant
from comtoise_crawler.reading.errors import NotAFeed
from comtoise_crawler.reading.feed_model import Feed, FeedKind
from comtoise_crawler.reading.limits import ENTRIES_MAX
from comtoise_crawler.reading.xml_feed import SUMMARY_FROM_CONTENT, person, unique

Object = Mapping[str, object]


def text_of(holder: Object, *names: str) -> str:
    """The first of these members that is text or a number, as text."""
    for name in names:
        value = holder.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def objects(value: object) -> Iterator[Object]:
    """The members of *value* that are objects, when it is a list."""
    if isinstance(value, list):
        yield from (member for member in value if isinstance(member, dict))


def read(text: str, *, url: str, now: datetime, encoding: str) -> Feed:
    """The feed in *text*.

    Raises:
        NotAFeed: It is not JSON, or not a feed.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(_("L’adresse répond du JSON illisible au lieu d’un flux.")) from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise NotAFeed(_("L’adresse répond du JSON qui n’est pas un flux (JSON Feed)."))
    site = clean_url(text_of(found, "home_page_url"), url)
    language = clean_line(text_of(found, "language")).lower()[:20] or None
    items = list(objects(found["items"]))
    problems = [] if "jsonfeed.org" in text_of(found, "version") else [_("version de JSON Feed absente")]
    if len(items) > ENTRIES_MAX:
        problems.append(_("plus de 2 000 articles : les suivants ne sont pas lus"))
    hubs = (clean_url(text_of(hub, "url"), url) for hub in objects(found.get("hubs")))
    return Feed(
        kind=FeedKind.JSON,
        title=clean_title(text_of(found, "title")),
        site=site,
        entries=tuple(_entry(item, url, now, language) for item in items[:ENTRIES_MAX]),
        language=language,
        hub=next((hub for hub in hubs if hub), None),
        self_url=clean_url(text_of(found, "feed_url"), url),
        older=clean_url(text_of(found, "next_url"), url),
        encoding=encoding,
        problems=tuple(problems),
    )


def _entry(item: Object, url: str, now: datetime, language: str | None) -> Entry:
    content = clean_text(text_of(item, "content_html", "content_text"))
    summary = clean_text(text_of(item, "summary"))
    published = text_of(item, "date_published")
    modified = text_of(item, "date_modified")
    updated = read_instant(modified, now=now) if modified else None
    people = [*objects(item.get("authors")), *objects([item.get("author")])]
    tags = item.get("tags")
    return Entry(
        url=clean_url(text_of(item, "url", "external_url") or None, url),
        guid=clean_line(text_of(item, "id")) or None,
        title=clean_title(text_of(item, "title")),
        summary=summary or content[:SUMMARY_FROM_CONTENT],
        content=content,
        published=(read_instant(published, now=now) if published else None) or updated,
        updated=updated,
        authors=unique(person(text_of(author, "name")) for author in people),
        categories=unique(clean_line(tag)[:120] for tag in tags if isinstance(tag, str))
        if isinstance(tags, list)
        else (),
        language=clean_line(text_of(item, "language")).lower()[:20] or language,
    )
