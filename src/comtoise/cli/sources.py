"""``comtoise sources``: what is watched, and how it goes."""

import asyncio
from pathlib import Path

import click

from comtoise.cli.groups import Group
from comtoise.cli.health import health_command
from comtoise.cli.options import config_option, emit, load
from comtoise.cli.sources_add import add_command
from comtoise.cli.sources_opml import export_command, import_command
from comtoise.cli.topics import known_sources
from comtoise.errors import InputError
from comtoise.i18n import _


@click.group("sources", cls=Group, help=_("Les sources suivies : liste, ajout, essai, santé."))
def sources_command() -> None:
    """Commands about sources."""


@sources_command.command("list", help=_("Les sources suivies, une ligne JSON chacune."))
@config_option
def list_(config_path: Path) -> None:
    """The cards in use."""
    for card in load(config_path).sources():
        emit(
            {
                "id": card.id,
                "name": card.name,
                "kind": card.kind.value,
                "url": card.url,
                "departements": card.departements,
                "access": card.access.value,
                "origin": card.origin,
                "confidence": card.confidence,
            }
        )


@sources_command.command(
    "test", help=_("Essayer une source sans rien enregistrer : ses cinq premières entrées.")
)
@click.argument("source_id", metavar="ID")
@config_option
def test(source_id: str, config_path: Path) -> None:
    """Poll a source into a throw-away database."""
    import tempfile

    from comtoise import logs
    from comtoise.store import Database, articles
    from comtoise_crawler.collector import collector_for

    logs.set_up("warning")
    config = load(config_path)
    known_sources(config, [source_id])
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/essai.sqlite")
        database.upgrade()
        collector = collector_for(config, database)
        (report,) = asyncio.run(collector.once([source_id]))
        emit(report)
        with database.read() as tx:
            for article in articles.latest(tx, limit=5):
                emit({"title": article.title, "url": article.url, "published": article.published})
        database.close()
    if not report.ok:
        raise InputError(report.error or _("La source n’a pas pu être lue."))


for command in (health_command, add_command, import_command, export_command):
    sources_command.add_command(command)
