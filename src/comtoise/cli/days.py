"""A day as people type it after an option. (Click's own says « %Y-%m-%d » to them.)"""

from contextlib import suppress
from datetime import datetime
from typing import Any

import click

from comtoise.cli.french import word
from comtoise.i18n import _

_FORMS = ("%Y-%m-%d", "%d/%m/%Y")


class Day(click.ParamType[datetime]):
    """A day, as 2026-11-25 or 25/11/2026; its midnight, without a time zone."""

    name = word("date")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The day; click adds the name of the option to what is said."""
        for form in _FORMS:
            with suppress(ValueError):
                return datetime.strptime(value, form)  # noqa: DTZ007 (the caller knows the zone)
        raise click.BadParameter(
            _("« {value} » n’est pas une date : écrivez-la comme 2026-11-25.").format(value=value), ctx, param
        )
