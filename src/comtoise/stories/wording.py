"""Read the words of an article for what two articles about one event have in common.

Names, telling figures, days of the year, hearings, and what a title numbers (« n° 12 », « 27/09 », « jour
1087 »): two titles equal but for that are two editions of one column. Works on French and well enough on the
English and German of the region's foreign press.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comtoise.stories.lexicon import COURT, MONTHS, STAGES, STOP, WEEKDAYS
from comtoise.text.amounts import NUMBER_WORDS, money_in, people_in
from comtoise.text.cues import Cues
from comtoise.text.fold import Folded, fold, fold_with_offsets, spaced, word_spans, word_starts

_READ_MAX = 6000  #: characters: an event is told in the first pages
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_BREAK = re.compile(r"[.!?…«»\"“”|\n]")
_NUMBER = re.compile(r"\d{1,3}(?:[ .'\u2019]\d{3})+(?![\d.,]?\d)|\d+(?:,\d+)?")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"\b(1er|\d{{1,2}})(?:\.|st|nd|rd|th)?(?: (?:et|au|ou|-) (1er|\d{{1,2}}))? (?:of )?({_MONTH})\b"
)
_DAY_ENGLISH = re.compile(rf"\b({_MONTH}) (\d{{1,2}})\b(?! ?(?:h|:|\d))")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?:/(?:\d{4}|\d{2}))?(?!\d)")
_ORDINAL = re.compile(r"(\d+)(?:e|eme|er|ere|nd|nde|th|st|h|km|m2?|j)?$")
_FOLLOWS = re.compile(
    r"\b(?:une?|deux|trois|quatre|cinq|six|huit|dix|quinze|quelques|\d+) (?:jours?|semaines?|mois|ans?) "
    r"(?:et demie? )?apres (?:(?:l'|cette )annonce|le jugement|la decision|le depot|le placement)\b"
)
_CUES = Cues({"number": NUMBER_WORDS})
_STAGES = {stage: re.compile(pattern) for stage, pattern in STAGES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What was read; tuples are sorted and without repetition unless said otherwise."""

    title: tuple[str, ...]  #: content words of the title, in order
    mask: str  #: the title without figures, days and months
    edition: tuple[str, ...]  #: those figures, days and months, in order
    words: tuple[str, ...]  #: content words in order of reading, title first
    names: tuple[str, ...]
    head: str  #: the first word of the title: a name, or not
    written: tuple[tuple[str, str], ...]  #: the words of the title that have a capital, by stem, as written
    numbers: tuple[str, ...]
    days: tuple[str, ...]
    hearings: tuple[str, ...]
    stages: tuple[str, ...]
    follows: bool


def read_wording(title: str, text: str) -> Wording:
    """Read an article. Total; linear in its length."""
    raw = f"{title}\n{text[:_READ_MAX]}"
    words = content_words(raw)
    mask, edition = _mask(title)
    folded = fold_with_offsets(raw)
    line = spaced(folded.text)
    has_court = not COURT.isdisjoint(line.split())
    court = [part for part in _SENTENCE.split(folded.text) if _is_of_court(part)] if has_court else []
    return Wording(
        title=content_words(title),
        mask=mask,
        edition=edition,
        words=words,
        names=_names(raw, len(title)),
        head=stem(next(iter(spaced(title).split()), "")),
        written=_written(title),
        numbers=_numbers(folded, line),
        days=_days(folded.text),
        hearings=_days(" . ".join(court)),
        stages=tuple(stage for stage, pattern in _STAGES.items() if pattern.search(fold(title))),
        follows=_FOLLOWS.search(folded.text) is not None,
    )


def stem(word: str) -> str:
    """A folded word without the plural and feminine marks of French: salarié, salariés, salariée."""
    if len(word) > 4:
        word = word.rstrip("sx")
        if len(word) > 4:
            word = word.rstrip("e")
    return word


def content_words(text: str) -> tuple[str, ...]:
    """The stems that carry meaning, in order, each once; figures are left out."""
    found = (
        stem(word)
        for word in spaced(text).split()
        if len(word) > 1 and word not in STOP and not word.isdigit()
    )
    return tuple(dict.fromkeys(found))


