"""``comtoise keywords``: the words of the filières, what they do, and what one more or less would change."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comtoise.cli.asking import agreed
from comtoise.cli.config import author
from comtoise.cli.groups import Group
from comtoise.cli.numbers import Number
from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.i18n import _, ngettext

if TYPE_CHECKING:
    from comtoise.knowledge import Knowledge, Sector
    from comtoise.service.trying import Item, Trial
    from comtoise.store.archive import Archived

SHOWN = 10  #: articles shown of each kind; --json gives all
_LISTS = (
    ("fort", "strong", "mots forts"),
    ("faible", "weak", "mots à confirmer"),
    ("metier", "occupations", "métiers"),
    ("contexte", "context", "mots de contexte"),
    ("ignorer", "exclusions", "à ignorer"),
    ("sigle", "acronyms", "sigles"),
)
_sector_option = click.option("--filiere", "sector", default=None, help=_("Une seule filière."))
_days_option = click.option(
    "--jours",
    "days",
    type=Number(1, 3650),
    default=90,
    show_default=True,
    help=_("Sur combien de jours d’articles."),
)
_yes_option = click.option("--oui", is_flag=True, help=_("Sans demander (nécessaire dans un script)."))
_json_option = click.option("--json", "as_json", is_flag=True, help=_("En JSON."))


@click.group(
    "keywords", cls=Group, help=_("Les mots des filières : liste, essai avant d’enregistrer, bilan.")
)
def keywords_command() -> None:
    """Commands about keywords."""


@keywords_command.command("list", help=_("Les mots de chaque filière, comme la configuration les écrit."))
@_sector_option
@_json_option
@config_option
def list_(sector: str | None, as_json: bool, config_path: Path) -> None:
    """The desk's words."""
    cards = load(config_path).knowledge().sectors
    _known(sector, cards)
    for card in cards:
        if sector not in (None, card.id):
            continue
        if as_json:
            for role, field, _label in _LISTS:
                for word in getattr(card, field):
                    emit({"sector": card.id, "keyword": word, "list": role})
            continue
        click.echo(f"{card.label} ({card.id})")
        for _role, field, label in _LISTS:
            words = getattr(card, field)
            if words:
                click.echo(f"  {_(label)} : {', '.join(words)}")


@keywords_command.command(
    "try",
    help=_(
        "Essayer un mot sur les articles déjà reçus, avant de l’enregistrer : ce qu’il ajouterait ou retirerait. "
        "Le mot s’écrit comme dans la configuration (expressions, *, NON, PROCHE). Rien n’est modifié."
    ),
)
@click.argument("word", metavar=_("MOT"))
@click.option("--filiere", "sector", default=None, help=_("La filière à laquelle le mot appartiendrait."))
@click.option(
    "--comme",
    "place",
    type=click.Choice(["fort", "faible", "metier", "contexte", "ignorer", "sigle"]),
    default="fort",
    show_default=True,
    help=_("La liste où le mot serait écrit."),
)
@click.option(
    "--retirer", "removing", is_flag=True, help=_("Essayer de retirer ce mot au lieu de l’ajouter.")
)
@_days_option
@_json_option
@config_option
def try_(
    word: str, sector: str | None, place: str, removing: bool, days: int, as_json: bool, config_path: Path
) -> None:
    """Read the archive with and without the word."""
    from comtoise.service.trying import Place, read_change, try_change

    config = load(config_path)
    knowledge = config.knowledge()
    change = read_change(knowledge, word, sector=sector, place=Place(place), removing=removing)
    database = open_database(config_path)
    trial = try_change(
        database, change, knowledge, config.sources(), now=datetime.now(UTC), days=days, watch=_bar
    )
    database.close()
    if as_json:
        emit(
            asdict(trial)
            | {
                "per_day": round(trial.per_day, 3),
                "too_wide": trial.too_wide,
                "without_effect": trial.without_effect,
            }
        )
        return
    for line in trial_lines(trial):
        click.echo(line)


def _place_options(command: Callable[..., None]) -> Callable[..., None]:
    """The list where a word is written; without any of them, that of the strong words."""
    for option, role, help_ in (
        ("--sigle", "sigle", _("Trouvé seulement dans ces majuscules exactes.")),
        ("--exclusion", "ignorer", _("À ignorer : une expression trompeuse.")),
        ("--metier", "metier", _("Un métier de la filière.")),
        ("--contexte", "contexte", _("Un mot qui confirme les mots faibles.")),
        ("--faible", "faible", _("Un mot à confirmer par un autre indice.")),
    ):
        command = click.option(option, "place", flag_value=role, default=None, help=help_)(command)
    return command


