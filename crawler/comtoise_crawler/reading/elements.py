"""Small looks at a page's elements, shared by what reads its dates, names and text."""

import re
from functools import cached_property
from itertools import islice

from lxml import etree

LINES_MAX = 1_500  #: short lines of one page that are looked at
_NAMES_MAX = 600  #: characters of a class and id that are looked at
_LINE_TAGS = ("p", "span", "div", "time", "small", "em", "li", "td", "header", "footer", "address")
#: Class words and ids of a box of other articles: beginning with these …
_SIDE = r"side-?bar|aside|widget|related|comments?|footer|recent|teasers?|cookies?|newsletter"
#: … or ending with these, unless they tell the layout of the page (« has-sidebar »).
_SIDE_END = (
    rf"{_SIDE}|lire-aussi|a-lire|voir-aussi|plus-lus|agenda|calendar|calendrier|latest|similaires?|most-read|"
    "popular|trending"
)
_SIDE_NAMES = re.compile(
    rf"(?:^|\s)(?:{_SIDE})[\w-]*"
    rf"|(?<![\w-])(?!(?:has|with|without|no|is)[_-])(?:[\w-]*[_-])?(?:{_SIDE_END})(?:__[\w-]*)?(?![\w-])"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DETAIL_NAMES = re.compile(
    r"(?:^|[\s_-])(?:dates?|byline|meta|infos?|entry-meta|post-meta|article-meta|publi\w*)(?:$|[\s_-])"
)
_CARD_HEADINGS = ("h1", "h2", "h3", "h4")
_LINK_WORDS = 40  #: characters a link may hold beside its date and still be the article's own (permalink)


def words(element: etree._Element | None) -> str:
    """The text of an element as one line."""
    if element is None:
        return ""
    return " ".join("".join(map(str, element.itertext())).split())


def nodes(tree: etree._Element, xpath: str) -> list[etree._Element]:
    """The elements that *xpath* finds, in document order."""
    found = tree.xpath(xpath)
    return [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []


def names(element: etree._Element) -> str:
    """The class and id of an element, in lower case, « camelCase » as « camel-case »."""
    said = f"{element.get('class') or ''} {element.get('id') or ''}"[:_NAMES_MAX]
    lowered = said.lower()
    return lowered if lowered == said else _HUMP.sub("-", said).lower()


class Surroundings:
    """Which places of a page are of other articles: in a column, in a list or card of teasers, in a link to one.

    Each box is looked at once, however many lines it holds.
    """

    def __init__(self, tree: etree._Element) -> None:
        self._tree = tree
        self._around_headline = {box for heading in tree.iter("h1") for box in heading.iterancestors()}
        self._known: dict[etree._Element, bool] = {}

    def beside(self, element: etree._Element) -> bool:
        """Whether *element* stands in such a place."""
        link = next(element.iterancestors("a"), None)
        if link is not None and _is_longer(link, len(words(element)) + _LINK_WORDS):
            return True
        unknown: list[etree._Element] = []
        found = False
        for parent in element.iterancestors():
            known = self._known.get(parent)
            if known is not None:
                found = known
                break
            unknown.append(parent)
        for parent in reversed(unknown):
            found = found or self._is_other(parent)
            self._known[parent] = found
        return found

    def _is_other(self, box: etree._Element) -> bool:
        if box.tag in ("html", "body"):
            return False
        if box.tag in ("aside", "nav") or (box.tag == "li" and not _is_detail_list(box)):
            return True
        if box in self._around_headline:
            return False  # some scripts wrap the article itself in a box named like a column
        return (box.tag == "article" and _is_card(box)) or _SIDE_NAMES.search(names(box)) is not None

    @cached_property
    def lines(self) -> list[tuple[etree._Element, str]]:
        """The short texts outside these places, in order, each with its element: where a byline stands."""
        lines: list[tuple[etree._Element, str]] = []
        for element in self._tree.iter(*_LINE_TAGS):
            if len(element) > 8:
                continue
            if len(lines) > LINES_MAX:
                break
            text = words(element)
            if 4 < len(text) < 220 and not self.beside(element):
                lines.append((element, text))
        return lines


def _is_longer(element: etree._Element, length: int) -> bool:
    """Whether an element holds more than *length* characters; reads no further than that."""
    seen = 0
    for text in element.itertext():
        seen += len(str(text).strip())
        if seen > length:
            return True
    return False


def _is_detail_list(item: etree._Element) -> bool:
    """Whether a list only tells who and when (« par … | le … »), as a byline does."""
    around = item.getparent()
    return around is not None and _DETAIL_NAMES.search(f"{names(item)} {names(around)}") is not None


def _is_card(article: etree._Element) -> bool:
    """Whether an <article> without a page's headline is a teaser: its only heading is a link."""
    headings = list(islice(article.iter(*_CARD_HEADINGS), 2))
    return len(headings) == 1 and (
        next(headings[0].iter("a"), None) is not None
        or next(headings[0].iterancestors("a"), None) is not None
    )
