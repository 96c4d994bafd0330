"""``comtoise config``: what config.yaml was, who changed it, and the way back."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from comtoise.cli.asking import agreed
from comtoise.cli.groups import Group
from comtoise.cli.numbers import Number
from comtoise.cli.options import config_option, load, open_database
from comtoise.config.editing import count_changes, difference
from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.text.typography import clock, day


@click.group(
    "config", cls=Group, help=_("La configuration : son histoire, ses changements, revenir en arrière.")
)
def config_command() -> None:
    """Commands about the file."""


@config_command.command(
    "history", help=_("Les 50 dernières versions : numéro, date, auteur, lignes changées.")
)
@config_option
def history(config_path: Path) -> None:
    """The states kept, the newest first."""
    from comtoise.store import versions

    with open_database(config_path).read() as tx:
        kept = versions.history(tx)
    if not kept:
        click.echo(_("Aucune version n’est encore gardée : elles le sont quand le service tourne."), err=True)
        return
    for version, former in zip(kept, [*kept[1:], None], strict=True):
        changed = "" if former is None else _counted(former.text, version.text)
        at = version.at.astimezone()
        when = f"{day(at.date(), weekday=False)}, {clock(at.time())}"
        click.echo(f"{version.number:>4}  {when:<28} {version.who:<20} {changed}".rstrip())


@config_command.command(
    "diff",
    help=_("Ce qui change de la version AVANT à la version APRÈS (le fichier, si elle n’est pas donnée)."),
)
@click.argument("before", metavar=_("AVANT"), type=Number())
@click.argument("after", metavar=_("[APRÈS]"), type=Number(), required=False)
@config_option
def diff(before: int, after: int | None, config_path: Path) -> None:
    """A unified difference."""
    old = _version(config_path, before)
    new = _present(config_path) if after is None else _version(config_path, after)
    names = (str(before), config_path.name if after is None else str(after))
    click.echo("".join(difference(old, new, *names)), nl=False)


@config_command.command(
    "undo", help=_("Remettre la version d’avant, ou la version NUMÉRO. L’état présent reste dans l’histoire.")
)
@click.argument("number", metavar=_("[NUMÉRO]"), type=Number(), required=False)
@click.option("--oui", is_flag=True, help=_("Sans demander."))
@config_option
def undo(number: int | None, oui: bool, config_path: Path) -> None:
    """Put a former text back."""
    from comtoise.service import configuring
    from comtoise.store import versions

    database = open_database(config_path)
    present = _present(config_path)
    if number is None:
        sha = versions.fingerprint(present)
        with database.read() as tx:
            former = next((v for v in versions.history(tx) if v.sha != sha), None)
        if former is None:
            raise InputError(_("Il n’y a pas de version plus ancienne."))
        text, number = former.text, former.number
    else:
        text = _version(config_path, number)
    shown = "".join(difference(present, text, config_path.name, str(number)))
    if not shown:
        click.echo(_("Le fichier dit déjà cela."), err=True)
        return
    click.echo(shown, nl=False)
    if not oui and not agreed(_("Remettre cette version ?")):
        click.echo(_("Rien n’est écrit."), err=True)
        return
    configuring.restore(database, config_path, text, who=author(), now=datetime.now(UTC))
    click.echo(_("La version {n} est remise.").format(n=number), err=True)


@config_command.command(
    "accept",
    help=_("Dire que le fichier est bien voulu tel quel, même s’il retire beaucoup de sources ou de mots."),
)
@config_option
def accept(config_path: Path) -> None:
    """Let the running service take the file over."""
    from comtoise.store import versions

    text = _present(config_path)
    with open_database(config_path, upgrade=True).write() as tx:
        versions.accept(tx, text)
    click.echo(_("C’est noté : le service prend cette version dans les secondes qui viennent."), err=True)


def author() -> str:
    """Who types."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("commande")


def _present(config_path: Path) -> str:
    """What the file says; it is right, or `ConfigError` says what is wrong in it."""
    load(config_path)
    return config_path.read_text("utf-8-sig")


def _version(config_path: Path, number: int) -> str:
    from comtoise.store import versions

    with open_database(config_path).read() as tx:
        found = versions.get(tx, number)
    if found is None:
        raise InputError(
            _("La version {n} n’est pas gardée ; voyez « comtoise config history ».").format(n=number)
        )
    return found.text


def _counted(old: str, new: str) -> str:
    """« +3 -1 »."""
    added, removed = count_changes(old, new)
    return f"+{added} -{removed}"
