"""Take a page's furniture out before its text is read: what stands beside an article is not of it.

Side columns of teasers, polls, weather, comments, share links, « Lire aussi » boxes, newsletters, banners. A
topic found only there must never be given to the article. The names are those of class and id attributes that
French news sites, WordPress, SPIP, Drupal and municipal sites use.
"""

import re

from lxml import etree

#: Never part of an article's text.
_ELEMENTS = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "form",
    "button",
    "select",
    "nav",
    "svg",
    "object",
    "embed",
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:"
    r"encarts?|breves?|droite|gauche|pied|bas-de-page|module|modules|"
    r"side-?bar|sidebars?|aside|colonne-(?:droite|gauche|laterale)|col-(?:droite|gauche)|right-?col(?:umn)?|left-?col(?:umn)?|"
    r"colonne|widget|widgets|related|related-?(?:posts?|articles?|content)|articles?-(?:lies|similaires|associes)|"
    r"lire-aussi|a-lire|alire|a-lire-aussi|voir-aussi|read-?(?:also|more|next)|see-also|plus-lus|most-(?:read|popular)|"
    r"popular|trending|recommended|recommandations?|outbrain|taboola|ligatus|"
    r"teasers?|actus?-liees|autres-(?:articles|actualites|actus)|dernieres-(?:actus|actualites|news|infos)|"
    r"sondages?|poll|polls|yop-poll|wp-polls|meteo|weather|"
    r"comments?|comment-?(?:list|respond|form|area)|comments-area|commentaires?|respond|disqus|fb-comments|reactions|"
    r"share|sharing|shares|sharedaddy|share-?(?:buttons?|links?|bar|tools?)|partage|partager|social|socials|"
    r"social-?(?:share|links?|media|icons?|bar)|addtoany|addthis|"
    r"newsletters?|abonnez-vous|inscription-newsletter|promo|promos|publicite|pub|pubs|advert(?:isement)?s?|ads?|banner|bannieres?|"
    r"breadcrumbs?|fil-d-?ariane|pagination|pager|post-navigation|nav-links|menu|menus|footer|site-footer|"
    r"cookies?|rgpd|gdpr|consent|tarteaucitron|skip-links?|"
    r"author-?(?:box|bio)|about-author|bio-auteur|tag-?cloud|tags-links|agenda-?widget|portfolio-nav|meme-rubrique|dans-la-meme-rubrique"
    r")(?:$|[\s_-])",
    re.IGNORECASE,
)
#: A heading that opens a box of teasers; what follows it in the same parent goes too.
_HEADING = re.compile(
    r"^\s*(?:(?:à|a) lire(?: aussi)?|lire (?:aussi|également)|voir aussi|sur le même (?:sujet|thème)|"
    r"dans la même (?:rubrique|catégorie)|articles? (?:liés?|similaires?|associés?|connexes?|récents?)|"
    r"ces articles (?:pourraient|peuvent) vous intéresser|"
    r"vous aimerez aussi|(?:cela|ceci|ça) (?:peut|pourrait|devrait) (?:aussi )?vous (?:intéresser|plaire)|"
    r"les plus lus|les \+ lus|nos autres (?:articles|actualités)|autres (?:articles|actualités|actus)|"
    r"(?:les )?dernières (?:actus|actualités|nouvelles|infos)|toutes? (?:l['’]actualité|les actualités)|à la une|"
    r"commentaires?(?: \(\d+\))?|\d+ commentaires?|laisser un commentaire|vos réactions|réagir(?: à cet article)?|"
    r"partager(?: cet article)?|partagez(?: cet article)?|suivez-nous|sondage|météo|"
    r"related (?:posts|articles|stories)|most (?:read|popular)|you (?:may|might) also like|read (?:more|also|next)|"
    r"leave a (?:reply|comment)|share this)\s*[:…]?\s*$",
    re.IGNORECASE,
)
#: A line of its own in the text that is furniture, whatever box it stood in.
_LINE = re.compile(
    r"^\s*(?:[-–•>»*]\s*)?(?:"
    r"(?:à|a) lire (?:aussi|également)\b.*|(?:lire|voir|écouter) (?:aussi|également)\b.*|"
    r"lire (?:la suite|l['’]article|plus)\s*(?:…|\.\.\.|»)?|"
    r"(?:partager|partagez|imprimer|envoyer|tweeter|enregistrer|commenter|réagir|copier le lien)(?: (?:sur|par|cet|l['’]).{0,40})?|"
    r"(?:facebook|twitter|x|linkedin|whatsapp|messenger|instagram|pinterest|e-?mail|mail)(?:[ ,|/·]+(?:facebook|twitter|x|linkedin|whatsapp|messenger|instagram|pinterest|e-?mail|mail))*|"
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
_ARTICLE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:article|post|entry|story|content|contenu|texte|text|body|main|single)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NAMES_MAX = 600  #: characters of class and id looked at


def _names(element: etree._Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:_NAMES_MAX]


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


def _length(element: etree._Element) -> int:
    return sum(len(str(text).strip()) for text in element.itertext())


def strip(tree: etree._Element) -> None:
    """Take the furniture out of *tree*, in place.

    A box is furniture by its element (nav, form …), its role, its names, or the heading that opens it. A box
    with more than half of the page's paragraph text is the article, whatever its names say.
    """
    for element in list(tree.iter(*_ELEMENTS)):
        _drop(element)
    whole = sum(_length(p) for p in tree.iter("p")) or 1

    def is_article(element: etree._Element) -> bool:
        return sum(_length(p) for p in element.iter("p")) * 2 > whole

    for element in list(
        tree.iter(
            "aside", "footer", "header", "div", "section", "ul", "ol", "ins", "figure", "span", "p", "table"
        )
    ):
        if element.getparent() is None or element.tag in _KEEP:
            continue
        role = (element.get("role") or "").lower()
        hidden = element.get("aria-hidden") == "true" and element.tag != "span"
        names = _names(element)
        furniture = (
            element.tag == "aside"
            or role in ("navigation", "complementary", "contentinfo", "search", "banner")
            or hidden
            or (_FURNITURE.search(names) is not None)
        )
        if furniture and not is_article(element):
            _drop(element)
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6", "strong", "p", "span", "div", "b", "legend")):
        if heading.getparent() is None or len(heading) > 3:
            continue
        text = "".join(map(str, heading.itertext()))
        if len(text) <= 80 and _HEADING.match(text):
            _drop_box(heading, is_article)


def _drop_box(heading: etree._Element, is_article: object) -> None:
    """Remove the list that a heading opens: its box when the box is small, else the list next to it."""
    assert callable(is_article)
    box = heading
    parent = heading.getparent()
    while parent is not None and parent.tag not in _KEEP and not is_article(parent):
        if _length(parent) > 4_000:
            break
        box = parent
        parent = parent.getparent()
    if box is not heading:
        _drop(box)
        return
    following = heading.getnext()
    _drop(heading)
    while following is not None and following.tag in ("ul", "ol", "div"):
        after = following.getnext()
        if is_article(following) or _link_share(following) < 0.5:
            break
        _drop(following)
        following = after


def _link_share(element: etree._Element) -> float:
    total = _length(element)
    return sum(_length(a) for a in element.iter("a")) / total if total else 1.0


def is_furniture_line(line: str) -> bool:
    """Whether a line of extracted text is furniture: a share link, a file name, a weather reading …"""
    return len(line) <= 200 and _LINE.match(line) is not None
