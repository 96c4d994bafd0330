"""``comtoise readers``: who receives, by mail or on the console. Telegram readers register with the bot."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comtoise.cli.groups import Group
from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.cli.topics import known_sectors, watched_departements
from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import Channel, Rhythm, Subscription

if TYPE_CHECKING:
    from comtoise.store import Tx


@click.group("readers", cls=Group, help=_("Les lecteurs du courriel : liste, ajout, retrait."))
def readers_command() -> None:
    """Commands about readers."""


@readers_command.command(
    "add",
    help=_(
        "Ajouter une adresse de courriel (avec l’accord de la personne) ; sans filière, elle suit tout. "
        "Pour changer ses sujets, ajoutez-la de nouveau."
    ),
)
@click.argument("address", metavar=_("ADRESSE"))
@click.option("--sector", "sectors", multiple=True, metavar="ID", help=_("Filière (répétable)."))
@click.option(
    "--departement", "departements", multiple=True, metavar="CODE", help=_("Département (répétable).")
)
@click.option("--daily", is_flag=True, help=_("Chaque matin, au lieu de chaque semaine."))
@click.option(
    "--again",
    is_flag=True,
    help=_("La personne était partie, ou son courrier revenait ; elle demande à revenir."),
)
@config_option
def add(
    address: str,
    sectors: tuple[str, ...],
    departements: tuple[str, ...],
    daily: bool,
    again: bool,
    config_path: Path,
) -> None:
    """Register a mail reader."""
    from comtoise.delivery.mail.addresses import typed
    from comtoise.store import keys, readers

    written, address = address, typed(address) or ""
    if not address:
        raise InputError(_("« {address} » n’est pas une adresse de courriel.").format(address=written))
    config = load(config_path)
    wanted_sectors = known_sectors(config, sectors)
    wanted_departements = watched_departements(config, departements)
    rhythm = Rhythm.DAILY if daily else Rhythm.WEEKLY
    with open_database(config_path, upgrade=True).write() as tx:
        key = keys.desk_key(tx)
        if again:
            readers.unforget(tx, Channel.MAIL, address, key=key)
        else:
            _refuse_who_left(tx, address, key)
        reader, new = readers.register(tx, Channel.MAIL, address, now=datetime.now(UTC))
        readers.save(
            tx,
            Subscription(
                reader_id=reader.id,
                sectors=wanted_sectors,
                departements=wanted_departements,
                rhythms=frozenset({rhythm}),
            ),
        )
    done = _("Lecteur {n} ajouté.") if new else _("Lecteur {n} mis à jour.")
    click.echo(done.format(n=reader.id), err=True)


def _refuse_who_left(tx: "Tx", address: str, key: bytes) -> None:
    """Nobody is written to again who left, or whose mail came back, unless it is said that he asks for it."""
    from comtoise.store import readers

    left = readers.forgotten(tx, Channel.MAIL, address, key=key)
    if left == readers.ERASED:
        raise InputError(
            _("Cette personne a fait effacer ses données. Si elle demande à revenir, ajoutez --again.")
        )
    known = readers.find(tx, Channel.MAIL, address)
    if left is not None or (known is not None and known.disabled_reason is not None):
        raise InputError(
            _(
                "Cette adresse ne reçoit plus rien : la personne s’est désabonnée, ou son courrier est revenu. Si "
                "elle demande à revenir, ajoutez --again."
            )
        )


@readers_command.command(
    "list", help=_("Les lecteurs, une ligne JSON chacun ; les adresses ne sont pas montrées.")
)
@config_option
def list_(config_path: Path) -> None:
    """Numbers, channels and choices."""
    from comtoise.store import readers

    with open_database(config_path).read() as tx:
        for found in readers.everyone(tx):
            wanted = found.subscription
            emit(
                {
                    "id": found.reader.id,
                    "channel": found.reader.channel.value,
                    "rhythms": sorted(rhythm.value for rhythm in wanted.rhythms),
                    "sectors": wanted.sectors,
                    "departements": wanted.departements,
                    "paused": found.reader.paused,
                    "disabled": found.reader.disabled_reason,
                }
            )


@readers_command.command("remove", help=_("Effacer un lecteur du courriel et tout ce qui le concerne."))
@click.argument("address", metavar=_("ADRESSE"))
@config_option
def remove(address: str, config_path: Path) -> None:
    """Forget a mail reader."""
    from comtoise.delivery.mail.addresses import typed
    from comtoise.store import keys, readers
    from comtoise.store.erasure import erase

    database = open_database(config_path)
    with database.write() as tx:
        key = keys.desk_key(tx)
        reader = readers.find(tx, Channel.MAIL, address) or readers.find(
            tx, Channel.MAIL, typed(address) or address
        )
    if reader is None or not erase(database, reader.id, key=key, now=datetime.now(UTC)):
        raise InputError(_("Cette adresse n’est pas celle d’un lecteur."))
    click.echo(_("Lecteur effacé."), err=True)
