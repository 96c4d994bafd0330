"""``comtoise crawl``: one round of polling, now."""

import asyncio
from pathlib import Path

import click

from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.cli.topics import known_sources
from comtoise.i18n import _


@click.command("crawl", help=_("Collecter maintenant, une fois : une ligne JSON par source."))
@click.option(
    "--once", is_flag=True, required=True, help=_("Un seul tour (le service, lui, tourne sans fin).")
)
@click.option(
    "--source", "source_ids", multiple=True, metavar="ID", help=_("Seulement cette source (répétable).")
)
@config_option
def crawl_command(once: bool, source_ids: tuple[str, ...], config_path: Path) -> None:  # noqa: ARG001
    """One round: poll, keep, understand. Refused while the service runs: it does the same."""
    from comtoise import logs
    from comtoise.service.understanding import drain
    from comtoise.service.wiring import build_understander
    from comtoise.store.instance import OnlyInstance
    from comtoise_crawler.collector import collector_for

    logs.set_up("warning")
    config = load(config_path)
    known_sources(config, source_ids)
    database = open_database(config_path, upgrade=True)
    with OnlyInstance(database):  # two readers of the same articles would tell their stories twice
        for report in asyncio.run(collector_for(config, database).once(source_ids or None)):
            emit(report)
        drain(build_understander(config, database))
    database.close()
