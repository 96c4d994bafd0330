"""Find how a page of news repeats itself: CSS selectors for a card of the kind « page ».

A small, honest guess, made once when a person adds a source and shown to that person with what it finds. It looks
for the boxes that stand side by side, look alike, and hold one long link each.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

from comtoise.model import Entry, ListingSelectors
from comtoise.text.clean import clean_url
from comtoise.text.dates import PARIS, read_dates
from comtoise_crawler.reading.decoding import decode, gunzip
from comtoise_crawler.reading.listing import page_tree, read_listing, select, words

USUAL = ListingSelectors(item="h2, h3", link="a")
"""Where a page of news keeps its links when nothing better is known: in its headings."""

TITLE_MIN = 18  #: characters of a link that is taken for a title: menus are shorter
ITEMS_MIN = 3
ITEMS_SEEN = 40
LEVELS_MAX = 6  #: how far above its link the box of an item is looked for
_FURNITURE = frozenset({"nav", "header", "footer", "aside", "form"})
_STEADY = re.compile(r"[A-Za-z][A-Za-z_-]{1,40}")  #: a class that a person named: no digits of a build
_DATED = re.compile(r"date|publi|time|posted|jour", re.I)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")


def find_layout(
    body: bytes, *, url: str, now: datetime, content_type: str | None = None
) -> tuple[ListingSelectors, tuple[Entry, ...]] | None:
    """Where the page keeps its news, and the entries that are found there; None when it is no such page.

    Raises:
        SourceError: the page cannot be read.
    """
    tree = page_tree(decode(gunzip(body), content_type).text)

    def read(selectors: ListingSelectors) -> tuple[Entry, ...]:
        found = read_listing(body, url=url, selectors=selectors, now=now, content_type=content_type)
        return tuple(entry for entry in found if len(entry.title) >= TITLE_MIN)

    tried = [(selectors, read(selectors)) for selectors in (*_proposals(tree, url, now), USUAL)]
    best = max(tried, key=lambda one: len(one[1]) + sum(entry.published is not None for entry in one[1]))
    return best if len(best[1]) >= ITEMS_MIN else None


def _proposals(tree: etree._Element, url: str, now: datetime) -> Iterator[ListingSelectors]:
    """Selectors of the largest families of boxes, each once."""
    families: dict[str, list[tuple[etree._Element, etree._Element]]] = {}
    for link in tree.iter("a"):
        if not _is_title(link, url):
            continue
        for box in _boxes(link):
            for css in _names(box):
                families.setdefault(css, []).append((box, link))
    ranked = sorted(families.items(), key=lambda family: -len({id(box) for box, _link in family[1]}))
    seen: set[ListingSelectors] = set()
    for css, members in ranked[:60]:
        if len({id(box) for box, _link in members}) < ITEMS_MIN:
            break
        # One title each: a box around several items is their list, not an item.
        if len(members) > len({id(box) for box, _link in members}):
            continue
        selectors = _selectors(css, members, now)
        if selectors not in seen:
            seen.add(selectors)
            yield selectors
        if len(seen) == 8:
            return


def _is_title(link: etree._Element, url: str) -> bool:
    address = clean_url(link.get("href"), url)
    if address is None or urlsplit(address).netloc != urlsplit(url).netloc:
        return False
    if len(words(link)) < TITLE_MIN or " " not in words(link):
        return False
    return not any(parent.tag in _FURNITURE for parent in link.iterancestors())


def _boxes(link: etree._Element) -> Iterator[etree._Element]:
    """The elements around a title, from the inside."""
    for level, parent in enumerate(link.iterancestors()):
        if level == LEVELS_MAX or parent.tag in ("body", "html", "main"):
            return
        if parent.tag not in _HEADINGS and isinstance(parent.tag, str):
            yield parent


def _names(box: etree._Element) -> Iterator[str]:
    """CSS that names a box and those like it: by its class, else by its parent's class or id."""
    classes = [name for name in (box.get("class") or "").split() if _STEADY.fullmatch(name)]
    yield from (f"{box.tag}.{name}" for name in classes[:3])
    if box.tag == "article":
        yield "article"
    parent = box.getparent()
    if classes or parent is None or not isinstance(parent.tag, str):
        return
    if _STEADY.fullmatch(parent.get("id") or ""):
        yield f"#{parent.get('id')} > {box.tag}"
    yield from (
        f"{parent.tag}.{name} > {box.tag}"
        for name in (parent.get("class") or "").split()[:3]
        if _STEADY.fullmatch(name)
    )
    if box.tag == "li" and not parent.get("class") and not parent.get("id"):
        yield f"main {parent.tag} > li"


def _selectors(
    css: str, members: list[tuple[etree._Element, etree._Element]], now: datetime
) -> ListingSelectors:
    sample = members[:ITEMS_SEEN]
    headings = Counter(
        next((p.tag for p in link.iterancestors() if p.tag in _HEADINGS), None) for _box, link in sample
    )
    heading, count = headings.most_common(1)[0]
    dates = Counter(name for box, _link in sample for name in _date_names(box, now))
    date = next((name for name, times in dates.most_common(1) if times * 2 >= len(sample)), None)
    return ListingSelectors(
        item=css, link=f"{heading} a" if heading and count == len(sample) else "a", date=date
    )


def _date_names(box: etree._Element, now: datetime) -> Iterator[str]:
    """CSS of what in a box reads as a date."""
    for element in select(
        box, "time, [class*=date], [class*=publi], [class*=time], span, small, em, p, td, div"
    ):
        text = element.get("datetime") or words(element)
        if not 6 <= len(text) <= 60 or not any(char.isdigit() for char in text):
            continue
        named = [name for name in (element.get("class") or "").split() if _STEADY.fullmatch(name)]
        if element.tag != "time" and not any(_DATED.search(name) for name in named) and len(text) > 30:
            continue
        if read_dates(text, now=now, machine_tz=PARIS, net=False).published is None:
            continue
        name = next((name for name in named if _DATED.search(name)), next(iter(named), None))
        yield "time" if element.tag == "time" else f"{element.tag}.{name}" if name else str(element.tag)
        return
