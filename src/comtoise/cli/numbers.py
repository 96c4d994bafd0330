"""Whole numbers as people type them after an option or a command, and what to say of those that are none."""

from typing import Any

import click

from comtoise.cli.french import word
from comtoise.i18n import _


class Number(click.ParamType[int]):
    """A whole number between two bounds, both allowed. (Click's own says « x>=1 » to people.)"""

    name = word("integer")

    def __init__(self, least: int = 1, most: int | None = None) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; click adds the name of the option to what is said."""
        try:
            number = int(value)
        except ValueError:
            self.fail(_("« {value} » n’est pas un nombre entier.").format(value=value), param, ctx)
        if number < self.least:
            self.fail(
                _("{value} est trop petit : écrivez {least} ou plus.").format(value=number, least=self.least),
                param,
                ctx,
            )
        if self.most is not None and number > self.most:
            self.fail(
                _("{value} est trop grand : écrivez {most} au plus.").format(value=number, most=self.most),
                param,
                ctx,
            )
        return number
