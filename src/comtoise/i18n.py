"""What people read, in their language. French is the source language; catalogues give the others.

Catalogues are read from their ``.po`` text, so that a translation can be mended on a running machine
without a compiler and no binary file has to follow its text.
"""

import gettext
import io
import os
from functools import cache
from importlib import resources

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("fr", "en")


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of *language* (``fr``, ``en``, ``fr_CH`` …); French for a language without one."""
    code = language.replace("-", "_").split("_")[0].lower()
    path = resources.files("comtoise") / "locale" / code / "LC_MESSAGES" / "comtoise.po"
    if code == "fr" or not path.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(path.read_bytes())))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """*message* in the language of this process (``COMTOISE_LANG``, French by default)."""
    return translations(os.environ.get("COMTOISE_LANG", "fr")).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that fits *n*; in French 0 and 1 are singular."""
    language = os.environ.get("COMTOISE_LANG", "fr")
    if language.startswith("fr"):
        return singular if abs(n) < 2 else plural
    return translations(language).ngettext(singular, plural, n)
