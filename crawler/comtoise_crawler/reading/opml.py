"""Read and write lists of feeds as feed readers exchange them. Source: opml.org, OPML 2.0 (and 1.0, 1.1).

A feed is an outline of type « rss », as every reader expects. Other kinds of source are outlines of type « link »
with what a card needs in a namespace of our own: other readers pass over them, Comtoise takes them back whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import Access, ListingSelectors, Source, SourceKind
from comtoise.text.clean import clean_title, clean_url
from comtoise_crawler.reading.decoding import decode, gunzip
from comtoise_crawler.reading.limits import BODY_MAX, ENTRIES_MAX
from comtoise_crawler.reading.xml import local, parse_xml

NAMESPACE = "https://comtoise.example/ns/source"
_OURS = f"{{{NAMESPACE}}}"
_SELECTORS = ("item", "link", "title", "date", "summary")


@dataclass(frozen=True, slots=True)
class Outlines:
    """What an OPML file lists."""

    sources: tuple[Source, ...]  #: without id; in the file's order, nested ones included; repetitions too
    unreadable: int = 0  #: outlines that give an address nobody can poll


class NotOpml(SourceError):
    """The file is no OPML, or attacks its reader."""


def read_opml(body: bytes) -> Outlines:
    """The sources that an OPML file lists, at most 2,000.

    Raises:
        SourceError: it is something else, too big, or defines entities to attack with.
    """
    if len(body) > BODY_MAX:
        raise NotOpml(_("Le fichier dépasse 10 Mo : ce n’est pas une liste de flux."))
    parsed = parse_xml(decode(gunzip(body), None).text, base_url="")
    if parsed is None or local(parsed.root).lower() != "opml":
        raise NotOpml(_("Le fichier n’est pas une liste de flux (OPML)."))
    sources: list[Source] = []
    unreadable = 0
    for outline in _outlines(parsed.root):
        said = {str(name): str(value) for name, value in outline.attrib.items()}
        fields = {name if name.startswith("{") else name.lower(): value for name, value in said.items()}
        written = fields.get("xmlurl") or (fields.get("url") if f"{_OURS}kind" in fields else None)
        if not written:
            continue
        if len(sources) + unreadable >= ENTRIES_MAX:
            raise NotOpml(_("Le fichier liste plus de 2 000 sources : partagez-le en plusieurs."))
        source = _source(written, fields)
        if source is None:
            unreadable += 1
        else:
            sources.append(source)
    return Outlines(tuple(sources), unreadable)


def _outlines(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if local(element).lower() == "outline")


def _source(written: str, fields: dict[str, str]) -> Source | None:
    url = clean_url(written, "")
    try:
        kind = SourceKind(fields.get(f"{_OURS}kind", "feed"))
        access = Access(fields.get(f"{_OURS}access", "open"))
    except ValueError:
        return None
    if url is None or "@" in url.partition("://")[2].partition("/")[0]:
        return None
    named = {name: fields[f"{_OURS}{name}"] for name in _SELECTORS if fields.get(f"{_OURS}{name}")}
    covered = fields.get(f"{_OURS}departements", "").split(",")
    return Source(
        id="",
        name=clean_title(fields.get("title") or fields.get("text") or "") or url,
        kind=kind,
        url=url,
        homepage=clean_url(fields.get("htmlurl"), ""),
        departements=tuple(code.strip() for code in covered if code.strip()),
        access=access,
        selectors=ListingSelectors(**named) if "item" in named and kind is SourceKind.LISTING else None,
    )


def write_opml(sources: Iterable[Source], *, title: str, now: datetime) -> bytes:
    """The OPML 2.0 document, UTF-8, that lists *sources* in their order."""
    root = etree.Element("opml", version="2.0", nsmap={"comtoise": NAMESPACE})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = title
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    for source in sources:
        outline = etree.SubElement(body, "outline", text=source.name, title=source.name)
        if source.kind is SourceKind.FEED:
            outline.attrib.update({"type": "rss", "xmlUrl": source.url})
        else:
            outline.attrib.update({"type": "link", "url": source.url, f"{_OURS}kind": source.kind.value})
        if source.homepage:
            outline.set("htmlUrl", source.homepage)
        if source.departements:
            outline.set(f"{_OURS}departements", ",".join(source.departements))
        if source.access is not Access.OPEN:
            outline.set(f"{_OURS}access", source.access.value)
        for name in _SELECTORS if source.selectors is not None else ():
            css = getattr(source.selectors, name)
            if css:
                outline.set(f"{_OURS}{name}", css)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
