"""Read a sitemap, a news sitemap or a sitemap index. Source: sitemaps.org, Google's news extension."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml import etree

from comtoise.i18n import _
from comtoise.model import Entry
from comtoise.text.clean import clean_title, clean_url
from comtoise.text.dates import read_dates
from comtoise_crawler.reading.decoding import decode, gunzip
from comtoise_crawler.reading.errors import NotASitemap
from comtoise_crawler.reading.limits import SITEMAP_MAX
from comtoise_crawler.reading.xml import local, parse_xml


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Entries, or the sitemaps that an index names; at most 50,000 of either."""

    entries: tuple[Entry, ...] = ()
    children: tuple[str, ...] = ()


def read_sitemap(body: bytes, *, url: str, now: datetime, content_type: str | None = None) -> Sitemap:
    """The sitemap in *body*, plain or gzip.

    An address without news data becomes an entry without title: its page tells the rest.

    Raises:
        NotASitemap: it is something else.
    """
    parsed = parse_xml(decode(gunzip(body), content_type).text, base_url=url)
    root = parsed.root if parsed is not None else None
    if root is None or local(root) not in ("urlset", "sitemapindex"):
        raise NotASitemap(_("L’adresse ne répond pas un plan de site (sitemap)."))
    if local(root) == "sitemapindex":
        named = (_fields(child).get("loc") for child in islice(root, SITEMAP_MAX))
        return Sitemap(children=tuple(a for text in named if (a := clean_url(text, url))))
    entries = []
    for element in islice(root, SITEMAP_MAX):
        fields = _fields(element)
        address = clean_url(fields.get("loc"), url)
        if address is None:
            continue
        dated = fields.get("publication_date") or fields.get("lastmod") or ""
        found = read_dates(dated, now=now, net=False).published
        entries.append(
            Entry(
                url=address,
                guid=None,
                title=clean_title(fields.get("title", "")),
                published=found.utc if found else None,
                language=fields.get("language"),
            )
        )
    return Sitemap(entries=tuple(entries))


def _fields(element: etree._Element) -> dict[str, str]:
    """The texts below an element by local name, the first of each."""
    fields: dict[str, str] = {}
    for child in element.iter():
        if len(child) == 0 and child.text and child.text.strip():
            fields.setdefault(local(child), child.text.strip())
    return fields
