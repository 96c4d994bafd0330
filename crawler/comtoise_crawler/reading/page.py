"""Read an article's page: what it states for machines first, then what it prints; its text without furniture.

Order of trust: JSON-LD, then metas, then the byline and the heading that people see. The text is
trafilatura's, on a tree from which the furniture was taken out.
"""

import logging
import re
from datetime import UTC, datetime
from itertools import dropwhile, islice
from urllib.parse import urlsplit

import trafilatura
from justext import get_stoplist  # type: ignore[import-untyped]
from lxml import etree
from lxml import html as lxml_html
from trafilatura import external

from comtoise.i18n import _
from comtoise.model import Page
from comtoise.text.clean import clean_line, clean_title, clean_url
from comtoise.text.fold import fold, spaced
from comtoise_crawler.reading import furniture
from comtoise_crawler.reading.dating import is_byline, read_local, read_page_dates
from comtoise_crawler.reading.decoding import decode, gunzip
from comtoise_crawler.reading.elements import Surroundings, names, nodes, words
from comtoise_crawler.reading.errors import NotAPage
from comtoise_crawler.reading.limits import ATTRIBUTES_MAX, PAGE_DEPTH_MAX, PAGE_ELEMENTS_MAX, TAG_MAX
from comtoise_crawler.reading.lines import is_about_author, is_furniture_line
from comtoise_crawler.reading.structured import Stated, state
from comtoise_crawler.robots import PRODUCT

__all__ = ["NotAPage", "read_page"]

# It logs an error for every page without text; that a page has none is told by what is returned.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_ROBOTS = ("robots", PRODUCT.lower())  #: metas that speak to us
_EDGE = 4  #: lines at each end of a text among which who wrote it, and when, stands
_LEAD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:chapo|chapeau|chap[oô]|standfirst|lead|lede|accroche|intro|introduction)(?:$|[\s_-])"
)
_LEAD_TAGS = ("p", "div", "span", "h2", "h3", "strong", "em", "b")
_LEAD_STEPS = 120  #: elements below the headline among which a standfirst stands
_LEAD_MIN, _LEAD_MAX = 60, 900  #: its characters
_LEAD_START = 80  #: characters by which two wordings of it are compared
_SHORT = 250  #: characters under which a text may be what is left of a page drawn by scripts
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{TAG_MAX},}}")
_AUTHOR = re.compile(
    r"^(?:par|by|propos recueillis par|texte\s*:|redaction\s*:)\s+(?P<name>[^|–—•\n]{2,80})", re.IGNORECASE
)
_AUTHOR_BOXES = (
    "//*[@rel='author' or @itemprop='author'] | //*[contains(concat(' ', @class, ' '), ' author ')"
    " or contains(@class, 'author-name') or contains(@class, 'article-author') or contains(@class, 'auteur')]"
)
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)  #: only whether a line holds a date matters there
_PAYWALL = re.compile(
    r"article (?:est )?reserve a(?:ux)? (?:nos )?abonnes|reserve aux abonnes|contenu reserve aux abonnes|"
    r"la suite (?:de cet article )?est reservee|il vous reste \d+ ?% de (?:cet article|l'article)|"
    r"pour lire la suite,? (?:abonnez|connectez)|abonnez-vous pour (?:lire|acceder)|deja abonne",
)
_PAYWALL_NAMES = re.compile(r"(?:^|[\s_-])(?:paywall|pay-wall|subscribers?-only|abonnes-only|premium-gate)")


#: The languages whose function words tell trafilatura's last resort what is prose: those of our readers and their
#: neighbours. Its own choice, all hundred of them, is 150,000 words: 30 MiB for ever.
_PROSE_IN = ("French", "English", "German", "Italian")
external.JT_STOPLIST = tuple(  # type: ignore[assignment]  # theirs is None until it is first needed
    sorted(frozenset().union(*map(get_stoplist, _PROSE_IN)))
)


