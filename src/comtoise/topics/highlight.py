"""Show the words of an evidence where they stand: marks in a web page, bold words in a Telegram message.

Evidence points into the title or the text that was read. What is shown later is often shorter (an extract, the text
being erased): where the offsets no longer hold the words, the words are looked for again.
"""

from collections.abc import Iterable, Sequence
from html import escape

from comtoise.model import Evidence, Part
from comtoise.topics.document import LEAD_MAX

Span = tuple[int, int]  #: code points, end excluded


def spans_in(text: str, evidence: Iterable[Evidence], part: Part) -> tuple[Span, ...]:
    """Where the words of *part* stand in *text*, in order, overlapping ones merged.

    *text* is the title, or the text or any extract of it. Words that are not in it are left out.
    """
    return merged(
        span for item in evidence if item.part is part and item.words for span in _places(text, item)
    )


def _places(text: str, evidence: Evidence) -> list[Span]:
    if text[evidence.start : evidence.end] == evidence.words:
        return [(evidence.start, evidence.end)]
    found = []
    start = text.find(evidence.words)
    while start >= 0:
        end = start + len(evidence.words)
        if not _splits_a_word(text, start, end):
            found.append((start, end))
        start = text.find(evidence.words, end)
    return found


def _splits_a_word(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()


def field_of(evidence: Evidence, text: str) -> str:
    """Where a reader finds the words: ``title``, ``lead`` (the first paragraph of *text*), ``text`` or ``source``."""
    if evidence.part is not Part.TEXT:
        return evidence.part.value
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    lead_end = min(end if end >= 0 else len(text), start + LEAD_MAX)
    return "lead" if evidence.end <= lead_end else "text"


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters by spans that neither overlap nor touch, in order; empty ones are left out."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def marked(text: str, spans: Iterable[Span], *, before: str = "*", after: str = "*") -> str:
    """*text* as plain words with a mark before and after each span. Spans beyond the end are cut."""
    return "".join(f"{before}{piece}{after}" if hit else piece for piece, hit in _pieces(text, spans))


def marked_html(text: str, spans: Iterable[Span], *, tag: str = "mark") -> str:
    """*text* as HTML, each span within *tag*; everything is escaped. With ``b``, Telegram's HTML too."""
    return "".join(
        f"<{tag}>{escape(piece)}</{tag}>" if hit else escape(piece) for piece, hit in _pieces(text, spans)
    )


def _pieces(text: str, spans: Iterable[Span]) -> Iterable[tuple[str, bool]]:
    done = 0
    for start, end in merged((max(0, start), min(end, len(text))) for start, end in spans):
        if start > done:
            yield text[done:start], False
        yield text[start:end], True
        done = end
    if done < len(text):
        yield text[done:], False


def utf16_spans(text: str, spans: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """The spans as Telegram's entities count: offset and length in UTF-16 code units (an emoji is two)."""

    def units(piece: str) -> int:
        return len(piece.encode("utf-16-le")) // 2

    return tuple((units(text[:start]), units(text[start:end])) for start, end in merged(spans))
