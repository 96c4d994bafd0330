"""What a page states about itself for machines: JSON-LD first, then OpenGraph and its kin.

Sources: schema.org (NewsArticle, isAccessibleForFree), the Open Graph protocol, Dublin Core in HTML,
W3C TDM Reservation Protocol (``tdm-reservation``).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from comtoise.text.clean import clean_line, clean_title
from comtoise.text.fold import spaced

_ARTICLE_TYPES = re.compile(
    r"(article|blogposting|newsposting|report|pressrelease|advertisercontent)$|^(liveblog|socialmedia)posting$",
    re.IGNORECASE,
)
_PAGE_TYPES = frozenset({"webpage", "itempage", "aboutpage", "event", "recipe", "jobposting", "dataset"})
_NODES_MAX = 2_000
_JUNK = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")

#: Members whose value is short and holds no quote, even where others do.
_BROKEN_MEMBER = re.compile(r'"(datePublished|dateModified|headline)"\s*:\s*"([^"\\<>]{1,200})"(?=\s*[,}\n])')
_BROKEN_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w*(?:Article|Posting|Report|PressRelease))"')

Node = Mapping[str, object]


@dataclass(slots=True)
class Stated:
    """The statements, each list best first; texts are cleaned, dates are as written."""

    titles: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)  #: of the document, which may be older or younger
    updated: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    free: bool | None = None  #: isAccessibleForFree of the article, None when silent
    tdm_reserved: bool | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    is_article: bool = False


def _nodes(value: object) -> Iterator[Node]:
    """Every object of a JSON-LD document, outer ones first, at most 2,000."""
    queue: list[object] = [value]
    seen = 0
    while queue and seen < _NODES_MAX:
        current = queue.pop(0)
        if isinstance(current, list):
            queue.extend(current)
        elif isinstance(current, dict):
            seen += 1
            yield current
            queue.extend(current.values())


def _types(node: Node) -> list[str]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return [name.rpartition("/")[2] for name in names if isinstance(name, str)]


def _strings(value: object) -> Iterator[str]:
    """Texts, or the names of things, in a member that may be one, many or objects."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            name = one.get("name") or one.get("@id") or one.get("url")
            if isinstance(name, list):
                yield from (part for part in name if isinstance(part, str))
            elif isinstance(name, str):
                yield name


