"""Tell what a document is, whoever asks: feed, register, WordPress, sitemap, or a page and what it announces.

Pure: an answer in, values out.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import etree

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import Entry, ListingSelectors, SourceKind
from comtoise.text.clean import clean_title, clean_url
from comtoise_crawler.answer import Answer
from comtoise_crawler.reading import find_feeds, read_bodacc, read_feed, read_sitemap, read_wordpress
from comtoise_crawler.reading.decoding import decode, gunzip
from comtoise_crawler.reading.listing import page_tree

NAME_MAX = 80
#: Words in the address of a feed that lists a part of its site, or what readers wrote.
_PARTIAL = re.compile(
    r"comment|/(?:category|categorie|tag|author|auteur|rubrique|theme|dossier)s?/|[?&](?:cat|tag)="
)
_FEED_LIKE = re.compile(r"^[^?#]*[/.](?:rss|rdf|atom|feed)\d?(?:\.xml|\.php)?/?(?:[?#]|\Z)", re.I)
_XML = re.compile(r"<\?xml|<!doctype(?!\s+html)|<(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.I)
#: What a title calls a part of its site, not the site.
_ROOM = re.compile(
    r"(?:page d['’])?accueil|home|bienvenue|(?:les |nos |toutes les )?actualit[ée]s|actus?|news|blog", re.I
)
_POSTS = "wp/v2/posts"
_PAGE = re.compile(r"(?:<\?xml[^>]*\?>\s*)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html)\b", re.I | re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A way to poll what was asked for."""

    kind: SourceKind
    url: str  #: to poll
    why: str  #: how it was recognised, in French, one sentence
    name: str = ""  #: what the site calls itself; empty when it does not say
    homepage: str | None = None
    selectors: ListingSelectors | None = None
    entries: tuple[Entry, ...] = ()
    others: tuple[str, ...] = ()  #: further addresses that would do as well


def recognise(answer: Answer, now: datetime) -> Found | None:
    """What a document is by itself; None for a web page.

    Raises:
        SourceError: it is neither a page nor anything that can be polled.
    """
    text = decode(gunzip(answer.body), answer.content_type).text.lstrip("\ufeff \t\r\n")
    here: dict[str, Any] = {"url": answer.url, "now": now, "content_type": answer.content_type}
    if text[:1] in "[{" and text:
        return _json(answer, text, here)
    if _PAGE.match(text[:5000]):
        return None
    try:
        feed = read_feed(answer.body, **here)
    except SourceError as not_a_feed:
        try:
            sitemap = read_sitemap(answer.body, **here)
        except SourceError:
            if text.startswith("<") and not _XML.match(text):
                return None  # a page without its first lines
            raise not_a_feed from None
        why = _("l’adresse est un plan du site (sitemap)")
        if sitemap.children:
            why = _("l’adresse est un index de plans du site (sitemap)")
        return Found(
            kind=SourceKind.SITEMAP, url=answer.url, why=why, entries=sitemap.entries, others=sitemap.children
        )
    return Found(
        kind=SourceKind.FEED,
        url=answer.url,
        why=_("l’adresse est un flux ({dialect})").format(dialect=feed.kind.value.upper()),
        name=feed.title,
        homepage=feed.site,
        entries=feed.news,
    )


def _json(answer: Answer, text: str, here: dict[str, Any]) -> Found:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(_("L’adresse répond du JSON illisible.")) from error
    if isinstance(value, list):
        return Found(
            kind=SourceKind.WORDPRESS,
            url=answer.url,
            why=_("l’adresse est celle des articles d’un WordPress"),
            entries=read_wordpress(answer.body, **here),
        )
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        return Found(
            kind=SourceKind.BODACC,
            url=answer.url,
            why=_("l’adresse est une recherche dans le registre BODACC"),
            name="BODACC",
            entries=read_bodacc(answer.body, **here),
        )
    feed = read_feed(answer.body, **here)
    return Found(
        kind=SourceKind.FEED,
        url=answer.url,
        why=_("l’adresse est un flux (JSON Feed)"),
        name=feed.title,
        homepage=feed.site,
        entries=feed.news,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a web page says of its site."""

    name: str
    feeds: tuple[str, ...]  #: the most general first; those that a mere link leads to, last
    wordpress: str | None  #: the root of its REST interface


def announced(answer: Answer) -> Announced:
    """Read what a page announces. Raises `SourceError` when it cannot be read."""
    tree = page_tree(decode(gunzip(answer.body), answer.content_type).text)
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        metas.setdefault(name, meta.get("content") or "")
    title = tree.find(".//title")
    name = metas.get("og:site_name") or metas.get("application-name") or ""
    if not name and title is not None:
        parts = re.split(r"\s[|–—·:-]\s", "".join(map(str, title.itertext())).strip())
        name = next((part for part in reversed(parts) if not _ROOM.fullmatch(part.strip())), parts[-1])
    feeds = find_feeds(answer.body, url=answer.url, content_type=answer.content_type)
    linked = (clean_url(link.get("href"), answer.url) for link in tree.iter("a"))
    shown = {url for url in linked if url and _FEED_LIKE.search(url)}
    return Announced(
        name=clean_title(name)[:NAME_MAX],
        feeds=(*sorted(feeds, key=_generality), *sorted(shown - set(feeds), key=_generality)),
        wordpress=_wordpress(answer, tree, metas.get("generator", "")),
    )


def _generality(feed: str) -> tuple[bool, int]:
    parts = urlsplit(feed)
    address = f"{parts.path}?{parts.query}".lower()
    return bool(_PARTIAL.search(address)), len([part for part in parts.path.split("/") if part])


def _wordpress(answer: Answer, tree: etree._Element, generator: str) -> str | None:
    header = re.search(r"<([^<>]+)>\s*;\s*rel=\"?https://api\.w\.org/", answer.headers.get("link", ""))
    if header:
        return clean_url(header[1], answer.url)
    for link in tree.iter("link"):
        if (link.get("rel") or "").rstrip("/") == "https://api.w.org":
            return clean_url(link.get("href"), answer.url)
    return urljoin(answer.url, "/wp-json/") if generator.lower().startswith("wordpress") else None


def posts_address(root: str) -> str:
    """Where the REST interface at *root* lists its articles."""
    if "?" in root:  # a WordPress without pretty addresses: /?rest_route=/
        return f"{root}{_POSTS}&per_page=20"
    return urljoin(root.rstrip("/") + "/", f"{_POSTS}?per_page=20")


def register_departements(url: str) -> tuple[str, ...]:
    """The départements that an address of the register asks for."""
    asked = " ".join(parse_qs(urlsplit(url).query).get("where", ()))
    return tuple(dict.fromkeys(re.findall(r"\"(\d[\dAB]|97\d)\"", asked)))
