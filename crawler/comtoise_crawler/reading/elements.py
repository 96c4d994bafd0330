"""Small looks at a page's elements, shared by what reads its dates, names and text."""

import re
from collections.abc import Callable

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


Lines = Callable[[], list[tuple[etree._Element, str]]]
"""`short_lines` of one page, found when first asked for."""


def short_lines(tree: etree._Element) -> list[tuple[etree._Element, str]]:
    """The short texts of the page outside its furniture, in order, each with its element: where a byline stands."""
    lines: list[tuple[etree._Element, str]] = []
    for element in tree.iter(*_LINE_TAGS):
        if len(element) > 8:
            continue
        if len(lines) > LINES_MAX:
            break
        text = words(element)
        if 4 < len(text) < 220 and not in_side_column(element):
            lines.append((element, text))
    return lines


def in_side_column(element: etree._Element) -> bool:
    """Whether what stands there is of another article: in a column, a list or a card of teasers, a link to it."""
    for parent in element.iterancestors():
        if parent.tag in ("html", "body"):
            return False
        if parent.tag in ("aside", "nav"):
            return True
        if parent.tag == "li" and not _is_detail_list(parent):
            return True
        if parent.tag == "a" and len(words(parent)) > len(words(element)) + _LINK_WORDS:
            return True
        if parent.tag == "article" and _is_card(parent):
            return True
        if _SIDE_NAMES.search(names(parent)) is not None and next(parent.iter("h1"), None) is None:
            return True  # some scripts wrap the article itself in a box of that name
    return False


def _is_detail_list(item: etree._Element) -> bool:
    """Whether a list only tells who and when (« par … | le … »), as a byline does."""
    around = item.getparent()
    return around is not None and _DETAIL_NAMES.search(f"{names(item)} {names(around)}") is not None


def _is_card(article: etree._Element) -> bool:
    """Whether an <article> is another article's: its heading is a link, and it holds no heading of a page."""
    if next(article.iter("h1"), None) is not None:
        return False
    headings = list(article.iter(*_CARD_HEADINGS))
    return len(headings) == 1 and (
        next(headings[0].iter("a"), None) is not None
        or any(p.tag == "a" for p in headings[0].iterancestors())
    )