def json_ld(tree: etree._Element) -> list[Node]:
    """The objects of all JSON-LD scripts, the article-like first."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = _JUNK.sub("", (script.text or "").strip())
        try:
            nodes += _nodes(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            mended = re.sub(r",\s*([}\]])", r"\1", text)  # a comma too many is the usual mistake
            try:
                nodes += _nodes(json.loads(mended, strict=False))
            except (ValueError, RecursionError):
                nodes += _from_broken(text)
    return sorted(nodes, key=_rank)


def _from_broken(text: str) -> list[Node]:
    """The dates and the headline of an article whose script is no JSON: a quote in its text is the usual reason."""
    found: dict[str, object] = {}
    for name, value in _BROKEN_MEMBER.findall(text):
        found.setdefault(name, value)
    kind = _BROKEN_TYPE.search(text)
    return [{"@type": kind[1], **found}] if kind and found else []


def _rank(node: Node) -> int:
    types = _types(node)
    if any(_ARTICLE_TYPES.search(name) for name in types):
        return 0 if "headline" in node or "datePublished" in node else 1
    return 2 if any(name.lower() in _PAGE_TYPES for name in types) else 3


_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "title", "citation_title")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date_published",
    "publication_date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "citation_publication_date", "citation_date", "publish-date", "publishdate", "cxenseparse:recs:publishtime",
    "og:pubdate", "rnews:datepublished", "originalpublicationdate", "article_date_original", "displaydate",
    "og:published_time", "bt:pubdate", "cxenseparse:publishtime", "article.published", "publicationdate",
)  # fmt: skip
#: Of the document: where one template page shows every article, these tell the template's day.
_DATED = (
    "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "dc.created", "datecreated", "created",
    "creation_date", "article:created",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "date_modified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "article:modified", "og:modified_time",
)  # fmt: skip
_AUTHORS = ("author", "article:author_name", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
            "citation_author", "byl", "article:author", "og:article:author", "twitter:creator")  # fmt: skip


def state(tree: etree._Element, url: str) -> Stated:
    """Collect the statements of the page at *url*."""
    stated = Stated()
    found = json_ld(tree)
    main = _main(found, tree, url)
    for node in found:
        rank = _rank(node)
        if node is main:
            stated.is_article = True
            stated.titles += _strings(node.get("headline"))
            stated.titles += _strings(node.get("name"))
            stated.authors += _strings(node.get("author"))
            stated.authors += _strings(node.get("creator"))
            stated.sites += _strings(node.get("publisher"))
            stated.addresses += _strings(node.get("url"))
            stated.addresses += _strings(node.get("mainEntityOfPage"))
        if (rank < 2 and (node is main or node.get("headline") == (main or {}).get("headline"))) or (
            rank == 2 and main is None
        ):
            stated.published += _strings(node.get("datePublished"))
            stated.updated += _strings(node.get("dateModified"))
            stated.dated += _strings(node.get("dateCreated"))
            stated.languages += _strings(node.get("inLanguage"))
        free = node.get("isAccessibleForFree")
        if free is not None and rank < 3 and stated.free is None:
            stated.free = str(free).strip().lower() not in ("false", "0", "http://schema.org/false", "no")
        if rank == 3 and any(name.lower() == "website" for name in _types(node)):
            stated.sites += _strings(node.get("name"))
    _read_metas(tree, stated)
    stated.titles = [title for title in map(clean_title, stated.titles) if title]
    stated.authors = [author for author in map(clean_line, stated.authors) if author]
    stated.sites = [site for site in map(clean_line, stated.sites) if site and "://" not in site]
    return stated


def _main(found: list[Node], tree: etree._Element, url: str) -> Node | None:
    """Which of a page's articles is the page's: the one with its address or its headline, else the first.

    Pages state the articles of their side columns too, sometimes first.
    """
    articles = [node for node in found if _rank(node) < 2]
    if len(articles) < 2:
        return next(iter(articles), None)
    path = urlsplit(url).path.rstrip("/")
    addressed = [node for node in articles if path and path in map(_path, _addresses(node))]
    headings = {spaced(" ".join(map(str, h.itertext()))).strip() for h in tree.iter("h1")} - {""}
    titled = [n for n in articles if spaced(next(_strings(n.get("headline")), "")).strip() in headings]
    both = [node for node in addressed if node in titled]
    return next(iter((*both, *addressed, *titled, *articles)))


def _addresses(node: Node) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = node.get(name)
        yield from _strings(value.get("@id") if isinstance(value, dict) else value)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""


def _read_metas(tree: etree._Element, stated: Stated) -> None:
    metas = stated.metas
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "").lower().split():
                if content:
                    metas.setdefault(name, []).append(content)
    for names, target in (
        (_PUBLISHED, stated.published),
        (_DATED, stated.dated),
        (_UPDATED, stated.updated),
        (_TITLES, stated.titles),
    ):
        target += [value for name in names for value in metas.get(name, ())]
    stated.authors += [v for name in _AUTHORS for v in metas.get(name, ()) if "://" not in v and v[:1] != "@"]
    stated.sites += [
        v
        for name in ("og:site_name", "application-name", "apple-mobile-web-app-title")
        for v in metas.get(name, ())
    ]
    stated.languages += [
        v
        for name in ("og:locale", "content-language", "dc.language", "dcterms.language", "language")
        for v in metas.get(name, ())
    ]
    if stated.free is None and metas.get("article:content_tier"):
        stated.free = metas["article:content_tier"][0].lower() == "free"
    if metas.get("og:type"):
        stated.is_article = stated.is_article or metas["og:type"][0].lower() in ("article", "news")
    for value in metas.get("tdm-reservation", ()):
        stated.tdm_reserved = value.strip() == "1"
    for value in (v for name in ("robots", "googlebot") for v in metas.get(name, ())):
        if re.search(r"\bno(?:ai|tdm)\b|\bnoimageai\b", value.lower()):
            stated.tdm_reserved = True
