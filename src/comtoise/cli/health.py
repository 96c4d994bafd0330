"""``comtoise sources health``: the state of each source in words, those that need somebody first."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.i18n import _, ngettext

if TYPE_CHECKING:
    from rich.table import Table

    from comtoise.store.health import Health

WIDE = 120  #: columns of a terminal that also shows when each source is read next
LOSS_RECENT = timedelta(days=14)


class Rank(IntEnum):
    """How much a source asks for; the first come first."""

    PERSON = 0
    TROUBLE = 1
    LOSS = 2
    UNREAD = 3
    WELL = 4


_COLOURS = {
    Rank.PERSON: "bold red",
    Rank.TROUBLE: "yellow",
    Rank.LOSS: "yellow",
    Rank.UNREAD: "cyan",
    Rank.WELL: "green",
}


@click.command(
    "health", help=_("La santé des sources : ce qui va, ce qui ne va pas, et ce qui demande quelqu’un.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Une ligne JSON par source, avec tous les nombres."))
@config_option
def health_command(as_json: bool, config_path: Path) -> None:
    """What polling has taught of every source."""
    from rich.console import Console

    from comtoise.store import health

    config, now = load(config_path), datetime.now(UTC)
    cards = {card.id: card for card in config.sources()}
    with open_database(config_path).read() as tx:
        found = health.report(tx, cards, now)
    found.sort(key=lambda one: (rank(one, now), one.trouble_since or now, one.name))
    if as_json:
        for one in found:
            emit(one)
        return
    console = Console()
    console.print(table(found, now, config.timezone, wide=console.width >= WIDE))
    console.print(summary(found, now))


def rank(one: "Health", now: datetime) -> Rank:
    """How much a source asks for."""
    if one.needs_person_since is not None:
        return Rank.PERSON
    if one.error_kind is not None:
        return Rank.TROUBLE
    if one.last_loss_at is not None and now - one.last_loss_at < LOSS_RECENT:
        return Rank.LOSS
    return Rank.UNREAD if one.last_success_at is None else Rank.WELL


def table(found: Sequence["Health"], now: datetime, zone: tzinfo, *, wide: bool) -> "Table":
    """One row per source, in the order given."""
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    made.add_column(_("État"), no_wrap=True)
    made.add_column(_("Source"), ratio=3, min_width=14)
    made.add_column(_("Rythme"), no_wrap=True)
    made.add_column(_("Nouveauté"), no_wrap=True)
    if wide:
        made.add_column(_("Relecture"), no_wrap=True)
    made.add_column(_("À savoir"), ratio=7, min_width=24)
    for one in found:
        made.add_row(
            Text(state(one, now), style=_COLOURS[rank(one, now)]),
            one.name,
            rhythm(one),
            ago(one.last_new_at, now),
            *([ahead(one.next_due_at, now)] if wide else []),
            remarks(one, now, zone),
        )
    return made


def summary(found: Sequence["Health"], now: datetime) -> str:
    """One line for all."""
    ranks = [rank(one, now) for one in found]
    waiting = ranks.count(Rank.PERSON)
    well = ranks.count(Rank.WELL)
    return "\n" + " ".join(
        (
            ngettext("{n} source suivie,", "{n} sources suivies,", len(found)).format(n=len(found)),
            ngettext("{n} va bien,", "{n} vont bien,", well).format(n=well),
            ngettext(
                "{n} demande que quelqu’un regarde.", "{n} demandent que quelqu’un regarde.", waiting
            ).format(n=waiting),
        )
    )


def state(one: "Health", now: datetime) -> str:
    """The state in a word or two."""
    words = {
        "silent": _("Muette"),
        "empty": _("Vide"),
        "layout": _("Page changée"),
        "html": _("Pas un flux"),
        "content": _("Illisible"),
        "blocked": _("Bloquée"),
        "tls": _("Certificat"),
        "robots": _("Interdite"),
        "robots-unreachable": _("Injoignable"),
        "timeout": _("Injoignable"),
        "refused": _("Injoignable"),
        "dns": _("Injoignable"),
        "address": _("Interdite"),
        "our-network": _("Réseau coupé"),
        "http-401": _("Mot de passe"),
        "http-404": _("Introuvable"),
        "http-410": _("Retirée"),
        "missing": _("Introuvable"),
        "gone": _("Retirée"),
        "elsewhere": _("Déménagée"),
        "http-429": _("Ralentie"),
        "set-apart": _("À l’écart"),
    }
    if one.error_kind is not None:
        return words.get(one.error_kind, _("En panne"))
    return {Rank.LOSS: _("Incomplète"), Rank.UNREAD: _("Pas encore lue")}.get(rank(one, now), _("Bien"))


def rhythm(one: "Health") -> str:
    """How much the source publishes."""
    if not one.known:
        return _("inconnu")
    for days, several in (
        (1, _("{n} par jour")),
        (7, _("{n} par semaine")),
        (30, _("{n} par mois")),
    ):
        count = one.expected_per_day * days
        if count >= 1.5:
            return several.format(n=round(count))
    return _("rare")


def remarks(one: "Health", now: datetime, zone: tzinfo) -> str:
    """What a person should know, in sentences."""
    told = []
    if one.error_text and one.error_kind is not None:
        told.append(one.error_text)
    since = one.trouble_since
    if since is not None and one.error_kind != "silent" and now - since >= timedelta(days=1):
        told.append(_("Depuis le {day}.").format(day=_day(since, zone)))
    if one.address.url is not None and one.address.found_at is not None:
        told.append(
            {
                "moved": _("Depuis le {day}, lue là où son adresse renvoie : {url}"),
                "announced": _("Depuis le {day}, lue au flux que sa page annonce : {url}"),
            }.get(one.address.how or "", _("Depuis le {day}, lue au flux trouvé sur le site : {url}")).format(
                day=_day(one.address.found_at, zone), url=one.address.url
            )
        )
    if one.losses and one.last_loss_at is not None:
        told.append(
            ngettext(
                "Des articles ont sans doute été manqués une fois, le {day}.",
                "Des articles ont sans doute été manqués {n} fois, la dernière le {day}.",
                one.losses,
            ).format(n=one.losses, day=_day(one.last_loss_at, zone))
        )
    if one.recovered:
        told.append(
            ngettext(
                "{n} article retrouvé ensuite.", "{n} articles retrouvés ensuite.", one.recovered
            ).format(n=one.recovered)
        )
    if one.tdm_reserved:
        told.append(_("Textes réservés : titres et liens seulement."))
    return " ".join(told)


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago."""
    if moment is None:
        return "—"
    return _("il y a {span}").format(span=_span(now - moment))


def ahead(moment: datetime, now: datetime) -> str:
    """How long until."""
    if moment <= now:
        return _("maintenant")
    return _("dans {span}").format(span=_span(moment - now))


def _span(span: timedelta) -> str:
    minutes = max(1, round(span / timedelta(minutes=1)))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return _("{n} h").format(n=hours)
    days = round(span / timedelta(days=1))
    return ngettext("{n} jour", "{n} jours", days).format(n=days)


def _day(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%d/%m/%Y}"
