"""The words of click (« Usage », « No such command ») in the language of this process.

Click looks its words up in the default domain of the C library's gettext: that needs a compiled catalogue and
the process's ``LANGUAGE`` to be overwritten, for us and for every library and child. Its modules call names of
their own instead, ``_`` and ``ngettext``: we point those at the catalogue ``click.po``.
"""

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types
import click.utils

from comtoise.i18n import chosen_language, translations

_MODULES = (
    click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.termui,
    click.types, click.utils,
)  # fmt: skip
#: Kinds of value that click shares between all commands and names in the help: « --url TEXTE ».
_KINDS = (click.STRING, click.INT, click.FLOAT, click.BOOL)


def speak() -> None:
    """Make click speak our language; to be called before any command is declared."""
    for module in _MODULES:
        names = vars(module)
        names.update({"_": word, "ngettext": plural} if "ngettext" in names else {"_": word})
    for kind in _KINDS:
        kind.name = word(kind.name)


def word(message: str) -> str:
    """One of click's messages, in English, as people are to read it."""
    return translations(chosen_language(), "click").gettext(message)


def name_subcommands(group: click.Group) -> None:
    """Put the usage line of *group*, and of the groups in it, in our language."""
    group.subcommand_metavar = word(group.subcommand_metavar)
    for inner in group.commands.values():
        if isinstance(inner, click.Group):
            name_subcommands(inner)


def plural(singular: str, several: str, n: int) -> str:
    """The form of one of click's messages that fits *n*."""
    return translations(chosen_language(), "click").ngettext(singular, several, n)
