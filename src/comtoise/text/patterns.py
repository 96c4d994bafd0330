"""Help for regular expressions on folded text: one space between words, long alternations as readable lists."""

import re
from collections.abc import Sequence

from comtoise.text.fold import Folded, fold_with_offsets


def fold_single_spaced(text: str) -> Folded:
    """Fold *text* and make one space of each run of spaces, so that patterns need not think of it."""
    folded = fold_with_offsets(text)
    if "  " not in folded.text:
        return folded
    kept = [i for i, char in enumerate(folded.text) if char != " " or i == 0 or folded.text[i - 1] != " "]
    offsets = tuple(folded.span(i, i + 1)[0] for i in kept)
    return Folded(text, "".join(folded.text[i] for i in kept), offsets)


def alternatives(text: str) -> str:
    """A group of what *text* lists, separated by ``|``; spaces and line ends around a bar do not count.

    The parts are regular expressions on folded text; a space inside a part is a space.
    """
    listed = re.sub(r"\s*\|\s*", "|", text.strip())
    return f"(?:{listed})"


def matches_at(pattern: re.Pattern[str], text: str, starts: Sequence[int] | None) -> Sequence[re.Match[str]]:
    """What ``finditer`` gives, tried at *starts* only: the offsets, in order, where the pattern can match.

    None when they are not known: all of the text is searched.
    """
    if starts is None:
        return list(pattern.finditer(text))
    found = []
    stop = 0
    match_at = pattern.match
    for start in starts:
        if start >= stop:
            match = match_at(text, start)
            if match is not None:
                stop = match.end()
                found.append(match)
    return found


def matches_within(
    pattern: re.Pattern[str], text: str, first: int, last: int, starts: Sequence[int] | None
) -> Sequence[re.Match[str]]:
    """What ``finditer`` gives on ``text[first:last]``; *starts* are offsets into *text*, as for `matches_at`.

    A word cut at *first* counts as a word, as it does for the pattern.
    """
    if starts is not None:
        starts = [0, *[start - first for start in starts if first < start < last]]
    return matches_at(pattern, text[first:last], starts)
