"""A question answered by oui or non, in either language (click's own takes « y » only)."""

import sys

import click

from comtoise.errors import InputError
from comtoise.i18n import _

_YES = frozenset({"o", "oui", "y", "yes"})
_NO = frozenset({"n", "non", "no", ""})


def agreed(question: str) -> bool:
    """Whether the person agrees; the Enter key alone changes nothing.

    Raises:
        InputError: nobody is there to answer: the command is in a pipe or a script.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InputError(_("Rien n’est écrit : ajoutez --oui pour confirmer."))
    while True:
        answer = click.prompt(
            f"{question} {_('(oui/non)')}", default="", show_default=False, prompt_suffix=" ", err=True
        )
        said = str(answer).strip().lower()
        if said in _YES | _NO:
            return said in _YES
        click.echo(_("Répondez par oui ou par non."), err=True)
