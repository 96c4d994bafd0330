"""``comtoise sources import`` and ``export``: lists of feeds, as feed readers exchange them (OPML)."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from pydantic import ValidationError

from comtoise.cli.options import config_option, emit, input_argument, load
from comtoise.cli.sources_add import free_id, taken_ids
from comtoise.errors import InputError, SourceError
from comtoise.i18n import _, ngettext

if TYPE_CHECKING:
    from comtoise.config import Config
    from comtoise.model import Source

FILE_MAX = 10 * 1024 * 1024  #: bytes


@click.command("import", help=_("Ajouter les sources d’une liste OPML."))
@input_argument
@click.option("--essai", "--dry-run", "trial", is_flag=True, help=_("Compter seulement, ne rien écrire."))
@config_option
def import_command(file: IO[bytes], trial: bool, config_path: Path) -> None:
    """One edit of config.yaml; nothing is fetched. A JSON line per source added."""
    from comtoise.config import parse_config
    from comtoise.config.cards import source_item
    from comtoise.config.editing import append, content_hash, edit_config
    from comtoise.config.load import read_config_bytes
    from comtoise_crawler.reading.opml import read_opml

    seen = read_config_bytes(config_path)
    config = parse_config(seen, config_path.name)
    try:
        listed = read_opml(file.read(FILE_MAX + 1))
    except SourceError as error:
        raise InputError(str(error)) from error
    new, known, unreadable = _sorted(listed.sources, config)
    items = [source_item(source) for source in new]

    def add_all(document: Any) -> None:
        for item in items:
            append(document, ("sources", "ajouter"), item)

    if items:
        edit_config(config_path, add_all, expected=content_hash(seen), write=not trial)
    for item in items:
        emit(item)
    bad = listed.unreadable + unreadable
    click.echo(
        ", ".join(
            (
                ngettext("{n} ajoutée", "{n} ajoutées", len(items)).format(n=len(items)),
                ngettext("{n} déjà connue ou en double", "{n} déjà connues ou en double", known).format(
                    n=known
                ),
                ngettext("{n} illisible", "{n} illisibles", bad).format(n=bad),
            )
        )
        + ".",
        err=True,
    )
    if trial:
        click.echo(_("Essai : rien n’est écrit."), err=True)
    if not listed.sources and not listed.unreadable:
        raise InputError(_("La liste ne contient aucun flux."))


@click.command("export", help=_("Écrire la liste des sources en OPML."))
@config_option
def export_command(config_path: Path) -> None:
    """All cards in use."""
    from comtoise_crawler.reading.opml import write_opml

    document = write_opml(
        load(config_path).sources(), title=_("Les sources de Comtoise"), now=datetime.now(UTC)
    )
    sys.stdout.buffer.write(document)


def _sorted(listed: "tuple[Source, ...]", config: "Config") -> "tuple[list[Source], int, int]":
    """The sources to add, with ids; how many are known or repeated; how many the desk cannot write down."""
    from comtoise.config.cards import source_item
    from comtoise.config.schema import NewSource
    from comtoise.stories import canonical_url

    polled = {canonical_url(card.url) for card in config.sources()}
    taken = taken_ids(config)
    new: list[Source] = []
    known = unreadable = 0
    for source in listed:
        address = canonical_url(source.url)
        if address in polled:
            known += 1
            continue
        named = replace(source, id=free_id(source.name, taken, otherwise=urlsplit(source.url).netloc))
        try:
            NewSource.model_validate(source_item(named))
        except ValidationError:
            unreadable += 1
            continue
        polled.add(address)
        taken.add(named.id)
        new.append(named)
    return new, known, unreadable
