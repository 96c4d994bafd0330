"""Commands about articles given as JSON Lines: classify, stories, explain, evaluate."""

import json
import re
import socket
import ssl
import urllib.error
import urllib.request
from dataclasses import asdict, replace
from datetime import UTC, datetime
from http.client import HTTPException, InvalidURL
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import click
from pydantic import BaseModel, ConfigDict

from comtoise.cli.options import (
    Row,
    config_option,
    emit,
    input_argument,
    load,
    moment,
    open_input,
    progress,
    rows,
)
from comtoise.errors import InputError
from comtoise.files import unreadable
from comtoise.i18n import _
from comtoise.model import Article, Match, Source, TopicKind, Understanding

_FIELDS = {
    "sectors": TopicKind.SECTOR,
    "clusters": TopicKind.CLUSTER,
    "departements": TopicKind.DEPARTEMENT,
    "communes": TopicKind.COMMUNE,
    "signals": TopicKind.SIGNAL,
    "companies": TopicKind.COMPANY,
}


def article_of(row: Row) -> Article:
    """A line as an article. Of a date that is a month or a year, nothing is kept: see `dated`."""
    return Article(
        id=row.id,
        url=row.url,
        title=row.title,
        text=row.text,
        source=row.source,
        language=row.language,
        published=moment(row.published),
    )


def dated(article: Article, written: str | None) -> Article:
    """The article at the first day of the month or year *written*, when that is all that is known.

    Enough to tell news from what happened years before; too little to compare two articles by the day.
    """
    if article.published is None and written and (found := _PARTIAL.fullmatch(written.strip())):
        year, month = int(found[1]), int(found[2] or 1)
        return replace(article, published=datetime(year, month, 1, tzinfo=UTC))
    return article


_PARTIAL = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?")


class _Reader:
    """Understands the lines of a file with the words of a configuration."""

    def __init__(self, config_path: Path) -> None:
        from comtoise.topics import compile_rules

        config = load(config_path)
        self.rules = compile_rules(config.knowledge(), departements=config.departements())
        self._cards: dict[str, Source] = {card.id: card for card in config.sources()}

    def __call__(self, article: Article) -> Understanding:
        from comtoise.topics import understand

        card = self._cards.get(article.source) if article.source else None
        return understand(article, self.rules, source=card)


def verdict(article: Article, understanding: Understanding) -> dict[str, Any]:
    """A line of `comtoise classify`: ids by field, their detail, worth.

    Each piece of evidence points into the article as it was given: ``part`` is ``title`` or ``text``, ``start`` and
    ``end`` are code points in it; ``field`` tells the lead from the rest of the text.
    """
    line: dict[str, Any] = {"id": article.id}
    for field, kind in _FIELDS.items():
        line[field] = [match.topic for match in understanding.of(kind)]
    line["worth"] = understanding.worth
    for field, kind in _FIELDS.items():
        line[f"{field}_detail"] = [_detail(match, article) for match in understanding.of(kind)]
    line["worth_reasons"] = list(understanding.worth_reasons)
    return line


def _detail(match: Match, article: Article) -> dict[str, Any]:
    from comtoise.topics.highlight import field_of

    detail: dict[str, Any] = {
        "id": match.topic,
        "label": match.label,
        "score": round(match.score, 4),
        "evidence": [
            {
                "words": evidence.words,
                "part": evidence.part.value,
                "field": field_of(evidence, article.text),
                "start": evidence.start,
                "end": evidence.end,
                "why": evidence.why,
            }
            for evidence in match.evidence
        ],
    }
    if match.slots is not None:
        detail["slots"] = {key: value for key, value in asdict(match.slots).items() if value is not None}
    return detail


@click.command(
    "classify",
    help=_(
        "Comprendre des articles (JSONL : id, title, text, et si connus url, source, language, published) : "
        "filières, pôles, lieux, signaux, entreprises, avec leurs preuves."
    ),
)
@input_argument
@config_option
def classify_command(file: IO[bytes], config_path: Path) -> None:
    """One line per article."""
    read = _Reader(config_path)
    with rows(file, Row) as given:
        for row in progress(given, _("articles")):
            article = dated(article_of(row), row.published)
            emit(verdict(article, read(article)))


@click.command(
    "stories", help=_("Regrouper des articles par histoire (même JSONL que classify) : id, story, because.")
)
@input_argument
@config_option
def stories_command(file: IO[bytes], config_path: Path) -> None:
    """One line per article: the story it belongs to, and why it joined."""
    from comtoise.stories import Period, Told, tell

    read = _Reader(config_path)
    with rows(file, Row) as given:
        told = []
        for row in progress(given, _("articles")):
            article = article_of(row)
            period = Period.parse(row.published)
            told.append(Told(article=article, understanding=read(article), period=period))
        for placed in tell(told):
            line: dict[str, Any] = {"id": placed.article_id, "story": placed.story}
            if placed.because is not None:
                line["because"] = placed.because
            emit(line)