def _names(raw: str, title_length: int) -> tuple[str, ...]:
    """The stems of the words written as names.

    A capital tells little at the head of a sentence: there, a word is a name when another capital follows it.
    """
    spans = word_spans(raw)
    shouting = raw[:title_length].isupper()
    found: set[str] = set()
    for number, (start, end) in enumerate(spans):
        if not raw[start].isupper() or (shouting and end <= title_length):
            continue
        word = spaced(raw[start:end]).strip()
        if len(word) < 2 or word in STOP or word in MONTHS or word in WEEKDAYS:
            continue
        at_head = number == 0 or _BREAK.search(raw, spans[number - 1][1], start) is not None
        if at_head and not raw[start:end].isupper() and not _is_followed(raw, spans, number):
            continue
        found.add(stem(word))
    return tuple(sorted(found))


def _written(title: str) -> tuple[tuple[str, str], ...]:
    words = [title[start:end] for start, end in word_spans(title) if title[start].isupper()]
    return tuple(sorted({stem(spaced(word).strip()): word for word in words}.items()))


def _is_followed(raw: str, spans: Sequence[tuple[int, int]], number: int) -> bool:
    """Whether the next word has a capital too, with only a space or hyphen between."""
    if number + 1 == len(spans):
        return False
    start = spans[number + 1][0]
    return raw[start].isupper() and raw[spans[number][1] : start] in (" ", "-", "\u00a0", "\u202f")


def _numbers(folded: Folded, line: str) -> tuple[str, ...]:
    """The figures that tell something, with their unit: « eur:600000 », « people:51 », « 2400 », « 22:an ».

    *line* is the folded text as `spaced`. Years, days and bare small numbers are in too many articles to be evidence.
    """
    # Sums and jobs begin with a number: their patterns, which are long, are tried nowhere else.
    starts = [
        start
        for start, is_number in zip(word_starts(line), _CUES.each(line.split()), strict=True)
        if is_number
    ]
    found: set[str] = set()
    read: list[tuple[int, int]] = []
    for money in money_in(folded, starts):
        found.add(f"{money.currency.lower()}:{money.value:g}")
        read.append((money.start, money.end))
    for people in people_in(folded, starts):
        found.add(f"people:{people.count}")
        read.append((people.start, people.end))
    text = folded.text
    taken = {offset for start, end in read for offset in range(start, end)}
    for match in _NUMBER.finditer(text):
        if folded.span(*match.span())[0] in taken:
            continue
        value = re.sub(r"[ .'\u2019]", "", match.group())
        following = re.match(r"[ -]?%|[ -]([a-z]{2,})", text[match.end() : match.end() + 20])
        noun = (following[1] or "%") if following else ""
        if noun in MONTHS or (not noun and len(value) < 3):
            continue
        year = re.fullmatch("(?:19|20)..", value)
        if "," in value or noun == "%" or (len(value) >= 3 and not year):
            found.add(value)
        elif len(value) == 2 and (noun == "ans" or noun not in STOP):
            found.add(f"{value}:{stem(noun)}")
    return tuple(sorted(found))


def _days(folded: str) -> tuple[str, ...]:
    found: set[str] = set()
    for match in _DAY.finditer(folded):
        for day in match.group(1, 2):
            _add_day(found, day, MONTHS[match[3]])
    for match in _DAY_ENGLISH.finditer(folded):
        _add_day(found, match[2], MONTHS[match[1]])
    for match in _SLASHED.finditer(folded):
        _add_day(found, match[1], int(match[2]))
    return tuple(sorted(found))


def _add_day(found: set[str], day: str | None, month: int) -> None:
    number = int(day.removesuffix("er")) if day else 0
    if 1 <= number <= 31 and 1 <= month <= 12:
        found.add(f"{month:02}-{number:02}")


def _is_of_court(sentence: str) -> bool:
    return not COURT.isdisjoint(spaced(sentence).split())


def _mask(title: str) -> tuple[str, tuple[str, ...]]:
    """The title without what numbers an edition, and what was taken out."""
    kept: list[str] = []
    taken: list[str] = []
    for word in spaced(title).split():
        ordinal = _ORDINAL.match(word)
        if ordinal:
            taken.append(ordinal[1].lstrip("0") or "0")
        elif word in MONTHS and len(word) > 2:
            taken.append(str(MONTHS[word]))
        elif word not in WEEKDAYS:
            kept.append(word)
    return " ".join(kept), tuple(taken)
