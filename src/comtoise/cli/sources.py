"""``comtoise sources``: what is watched, and how it goes."""

import asyncio
from pathlib import Path

import click

from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.errors import InputError
from comtoise.i18n import _


@click.group("sources", help=_("Les sources suivies : liste, essai, santé."))
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

    from comtoise.store import Database, articles
    from comtoise_crawler.collector import collector_for

    config = load(config_path)
    if source_id not in {card.id for card in config.sources()}:
        raise InputError(_("Source inconnue : {names}").format(names=source_id))
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


@sources_command.command(
    "health", help=_("La santé des sources : dernière lecture, dernière nouveauté, erreur.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Une ligne JSON par source."))
@config_option
def health(as_json: bool, config_path: Path) -> None:
    """What polling has taught."""
    from comtoise.store import sources

    names = {card.id: card.name for card in load(config_path).sources()}
    with open_database(config_path).read() as tx:
        states = sources.states(tx)
    if as_json:
        for state in states:
            emit(state)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=_("Santé des sources"))
    for column in (_("Source"), _("Lue"), _("Dernière nouveauté"), _("Échecs"), _("Dernière erreur")):
        table.add_column(column)
    for state in states:
        table.add_row(
            names.get(state.source_id, state.source_id),
            _when(state.last_polled_at),
            _when(state.last_new_at),
            str(state.failures or ""),
            state.error_text or "",
        )
    Console().print(table)


def _when(value: object) -> str:
    return "—" if value is None else f"{value:%d/%m/%Y %H:%M}"
