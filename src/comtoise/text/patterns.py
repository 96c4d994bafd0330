"""Help for regular expressions on folded text: one space between words, long alternations as readable lists."""

import re

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
