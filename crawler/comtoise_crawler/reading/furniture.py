"""Take a page's furniture out before its text is read: what stands beside an article is not of it.

Side columns of teasers, polls, weather, comments, share links, « Lire aussi » boxes, newsletters, banners. A
topic found only there must never be given to the article. A box is furniture by its element, by its role, by a
word of its class or id (those that French news sites, WordPress, SPIP, Drupal and municipal sites use), by the
heading that opens it, or because it is nothing but a link to another page of the site; never when it holds the
headline.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from lxml import etree

from comtoise_crawler.reading.elements import names as element_names

#: Never part of an article's text.
_ELEMENTS = (
    "script", "style", "template", "iframe", "form", "button", "select", "nav", "svg", "object", "embed",
)  # fmt: skip
_BOXES = (
    "aside", "footer", "header", "div", "section", "ul", "ol", "dl", "ins", "figure", "span", "p", "table",
)  # fmt: skip
_ROLES = frozenset({"navigation", "complementary", "contentinfo", "search", "banner"})
#: Words of a class or id, whole or joined by « - » or « _ » to others.
_WORDS = (
    # side columns and boxes of teasers
    "side-?bars?|aside|colonne|droite|gauche|right-?col(?:umn)?|left-?col(?:umn)?|col-(?:droite|gauche)|encarts?|"
    "breves?|widgets?|modules?|teasers?|related(?:-?(?:posts?|articles?|content))?|popular|trending|recommended|"
    "recommandations?|outbrain|taboola|ligatus|plus-lus|most-(?:read|popular)|a?-?lire-aussi|alire|a-lire|"
    "voir-aussi|read-?(?:also|more|next)|see-also|articles?-(?:lies|similaires|associes)|actus?-liees|"
    "autres-(?:articles|actualites|actus)|dernieres-(?:actus|actualites|news|infos)|meme-rubrique|"
    "(?:en-)?savoir[_-]plus|jp-relatedposts|yarpp|latest-(?:posts?|news)|derniers-articles|a-decouvrir|"
    # widgets
    "sondages?|polls?|yop-poll|wp-polls|meteo|weather|agenda-?widget|"
    # what readers say, and where else to say it
    "comments?|comment-?(?:list|respond|form|area)|comments-area|commentaires?|respond|disqus|fb-comments|"
    "reactions|share|shares|sharing|sharedaddy|share-?(?:buttons?|links?|bar|tools?)|partage|partager|socials?|"
    "social-?(?:share|links?|media|icons?|bar)|addtoany|addthis|"
    # advertising and forms
    "newsletters?|abonnez-vous|promos?|publicite|pubs?|advert(?:isement)?s?|ads?|banner|bannieres?|"
    "abonnements?|subscri(?:be|ption)|sign-?up|log-?in|connexion|(?:pay|login)-?wall|login-popup|popups?|pop-up|modal|suscripcion|cta|call-to-action|faire-un-don|donate|"
    # under pictures
    "wp-caption-text|caption-text|legende|figcaption|photo-?credits?|image-?credits?|credits?-photos?|copyright|"
    # the site around
    "breadcrumbs?|fil-d-?ariane|pagination|pager|post-navigation|nav-links|menus?|footer|pied|bas-de-page|"
    "cookies?|rgpd|gdpr|consent|tarteaucitron|skip-links?|author-?(?:box|bio)|about-author|bio-auteur|"
    "tag-?cloud|tags-links|post-tags|entry-tags|mots-cles|portfolio-nav|screen-reader-text|sr-only|visually-hidden|"
    "back-to-top|lang(?:uage)?-switch(?:er)?"
)
_FURNITURE = re.compile(rf"(?:^|[_-])(?:{_WORDS})(?:$|[_-])")
#: Words with these prefixes speak of the page's layout or of the article's kind, not of the box.
_LAYOUT = re.compile(
    r"(?:has|with|without|no|is|layout|page|single|postid|category|categorie|tag|type|format|status|hentry|theme)[_-]"
)
#: A heading that opens a box of teasers.
_HEADING = re.compile(
    r"^\s*(?:(?:à|a) (?:lire|voir|découvrir)(?: (?:aussi|également|ensuite))?|(?:lire|voir) (?:aussi|également)|"
    r"sur le même (?:sujet|thème)|en savoir plus|pour en savoir plus|à propos de l['’]auteur(?:e|rice)?|"
    r"about the author|l['’]auteure?|(?:nos )?derniers articles|articles (?:populaires|précédents|suivants)|"
    r"les (?:plus|\+) (?:lus|consultés|partagés|commentés)|(?:l['’]actu(?:alité)?|l['’]info) en continu|"
    r"recommandé(?:s)? pour vous|dans l['’]actualité|nous suivre|newsletters?|mots[- ]cl[ée]s|tags|nos partenaires|"
    r"(?:ajouter|poster|écrire) un commentaire|vos commentaires|événements à venir|"
    r"latest (?:news|articles|stories|posts)|recent (?:posts|articles)|recommended(?: for you)?|trending(?: now)?|"
    r"top stories|more (?:stories|news|from .{2,40})|see also|comments?(?: \(\d+\))?|\d+ comments?|"
    r"das könnte (?:sie|dich) auch interessieren|ähnliche (?:beiträge|artikel)|mehr zum thema|kommentare|"
    r"notas relacionadas|más leídas|"
    r"dans la même (?:rubrique|catégorie)|articles? (?:liés?|similaires?|associés?|connexes?|récents?)|"
    r"ces articles (?:pourraient|peuvent) vous intéresser|"
    r"vous aimerez aussi|(?:cela|ceci|ça) (?:peut|pourrait|devrait) (?:aussi )?vous (?:intéresser|plaire)|"
    r"les plus lus|les \+ lus|nos autres (?:articles|actualités)|autres (?:articles|actualités|actus)|"
    r"(?:les )?dernières (?:actus|actualités|nouvelles|infos)|toutes? (?:l['’]actualité|les actualités)|à la une|"
    r"commentaires?(?: \(\d+\))?|\d+ commentaires?|laisser un commentaire|vos réactions|"
    r"réagir(?: à cet article)?|"
    r"partager(?: cet article)?|partagez(?: cet article)?|suivez-nous|sondage|météo|"
    r"related (?:posts|articles|stories)|most (?:read|popular)|you (?:may|might) also like|"
    r"read (?:more|also|next)|leave a (?:reply|comment)|share this)\s*[:…]?\s*$",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|zip|csv|jpe?g|png|gif|webp|svg|mp[34])$", re.IGNORECASE
)
_BLOCKS = (
    "p",
    "li",
    "div",
    "section",
    "article",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dt",
    "dd",
    "ul",
    "ol",
    "figure",
)
_TEASER_MIN = 20  #: characters of a link that may be another article's title
_TEASER_SHARE = 0.8  #: of the text of a paragraph or list from which its links are all it is
_TEASER_BESIDE = 30  #: characters that may stand beside it: « Lire aussi », a date
_KEEP = frozenset({"html", "body", "main", "article"})
_BOX_PROSE = 400  #: characters outside links that a box of teasers may hold
_NOSCRIPT_PROSE = 300  #: characters from which a <noscript> is the article for readers without scripts


def strip(tree: etree._Element, headline: Callable[[etree._Element], bool], url: str) -> None:
    """Take the furniture out of *tree*, in place.

    Args:
        tree: A whole page.
        headline: Whether an element is the article's headline; the boxes around it stay.
        url: The page's address: what is only a link to another page of its site is a teaser.
    """
    for element in list(tree.iter(*_ELEMENTS)):
        _drop(element)
    for element in list(tree.iter("noscript")):
        if sum(_length(p) for p in element.iter("p")) >= _NOSCRIPT_PROSE:
            element.tag = "div"
        else:
            _drop(element)
    kept = {
        box for h in tree.iter("h1", "h2", "h3", "title") if headline(h) for box in (h, *h.iterancestors())
    }
    for box in kept:
        if box.tag in ("aside", "footer", "header", "nav"):
            box.tag = "div"  # trafilatura judges by the element too
    prose = _Prose(tree)
    for element in list(tree.iter(*_BOXES)):
        if element in kept or element.tag in _KEEP or not _is_furniture(element):
            continue
        if not kept and prose.most(element):
            continue  # a page without headline: the biggest box is the article, whatever it is called
        if kept and prose.most(element) and not _is_certain(element):
            continue
        _drop(element)
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6", "strong", "p", "span", "div", "b", "legend")):
        if heading in kept or len(heading) > 3 or heading.getparent() is None:
            continue
        text = "".join(map(str, heading.itertext()))
        if len(text) <= 80 and _HEADING.match(text):
            _drop_box(heading, kept, prose)
    _strip_teasers(tree, kept, url)


def _strip_teasers(tree: etree._Element, kept: set[etree._Element], url: str) -> None:
    """Remove the boxes that are one link to another page of the site, and the paragraphs and lists of such links."""
    lengths = _lengths(tree)
    linked: dict[etree._Element, list[int]] = {}
    for link in list(tree.iter("a")):
        if not _leads_elsewhere(link, url):
            continue
        around = next(link.iterancestors("p", "ul", "ol", "td", "body"), None)
        if around is not None and around.tag in ("p", "ul", "ol"):
            linked.setdefault(around, []).append(lengths[link])
        box = _teaser(link, kept, lengths)
        if box is not None and box.getparent() is not None:
            _drop(box)
    for around, links in linked.items():
        many = len(links) > 1 and sum(links) >= _TEASER_MIN
        if many and around not in kept and sum(links) >= lengths[around] * _TEASER_SHARE:
            _drop(around)


def _leads_elsewhere(link: etree._Element, url: str) -> bool:
    """Whether a link leads to another page of the same site, and not to a file or to a place of this page."""
    try:
        target, page = urlsplit(urljoin(url, (link.get("href") or "").strip())), urlsplit(url)
    except ValueError:
        return False
    if target.scheme not in ("http", "https") or not link.get("href") or _FILE.search(target.path):
        return False
    ours, theirs = ((h or "").removeprefix("www.") for h in (page.hostname, target.hostname))
    same = ours == theirs or ours.endswith(f".{theirs}") or theirs.endswith(f".{ours}")
    return same and target.path.rstrip("/") != page.path.rstrip("/")


def _teaser(
    link: etree._Element, kept: set[etree._Element], lengths: dict[etree._Element, int]
) -> etree._Element | None:
    """The biggest box that holds hardly anything but *link*; None when the link stands in a sentence or a table."""
    text = lengths.get(link, 0)
    if text < _TEASER_MIN or link in kept:
        return None
    box: etree._Element = link
    for parent in link.iterancestors():
        if parent.tag in _KEEP or parent.tag in ("td", "th", "tr") or parent in kept:
            break
        if lengths.get(parent, 0) - text > min(_TEASER_BESIDE, text // 2):
            break
        box = parent
    blocks = box is link and next(link.iter(*_BLOCKS), None) is not None
    return box if box.tag in _BLOCKS or blocks else None


class _Prose:
    """How much text outside links each element holds, counted once for the whole page."""

    def __init__(self, tree: etree._Element) -> None:
        self._lengths: dict[etree._Element, int] = {}
        for element in reversed(list(tree.iter(etree.Element))):
            own = 0 if element.tag == "a" else len((element.text or "").strip())
            if element.tag != "a":
                own += sum(self._lengths[c] + len((c.tail or "").strip()) for c in _children(element))
            self._lengths[element] = own
        self._whole = self._lengths.get(tree, 0)

    def of(self, element: etree._Element) -> int:
        return self._lengths.get(element, 0)

    def most(self, element: etree._Element) -> bool:
        """Whether *element* holds more than half of the page's prose."""
        return self.of(element) * 2 > self._whole


