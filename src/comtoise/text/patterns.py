"""Long alternations of regular expressions, written as readable lists."""

import re


def alternatives(text: str) -> str:
    """A group of what *text* lists, separated by ``|``; spaces and line ends around a bar do not count.

    The parts are regular expressions on folded text; a space inside a part is a space.
    """
    listed = re.sub(r"\s*\|\s*", "|", text.strip())
    return f"(?:{listed})"
