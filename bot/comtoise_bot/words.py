"""The bot's own words: French typography around values that nobody touches."""

import re

from comtoise.text.typography import typo, wide

_PLACE = re.compile(r"\{\w+\}")


def say(message: str, **values: object) -> str:
    """*message*, already translated, in French print, with its ``{places}`` filled as they are.

    Typography stops at the values: a publisher's title keeps its own spaces and apostrophes. No-break
    spaces are ordinary ones (U+00A0), which the fonts of every Telegram client have.
    """
    places = _PLACE.findall(message)
    # A letter stands for each place meanwhile, so that « {zone} : » gets its space like « zone : ».
    bare = _PLACE.sub("Ω", message)
    printed = wide(typo(bare)).split("Ω")
    template = "".join(part for pair in zip(printed, [*places, ""], strict=True) for part in pair)
    return template.format(**values) if places else template
