"""Read a page of links: where they are is said by the card's CSS selectors."""

from collections.abc import Iterator
from datetime import datetime

from lxml import etree
from lxml import html as lxml_html
from lxml.cssselect import CSSSelector, SelectorError

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import Entry, ListingSelectors
from comtoise.text.clean import clean_text, clean_title, clean_url
from comtoise.text.dates import PARIS, read_dates
from comtoise_crawler.reading.decoding import decode, gunzip
from comtoise_crawler.reading.limits import ENTRIES_MAX


def read_listing(
    body: bytes, *, url: str, selectors: ListingSelectors, now: datetime, content_type: str | None = None
) -> tuple[Entry, ...]:
    """The entries of a page of links, in its order, each address once; empty when the selectors find none.

    Raises:
        SourceError: a selector is wrong, or the page cannot be read.
    """
    tree = page_tree(decode(gunzip(body), content_type).text)
    url = _base(tree, url)
    items = select(tree, selectors.item)
    entries: dict[str, Entry] = {}
    for item in items[:ENTRIES_MAX]:
        entry = _entry(item, url, selectors, now)
        if entry is not None and entry.url:
            entries.setdefault(entry.url, entry)
    return tuple(entries.values())


def find_feeds(body: bytes, *, url: str, content_type: str | None = None) -> tuple[str, ...]:
    """The feeds that a page announces (``<link rel="alternate">``), in its order, comments' feeds last.

    Source: RSS and Atom autodiscovery, as the WHATWG HTML standard describes ``rel=alternate``.
    """
    tree = page_tree(decode(gunzip(body), content_type).text)
    url = _base(tree, url)
    found: dict[str, bool] = {}
    for link in tree.iter("link"):
        kind = (link.get("type") or "").lower()
        if "alternate" in (link.get("rel") or "").lower().split() and (
            "rss" in kind or "atom" in kind or "rdf" in kind or kind == "application/feed+json"
        ):
            address = clean_url(link.get("href"), url)
            if address:
                found.setdefault(address, "comment" in f"{address} {link.get('title') or ''}".lower())
    return tuple(sorted(found, key=lambda address: found[address]))


def page_tree(text: str) -> etree._Element:
    """The page as a tree. Raises `SourceError` when it is empty or cannot be read."""
    try:
        return lxml_html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"),
                                             parser=lxml_html.HTMLParser(encoding="utf-8"))  # fmt: skip
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(_("La page est vide ou illisible.")) from error


def _base(tree: etree._Element, url: str) -> str:
    """What the page's links are relative to: ``<base href>``, else its own address."""
    base = tree.find(".//base[@href]")
    return clean_url(base.get("href") if base is not None else None, url) or url


def select(element: etree._Element, css: str) -> list[etree._Element]:
    """The elements below that a selector finds, in order. Raises `SourceError` when it is no selector."""
    try:
        found = CSSSelector(css, translator="html")(element)
        nodes = found if isinstance(found, list) else []
        return [node for node in nodes if isinstance(node, etree._Element)]
    except (SelectorError, etree.XPathError) as error:
        raise SourceError(_("Le repère « {css} » n’est pas un sélecteur CSS.").format(css=css)) from error


def _entry(item: etree._Element, url: str, selectors: ListingSelectors, now: datetime) -> Entry | None:
    links = [item] if item.tag == "a" else select(item, selectors.link)
    link = next((found for found in links if found.get("href")), None)
    if link is None:
        return None
    titles = list(_texts(item, selectors.title)) or [words(link), link.get("title") or "", words(item)]
    dates = [
        text
        for element in (select(item, selectors.date) if selectors.date else ())
        for text in (element.get("datetime"), words(element))
        if text
    ]
    found = next(
        (d for text in dates if (d := read_dates(text, now=now, machine_tz=PARIS, net=False).published)), None
    )
    return Entry(
        url=clean_url(link.get("href"), url),
        guid=None,
        title=next((title for title in map(clean_title, titles) if title), ""),
        summary=clean_text(" ".join(_texts(item, selectors.summary))),
        published=found.utc if found else None,
    )


def _texts(item: etree._Element, css: str | None) -> Iterator[str]:
    for element in select(item, css) if css else ():
        yield words(element)


def words(element: etree._Element) -> str:
    """The text of an element on one line."""
    return " ".join("".join(map(str, element.itertext())).split())