@keywords_command.command(
    "add",
    help=_(
        "Ajouter un mot à une filière, dans config.yaml. Ce qu’il changerait est montré d’abord ; rien n’est écrit "
        "sans votre accord. Sans option de liste, c’est un mot fort."
    ),
)
@click.argument("word", metavar=_("MOT"))
@click.option("--filiere", "sector", required=True, help=_("La filière du mot."))
@_place_options
@_days_option
@_yes_option
@config_option
def add(word: str, sector: str, place: str | None, days: int, oui: bool, config_path: Path) -> None:
    """A word more."""
    _change(word, sector, place or "fort", days, oui, config_path, removing=False)


@keywords_command.command(
    "remove",
    help=_(
        "Retirer un mot d’une filière, dans config.yaml. Ce qui ne serait plus trouvé est montré d’abord ; rien "
        "n’est écrit sans votre accord."
    ),
)
@click.argument("word", metavar=_("MOT"))
@click.option(
    "--filiere", "sector", default=None, help=_("La filière du mot ; inutile s’il n’est que dans une seule.")
)
@_days_option
@_yes_option
@config_option
def remove(word: str, sector: str | None, days: int, oui: bool, config_path: Path) -> None:
    """A word less."""
    _change(word, sector, "fort", days, oui, config_path, removing=True)


def _change(
    word: str, sector: str | None, place: str, days: int, oui: bool, config_path: Path, *, removing: bool
) -> None:
    """Try the change, show it, ask, write it."""
    from comtoise.config.editing import content_hash, edit_config
    from comtoise.config.load import read_config_bytes
    from comtoise.config.wordlists import checked_word
    from comtoise.service import configuring, wording
    from comtoise.service.trying import Place, read_change, try_change

    seen = content_hash(read_config_bytes(config_path))
    config = load(config_path)
    knowledge = config.knowledge()
    change = read_change(knowledge, checked_word(word), sector=sector, place=Place(place), removing=removing)
    wording.refuse_both(change)
    wanted = wording.written(change, knowledge.sectors)
    edit = edit_config(config_path, wanted, expected=seen, write=False)
    database = open_database(config_path, upgrade=True)
    now = datetime.now(UTC)
    trial = try_change(database, change, knowledge, config.sources(), now=now, days=days, watch=_bar)
    for line in trial_lines(trial):
        click.echo(line)
    if config.sectors is None:
        click.echo(
            _(
                "{name} ne dit encore rien des filières : la section « filieres » y sera écrite en entier "
                "({sectors} filières, {words} mots), pour que vous ayez tous les mots sous les yeux. Elle ne "
                "suivra plus les mots livrés avec les prochaines versions de Comtoise."
            ).format(name=config_path.name, sectors=len(knowledge.sectors), words=_number(_count(knowledge)))
        )
    else:
        click.echo(edit.difference(config_path.name), nl=False)
    if not oui and not agreed(_("Écrire cela ?")):
        click.echo(_("Rien n’est écrit."), err=True)
        return
    configuring.change(database, config_path, wanted, who=author(), now=datetime.now(UTC), expected=seen)
    database.close()
    click.echo(
        _(
            "C’est écrit. Le service, s’il tourne, lit ainsi les prochains articles ; pour relire ceux qui sont "
            "déjà là : comtoise reclassify --since {day}."
        ).format(day=(now - timedelta(days=days)).date().isoformat()),
        err=True,
    )


def _count(knowledge: "Knowledge") -> int:
    return sum(len(getattr(card, field)) for card in knowledge.sectors for _role, field, _label in _LISTS)


@keywords_command.command(
    "report",
    help=_(
        "Le bilan des mots : histoires trouvées, précision d’après les avis des lecteurs, recoupements, et mots "
        "qui n’ont rien trouvé."
    ),
)
@_sector_option
@_days_option
@_json_option
@config_option
def report_(sector: str | None, days: int, as_json: bool, config_path: Path) -> None:
    """What the words did."""
    from comtoise.service.trying import report
    from comtoise.store import archive
    from comtoise.topics import compile_rules
    from comtoise.topics.evaluate import keyword_line

    config = load(config_path)
    knowledge = config.knowledge()
    _known(sector, knowledge.sectors)
    database = open_database(config_path)
    since = datetime.now(UTC) - timedelta(days=days)
    found = report(database, compile_rules(knowledge), since=since, sector=sector)
    with database.read() as tx:
        received = archive.count(tx, since=since)
    database.close()
    if as_json:
        for count in found.counts:
            emit(count)
        for silent, words in found.dead.items():
            for word in words:
                emit({"sector": silent, "words": word, "hits": 0})
        return
    if not received:
        click.echo(nothing_received(days), err=True)
        return
    for count in found.counts:
        hits = ngettext("{n} histoire", "{n} histoires", count.hits).format(n=count.hits)
        click.echo(keyword_line(count, hits=hits))
    if found.dead:
        click.echo(
            ngettext(
                "Mots qui n’ont rien trouvé ce jour :", "Mots qui n’ont rien trouvé en {n} jours :", days
            ).format(n=days)
        )
    for silent, words in found.dead.items():
        click.echo(f"  {silent} : {', '.join(words)}")


