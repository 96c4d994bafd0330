"""Read a message in HTML as the Bot API does: allowed tags, matching ends, named entities, lengths.

Source: https://core.telegram.org/bots/api#html-style. Stricter than Telegram on two points: an unknown
named entity (``&nbsp;``) and a quote inside a quote are refused, not shown or dropped in silence.
"""

import html
import re
from dataclasses import dataclass

TEXT_LIMIT = 4096  #: UTF-16 units after reading the entities
ENTITY_LIMIT = 100  #: those beyond lose their formatting without a word

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[^\s<>/]*)(?P<rest>[^<>]*)>|&(?P<ref>#?\w+);", re.ASCII)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")


class EntityError(ValueError):
    """The message would be refused; the text is what Telegram answers after « Bad Request: »."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A formatted stretch; *offset* and *length* in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None

    def as_json(self) -> dict[str, object]:
        """The shape of the Bot API's MessageEntity."""
        data: dict[str, object] = {"type": self.type, "offset": self.offset, "length": self.length}
        return data | ({"url": self.url} if self.url else {})


def utf16_length(text: str) -> int:
    """The number of UTF-16 units of *text*: how Telegram counts offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


def read_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The plain text and the entities of *source*.

    Raises:
        EntityError: with Telegram's words.
    """
    plain: list[str] = []
    units = 0
    entities: list[Entity] = []
    opened: list[tuple[str, int, str | None]] = []
    position = 0

    def keep(text: str) -> int:
        plain.append(text)
        return utf16_length(text)

    for token in _TOKEN.finditer(source):
        between = source[position : token.start()]
        _refuse_stray(between, source, position)
        units += keep(between)
        position = token.end()
        offset = len(source[: token.start()].encode())
        if token["ref"] is not None:
            units += keep(_reference(token["ref"], offset))
        elif not token["end"]:
            opened.append((_start(token, offset, opened), units, _href(token["rest"])))
        else:
            tag, since, url = _end(token, offset, opened)
            if units > since and (tag != "a" or url):
                kind = _KINDS[tag]
                entities.append(Entity(type=kind, offset=since, length=units - since, url=url))
    tail = source[position:]
    _refuse_stray(tail, source, position)
    keep(tail)
    if opened:
        raise EntityError(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1][0]}\""
        )
    text = "".join(plain)
    entities.sort(key=lambda entity: (entity.offset, -entity.length))
    return text, tuple(entities[:ENTITY_LIMIT])


def _refuse_stray(text: str, source: str, position: int) -> None:
    if (at := text.find("<")) >= 0:
        offset = len(source[: position + at].encode())
        raise EntityError(
            f"can't parse entities: Can't find end of the entity starting at byte offset {offset}"
        )


def _reference(name: str, offset: int) -> str:
    if name in ("lt", "gt", "amp", "quot") or name.startswith("#"):
        return html.unescape(f"&{name};")
    raise EntityError(f'can\'t parse entities: Unsupported named entity "{name}" at byte offset {offset}')


def _start(token: re.Match[str], offset: int, opened: list[tuple[str, int, str | None]]) -> str:
    tag = token["tag"].lower()
    if tag not in _KINDS:
        raise EntityError(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {offset}')
    if tag == "span" and "tg-spoiler" not in token["rest"]:
        raise EntityError(
            f'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset {offset}'
        )
    if tag == "blockquote" and any(outer == "blockquote" for outer, _, _ in opened):
        raise EntityError(f"can't parse entities: Nested blockquote at byte offset {offset}")
    return tag


def _end(
    token: re.Match[str], offset: int, opened: list[tuple[str, int, str | None]]
) -> tuple[str, int, str | None]:
    tag = token["tag"].lower()
    if not opened:
        raise EntityError(f"can't parse entities: Unexpected end tag at byte offset {offset}")
    if tag and tag != opened[-1][0]:
        raise EntityError(
            f"can't parse entities: Unmatched end tag at byte offset {offset}, "
            f'expected "</{opened[-1][0]}>", found "</{tag}>"'
        )
    return opened.pop()


def _href(attributes: str) -> str | None:
    found = _HREF.search(attributes)
    return html.unescape(next(group for group in found.groups() if group is not None)) if found else None
