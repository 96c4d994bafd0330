"""The fast reader of XML feeds: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, CDF, in one walk."""

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice

from lxml import etree

from comtoise.i18n import _
from comtoise.model import Entry
from comtoise.text.clean import clean_line, clean_text, clean_title, clean_url
from comtoise.text.dates import PARIS, read_instant
from comtoise_crawler.reading.decoding import Decoded
from comtoise_crawler.reading.feed_model import Feed, FeedKind
from comtoise_crawler.reading.limits import ENTRIES_MAX
from comtoise_crawler.reading.xml import XML_BASE, XML_LANG, local, namespace, parse_xml

SUMMARY_FROM_CONTENT = 1_000  #: characters, when a feed gives full texts and no summary

#: Prefix by namespace; what is not here belongs to the feed itself when it is the feed's own namespace.
_EXTENSIONS = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/DTDs/PodCast-1.0.dtd": "itunes",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2005/Atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/CommentAPI/": "wfw",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://purl.org/syndication/history/1.0": "fh",
    "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PERIODS_S = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_ROOTS = frozenset({"rss", "rdf", "feed", "entry", "channel"})
_PERSON = re.compile(
    r"^\s*<?[^\s@<>()]+@[^\s@<>()]+>?\s*(?:\((?P<in>[^)]*)\))?\s*$|^(?P<before>[^<(]*?)[\s<(]+[^\s@<>()]+@[^\s@<>()]+[>)]?\s*$"
)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+\Z")


def read(document: Decoded, *, url: str, now: datetime) -> Feed | None:
    """The feed in *document*; None when its root is no feed's.

    Raises:
        SourceError: The document attacks.
    """
    parsed = parse_xml(document.text, base_url=url)
    if parsed is None:
        return None
    root = _feed_root(parsed.root)
    if root is None:
        return None
    problems = [_("XML mal formé, réparé")] if parsed.broken else []
    if document.misdeclared:
        problems.append(
            _("encodage mal annoncé ({declared} au lieu de {used})").format(
                declared=document.declared, used=document.encoding
            )
        )
    if document.unknown:
        problems.append(_("encodage annoncé inconnu ({name})").format(name=document.unknown))
    if document.lossy:
        problems.append(_("octets illisibles"))
    return _Reader(root, url, now).feed(document.encoding, problems)


def _feed_root(root: etree._Element) -> etree._Element | None:
    if local(root).lower() in _ROOTS:
        return root
    for element in islice(root.iter(), 200):  # a feed wrapped in something else
        if local(element).lower() in ("rss", "rdf", "feed"):
            return element
    return None


class _Item:
    """The children of an item or channel by prefixed name, in one pass."""

    def __init__(self, element: etree._Element, own: str) -> None:
        self.element = element
        self.children: dict[str, list[etree._Element]] = {}
        for child in element:
            name = _name(child, own)
            if name:
                self.children.setdefault(name, []).append(child)

    def all(self, *names: str) -> list[etree._Element]:
        children = self.children
        return [element for name in names if name in children for element in children[name]]

    def first(self, *names: str) -> etree._Element | None:
        for name in names:
            if name in self.children:
                return self.children[name][0]
        return None


def _name(element: etree._Element, own: str) -> str:
    """« title » for the feed's own elements, « dc:creator » for an extension's, empty for a stranger's."""
    tag = element.tag
    return _prefixed(tag, own) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)
def _prefixed(tag: str, own: str) -> str:
    space = tag[1:].partition("}")[0] if tag.startswith("{") else ""
    name = tag.rpartition("}")[2]
    if space == own or not space:
        prefix, colon, rest = name.partition(":")
        return f"{prefix.lower()}:{rest.lower()}" if colon else name.lower()
    prefix = _EXTENSIONS.get(space, "")
    if prefix:
        return f"{prefix}:{name.lower()}"
    # RSS puts its elements in all sorts of namespaces of its own making (backend.userland.com/rss2 …).
    return name.lower() if "rss" in space.lower() or "channel" in space.lower() else ""


