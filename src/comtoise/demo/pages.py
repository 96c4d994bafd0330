"""Print what a site of the newsroom serves: pages, feeds and lists, from the templates of ``demo/templates``.

An `Item` is an article on line: its card, with a number, an address and dates. Printing is pure: the
same items give the same bytes, which is what makes an ETag hold.
"""

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime as format_rfc822
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from comtoise.demo.sites import ArticleCard, Document, SiteCard

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article on line."""

    card: ArticleCard
    number: int  #: the site's own identifier
    path: str  #: of its page, without host
    title: str  #: as it reads now, edits applied
    chapo: str
    published: datetime  #: aware, UTC
    updated: datetime | None = None

    @property
    def changed(self) -> datetime:
        """When the page last changed."""
        return self.updated or self.published


def typeset(text: str) -> str:
    """Put the no-break spaces of French print: before « : ; ! ? % € », inside the guillemets, in numbers."""
    text = re.sub(r" (?=[:;!?»%€])", "\u00a0", text)
    text = re.sub(r"(?<=«) ", "\u00a0", text)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u202f", text)


def _body_html(card: ArticleCard) -> Markup:
    lines = []
    for paragraph in card.paragraphs:
        tag = "h2" if paragraph.startswith("## ") else "p"
        lines.append(f"<{tag}>{escape(typeset(paragraph.removeprefix('## ')))}</{tag}>")
    return Markup("\n".join(lines))  # every part was escaped above


def _cdata(html: str) -> Markup:
    return Markup(f"<![CDATA[{str(html).replace(']]>', ']]]]><![CDATA[>')}]]>")


def _rfc822(when: datetime) -> str:
    return format_rfc822(when.astimezone(PARIS))


def _iso(when: datetime) -> str:
    return when.astimezone(PARIS).isoformat(timespec="seconds")


def _french(when: datetime, pattern: str) -> str:
    """*when* in Paris and in French, by a CLDR pattern: ``EEEE d MMMM y``."""
    return format_datetime(when, pattern, tzinfo=PARIS, locale="fr")


class Press:
    """The templates of a newsroom, ready to print."""

    def __init__(self, data_dir: Path) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(data_dir / "templates"),
            autoescape=lambda name: name is not None and name.endswith((".html", ".xml")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._templates.filters.update(
            body_html=_body_html, cdata=_cdata, rfc822=_rfc822, iso=_iso, french=_french, typeset=typeset
        )

    def page(self, site: SiteCard, base: str, item: Item, items: Sequence[Item]) -> bytes:
        """The page of *item*; *items* are all those on line, newest first, for the « à lire aussi »."""
        return self._print(site.page, site, base=base, item=item, items=items)

    def document(self, document: Document, site: SiteCard, base: str, items: Sequence[Item]) -> bytes:
        """A feed, list or robots.txt of *site*."""
        body = self._print(document.template, site, base=base, items=items)
        return gzip.compress(body, mtime=0) if document.gzip else body

    def _print(self, template: str, site: SiteCard, **values: object) -> bytes:
        text = self._templates.get_template(template).render(site=site, **values)
        return text.encode(site.charset, "xmlcharrefreplace")