def read_page(body: bytes, *, url: str, content_type: str | None = None, now: datetime) -> Page:
    """What the page in *body* says.

    Args:
        body: As received, at most 10 MiB; gzip is unpacked.
        url: Where it was read from.
        now: For dates that lack a year; a later date is not believed.
    Raises:
        NotAPage: It holds nothing that can be read as a page; the message says why, in French.
        SourceError: It is too big.
    """
    text = decode(gunzip(body), content_type).text
    tree = _tree(text)
    stated = state(tree, url)
    site = next(iter(stated.sites), None)
    title = _title(tree, stated, site, url)
    surroundings = Surroundings(tree)
    authors = _authors(tree, stated, site, surroundings)
    lead = _lead(tree, stated, title)
    dates = read_page_dates(
        tree, stated, surroundings=surroundings, document=text, url=url, title=title, now=now
    )
    return Page(
        canonical_url=_canonical(tree, stated, url),
        title=title,
        published=dates.published.value if dates.published else None,
        updated=dates.updated.value if dates.updated else None,
        authors=authors,
        language=_language(tree, stated),
        paywalled=_paywalled(tree, stated, surroundings),
        site=site,
        tdm_reserved=stated.tdm_reserved,
        directives=tuple(said for name in _ROBOTS for said in stated.metas.get(name, ())),
        text=_text(tree, text, url, title=title, lead=lead, authors=authors),
    )


def _tree(text: str) -> etree._Element:
    text = text.replace("\x00", "")
    if not text.strip():
        raise NotAPage(_("La page est vide."))
    for tag in _LONG_TAG.finditer(text):
        if tag.group().count("=") > ATTRIBUTES_MAX:
            raise NotAPage(_("La page est démesurée : elle n’a pas été lue."))
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NotAPage(_("La page est illisible.")) from error
    depth = elements = 0
    for event, _element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > PAGE_DEPTH_MAX or elements > PAGE_ELEMENTS_MAX:
            raise NotAPage(_("La page est démesurée : elle n’a pas été lue."))
    return tree


# Title and names


def _title(tree: etree._Element, stated: Stated, site: str | None, url: str) -> str:
    """The headline people see, when the page states it too or the window's title repeats it.

    What is stated for machines wins over a heading of another article or of the site; a heading wins over a
    title made for search engines, which nothing on the page confirms.
    """
    headings = [title for title in (clean_title(words(h)) for h in tree.iter("h1")) if title]
    host = urlsplit(url).hostname or ""
    window = _without_site(clean_title(words(tree.find(".//title"))), site, host)
    titles = [title for title in (_without_site(t, site, host) for t in stated.titles) if title]
    shared = [clean_title(title) for title in stated.metas.get("og:title", ())]
    for title in (*shared, *titles):
        for heading in headings:
            if spaced(title).split() == spaced(heading).split():
                return min(title, heading, key=_straight)
    for title in titles:
        found = _inside(title, headings)
        if found:
            return found
    for title in (*shared, *titles):
        if any(_likeness(title, heading) >= 0.8 for heading in headings):
            return title
    found = _inside(window, headings)
    if found:
        return found
    if titles:
        alike = any(_likeness(titles[0], heading) >= 0.6 for heading in headings)
        if alike or not headings or _likeness(titles[0], window) >= 0.6:
            return titles[0]
        lone = [heading for heading in headings if _likeness(heading, titles[0]) >= 0.25]
        return lone[0] if lone else titles[0]
    for heading in headings:
        if fold(window).startswith(fold(heading)) or _likeness(heading, window) >= 0.5:
            return heading
    return window or next(iter(headings), "")


def _inside(title: str, headings: list[str]) -> str | None:
    """The shorter of a title and the heading that begins or ends it (« Pétition : … », « … - Rubrique »)."""
    for heading in headings:
        inside, outside = sorted((fold(heading), fold(title)), key=len)
        if len(inside) > 24 and (outside.startswith(inside) or outside.endswith(inside)):
            return heading if len(heading) <= len(title) else title
    return None


def _straight(title: str) -> int:
    """How many typewriter quotes a title has: of two spellings, the one with fewer is the edited one."""
    return title.count("'") + title.count('"')


