"""``comtoise db``: the schema, and copies."""

from pathlib import Path

import click

from comtoise.cli.options import config_option, open_database
from comtoise.i18n import _


@click.group("db", help=_("La base de données : mise à jour, copie."))
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
