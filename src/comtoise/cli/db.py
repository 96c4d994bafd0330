"""``comtoise db``: the schema, and copies."""

from datetime import UTC, datetime
from pathlib import Path

import click

from comtoise.cli.groups import Group
from comtoise.cli.options import config_option, load, open_database
from comtoise.i18n import _, ngettext


@click.group("db", cls=Group, help=_("La base de données : mise à jour, copie."))
def db_command() -> None:
    """Commands about the database."""


@db_command.command("upgrade", help=_("Mettre la base au schéma de cette version (une copie est gardée)."))
@config_option
def upgrade(config_path: Path) -> None:
    """Run the missing migrations."""
    database = open_database(config_path, upgrade=True)
    click.echo(_("Base à jour : {place}").format(place=database.place), err=True)


@db_command.command(
    "backup", help=_("Copier la base SQLite vers un nouveau fichier, sans arrêter le service.")
)
@click.argument("target", type=click.Path(path_type=Path), metavar=_("FICHIER"))
@config_option
def backup(target: Path, config_path: Path) -> None:
    """Copy a SQLite database."""
    open_database(config_path).backup(target)
    click.echo(_("Copie faite : {target}").format(target=target), err=True)


@db_command.command(
    "restored",
    help=_(
        "À lancer, service arrêté, après avoir remis une copie en place : rien de ce qui a pu partir depuis "
        "la copie n’est renvoyé. Avec SQLite, le service s’en aperçoit seul à son démarrage."
    ),
)
@config_option
def restored(config_path: Path) -> None:
    """Set aside what the old state would send again; say how much."""
    from comtoise.service.restoring import resume
    from comtoise.service.wiring import schedule_of
    from comtoise.store.instance import OnlyInstance

    database = open_database(config_path)
    with OnlyInstance(database):
        aside = resume(database, schedule_of(load(config_path)), datetime.now(UTC))
    for line in (
        ngettext(
            "{n} envoi mis de côté (comtoise outbox --state merged).",
            "{n} envois mis de côté (comtoise outbox --state merged).",
            aside.deliveries,
        ).format(n=aside.deliveries),
        ngettext("{n} résumé tenu pour envoyé.", "{n} résumés tenus pour envoyés.", aside.digests).format(
            n=aside.digests
        ),
        ngettext(
            "{n} source sera relue une fois sans alerte.",
            "{n} sources seront relues une fois sans alerte.",
            aside.sources,
        ).format(n=aside.sources),
    ):
        click.echo(line, err=True)
