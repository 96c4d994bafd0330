"""Take a page's furniture out before its text is read: what stands beside an article is not of it.

Side columns of teasers, polls, weather, comments, share links, « Lire aussi » boxes, newsletters, banners. A
topic found only there must never be given to the article. A box is furniture by its element, by its role, by a
word of its class or id (those that French news sites, WordPress, SPIP, Drupal and municipal sites use), or by
the heading that opens it; never when it holds the headline.
"""

import re
from collections.abc import Callable, Iterator

from lxml import etree

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
    # widgets
    "sondages?|polls?|yop-poll|wp-polls|meteo|weather|agenda-?widget|"
    # what readers say, and where else to say it
    "comments?|comment-?(?:list|respond|form|area)|comments-area|commentaires?|respond|disqus|fb-comments|"
    "reactions|share|shares|sharing|sharedaddy|share-?(?:buttons?|links?|bar|tools?)|partage|partager|socials?|"
    "social-?(?:share|links?|media|icons?|bar)|addtoany|addthis|"
    # advertising and forms
    "newsletters?|abonnez-vous|promos?|publicite|pubs?|advert(?:isement)?s?|ads?|banner|bannieres?|"
    # the site around
    "breadcrumbs?|fil-d-?ariane|pagination|pager|post-navigation|nav-links|menus?|footer|pied|bas-de-page|"
    "cookies?|rgpd|gdpr|consent|tarteaucitron|skip-links?|author-?(?:box|bio)|about-author|bio-auteur|"
    "tag-?cloud|tags-links|portfolio-nav"
)
_FURNITURE = re.compile(rf"(?:^|[_-])(?:{_WORDS})(?:$|[_-])")
#: Words with these prefixes speak of the page's layout or of the article's kind, not of the box.
_LAYOUT = re.compile(
    r"(?:has|with|without|no|is|layout|page|single|postid|category|categorie|tag|type|format|status|hentry|theme)[_-]"
)
#: A heading that opens a box of teasers.
_HEADING = re.compile(
    r"^\s*(?:(?:à|a) lire(?: aussi)?|lire (?:aussi|également)|voir aussi|sur le même (?:sujet|thème)|"
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
_NETWORK = r"(?:facebook|twitter|x|linkedin|whatsapp|messenger|instagram|pinterest|bluesky|e-?mail|mail)"
#: A line of its own in the text that is furniture, whatever box it stood in.
_LINE = re.compile(
    r"^\s*(?:[-–•>»*]\s*)?(?:"
    r"(?:à|a) lire (?:aussi|également)\b.*|(?:lire|voir|écouter) (?:aussi|également)\b.*|"
    r"lire (?:la suite|l['’]article|plus)\s*(?:…|\.\.\.|»)?|"
    r"(?:partager|partagez|imprimer|envoyer|tweeter|enregistrer|commenter|réagir|copier le lien)"
    r"(?: (?:sur|par|cet|l['’]).{0,40})?|"
    rf"{_NETWORK}(?:[ ,|/·]+{_NETWORK})*|"
    r"[\w()%@+ .-]{1,120}\.(?:jpe?g|png|gif|webp|svg|avif|tiff?|bmp)|"
    r"(?:vent|pression|humidité|température)\s*:?\s*[-\d.,]+\s*(?:m/s|km/h|hpa|%|°c?)(?:.{0,80})|"
    r"temps de lecture\s*:?\s*.{1,20}|lecture\s*:?\s*\d+ ?min.{0,10}|\d+ min(?:utes?)? de lecture|"
    r"(?:publicité|advertisement|annonce|sponsorisé|contenu sponsorisé)|"
    r"(?:lu|vu) \d+ fois|\d+ (?:commentaires?|partages?|réactions?|vues?)|"
    r"(?:résultats? du sondage|voter|voir les résultats)|"
    r"(?:inscrivez-vous|abonnez-vous) à (?:notre|la) (?:newsletter|lettre).{0,120}"
    r")\s*$",
    re.IGNORECASE,
)
_KEEP = frozenset({"html", "body", "main", "article"})
_NAMES_MAX = 600  #: characters of class and id looked at
_BOX_PROSE = 400  #: characters outside links that a box of teasers may hold
_NOSCRIPT_PROSE = 300  #: characters from which a <noscript> is the article for readers without scripts


def strip(tree: etree._Element, headline: Callable[[etree._Element], bool]) -> None:
    """Take the furniture out of *tree*, in place.

    Args:
        tree: A whole page.
        headline: Whether an element is the article's headline; the boxes around it stay.
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


def is_furniture_line(line: str) -> bool:
    """Whether a line of extracted text is furniture: a share link, a file name, a weather reading …"""
    return len(line) <= 200 and _LINE.match(line) is not None


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
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:_NAMES_MAX].lower().split()
    return any(_FURNITURE.search(name) is not None and not _LAYOUT.match(name) for name in names)


def _is_certain(element: etree._Element) -> bool:
    """Whether even a big box is furniture: a column, or what readers wrote."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:_NAMES_MAX].lower().split()
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


def _length(element: etree._Element) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def _link_share(element: etree._Element) -> float:
    total = _length(element)
    return sum(_length(a) for a in element.iter("a")) / total if total else 1.0
