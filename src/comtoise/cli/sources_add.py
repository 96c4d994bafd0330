"""``comtoise sources add``: find what is at an address, show it, and write its card into config.yaml."""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from pydantic import TypeAdapter, ValidationError

from comtoise.cli.asking import agreed
from comtoise.cli.options import config_option, emit
from comtoise.errors import InputError, SourceError
from comtoise.i18n import _

if TYPE_CHECKING:
    from comtoise.config import Config
    from comtoise.model import Entry, Source
    from comtoise_crawler.probing import Probe

SHOWN = 5  #: entries
SITE_SHOWN = 3  #: other sources of the same site
ID_MAX = 48


@click.command(
    "add",
    help=_(
        "Ajouter une source d’après une adresse.\n\nComtoise y cherche un flux, un WordPress, un plan du site ou une "
        "liste d’articles, en montre cinq entrées et ce que le site permet, puis écrit la carte dans config.yaml."
    ),
)
@click.argument("address", metavar=_("ADRESSE"))
@click.option("--id", "source_id", metavar="ID", help=_("L’identifiant (sinon, tiré du nom)."))
@click.option("--nom", "name", metavar=_("NOM"), help=_("Le nom que verront les lecteurs."))
@click.option(
    "--departements",
    metavar=_("25,39"),
    help=_("Les départements couverts, par leur nom ou leur numéro, séparés par des virgules."),
)
@click.option(
    "--acces",
    "--accès",
    "access",
    type=click.Choice(["libre", "partiel", "abonnes"]),
    help=_("Qui peut lire les articles (libre quand rien n’est dit)."),
)
@click.option("--essai", "--dry-run", "trial", is_flag=True, help=_("Montrer seulement, ne rien écrire."))
@click.option("--oui", "yes", is_flag=True, help=_("Écrire sans demander."))
@config_option
def add_command(
    address: str,
    source_id: str | None,
    name: str | None,
    departements: str | None,
    access: str | None,
    trial: bool,
    yes: bool,
    config_path: Path,
) -> None:
    """Probe, show, ask, write: words to the standard error, the card as a JSON line to the standard output."""
    from comtoise import logs
    from comtoise.config import parse_config
    from comtoise.config.editing import append, content_hash, edit_config
    from comtoise.config.load import read_config_bytes
    from comtoise_crawler.probing_apart import probe_apart
    from comtoise_crawler.settings import CollectorSettings

    logs.set_up("warning")
    seen = read_config_bytes(config_path)
    config = parse_config(seen, config_path.name)
    address = _address(address)
    in_use = {card.id: card for card in config.sources()}
    _refuse_known(address, in_use.values())
    told = _say_visit if sys.stderr.isatty() else _say_nothing
    try:
        probed = probe_apart(address, CollectorSettings.of(config), told)
    except SourceError as error:
        raise InputError(
            _("{address} : {reason} Rien n’est écrit.").format(address=address, reason=error)
        ) from error
    _refuse_known(probed.found.url, in_use.values())
    card = _card(probed, source_id, name, departements, access, config)
    edit = edit_config(
        config_path,
        lambda document: append(document, ("sources", "ajouter"), card),
        expected=content_hash(seen),
        write=False,
    )
    _show(probed, config)
    click.echo("\n" + _("La carte, dans {file} :").format(file=config_path.name), err=True)
    for line in edit.difference().splitlines()[2:]:
        if line.startswith("+"):
            click.echo(line[1:], err=True)
    if trial:
        click.echo("\n" + _("Essai : rien n’est écrit."), err=True)
        emit(card)
        return
    if not yes and not agreed("\n" + _("L’ajouter ?")):
        click.echo(_("Rien n’est écrit."), err=True)
        return
    edit_config(
        config_path,
        lambda document: append(document, ("sources", "ajouter"), card),
        expected=content_hash(seen),
    )
    click.echo(
        "\n"
        + _("« {name} » est ajoutée. Pour la relever à l’essai : comtoise sources test {id}").format(
            name=card["nom"], id=card["id"]
        ),
        err=True,
    )
    emit(card)


def _address(written: str) -> str:
    """The address as it is to be fetched. Raises `InputError` with what is wrong."""
    from comtoise.config.values import WebAddress

    address = written.strip()
    if "://" not in address:
        address = f"https://{address}"
    if "@" in address.partition("://")[2].partition("/")[0]:
        raise InputError(
            _("L’adresse contient un nom ou un mot de passe : une source doit être lisible par tous.")
        )
    try:
        parts = urlsplit(TypeAdapter(WebAddress).validate_python(address))
        refused = not parts.hostname or not re.search(r"[.:]", parts.hostname.strip("."))
    except (ValidationError, ValueError):
        refused = True
    if refused:
        raise InputError(
            _(
                "« {address} » n’est pas une adresse de page ; exemple : https://www.exemple.fr/ (une machine de "
                "votre réseau : ses quatre nombres, http://192.168.10.4/)"
            ).format(address=written)
        )
    return parts._replace(fragment="").geturl()


def _refuse_known(address: str, cards: "Iterable[Source]") -> None:
    from comtoise.stories import canonical_url

    wanted = canonical_url(address)
    for card in cards:
        if wanted is not None and canonical_url(card.url) == wanted:
            raise InputError(
                _("Cette adresse est déjà suivie : « {name} » ({id}). Rien à ajouter.").format(
                    name=card.name, id=card.id
                )
            )


