"""``comtoise outbox``: what is to be delivered, and what became of it."""

from pathlib import Path

import click

from comtoise.cli.options import config_option, emit, open_database
from comtoise.i18n import _


@click.command("outbox", help=_("La boîte d’envoi : les dernières lignes, la plus récente d’abord, en JSON."))
@click.option(
    "--state", "states", multiple=True, help=_("Seulement cet état (waiting, sent, unknown, failed…).")
)
@click.option("--limit", default=50, show_default=True, help=_("Nombre de lignes."))
@config_option
def outbox_command(states: tuple[str, ...], limit: int, config_path: Path) -> None:
    """Rows of the outbox; addresses of readers are not shown."""
    from comtoise.errors import InputError
    from comtoise.model import DeliveryState
    from comtoise.store import outbox

    try:
        wanted = [DeliveryState(state) for state in states] or None
    except ValueError as error:
        known = ", ".join(state.value for state in DeliveryState)
        raise InputError(_("État inconnu ; les états sont : {known}.").format(known=known)) from error
    with open_database(config_path).read() as tx:
        for line in outbox.lines(tx, states=wanted, limit=limit):
            emit(line)