def _likeness(one: str, other: str) -> float:
    """The share of words that two titles have in common."""
    ours, theirs = set(spaced(one).split()), set(spaced(other).split())
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def _without_site(title: str, site: str | None, host: str) -> str:
    """A title without « - Name of the site » at its end; the host's own name counts as the site's."""
    match = re.match(r"(?P<head>.+\S)\s*(?:[-–—|•·»«›‹]| : )\s*(?P<tail>[^|]{2,60})$", title)
    if match is None:
        return title
    head, tail = match["head"].rstrip(" -–—|•·»«›‹"), "".join(spaced(match["tail"]).split())
    names = {"".join(spaced(site).split())} if site else set()
    if tail in names or (len(tail) > 3 and tail in "".join(spaced(host).split())):
        return head
    if " | " in title and len(match["tail"]) < len(head) and title.rpartition(" | ")[2] == match["tail"]:
        return title.rpartition(" | ")[0].rstrip()
    return title


def _authors(
    tree: etree._Element, stated: Stated, site: str | None, surroundings: Surroundings
) -> tuple[str, ...]:
    names = [_name(name) for name in stated.authors if len(name) <= 80 and "@" not in name]
    if not any(names):
        for element in nodes(tree, _AUTHOR_BOXES):
            name = _name(clean_line(words(element)))
            if 2 <= len(name) <= 60 and not surroundings.beside(element):
                names.append(name)
                if element.get("rel") is None:
                    break  # a class says less than rel=author: only the first counts
    if not any(names):
        found = next((found for _element, line in surroundings.lines if (found := _AUTHOR.match(line))), None)
        names += [_name(found["name"])] if found else []
    return tuple(name for name in dict.fromkeys(names) if name and name != site)[:20]


def _name(text: str) -> str:
    """A name alone: without « Par », without the degree, initials or date that follow it."""
    name = re.sub(r"^(?:par|by|von|de la rédaction)\s+", "", text, flags=re.IGNORECASE)
    name = re.sub(
        r"\s*(?:\([^)]*\)|,\s*(?:PhD|MD|MBA|MS)\b.*|[,|–—-]?\s*\b(?:le\s+)?\d{1,2}[./ ].*)$",
        "",
        name,
        flags=re.I,
    )
    return name.strip(" ,.|–—-")


def _language(tree: etree._Element, stated: Stated) -> str | None:
    said = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    for language in (said, *stated.languages):
        if language and re.match(r"[A-Za-z]{2,3}(?:[-_]|$)", language):
            return re.split(r"[-_]", language)[0].lower()
    return None


def _canonical(tree: etree._Element, stated: Stated, url: str) -> str | None:
    """The address the page gives itself; its own when what it says is no address of a page below a site."""
    said = [link.get("href") for link in nodes(tree, "//link[@rel='canonical'][@href]")]
    said += stated.metas.get("og:url", ())
    for address in (*said, *stated.addresses):
        absolute = clean_url(address, url) if address else None
        if absolute and re.search(r"://[^/]+/.", absolute):
            return absolute
    return clean_url(url)


# Text


def _lead(tree: etree._Element, stated: Stated, title: str) -> str:
    """The standfirst printed under the headline: a box named so, or the words that the page states as its summary.

    Empty without one. It is often no paragraph, and extraction by paragraphs then loses it.
    """
    summaries = [
        fold(clean_line(said))[:_LEAD_START]
        for name in ("og:description", "description", "twitter:description")
        for said in stated.metas.get(name, ())
    ]
    headline = next(iter(_headings(tree, title)), None)
    if headline is None:
        return ""
    below = dropwhile(lambda element: element is not headline, tree.iter(etree.Element))
    for element in islice(below, 1, _LEAD_STEPS):
        if element.tag not in _LEAD_TAGS or len(element) > 3:
            continue
        line = words(element)
        if not _LEAD_MIN <= len(line) <= _LEAD_MAX:
            continue
        told = fold(line[:_LEAD_START])
        if _is_byline(line) or is_byline(told) or "//" in line:
            continue
        named = _LEAD_NAMES.search(names(element)) is not None and line[-1] in '.!?…»”"'
        if named or any(len(s) >= _LEAD_MIN and told == s for s in summaries):
            return line
    return ""


