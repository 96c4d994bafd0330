"""``comtoise digest``: what a digest would say."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comtoise.cli.draft import draft_command
from comtoise.cli.groups import Group
from comtoise.cli.numbers import Number
from comtoise.cli.options import config_option, load, open_database
from comtoise.cli.topics import known_clusters, known_sectors, watched_departements
from comtoise.errors import InputError
from comtoise.i18n import _

if TYPE_CHECKING:
    from comtoise.model import Digest


@click.group(
    "digest", cls=Group, help=_("Les résumés : en voir un avant son heure, retoucher la lettre qui vient.")
)
def digest_command() -> None:
    """Commands about digests."""


@digest_command.command(
    "preview",
    help=_(
        "Montrer le résumé d’un lecteur (--reader) ou d’un choix de sujets, tel qu’il partirait maintenant ou "
        "pour un jour (2026-11-25) ou une semaine (2026-W48)."
    ),
)
@click.option("--reader", type=Number(), default=None, help=_("Numéro du lecteur."))
@click.option("--sector", "sectors", multiple=True, metavar="ID", help=_("Filière (répétable)."))
@click.option("--cluster", "clusters", multiple=True, metavar="ID", help=_("Pôle (répétable)."))
@click.option(
    "--departement", "departements", multiple=True, metavar="CODE", help=_("Département (répétable).")
)
@click.option("--slot", default=None, help=_("Jour ou semaine ; sans précision, les dernières 24 heures."))
@click.option("--weekly", is_flag=True, help=_("Sans --slot : les sept derniers jours."))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["telegram", "html", "text", "json"]),
    default="text",
    show_default=True,
    help=_("La forme voulue."),
)
@config_option
def preview(
    reader: int | None,
    sectors: tuple[str, ...],
    clusters: tuple[str, ...],
    departements: tuple[str, ...],
    slot: str | None,
    weekly: bool,
    shape: str,
    config_path: Path,
) -> None:
    """Compose and show; nothing is stored or sent."""
    from comtoise.digests import sample_slot, slot_named
    from comtoise.model import Rhythm, Subscription
    from comtoise.service.wiring import build_striker
    from comtoise.store import readers

    config = load(config_path)
    database = open_database(config_path)
    striker = build_striker(config, database)
    zone = config.timezone
    rhythm = Rhythm.WEEKLY if weekly else Rhythm.DAILY
    try:
        wanted = (
            slot_named(slot, schedule=striker.schedule, tz=zone)
            if slot
            else sample_slot(rhythm, now=datetime.now(UTC), tz=zone)
        )
    except ValueError as error:
        raise InputError(_("Période illisible : écrivez 2026-11-25 ou 2026-W48.")) from error
    with database.read() as tx:
        subscription = Subscription(
            reader_id=0,
            sectors=known_sectors(config, sectors),
            clusters=known_clusters(config, clusters),
            departements=watched_departements(config, departements),
        )
        if reader is not None:
            found = readers.get(tx, reader)
            if found is None:
                raise InputError(_("Il n’y a pas de lecteur {n}.").format(n=reader))
            subscription = found.subscription
        digest = striker.preview(tx, subscription, wanted, zone)
    database.close()
    if digest is None:
        click.echo(_("Rien à dire pour cette période : aucun résumé ne partirait."), err=True)
        return
    click.echo(shown(digest, shape))


digest_command.add_command(draft_command)


def shown(digest: "Digest", shape: str) -> str:
    """A digest in one of its forms."""
    if shape == "telegram":
        from comtoise_bot.rendering import digest as telegram

        return telegram(digest).html
    if shape == "html":
        from comtoise.delivery.html import digest_html
        from comtoise.delivery.picture import picture_of

        picture = picture_of(digest)
        if picture is None:
            return digest_html(digest)
        return digest_html(digest, picture=picture.alt, source=picture.data_url)
    if shape == "json":
        from comtoise.delivery.document import digest_json

        return digest_json(digest)
    from comtoise.delivery.text import digest_text

    return digest_text(digest)
