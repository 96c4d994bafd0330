"""What several commands share: the configuration, JSON Lines in and out."""

import json
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
from pydantic import BaseModel, ConfigDict, ValidationError

from comtoise.errors import InputError
from comtoise.files import unreadable
from comtoise.i18n import _, ngettext

if TYPE_CHECKING:
    from comtoise.config import Config
    from comtoise.store import Database

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=Path("config.yaml"),
    show_default=True,
    envvar="COMTOISE_CONFIG",
    help=_("Le fichier de configuration."),
)


def open_input(_context: click.Context, _parameter: click.Parameter, path: str | None) -> IO[bytes] | None:
    """A file to read, or ``-`` for the standard input. Raises `InputError` when it cannot be read."""
    if path is None:
        return None
    if path == "-":
        return sys.stdin.buffer
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise unreadable(path, error) from error


input_argument = click.argument("file", metavar=_("FICHIER"), callback=open_input)


@cache
def load(config_path: Path) -> "Config":
    """The configuration; `ConfigError` says what is wrong in it."""
    from comtoise.config import load_config

    return load_config(config_path)


def open_database(config_path: Path, *, upgrade: bool = False) -> "Database":
    """The desk's database; at this release's schema, or `StorageError` says what to do."""
    from comtoise.config import load_secrets
    from comtoise.store import Database

    config = load(config_path)
    secrets = load_secrets(os.environ, config_path.parent / ".env")
    database = Database.open(secrets.database(config, beside=config_path))
    if upgrade:
        database.upgrade()
    else:
        database.check()
    return database


class Row(BaseModel):
    """An article as the commands read it: a line of JSON. Unknown keys (labels) are kept for `evaluate`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    title: str
    text: str = ""
    url: str | None = None
    source: str | None = None
    language: str = "fr"
    published: str | None = None  #: ISO 8601; a month or a year alone is taken as such


@contextmanager
def rows(file: IO[bytes], shape: type[BaseModel]) -> Iterator[Iterator[Any]]:
    """The lines of a JSON Lines file, each as a *shape*.

    A bad line is told on the standard error, with its number and what is wrong. The others are still served: only
    when the block has done its work with them, the bad ones end the command with status 1.
    """
    bad: list[int] = []
    yield _read(file, shape, bad)
    if bad:
        raise InputError(
            ngettext(
                "{n} ligne illisible ; les autres ont été traitées.",
                "{n} lignes illisibles ; les autres ont été traitées.",
                len(bad),
            ).format(n=len(bad))
        )


def _read(file: IO[bytes], shape: type[BaseModel], bad: list[int]) -> Iterator[Any]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            yield shape.model_validate_json(line.removeprefix(BOM_UTF8))
        except ValidationError as error:
            bad.append(number)
            problem = _problem(line, error, shape)
            click.echo(_("Ligne {number} : {problem}").format(number=number, problem=problem), err=True)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _problem(line: bytes, error: ValidationError, shape: type[BaseModel]) -> str:
    """What is wrong with a line, and what was expected: pydantic's first complaint, in words."""
    first = error.errors(include_url=False)[0]
    if not first["loc"] and not _is_utf8(line):
        return _("le texte n’est pas en UTF-8 : enregistrez le fichier dans cet encodage.")
    if not first["loc"]:
        return _('ce n’est pas un objet JSON entre accolades, comme {"id": "1", "title": "Un titre"}.')
    name = str(first["loc"][0])
    wanted: dict[Any, str] = {
        datetime | None: _("une date et une heure, par exemple 2026-11-25T08:00:00"),
        int | None: _("un nombre entier"),
        list[str] | None: _('une liste de textes, par exemple ["bois"]'),
    }
    field = shape.model_fields.get(name)
    kind = _("un texte") if field is None else wanted.get(field.annotation, _("un texte"))
    if first["type"] == "missing":
        return _("il manque « {name} » : {kind}.").format(name=name, kind=kind)
    given = json.dumps(first["input"], ensure_ascii=False, default=str)
    return _("« {name} » vaut {given} ; il faut {kind}.").format(name=name, given=given[:60], kind=kind)


def moment(text: str | None) -> datetime | None:
    """The moment a row names, aware, UTC; a day is its midnight; None for a month, a year, or no date."""
    try:
        value = datetime.fromisoformat(text.strip()) if text and len(text.strip()) >= 10 else None
    except ValueError:
        return None
    if value is None:
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def emit(value: Any) -> None:
    """Write one line of JSON on the standard output."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)


def progress(items: Iterator[Any], label: str) -> Iterator[Any]:
    """Show how far a long command is, on a terminal only."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    with Progress(
        SpinnerColumn(), TextColumn(label + " {task.completed}"), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(label)
        for item in items:
            yield item
            bar.advance(task)