def _headings(tree: etree._Element, title: str) -> list[etree._Element]:
    """The headings that say the title."""
    wanted = fold(title)
    return [h for h in tree.iter("h1", "h2", "h3") if wanted and fold(clean_title(words(h))) == wanted]


def _text(
    tree: etree._Element, document: str, url: str, *, title: str, lead: str, authors: tuple[str, ...]
) -> str:
    """The article's paragraphs, one a line.

    From the box around the headline; from the page without its furniture when that box holds little; from
    the page as it is when even that is empty: a strange layout may call its article a side column.
    """
    wanted = fold(title)
    furniture.strip(tree, lambda h: bool(wanted) and fold(clean_title(words(h))) == wanted, url)
    text = _extract(lxml_html.tostring(tree, encoding="unicode"))
    box = _article_box(tree, title)
    if box is not None:
        inner = lxml_html.tostring(box, encoding="unicode", with_tail=False)
        boxed = _extract(f"<html><body>{inner}</body></html>")
        text = boxed if len(boxed) * 2 > len(text) else text
    if len(text) < _SHORT:
        text = _from_scripts(document, tree) or text or _extract(document)
    stripped = (line.strip() for line in text.split("\n"))
    kept = [line.removeprefix("- ") for line in stripped if line.strip(" -–•")]
    if kept and lead and fold(lead)[:_LEAD_START] not in fold("\n".join(kept[:_EDGE])):
        kept.insert(0, lead)
    signed = {wanted, *map(fold, authors)}
    return "\n".join(
        line
        for number, line in enumerate(kept)
        if not is_furniture_line(line)
        and fold(line) != wanted
        and not (number < _EDGE and _is_byline(line))
        and not (len(kept) - number <= _EDGE and is_about_author(line, authors))
        and not (min(number, len(kept) - 1 - number) < _EDGE and fold(_name(line)) in signed)
    )


def _from_scripts(document: str, tree: etree._Element) -> str:
    """The text of a page that scripts draw, which trafilatura finds in their data; empty when it is not so.

    Text that stands in the page's elements is not taken: there, the reading above has judged it.
    """
    text = _extract(document)
    shown = " ".join(words(tree).split())
    lines = [line for line in text.split("\n") if len(line) > 80]
    return text if lines and not any(line[:60] in shown for line in lines) and len(text) > _SHORT else ""


def _is_byline(line: str) -> bool:
    """Whether one of the first lines only says when and by whom."""
    if len(line) > 140:
        return False
    folded = fold(line)
    if read_local(line, _ANY_DAY).published is None:
        return False
    alone = len(line) <= 60 and len(re.findall(r"[^\W\d_]+", line)) <= 5
    return alone or is_byline(folded) or _AUTHOR.match(line) is not None


def _extract(document: str) -> str:
    found = trafilatura.extract(document, include_comments=False, include_tables=True, deduplicate=False)
    return found or ""


def _article_box(tree: etree._Element, title: str) -> etree._Element | None:
    """The smallest box around the headline that holds most of the page's paragraphs; None without one.

    What stands beside that box is another column, whatever it is called.
    """
    headings = _headings(tree, title)
    if not headings:
        return None
    whole = _paragraphs(tree)
    for box in headings[0].iterancestors():
        if box.tag in ("body", "html"):
            return None
        if _paragraphs(box) * 2 > whole:
            return box
    return None


def _paragraphs(element: etree._Element) -> int:
    return sum(len(words(p)) for p in element.iter("p", "blockquote", "li"))


def _paywalled(tree: etree._Element, stated: Stated, surroundings: Surroundings) -> bool:
    if stated.free is not None:
        return not stated.free
    for element in nodes(tree, "//*[@class or @id]"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(names) < 300 and _PAYWALL_NAMES.search(names.lower()):
            return True
    return any(_PAYWALL.search(fold(line)) for _element, line in surroundings.lines)
