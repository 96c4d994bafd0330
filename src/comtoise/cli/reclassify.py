"""``comtoise reclassify``: the articles already received, read again with today's words."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comtoise import __version__
from comtoise.cli.days import Day
from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.errors import InputError
from comtoise.i18n import _, ngettext

if TYPE_CHECKING:
    from comtoise.service.rereading import Reread
    from comtoise.store.rereading import Understood


@click.command(
    "reclassify",
    help=_(
        "Relire les articles déjà reçus avec les mots d’aujourd’hui. Personne n’en est averti, sauf avec "
        "--alertes. Peut être arrêté, repris, et tourner à côté du service."
    ),
)
@click.option(
    "--since",
    type=Day(),
    required=True,
    metavar=_("AAAA-MM-JJ"),
    help=_("Les articles reçus depuis ce jour (AAAA-MM-JJ)."),
)
@click.option(
    "--until",
    type=Day(),
    default=None,
    metavar=_("AAAA-MM-JJ"),
    help=_("Jusqu’à ce jour compris ; sinon, jusqu’à maintenant."),
)
@click.option(
    "--alertes", is_flag=True, help=_("Alerter les lecteurs qu’un article encore frais concerne désormais.")
)
@click.option("--essai", is_flag=True, help=_("Compter seulement, ne rien écrire."))
@click.option("--json", "as_json", is_flag=True, help=_("En JSON."))
@config_option
def reclassify_command(
    since: datetime, until: datetime | None, alertes: bool, essai: bool, as_json: bool, config_path: Path
) -> None:
    """Read the archive again."""
    from comtoise.service.rereading import Work, reread
    from comtoise.service.wiring import build_understander

    config = load(config_path)
    start = datetime.combine(since, time(), config.timezone).astimezone(UTC)
    end = datetime(9999, 1, 1, tzinfo=UTC)
    if until is not None:
        end = datetime.combine(until + timedelta(days=1), time(), config.timezone).astimezone(UTC)
    if end <= start:
        raise InputError(_("--until est avant --since : aucun article n’est entre les deux."))
    work = Work(since=start, until=end, alerting=alertes, dry=essai)
    database = open_database(config_path)
    try:
        done = reread(
            database,
            build_understander(config, database),
            work,
            words=f"{__version__}\n{config_path.read_text('utf-8-sig')}",
            alert_max_age=timedelta(hours=config.alerts.max_age_hours),
            clock=lambda: datetime.now(UTC),
            watch=_bar,
        )
    except KeyboardInterrupt:
        raise InputError(
            _("Arrêté ; ce qui est fait est fait. La même commande reprend là où elle en était.")
        ) from None
    finally:
        database.close()
    if as_json:
        emit(_plain(done))
        return
    labels = {sector.id: sector.label for sector in config.knowledge().sectors}
    for line in lines(done, labels, dry=essai):
        click.echo(line)


def _plain(done: "Reread") -> dict[str, object]:
    return {
        "articles": done.articles,
        "without_text": done.without_text,
        "changed": done.changed,
        "rewritten": done.rewritten,
        "to_alert": done.to_alert,
        "gained": dict(done.gained),
        "lost": dict(done.lost),
        "resumed_from": done.resumed_from,
    }


def lines(done: "Reread", labels: dict[str, str], *, dry: bool) -> Iterator[str]:
    """What was done, for people."""
    if done.resumed_from is not None:
        yield _("Repris là où la commande s’était arrêtée ; les comptes sont ceux de la suite.")
    read = ngettext("{n} article relu", "{n} articles relus", done.articles).format(n=done.articles)
    changed = ngettext("{n} change", "{n} changent", done.changed).format(n=done.changed)
    yield _("{read}, dont {n} sans leur texte entier : {changed}.").format(
        read=read, n=done.without_text, changed=changed
    )
    for sector in sorted({*done.gained, *done.lost}, key=lambda id_: labels.get(id_, id_)):
        yield f"  {labels.get(sector, sector)} : +{done.gained[sector]} −{done.lost[sector]}"
    if done.to_alert:
        yield ngettext(
            "{n} article est confié au service, qui avertira les lecteurs concernés.",
            "{n} articles sont confiés au service, qui avertira les lecteurs concernés.",
            done.to_alert,
        ).format(n=done.to_alert)
    if dry:
        yield _("Essai : rien n’est écrit.")


def _bar(items: "Iterator[Understood]", total: int) -> "Iterator[Understood]":
    """Show how far the reading is, on a terminal only."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(items, description=_("Relecture"), total=total, console=console, transient=True)
