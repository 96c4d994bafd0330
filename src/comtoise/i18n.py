"""What people read, in their language. French is the source language; catalogues give the others.

Catalogues are read from their ``.po`` text, so that a translation can be mended on a running machine
without a compiler and no binary file has to follow its text.
"""

import gettext
import io
import os
from functools import cache
from importlib import resources

LANGUAGES = ("fr", "en")


@cache
def translations(language: str, domain: str = "comtoise") -> gettext.NullTranslations:
    """The catalogue of *language*, one of `LANGUAGES`, for the messages of *domain*.

    Without such a file messages stay as they are written: French for ours, English for those of ``click``.
    """
    path = resources.files("comtoise") / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    # Here and not above: whoever speaks French, the collector among others, never needs it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(path.read_bytes())))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def chosen_language() -> str:
    """The one of `LANGUAGES` that ``COMTOISE_LANG`` asks for (``en``, ``en_GB.UTF-8`` …); French by default."""
    asked = os.environ.get("COMTOISE_LANG", "").lower()
    return next((language for language in LANGUAGES if asked.startswith(language)), LANGUAGES[0])


def _(message: str) -> str:
    """*message* in the language of this process."""
    return translations(chosen_language()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that fits *n*; in French 0 and 1 are singular."""
    language = chosen_language()
    if language == "fr":
        return singular if abs(n) < 2 else plural
    return translations(language).ngettext(singular, plural, n)