def _children(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str))


def _is_furniture(element: etree._Element) -> bool:
    if element.tag == "aside" or (element.get("role") or "").lower() in _ROLES:
        return True
    if element.get("aria-hidden") == "true" and element.tag != "span":
        return True
    names = element_names(element).split()
    return any(_FURNITURE.search(name) is not None and not _LAYOUT.match(name) for name in names)


def _is_certain(element: etree._Element) -> bool:
    """Whether even a big box is furniture: a column, or what readers wrote."""
    names = element_names(element).split()
    certain = (
        r"(?:side-?bar|aside|colonne-(?:droite|gauche|laterale)|comments?|commentaires?|respond|disqus)\b"
    )
    return element.tag == "aside" or any(re.match(certain, name) for name in names)


def _drop(element: etree._Element) -> None:
    """Remove *element*, keeping the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + " " + element.tail
        else:
            parent.text = (parent.text or "") + " " + element.tail
    parent.remove(element)


def _drop_box(heading: etree._Element, kept: set[etree._Element], prose: _Prose) -> None:
    """Remove what a heading opens: its box when that holds little but links, else the lists next to it."""
    box = heading
    parent = heading.getparent()
    while (
        parent is not None
        and parent.tag not in _KEEP
        and parent not in kept
        and prose.of(parent) <= _BOX_PROSE
        and not prose.most(parent)
    ):
        box, parent = parent, parent.getparent()
    if box is not heading:
        _drop(box)
        return
    following = heading.getnext()
    _drop(heading)
    while following is not None and following.tag in ("ul", "ol", "div") and following not in kept:
        after = following.getnext()
        if prose.most(following) or _link_share(following) < 0.5:
            break
        _drop(following)
        following = after


def _lengths(tree: etree._Element) -> dict[etree._Element, int]:
    """How many characters of text each element holds, counted once for the whole page."""
    lengths: dict[etree._Element, int] = {}
    for element in reversed(list(tree.iter(etree.Element))):
        below = sum(lengths[child] + len((child.tail or "").strip()) for child in _children(element))
        lengths[element] = len((element.text or "").strip()) + below
    return lengths


def _length(element: etree._Element) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def _link_share(element: etree._Element) -> float:
    total = _length(element)
    return sum(_length(a) for a in element.iter("a")) / total if total else 1.0
