"""``comtoise export``: stories and their signals, for a spreadsheet or a program."""

import csv
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import click

from comtoise.cli.days import Day
from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.cli.topics import known_topic
from comtoise.errors import InputError
from comtoise.files import unwritable
from comtoise.i18n import _
from comtoise.model import Story, TopicKind

COLUMNS = (
    "story", "date", "title", "source", "url", "others", "sectors", "clusters", "departements", "communes",
    "signals", "companies", "amount", "currency", "jobs", "worth", "first_seen", "last_seen", "saga", "facts",
)  # fmt: skip


@click.command(
    "export", help=_("Exporter les histoires et leurs signaux depuis une date : csv, jsonl ou xlsx.")
)
@click.option(
    "--since",
    type=Day(),
    default=None,
    metavar=_("AAAA-MM-JJ"),
    help=_("Depuis ce jour (AAAA-MM-JJ)."),
)
@click.option("--topic", default=None, help=_("Seulement ce sujet (identifiant de filière, pôle, signal…)."))
@click.option(
    "--format", "shape", type=click.Choice(["csv", "jsonl", "xlsx"]), default="csv", show_default=True
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    metavar=_("FICHIER"),
    help=_("Fichier à écrire (xlsx)."),
)
@config_option
def export_command(
    since: datetime | None, topic: str | None, shape: str, output: Path | None, config_path: Path
) -> None:
    """One row per story worth telling."""
    from comtoise.store import stories

    if output is not None and shape != "xlsx":
        raise click.UsageError(
            _(
                "--output ne sert qu’avec --format xlsx ; pour ce format, écrivez à la fin : > {output}"
            ).format(output=output)
        )
    if topic is not None:
        topic = known_topic(load(config_path), topic)
    now = datetime.now(UTC)
    start = since.replace(tzinfo=UTC) if since else now - timedelta(days=7)
    with open_database(config_path).read() as tx:
        found = [
            story
            for story in stories.between(tx, start, now, worth_min=1)
            if topic is None or any(match.topic == topic for match in story.matches)
        ]
    lines = [line(story) for story in found]
    if shape == "jsonl":
        for story in found:
            emit({**line(story), "facts": facts_of(story)})
    elif shape == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(COLUMNS)
        writer.writerows([safe_cell(each[column]) for column in COLUMNS] for each in lines)
    else:
        _xlsx(lines, output)


def line(story: Story) -> dict[str, Any]:
    """A story as a flat row; lists are joined by spaces in a table."""
    of = {kind: [m.topic for m in story.matches if m.kind is kind] for kind in TopicKind}
    slots = [m.slots for m in story.matches if m.slots is not None]
    amount = next((s.amount for s in slots if s.amount is not None), None)
    jobs = next((s.jobs for s in slots if s.jobs is not None), None)
    return {
        "story": story.id,
        "date": (story.lead.published or story.first_seen).date().isoformat(),
        "title": story.lead.title,
        "source": story.lead.source_name,
        "url": story.lead.url,
        "others": [other.source_name for other in story.others],
        "sectors": of[TopicKind.SECTOR],
        "clusters": of[TopicKind.CLUSTER],
        "departements": of[TopicKind.DEPARTEMENT],
        "communes": of[TopicKind.COMMUNE],
        "signals": of[TopicKind.SIGNAL],
        "companies": [m.label or m.topic for m in story.matches if m.kind is TopicKind.COMPANY],
        "amount": amount.value if amount else None,
        "currency": amount.currency if amount else None,
        "jobs": jobs.count if jobs else None,
        "worth": story.worth,
        "first_seen": story.first_seen.astimezone(UTC).isoformat(timespec="seconds"),
        "last_seen": story.last_seen.astimezone(UTC).isoformat(timespec="seconds"),
        "saga": story.saga,
        "facts": [
            f"{fact['signal']}.{fact['name']} = {fact['value']} ({fact['source']})"
            for fact in facts_of(story)
        ],
    }


def facts_of(story: Story) -> list[dict[str, str]]:
    """The facts of a story, each with the article that gave it and its source."""
    return [
        {
            "signal": fact.signal,
            "name": fact.name,
            "value": fact.value,
            "article": fact.article_id,
            "source": fact.source_name,
        }
        for fact in story.facts
    ]


def safe_cell(value: object) -> object:
    """A cell that a spreadsheet shows and does not run: a leading ``= + - @`` is text."""
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def _xlsx(lines: list[dict[str, Any]], output: Path | None) -> None:
    if output is None:
        raise InputError(_("Pour un classeur xlsx, dites où l’écrire : --output sujets.xlsx"))
    from xlsxwriter import Workbook

    written = BytesIO()
    with Workbook(written, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Comtoise")
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        for number, each in enumerate(lines, start=1):
            for place, column in enumerate(COLUMNS):
                value = each[column]
                sheet.write(number, place, ", ".join(value) if isinstance(value, list) else value)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    try:
        output.write_bytes(written.getvalue())
    except OSError as error:
        raise unwritable(output, error) from error
    click.echo(_("Écrit : {output}").format(output=output), err=True)
