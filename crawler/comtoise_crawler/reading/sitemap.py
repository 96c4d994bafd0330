"""Read a sitemap, a news sitemap or a sitemap index. Source: sitemaps.org, Google's news extension."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

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
class Child:
    """A sitemap that an index names."""

    url: str
    lastmod: str | None = None  #: as spelt, to tell a change
    modified: datetime | None = None  #: the same, aware, UTC


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Entries, or the sitemaps that an index names; at most 50,000 of either."""

    entries: tuple[Entry, ...] = ()
    index: tuple[Child, ...] = ()

    @property
    def children(self) -> tuple[str, ...]:
        """The addresses of the sitemaps that an index names."""
        return tuple(child.url for child in self.index)


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
        named = (_child(_fields(child), url, now) for child in islice(root, SITEMAP_MAX))
        return Sitemap(index=tuple(child for child in named if child is not None))
    entries = []
    moments: dict[str, datetime | None] = {"": None}  # thousands of entries may bear one date
    for element in islice(root, SITEMAP_MAX):
        fields = _fields(element)
        address = clean_url(fields.get("loc"), url)
        if address is None or urlsplit(address).path in ("", "/"):  # the home page is no article
            continue
        dated = fields.get("publication_date") or fields.get("lastmod") or ""
        if dated not in moments:
            moments[dated] = _moment(dated, now)
        entries.append(
            Entry(
                url=address,
                guid=None,
                title=clean_title(fields.get("title", "")),
                published=moments[dated],
                language=fields.get("language"),
            )
        )
    return Sitemap(entries=tuple(entries))


def _child(fields: dict[str, str], url: str, now: datetime) -> Child | None:
    address, lastmod = clean_url(fields.get("loc"), url), fields.get("lastmod")
    return Child(address, lastmod, _moment(lastmod or "", now)) if address else None


def _moment(dated: str, now: datetime) -> datetime | None:
    found = read_dates(dated, now=now, net=False).published if dated else None
    return found.utc if found else None


def _fields(element: etree._Element) -> dict[str, str]:
    """The texts below an element by local name, the first of each."""
    fields: dict[str, str] = {}
    for child in element.iter():
        if len(child) == 0 and child.text and child.text.strip():
            fields.setdefault(local(child), child.text.strip())
    return fields