def _raw(element: etree._Element | None) -> str:
    """What an element holds, as markup when it holds any: the cleaning takes it from there."""
    if element is None:
        return ""
    mode = (element.get("mode") or "").lower()
    kind = (element.get("type") or "").lower()
    if len(element):
        if mode == "escaped":
            return "".join(map(str, element.itertext()))
        inner = element.text or ""
        pieces = [_escaped(inner)]
        for child in element:
            pieces.append(etree.tostring(child, encoding="unicode", with_tail=False))
            pieces.append(_escaped(child.tail or ""))
        return "".join(pieces)
    text = element.text or ""
    encoded = mode == "base64" or (
        "/" in kind and not kind.startswith("text/") and not kind.endswith(("xml", "json"))
    )
    if encoded and _BASE64.match(text):
        try:
            return base64.b64decode(text, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""
    return text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def person(text: str) -> str:
    """A name without its e-mail address: « a@b.fr (Anne Roy) », « Anne Roy <a@b.fr> »; empty when no name."""
    match = _PERSON.match(text)
    if match is not None:
        text = match.group("in") or match.group("before") or ""
    return clean_line(text)[:120]


def unique(values: Iterator[str]) -> tuple[str, ...]:
    """Non-empty, once each, in order; at most 30."""
    return tuple(islice(dict.fromkeys(value for value in values if value), 30))


class _Reader:
    def __init__(self, root: etree._Element, url: str, now: datetime) -> None:
        self.root, self.url, self.now = root, url, now
        self.own = namespace(root)
        self.kind = _kind(root)
        self.atom = self.kind in (FeedKind.ATOM_03, FeedKind.ATOM_10)
        self.bad_dates = 0
        channel = root
        if not self.atom and local(root).lower() != "channel":
            for child in root:
                if local(child).lower() == "channel":
                    channel = child
                    break
        if local(root).lower() == "rdf":
            self.own = namespace(channel) if channel is not root else self._item_namespace()
        elif self.own == "" or channel is not root:
            self.own = namespace(channel)
        self.channel = _Item(channel, self.own)
        self.based = any(el.get(XML_BASE) for el in (root, channel))
        self.language = self._language(channel) or self._language(root)
        self.site = self._site()

    def _item_namespace(self) -> str:
        return next((namespace(child) for child in self.root if local(child).lower() == "item"), "")

    def _language(self, element: etree._Element) -> str | None:
        declared = element.get(XML_LANG)
        if declared is None and element is self.channel.element:
            declared = _text(self.channel.first("language", "dc:language"))
        return declared.strip().lower()[:20] or None if declared else None

    # -- links ----------------------------------------------------------------------------------------------

    def _absolute(self, link: str | None, element: etree._Element) -> str | None:
        if not link or not link.strip():
            return None
        base = element.base or self.url
        if base == self.url and not self.based and self.site_base:
            base = self.site_base
        return clean_url(link, base)

    @property
    def site_base(self) -> str | None:
        """RSS never said what relative links are relative to; its writers mean the site."""
        return getattr(self, "site", None) if not self.atom else None

    def _links(self, item: _Item) -> Iterator[tuple[str, etree._Element]]:
        """(rel, element) of every Atom-like link."""
        for link in item.all("link", "atom:link"):
            if link.get("href"):
                yield (link.get("rel") or "alternate").lower(), link

    def _rel(self, item: _Item, *rels: str) -> str | None:
        for rel, link in self._links(item):
            if rel in rels or rel.rpartition("/")[2] in rels:
                found = clean_url(link.get("href"), link.base or self.url)
                if found:
                    return found
        return None

    def _site(self) -> str | None:
        for link in self.channel.all("link"):
            if not self.atom and _text(link):
                found = clean_url(_text(link), link.base or self.url)
                if found:
                    return found
        href = self.channel.element.get("HREF") or self.channel.element.get("href")
        return self._rel(self.channel, "alternate") or (clean_url(href, self.url) if href else None)

    def _address(self, item: _Item) -> str | None:
        """The article's address: the plain link, an alternate link, a permanent guid, RDF's about."""
        alternates = [link for rel, link in self._links(item) if rel == "alternate"]
        # Of several alternates, the one for people.
        alternates.sort(
            key=lambda link: (
                (link.get("type") or "text/html").lower() not in ("text/html", "application/xhtml+xml")
            )
        )
        if not self.atom:
            for link in item.all("link"):
                found = self._absolute(_text(link), link)
                if found:
                    return found
        for link in alternates:
            found = self._absolute(link.get("href"), link)
            if found:
                return found
        guid = item.first("guid")
        if guid is not None and (guid.get("isPermaLink") or "true").strip().lower() != "false":
            found = self._absolute(_text(guid), guid) if re.match(r"\s*(https?:)?//", _text(guid)) else None
            if found:
                return found
        about = item.element.get(f"{_RDF}about") or item.element.get("HREF") or item.element.get("href")
        if about:
            return self._absolute(about, item.element)
        if self.atom:
            for link in item.all("link", "url"):
                found = self._absolute(_text(link), link)
                if found:
                    return found
            identifier = _text(item.first("id", "atom:id"))
            if re.match(r"https?://|/\S", identifier) and not any(True for _rel, _link in self._links(item)):
                return self._absolute(identifier, item.element)
            content = item.first("content")
            if content is not None and content.get("src"):
                return self._absolute(content.get("src"), content)
        return None

    # -- values ---------------------------------------------------------------------------------------------

    def _date(self, item: _Item, *names: str) -> datetime | None:
        for element in item.all(*names):
            text = _text(element)
            if not text:
                continue
            found = read_instant(text, now=self.now, tz=PARIS, machine_tz=UTC)
            if found is not None:
                return found
            self.bad_dates += 1
        return None

    def _authors(self, item: _Item) -> tuple[str, ...]:
        def names() -> Iterator[str]:
            for author in item.all("author", "atom:author"):
                name = next((child for child in author if local(child).lower() == "name"), None)
                yield person(_text(name) if name is not None else "" if len(author) else _text(author))
            for creator in item.all("dc:creator", "dc:author"):
                name = next((c for c in creator.iter() if local(c).lower() in ("name", "value")), None)
                yield person(_text(creator if name is None else name))
            if not any(True for _ in item.all("author", "atom:author", "dc:creator")):
                for author in item.all("itunes:author"):
                    yield person(_text(author))

        return unique(names())

    def _categories(self, item: _Item) -> tuple[str, ...]:
        def names() -> Iterator[str]:
            for category in item.all(
                "category", "atom:category", "dc:subject", "media:category", "itunes:category"
            ):
                value = (
                    category.get("label")
                    or category.get("term")
                    or _raw(category)
                    or category.get("text")
                    or ""
                )
                yield clean_line(value)[:120]
            for keywords in item.all("itunes:keywords", "media:keywords"):
                yield from (clean_line(word)[:120] for word in re.split(r"[,;]", _text(keywords)))

        return unique(names())

    def _entry(self, element: etree._Element) -> Entry:
        own = namespace(element) if not self.atom else self.own
        item = _Item(element, own)
        title = _raw(
            item.first("title")
            if item.first("title") is not None
            else item.first("dc:title", "atom:title", "itunes:title", "media:title")
        )
        content = next(
            (
                raw
                for raw in map(
                    _raw,
                    item.all("content:encoded", "content", "atom:content", "xhtml:body", "body", "fullitem"),
                )
                if raw.strip()
            ),
            "",
        )
        summary = next(
            (
                raw
                for raw in map(
                    _raw,
                    item.all(
                        "description",
                        "summary",
                        "atom:summary",
                        "abstract",
                        "dc:description",
                        "itunes:summary",
                        "media:description",
                    ),
                )
                if raw.strip()
            ),
            "",
        )
        plain_content = clean_text(content)
        plain_summary = clean_text(summary)
        published = self._date(
            item,
            "pubdate",
            "published",
            "atom:published",
            "issued",
            "atom:issued",
            "dc:date",
            "dcterms:issued",
            "dcterms:created",
            "dcterms:date",
            "created",
            "atom:created",
            "date",
            "dcterms:available",
        )
        updated = self._date(
            item,
            "updated",
            "atom:updated",
            "modified",
            "atom:modified",
            "dcterms:modified",
            "lastbuilddate",
            "lastmod",
        )
        guid = clean_line(_text(item.first("guid", "id", "atom:id", "dc:identifier"))) or None
        if guid is None and element.get(f"{_RDF}about"):
            guid = clean_line(element.get(f"{_RDF}about") or "") or None
        language = (
            element.get(XML_LANG)
            or next(
                (
                    c.get(XML_LANG)
                    for c in item.all("title", "content", "description", "summary")
                    if c.get(XML_LANG)
                ),
                None,
            )
            or _text(item.first("dc:language"))
        )
        return Entry(
            url=self._address(item),
            guid=guid,
            title=clean_title(title),
            summary=plain_summary or plain_content[:SUMMARY_FROM_CONTENT],
            content=plain_content,
            published=published or updated,
            updated=updated,
            authors=self._authors(item),
            categories=self._categories(item),
            language=(language or "").strip().lower()[:20] or self.language,
        )

    def _items(self) -> Iterator[etree._Element]:
        if self.atom and local(self.root).lower() == "entry":
            yield self.root
            return
        wanted = "entry" if self.atom else "item"
        # RDF keeps items beside the channel, others inside; some writers do both wrong.
        yield from self.root.iter("{*}" + wanted, "{*}" + wanted.capitalize(), "{*}" + wanted.upper())

    def _ttl_s(self) -> int | None:
        ttl = _text(self.channel.first("ttl"))
        if ttl.isdigit() and 0 < int(ttl[:7]) <= 525_600:
            return int(ttl[:7]) * 60
        period = _PERIODS_S.get(_text(self.channel.first("sy:updateperiod")).lower())
        if period is None:
            return None
        frequency = _text(self.channel.first("sy:updatefrequency"))
        times = int(frequency[:6]) if frequency.isdigit() else 1
        return max(60, period // max(1, times))

    def feed(self, encoding: str, problems: list[str]) -> Feed:
        entries = tuple(self._entry(element) for element in islice(self._items(), ENTRIES_MAX))
        if len(entries) == ENTRIES_MAX:
            problems.append(_("plus de 2 000 articles : les suivants ne sont pas lus"))
        if self.bad_dates:
            problems.append(_("dates illisibles : {count}").format(count=self.bad_dates))
        title = self.channel.first("title", "dc:title", "atom:title")
        return Feed(
            kind=self.kind,
            title=clean_title(_raw(title)) if local(self.root).lower() != "entry" else "",
            site=self.site,
            entries=entries,
            language=self.language,
            ttl_s=self._ttl_s(),
            hub=self._rel(self.channel, "hub"),
            self_url=self._rel(self.channel, "self"),
            older=self._rel(self.channel, "prev-archive", "next"),
            newer=self._rel(self.channel, "next-archive", "prev", "previous"),
            encoding=encoding,
            problems=tuple(problems),
        )


def _kind(root: etree._Element) -> FeedKind:
    name, space = local(root).lower(), namespace(root)
    if name in ("feed", "entry"):
        old = space == "http://purl.org/atom/ns#" or (root.get("version") or "").startswith("0.")
        return FeedKind.ATOM_03 if old else FeedKind.ATOM_10
    if name == "rdf":
        spaces = {namespace(child) for child in root}
        return FeedKind.RSS_090 if "http://my.netscape.com/rdf/simple/0.9/" in spaces else FeedKind.RSS_10
    if name == "channel":
        return (
            FeedKind.CDF
            if root.get("HREF") or root.get("href") or root.find("{*}item") is None
            else FeedKind.RSS
        )
    version = (root.get("version") or "").strip()
    return {
        "0.90": FeedKind.RSS_090,
        "0.91": FeedKind.RSS_091,
        "0.92": FeedKind.RSS_092,
        "0.93": FeedKind.RSS_092,
        "0.94": FeedKind.RSS_20,
        "2.0": FeedKind.RSS_20,
        "2.0.1": FeedKind.RSS_20,
        "2": FeedKind.RSS_20,
    }.get(version, FeedKind.RSS)