def _known(sector: str | None, cards: "tuple[Sector, ...]") -> None:
    from comtoise.service.trying import unknown_sector

    if sector is not None and sector not in {card.id for card in cards}:
        raise unknown_sector(sector, cards)


def trial_lines(trial: "Trial") -> Iterator[str]:
    """What a trial found, for people."""
    heading = (
        _("Si « {word} » était retiré de la filière {sector} :")
        if trial.removing
        else _("Si « {word} » était ajouté à la filière {sector} ({place}) :")
    )
    yield heading.format(word=trial.keyword, sector=trial.sector, place=_(_PLACES[trial.place.value]))
    days = round(trial.days)
    if not trial.articles:
        yield nothing_received(days)
        return
    yield _("{articles} sur {days}, dont {texts} avec leur texte entier.").format(
        articles=ngettext("{n} article relu", "{n} articles relus", trial.articles).format(
            n=_number(trial.articles)
        ),
        days=ngettext("{n} jour", "{n} jours", days).format(n=days),
        texts=_number(trial.with_text),
    )
    if trial.standing:
        yield ngettext(
            "Le mot est dans {n} article, {rate} par jour.",
            "Le mot est dans {n} articles, {rate} par jour.",
            trial.standing,
        ).format(n=_number(trial.standing), rate=_rate(trial.standing / trial.days))
    else:
        yield _("Le mot n’est dans aucun de ces articles.")
    yield ngettext(
        "+ {n} article de plus, {rate} par jour", "+ {n} articles de plus, {rate} par jour", len(trial.gained)
    ).format(n=_number(len(trial.gained)), rate=_rate(trial.per_day))
    yield from _shown(trial.gained, "+")
    yield ngettext("− {n} article de moins", "− {n} articles de moins", len(trial.lost)).format(
        n=_number(len(trial.lost))
    )
    yield from _shown(trial.lost, "−")
    if trial.kept:
        others = ", ".join(f"« {name} » ({count})" for name, count in trial.found_by)
        line = ngettext("= {n} article inchangé", "= {n} articles inchangés", trial.kept).format(
            n=_number(trial.kept)
        )
        yield f"{line}, {_('déjà trouvés par {others}').format(others=others)}" if others else line
    if trial.too_wide:
        yield _(
            "Attention, trop large : plus de 20 articles par jour. Précisez le mot, ou essayez « faible »."
        )
    if trial.without_effect:
        yield ngettext("Sans effet sur ce jour.", "Sans effet sur ces {n} jours.", days).format(n=days)


def nothing_received(days: int) -> str:
    """What to say where there is no article to read again."""
    return ngettext(
        "Aucun article n’a été reçu ce jour : il n’y a rien à relire. « comtoise run » collecte ; --jours remonte plus "
        "loin.",
        "Aucun article n’a été reçu ces {n} jours : il n’y a rien à relire. « comtoise run » collecte ; --jours "
        "remonte plus loin.",
        days,
    ).format(n=days)


_PLACES = {role: label for role, _field, label in _LISTS}


def _shown(items: "tuple[Item, ...]", sign: str) -> Iterator[str]:
    from comtoise.topics.highlight import marked

    for item in items[:SHOWN]:
        yield f"  {sign} {item.day}  {marked(item.title, item.title_marks)}"
        if item.quote:
            yield f"      {marked(item.quote, item.quote_marks)}"
    more = len(items) - SHOWN
    if more > 0:
        yield ngettext(
            "  … et {n} autre (tous avec --json)", "  … et {n} autres (tous avec --json)", more
        ).format(n=_number(more))


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _rate(value: float) -> str:
    return f"{value:.1f}".replace(".", ",") if value >= 0.1 or value == 0 else _("moins de 0,1")


def _bar(items: "Iterator[Archived]", total: int) -> "Iterator[Archived]":
    """Show how far the reading is, on a terminal only."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(
        items, description=_("Relecture"), total=total, console=Console(stderr=True), transient=True
    )
