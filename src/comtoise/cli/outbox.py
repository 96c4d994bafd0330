"""``comtoise outbox``: what is to be delivered, what became of it, and what a person decides about it."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comtoise.cli.groups import Group
from comtoise.cli.numbers import Number
from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.errors import InputError
from comtoise.i18n import _

if TYPE_CHECKING:
    from rich.table import Table

    from comtoise.model import DeliveryKind
    from comtoise.store import Tx
    from comtoise.store.outbox import OutboxLine

_COLOURS = {"sent": "green", "failed": "red", "unknown": "yellow", "sending": "cyan", "merged": "dim"}


def _which(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose lines."""
    for option in (
        config_option,
        click.option("--limit", type=Number(), default=50, show_default=True, help=_("Nombre de lignes.")),
        click.option(
            "--state",
            "states",
            multiple=True,
            metavar=_("ÉTAT"),
            help=_("Seulement cet état (répétable) : waiting, sending, sent, unknown, failed, merged."),
        ),
    ):
        command = option(command)
    return command


@click.group(
    "outbox",
    cls=Group,
    invoke_without_command=True,
    help=_(
        "La boîte d’envoi : les dernières lignes, la plus récente d’abord. À l’écran, un tableau ; dans un "
        "tube, une ligne JSON par envoi. Les adresses des lecteurs ne sont pas montrées."
    ),
)
@_which
@click.pass_context
def outbox_command(ctx: click.Context, states: tuple[str, ...], limit: int, config_path: Path) -> None:
    """Without a further word, the list."""
    if ctx.invoked_subcommand is None:
        _show(states, limit, config_path)


@outbox_command.command("list", help=_("Les dernières lignes, la plus récente d’abord."))
@_which
def list_command(states: tuple[str, ...], limit: int, config_path: Path) -> None:
    """Rows of the outbox."""
    _show(states, limit, config_path)


@outbox_command.command(
    "retry",
    help=_(
        "Envoyer de nouveau, maintenant, des lignes en échec, incertaines, laissées au résumé ou en attente. Ce "
        "qui est peut-être déjà arrivé le dira."
    ),
)
@click.argument("ids", nargs=-1, required=True, type=Number(), metavar="ID…")
@config_option
def retry_command(ids: tuple[int, ...], config_path: Path) -> None:
    """Let rows leave again."""
    from comtoise.store import outbox

    _decide(ids, config_path, outbox.retry, _("Envoi {id} : il repart au prochain tour du service."))


@outbox_command.command("cancel", help=_("Ne jamais envoyer des lignes qui attendent encore."))
@click.argument("ids", nargs=-1, required=True, type=Number(), metavar="ID…")
@config_option
def cancel_command(ids: tuple[int, ...], config_path: Path) -> None:
    """Keep rows from leaving."""
    from comtoise.store import outbox

    _decide(ids, config_path, outbox.cancel, _("Envoi {id} : annulé, il ne partira pas."))


def _show(states: Sequence[str], limit: int, config_path: Path) -> None:
    from comtoise.model import DeliveryState
    from comtoise.store import outbox

    try:
        wanted = [DeliveryState(state) for state in states] or None
    except ValueError as error:
        known = ", ".join(f"{state.value} ({outbox.state_name(state)})" for state in DeliveryState)
        raise InputError(_("État inconnu ; les états sont : {known}.").format(known=known)) from error
    with open_database(config_path).read() as tx:
        lines = outbox.lines(tx, states=wanted, limit=limit)
    if sys.stdout.isatty():
        from rich.console import Console

        Console().print(table(lines, load(config_path).timezone))
        return
    for line in lines:
        emit(line)


def _decide(
    ids: Sequence[int],
    config_path: Path,
    decision: Callable[..., "OutboxLine"],
    done: str,
) -> None:
    """Apply a decision to all rows or, when one refuses it, to none."""
    with open_database(config_path).write() as tx:
        changed = [_decided(tx, delivery_id, decision) for delivery_id in dict.fromkeys(ids)]
    for line in changed:
        click.echo(done.format(id=line.id), err=True)
        if not sys.stdout.isatty():
            emit(line)


def _decided(tx: "Tx", delivery_id: int, decision: Callable[..., "OutboxLine"]) -> "OutboxLine":
    return decision(tx, delivery_id, now=datetime.now(UTC))


def table(lines: Sequence["OutboxLine"], zone: tzinfo) -> "Table":
    """One row per line of the outbox, in the order given, for a terminal."""
    from rich.table import Table
    from rich.text import Text

    from comtoise.store.outbox import state_name

    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in (_("Envoi"), _("Lecteur"), _("Quoi"), _("État"), _("Quand"), _("Essais")):
        made.add_column(name, no_wrap=True)
    made.add_column(_("À savoir"), ratio=1)
    for line in lines:
        at = (line.settled_at or line.not_before).astimezone(zone)
        made.add_row(
            str(line.id),
            str(line.reader_id),
            _kind(line.kind),
            Text(state_name(line.state), style=_COLOURS.get(line.state.value, "")),
            at.strftime("%d/%m %H:%M"),
            str(line.attempts),
            _reason(line.reason),
        )
    return made


def _kind(kind: "DeliveryKind") -> str:
    from comtoise.model import DeliveryKind

    return {
        DeliveryKind.ALERT: _("alerte"),
        DeliveryKind.UPDATE: _("mise à jour"),
        DeliveryKind.FOLLOW_UP: _("suite"),
        DeliveryKind.DIGEST: _("résumé"),
        DeliveryKind.CONFIRM: _("confirmation"),
    }[kind]


def _reason(reason: str | None) -> str:
    """Our own codes in words; what the other side said, as it said it."""
    return {
        None: "",
        "expired": _("trop tard pour une alerte"),
        "digested": _("raconté dans un résumé"),
        "cancelled": _("annulé à la main"),
        "restored": _("mis de côté : une sauvegarde a été remise en place"),
        "merged": _("deux histoires réunies"),
        "interrupted": _("le service s’est arrêté pendant l’envoi"),
        "interrupted often": _("arrêts répétés pendant l’envoi : à vous de décider"),
        "pace": _("attend son tour"),
        "stopping": _("rendu à l’arrêt du service"),
    }.get(reason, reason or "")
