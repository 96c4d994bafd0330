"""``comtoise mail``: whether the mails will be taken, and what came back."""

import mailbox
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from comtoise.cli.groups import Group
from comtoise.cli.options import config_option, emit, load, open_database
from comtoise.errors import InputError
from comtoise.files import unreadable
from comtoise.i18n import _


@click.group("mail", cls=Group, help=_("Le courriel : vérifier l’envoi, lire les retours."))
def mail_command() -> None:
    """Commands about mail."""


@mail_command.command(
    "check",
    help=_(
        "Ce que les boîtes aux lettres vérifient (SPF, DKIM, DMARC, nom inverse), et ce qu’il reste à publier."
    ),
)
@config_option
def check(config_path: Path) -> None:
    """Look up the sender's records."""
    from comtoise.config import load_secrets
    from comtoise.delivery.mail.records import Dns, State, examine
    from comtoise.delivery.mail.server import SmtpServer

    config = load(config_path)
    secrets = load_secrets(os.environ, config_path.parent / ".env")
    if secrets.smtp_url is None or not config.mail.ready:
        raise InputError(
            _(
                "L’envoi n’est pas réglé : il faut « expediteur_adresse » dans config.yaml et SMTP_URL dans .env."
            )
        )
    key = secrets.dkim_private_key
    findings = examine(
        Dns(),
        domain=config.mail.sender_address.rpartition("@")[2],
        reports=config.mail.reply_to or config.mail.sender_address,
        server=SmtpServer.parse(secrets.smtp_url.get_secret_value()).host,
        selector=config.mail.dkim_selector,
        private_key=None if key is None else key.get_secret_value().encode(),
    )
    words = {State.GOOD: _("bon"), State.WEAK: _("à vérifier"), State.MISSING: _("à faire")}
    for finding in findings:
        click.echo(f"{finding.name:<6} {words[finding.state]:<11} {finding.said}")
        if finding.remedy:
            click.echo(f"{'':<18} → {finding.remedy}")
    if any(finding.state is State.MISSING for finding in findings):
        raise InputError(_("Sans cela, des boîtes refuseront le courrier ou le mettront à part."))


@mail_command.command(
    "bounces",
    help=_(
        "Lire des courriels revenus : un message, une boîte (mbox ou Maildir), ou - pour l’entrée standard. Une ligne "
        "JSON par retour reconnu. À brancher sur l’adresse « retours » : |comtoise mail bounces -"
    ),
)
@click.argument("path", metavar=_("FICHIER"), type=click.Path(path_type=Path, allow_dash=True))
@config_option
def bounces(path: Path, config_path: Path) -> None:
    """Hold what came back against its readers: each report once a day at most."""
    from comtoise.delivery.mail.bounces import WEIGHTS, read_bounce
    from comtoise.store import keys, readers

    messages = _messages(path)
    database = open_database(config_path)
    with database.write() as tx:
        secret = keys.desk_key(tx)
    for raw in messages:
        found = read_bounce(raw, secret)
        if found is None:
            continue
        disabled = False
        if WEIGHTS[found.kind]:
            with database.write() as tx:
                disabled = readers.bounced(
                    tx, found.reader_id, weight=WEIGHTS[found.kind], now=datetime.now(UTC)
                )
        emit(
            {
                "reader": found.reader_id,
                "kind": found.kind.value,
                "status": found.status,
                "disabled": disabled,
            }
        )


def _messages(path: Path) -> list[bytes]:
    if str(path) == "-":
        return [sys.stdin.buffer.read()]
    try:
        if path.is_dir():
            if not all((path / part).is_dir() for part in ("cur", "new")):
                raise InputError(
                    _("« {path} » est un dossier, mais pas une boîte Maildir.").format(path=path)
                )
            return [message.as_bytes() for message in mailbox.Maildir(path, create=False)]
        raw = path.read_bytes()
        if raw.startswith(b"From "):
            return [message.as_bytes() for message in mailbox.mbox(path, create=False)]
    except OSError as error:
        raise unreadable(path, error) from error
    return [raw]
