"""A message before it is HTML: spans of text in lines, lines in blocks, buttons below.

Text stays plain here, whoever wrote it; it is escaped once, in `Message.html`, and nowhere else. What
Telegram limits (UTF-16 units, entities) is counted on the same values.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

#: Controls and direction overrides: no words, but able to turn the rest of a message over.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")


def one_line(text: str) -> str:
    """*text* of a publisher as one line: the same words, without what could disturb the lines around."""
    return " ".join(_UNSAFE.sub(" ", text).split()) if _UNSAFE.search(text) else text.strip()


def utf16_units(text: str) -> int:
    """The length of *text* as Telegram counts offsets."""
    return len(text) + sum(char > "\uffff" for char in text)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of plain text in one style."""

    text: str
    style: str = ""  #: "", "b", "i" or "code"
    url: str | None = None

    @property
    def entities(self) -> int:
        """How many Telegram entities it takes."""
        return bool(self.style) + bool(self.url)

    @property
    def html(self) -> str:
        """The span in Telegram's HTML."""
        shown = escape(self.text)
        if self.url:
            shown = f'<a href="{escape(self.url)}">{shown}</a>'
        return f"<{self.style}>{shown}</{self.style}>" if self.style else shown

    @property
    def plain(self) -> str:
        """The span where nothing can be formatted: the address follows the words."""
        return f"{self.text} ({self.url})" if self.url else self.text


Line = tuple[Span, ...]


def line(*spans: Span | str) -> Line:
    """A line of spans; a bare text is a span without style."""
    return tuple(Span(span) if isinstance(span, str) else span for span in spans)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that go together; blocks are separated by an empty line."""

    lines: tuple[Line, ...]
    folded: bool = False  #: shown as a quote that opens on a tap

    @property
    def units(self) -> int:
        """UTF-16 units of the text, line ends included."""
        return sum(utf16_units(span.text) for each in self.lines for span in each) + len(self.lines)

    @property
    def entities(self) -> int:
        """How many Telegram entities it takes."""
        return self.folded + sum(span.entities for each in self.lines for span in each)

    @property
    def html(self) -> str:
        """The block in Telegram's HTML."""
        shown = "\n".join("".join(span.html for span in each) for each in self.lines)
        return f"<blockquote expandable>{shown}</blockquote>" if self.folded else shown

    @property
    def plain(self) -> str:
        """The block as plain text."""
        return "\n".join("".join(span.plain for span in each) for each in self.lines)


def block(*lines: Line | str) -> Block:
    """A block of lines; a bare text is a line without style."""
    return Block(tuple(line(each) if isinstance(each, str) else each for each in lines))


@dataclass(frozen=True, slots=True)
class Button:
    """A button: it opens an address, or calls the bot back with at most 64 bytes of *data*."""

    text: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if bool(self.data) == bool(self.url):
            raise ValueError(f"a button has data or an address: {self}")
        if len(self.data.encode()) > 64:
            raise ValueError(f"callback data over 64 bytes: {self.data!r}")


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent, or shown in the place of an earlier message."""

    blocks: tuple[Block, ...]
    rows: tuple[Row, ...] = field(default=())

    @property
    def html(self) -> str:
        """The text for ``parse_mode=HTML``."""
        return "\n\n".join(each.html for each in self.blocks)

    @property
    def plain(self) -> str:
        """The text without any formatting, for when the formatted one is refused."""
        return "\n\n".join(each.plain for each in self.blocks)

    @property
    def units(self) -> int:
        """UTF-16 units of the text as read."""
        return sum(each.units for each in self.blocks) + len(self.blocks)

    @property
    def entities(self) -> int:
        """How many Telegram entities the text takes."""
        return sum(each.entities for each in self.blocks)


def in_rows(buttons: Iterable[Button], width: int) -> Iterator[Row]:
    """*buttons* in rows of *width*."""
    row: list[Button] = []
    for button in buttons:
        row.append(button)
        if len(row) == width:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)
