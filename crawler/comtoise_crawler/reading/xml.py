"""Parse foreign XML with lxml: no network, no entity of its own expanded, no endless depth.

The document type is taken out before parsing. Entities it declares are honoured when they are short and
plain; a document that builds entities out of entities is refused, as only an attack does.
"""

import html.entities
import re
from dataclasses import dataclass

from lxml import etree

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise_crawler.reading.limits import ENTITIES_MAX, ENTITY_MAX, EXPANSION_MAX

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_OPENING = re.compile(r"<!DOCTYPE\s", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+[^\[>]*(?:\[(?P<subset>.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(
    r"""<!ENTITY\s+(?P<percent>%\s+)?(?P<name>[\w.:-]+)\s+(?:"([^"]*)"|'([^']*)'|(?P<outside>SYSTEM|PUBLIC))"""
)
_REFERENCE = re.compile(r"&([a-zA-Z][\w.:-]{0,60});")
_LONE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][\w.:-]{0,60};)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed document."""

    root: etree._Element
    broken: bool  #: it was not well-formed and had to be mended


def _own_entities(subset: str) -> dict[str, str]:
    entities: dict[str, str] = {}
    for match in _ENTITY.finditer(subset):
        value = match.group(3) or match.group(4) or ""
        if match.group("outside"):
            entities[match.group("name")] = ""  # never fetched
            continue
        plain = value.replace("&#38;", "&amp;").replace("&amp;", "")
        if match.group("percent") or "&" in re.sub(r"&#\w+;", "", plain) or "<" in value:
            raise SourceError(_("Le document définit des entités imbriquées : il a été refusé."))
        if len(value) > ENTITY_MAX or len(entities) >= ENTITIES_MAX:
            raise SourceError(_("Le document définit des entités démesurées : il a été refusé."))
        entities[match.group("name")] = value.replace("&#38;", "&amp;")
    return entities


def prepare(text: str) -> str:
    """*text* without document type, with named references and lone ampersands made plain XML."""
    text = _FORBIDDEN.sub("", text)
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text.lstrip()
    entities: dict[str, str] = {}
    opening = _OPENING.search(text, 0, 20_000)
    if opening is not None:
        doctype = _DOCTYPE.match(text, opening.start())
        if doctype is not None:
            entities = _own_entities(doctype.group("subset") or "")
            text = text[: doctype.start()] + text[doctype.end() :]
    if "<!ENTITY" in text:
        raise SourceError(_("Le document définit des entités hors de sa place : il a été refusé."))
    if "&" not in text:
        return text

    grown = 0

    def resolve(match: re.Match[str]) -> str:
        nonlocal grown
        name = match.group(1)
        if name in entities:
            grown += len(entities[name])
            if grown > EXPANSION_MAX:
                raise SourceError(_("Le document définit des entités démesurées : il a été refusé."))
            return entities[name]
        if name in _XML_OWN:
            return match.group()
        char = html.entities.html5.get(name + ";")
        return match.group() if char is None else char if char not in "&<" else f"&#{ord(char)};"

    text = _REFERENCE.sub(resolve, text)
    return _REFERENCE.sub(
        lambda match: match.group() if match.group(1) in _XML_OWN else "&amp;" + match.group()[1:],
        _LONE_AMPERSAND.sub("&amp;", text) if "<![CDATA[" not in text else _outside_cdata(text),
    )


def _outside_cdata(text: str) -> str:
    pieces = re.split(r"(<!\[CDATA\[.*?\]\]>)", text, flags=re.DOTALL)
    return "".join(p if p.startswith("<![CDATA[") else _LONE_AMPERSAND.sub("&amp;", p) for p in pieces)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def parse_xml(text: str, *, base_url: str) -> Parsed | None:
    """The tree of *text*, mended when it is not well-formed; None when no element can be made out of it.

    Raises:
        SourceError: The document attacks (nested entities).
    """
    data = prepare(text).encode("utf-8", "replace")
    if not data.strip():
        return None
    try:
        return Parsed(etree.fromstring(data, _parser(recover=False), base_url=base_url), False)
    except (etree.XMLSyntaxError, ValueError) as error:
        _refuse_depth(error)  # else: most feeds that are not well-formed read right once mended
    mending = _parser(recover=True)
    try:
        root = etree.fromstring(data, mending, base_url=base_url)
    except (etree.XMLSyntaxError, ValueError):
        return None
    for entry in mending.error_log:
        _refuse_depth(entry)
    return None if root is None else Parsed(root, True)


def _refuse_depth(error: object) -> None:
    """libxml2 gives up at 256 levels (2,048 in some versions); no feed has thirty."""
    if "depth" in str(error).lower():
        raise SourceError(_("Le document imbrique trop d’éléments : il a été refusé."))


def local(element: etree._Element) -> str:
    """The name without its namespace; « dc:creator » stays so when the prefix was never declared."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: etree._Element) -> str:
    """The namespace, empty when there is none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""
