"""Commands about one document: feed, extract, canonical, dates."""

from datetime import UTC, datetime
from typing import IO

import click
from pydantic import BaseModel, ConfigDict

from comtoise.cli.options import emit, input_argument, rows
from comtoise.i18n import _

content_type_option = click.option(
    "--content-type", default=None, help=_("Le Content-Type annoncé par le serveur.")
)


@click.command("feed", help=_("Lire un flux (RSS, RDF, Atom, JSON Feed) : une ligne JSON par entrée."))
@input_argument
@click.option("--url", required=True, help=_("L’adresse d’où vient le document."))
@content_type_option
def feed_command(file: IO[bytes], url: str, content_type: str | None) -> None:
    """Entries of a feed document."""
    from comtoise_crawler.reading import read_feed

    feed = read_feed(file.read(), url=url, content_type=content_type, now=datetime.now(UTC))
    for entry in feed.entries:
        emit(
            {
                "id": entry.guid,
                "url": entry.url,
                "title": entry.title,
                "summary": entry.summary or entry.content,
                "published": entry.published,
                "updated": entry.updated,
                "authors": entry.authors,
                "categories": entry.categories,
            }
        )


@click.command(
    "extract", help=_("Lire la page d’un article : texte, titre, dates, auteurs, en une ligne JSON.")
)
@input_argument
@click.option("--url", required=True, help=_("L’adresse d’où vient la page."))
@content_type_option
def extract_command(file: IO[bytes], url: str, content_type: str | None) -> None:
    """What an article's page says."""
    from comtoise_crawler.reading import read_page

    page = read_page(file.read(), url=url, content_type=content_type, now=datetime.now(UTC))
    emit(
        {
            "canonical_url": page.canonical_url,
            "title": page.title,
            "published": page.published.isoformat() if page.published else None,
            "updated": page.updated.isoformat() if page.updated else None,
            "authors": page.authors,
            "text": page.text,
            "language": page.language,
            "paywalled": page.paywalled,
            "site": page.site,
        }
    )


@click.command(
    "canonical",
    help=_(
        "Ramener des adresses, une par ligne, à leur forme canonique ; null : ce n’est pas l’adresse "
        "d’un article."
    ),
)
@input_argument
def canonical_command(file: IO[bytes]) -> None:
    """Canonical form of addresses."""
    from comtoise.stories import canonical_url

    for line in file:
        url = line.decode("utf-8", "replace").rstrip("\r\n")
        if url:
            emit({"url": url, "canonical": canonical_url(url)})


class _DateRow(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)

    text: str
    now: datetime | None = None


@click.command(
    "dates", help=_("Lire les dates comme les pages françaises les impriment (JSONL : text, now).")
)
@input_argument
def dates_command(file: IO[bytes]) -> None:
    """Dates of bylines and feeds."""
    from comtoise.text.dates import PARIS, read_dates

    with rows(file, _DateRow) as given:
        for row in given:
            now = row.now or datetime.now(UTC)
            found = read_dates(row.text, now=now if now.tzinfo else now.replace(tzinfo=PARIS))
            emit(
                {
                    "published": found.published.isoformat() if found.published else None,
                    "updated": found.updated.isoformat() if found.updated else None,
                }
            )