@click.command(
    "explain",
    help=_("Dire pourquoi une page (fichier ou adresse) a reçu, ou n’a pas reçu, chaque sujet."),
)
@click.argument("page", metavar=_("FICHIER|ADRESSE"))
@click.option("--url", default=None, help=_("L’adresse d’où vient le fichier."))
@config_option
def explain_command(page: str, url: str | None, config_path: Path) -> None:
    """One French line per topic."""
    from comtoise.topics import explain, refused
    from comtoise_crawler.reading import read_page

    body, address, content_type = _body(page, url)
    read = _Reader(config_path)
    now = datetime.now(UTC)
    found = read_page(body, url=address, content_type=content_type, now=now)
    article = Article(id="page", url=found.canonical_url, title=found.title, text=found.text)
    click.echo(found.title)
    understanding = read(article)
    for line in explain(understanding, refused(article, read.rules, understanding)):
        click.echo(line)


def _body(page: str, url: str | None) -> tuple[bytes, str, str | None]:
    if page.startswith(("http://", "https://")):
        request = urllib.request.Request(page, headers={"User-Agent": "ComtoiseBot"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.read(10 * 1024 * 1024), page, answer.headers.get("content-type")
        except (OSError, HTTPException, ValueError) as error:  # URLError and TimeoutError are OSErrors
            raise InputError(
                _("La page {page} ne peut être lue : {why}").format(page=page, why=_why(error))
            ) from error
    path = Path(page)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(page, error) from error
    if data.lstrip()[:1] == b"{":
        try:
            row = json.loads(data.splitlines()[0])
        except ValueError:
            row = {}
        if isinstance(row, dict) and "title" in row:
            title, text = str(row["title"]), str(row.get("text", ""))
            paragraphs = "".join(f"<p>{_escape(line)}</p>" for line in text.splitlines())
            head = f"<head><title>{_escape(title)}</title></head>"
            html = f"<html>{head}<body><article>{paragraphs}</article></body></html>"
            return (
                html.encode(),
                url or str(row.get("url") or "https://exemple.fr/"),
                "text/html; charset=utf-8",
            )
    return data, url or "https://exemple.fr/", None


def _why(error: Exception) -> str:
    """What keeps a page from being read."""
    if isinstance(error, urllib.error.HTTPError):
        return _("le site répond par une erreur ({status}).").format(status=error.code)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    match reason:
        case ConnectionRefusedError():
            return _("le site refuse la connexion.")
        case TimeoutError():
            return _("le site n’a pas répondu à temps.")
        case socket.gaierror():
            return _("le nom du site est introuvable.")
        case ssl.SSLError():
            return _("le certificat du site n’est pas bon.")
        case InvalidURL() | ValueError() | str():
            return _("l’adresse n’est pas entière ; exemple : https://www.exemple.fr/article")
    return _("le site ne répond pas comme il faut.")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class _Judged(BaseModel):
    """What is compared in a line that says itself what is right, and in one that answers."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str
    sectors: list[str] | None = None
    clusters: list[str] | None = None
    departements: list[str] | None = None
    communes: list[str] | None = None
    signals: list[str] | None = None
    companies: list[str] | None = None
    worth: int | None = None


class _Labelled(_Judged, Row):
    """A line that says itself what is right; ``<field>_optional``: what counts neither way."""

    sectors_optional: list[str] | None = None
    clusters_optional: list[str] | None = None
    departements_optional: list[str] | None = None
    communes_optional: list[str] | None = None
    signals_optional: list[str] | None = None
    companies_optional: list[str] | None = None


@click.command(
    "evaluate",
    help=_(
        "Mesurer le classement sur des articles étiquetés (JSONL : les champs de classify, plus sectors, "
        "clusters, departements, signals, worth) : précision, rappel, F1 par champ et par sujet, bruit, perte."
    ),
)
@input_argument
@click.option(
    "--predictions",
    callback=open_input,
    metavar=_("FICHIER"),
    default=None,
    help=_("Les lignes de « comtoise classify » à juger ; sinon les articles sont classés maintenant."),
)
@click.option(
    "--per-keyword",
    is_flag=True,
    help=_("Aussi, par mot-clé : articles, précision, recoupements ; et les mots qui n’ont rien trouvé."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Le rapport en JSON."))
@config_option
def evaluate_command(
    file: IO[bytes], predictions: IO[bytes] | None, per_keyword: bool, as_json: bool, config_path: Path
) -> None:
    """Precision, recall, F1."""
    from comtoise.topics import evaluate, render_report
    from comtoise.topics.usage import Keywords

    with rows(file, _Labelled) as lines, rows(predictions or BytesIO(), _Judged) as answers:
        labelled = list(lines)
        read = _Reader(config_path) if predictions is None or per_keyword else None
        if predictions is None and read is not None:
            articles = (dated(article_of(row), row.published) for row in labelled)
            given = [verdict(article, read(article)) for article in articles]
        else:
            given = [answer.model_dump() for answer in answers]
        words = Keywords(read.rules) if per_keyword and read else None
        report = evaluate((row.model_dump() for row in labelled), given, words=words)
        if as_json:
            emit(report)
        else:
            click.echo(render_report(report, keywords=60 if per_keyword else 0))