def _card(
    probed: "Probe",
    source_id: str | None,
    name: str | None,
    departements: str | None,
    access: str | None,
    config: "Config",
) -> dict[str, Any]:
    """The card in the words of config.yaml."""
    from comtoise.config.cards import source_item
    from comtoise.config.schema import ACCESSES
    from comtoise.model import Source
    from comtoise_crawler.recognising import register_departements

    found = probed.found
    covered: Iterable[str] = (departements or "").split(",")
    covered = tuple(part.strip() for part in covered if part.strip()) or register_departements(found.url)
    host = urlsplit(found.url).hostname or ""
    name = (name or found.name or host.removeprefix("www.")).strip()
    if not name or name == "BODACC":
        name = " ".join(("BODACC", *covered))
    return source_item(
        Source(
            id=source_id or free_id(name, taken_ids(config), otherwise=host),
            name=name,
            kind=found.kind,
            url=found.url,
            homepage=found.homepage,
            departements=covered,
            access=ACCESSES[access or "libre"],
            selectors=found.selectors,
        )
    )


def taken_ids(config: "Config") -> set[str]:
    """The identifiers that a new source cannot have."""
    from comtoise.config.desk import packaged_cards

    return {card.id for card in config.sources()} | packaged_cards().keys()


def free_id(name: str, taken: set[str], *, otherwise: str) -> str:
    """An identifier made of a name, or of *otherwise* when no letter of it can serve; numbered when taken."""
    from comtoise.text.fold import spaced

    words = "-".join(spaced(name).split()) or "-".join(spaced(otherwise).split()) or "source"
    base = "".join(char for char in words if char.isascii()).strip("-")[:ID_MAX].strip("-") or "source"
    number = 1
    while (candidate := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return candidate


# What is shown


def _say_visit(address: str) -> None:
    click.echo(_("Visite de {address}").format(address=address), err=True)


def _say_nothing(_address: str) -> None:
    """In a pipe, no progress."""


def _show(probed: "Probe", config: "Config") -> None:
    found, rights = probed.found, probed.rights
    robots = {
        "none": _("le site n’en a pas, tout est permis"),
        "unreachable": _("injoignable : rien ne sera lu tant qu’il ne répond pas"),
    }.get(rights.robots, _("permet cette adresse"))
    reserved = {
        None: _("le site ne dit rien, les pages seront lues"),
        False: _("le site la permet"),
        True: _(
            "réservée ({where}) : seuls les titres et les liens seront gardés, aucune page ne sera lue"
        ).format(where=", ".join(dict.fromkeys(sign.where for sign in rights.signs if sign.reserved))),
    }[rights.reserved]
    say = _said
    say(_("Adresse à relever"), found.url)
    say(_("Genre"), f"{_kind(probed)} ({found.why})")
    say(_("Fichier robots.txt"), robots)
    say(_("Fouille de textes (TDM)"), reserved)
    _say_known(found.url, found.homepage, config)
    if found.others:
        say(_("Autres adresses possibles"), "\n    ".join(found.others[:10]))
    if not found.entries:
        click.echo(_("Aucune entrée pour l’instant."), err=True)
        return
    count = len(found.entries)
    click.echo(
        "\n" + _("Premières entrées ({shown} sur {count}) :").format(shown=min(SHOWN, count), count=count),
        err=True,
    )
    for entry in found.entries[:SHOWN]:
        click.echo(f"  {_day(entry)}  {entry.title or _('(titre donné par la page)')}", err=True)
        click.echo(f"              {entry.url or '—'}", err=True)


def _said(what: str, value: str) -> None:
    click.echo(_("{what} : {value}").format(what=what, value=value), err=True)


def _kind(probed: "Probe") -> str:
    from comtoise.model import SourceKind

    names: Mapping[SourceKind, str] = {
        SourceKind.FEED: _("flux"),
        SourceKind.LISTING: _("page d’articles"),
        SourceKind.SITEMAP: _("plan du site"),
        SourceKind.WORDPRESS: "WordPress",
        SourceKind.BODACC: _("registre BODACC"),
    }
    return names[probed.found.kind]


def _day(entry: "Entry") -> str:
    from comtoise.text.dates import PARIS

    return f"{entry.published.astimezone(PARIS):%d/%m/%Y}" if entry.published else _("sans date")


def _say_known(url: str, homepage: str | None, config: "Config") -> None:
    """Whether the package or the desk knows this address or this site."""
    from comtoise.config.desk import packaged_cards
    from comtoise.stories import canonical_url

    in_use = {card.id: card for card in config.sources()}
    here = canonical_url(url)
    packaged = next((card for card in packaged_cards().values() if canonical_url(card.url) == here), None)
    if packaged is not None:
        _said(
            _("Déjà connue"),
            _("le paquet a cette adresse sous « {name} » ({id}), mais ne la suit pas ici").format(
                name=packaged.name, id=packaged.id
            ),
        )
    site = {_site(url), _site(homepage)} - {""}
    same = [
        card
        for card in {**packaged_cards(), **in_use}.values()
        if not site.isdisjoint({_site(card.url), _site(card.homepage)}) and card is not packaged
    ]
    for card in same[:SITE_SHOWN]:
        state = _("suivie") if card.id in in_use else _("non suivie")
        _said(_("Même site"), f"{card.name} ({card.id}), {state}, {card.url}")


def _site(address: str | None) -> str:
    return urlsplit(address or "").netloc.lower().removeprefix("www.")
