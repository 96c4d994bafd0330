"""Read a feed of any dialect: bytes in, entries out. No fetching, no clock, no state.

Three readers, tried in turn: JSON, the fast one for XML (lxml), and feedparser as the net for what the fast
one refuses or finds empty. Entries come out cleaned (`comtoise.text.clean`).
"""

import re
from datetime import datetime

from comtoise.i18n import _
from comtoise_crawler.reading import json_feed, xml_feed
from comtoise_crawler.reading.decoding import Decoded, decode, gunzip
from comtoise_crawler.reading.errors import NotAFeed
from comtoise_crawler.reading.feed_model import Feed, FeedKind
from comtoise_crawler.reading.late import read_broken_feed
from comtoise_crawler.reading.limits import NET_MAX

__all__ = ["Feed", "FeedKind", "NotAFeed", "read_feed"]

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:(?><!--.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_SITEMAP = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)\b")


def read_feed(body: bytes, *, url: str, content_type: str | None = None, now: datetime) -> Feed:
    """The feed in *body*.

    Args:
        body: As received, at most 10 MiB; gzip is unpacked.
        url: Where it was read from: relative links resolve against it when the feed says nothing better.
        content_type: The header as received; wrong ones are common and only break ties.
        now: For dates that lack a year.
    Raises:
        NotAFeed: It is something else; the message says what, in French.
        SourceError: It is too big or attacks its reader.
    """
    document = decode(gunzip(body), content_type)
    text = document.text
    if not text.strip():
        raise NotAFeed(_("Le document est vide."))
    if text.lstrip()[:1] in "{[":
        return json_feed.read(text, url=url, now=now, encoding=document.encoding)
    if _HTML.match(text[:5000]):
        raise NotAFeed(_("L’adresse répond une page web (HTML) au lieu d’un flux."))
    feed = xml_feed.read(document, url=url, now=now)
    if feed is None or (not feed.entries and "formé" in "".join(feed.problems)):
        feed = _net(document, url, now) or feed
    if feed is None:
        raise NotAFeed(_reason(text))
    return feed


def _net(document: Decoded, url: str, now: datetime) -> Feed | None:
    if len(document.text) > NET_MAX or not re.search(
        r"<(?:\w+:)?(?:rss|feed|rdf|channel|entry|item)\b", document.text[:4000], re.I
    ):
        return None
    return read_broken_feed(document, url=url, now=now)


def _reason(text: str) -> str:
    if _SITEMAP.search(text[:4000]):
        return _("L’adresse répond un plan de site (sitemap) au lieu d’un flux.")
    if "<" not in text[:4000]:
        return _("L’adresse répond du texte simple au lieu d’un flux.")
    return _("Le document n’est d’aucune forme de flux connue (RSS, RDF, Atom, JSON Feed).")
