"""``comtoise run``: the service."""

import asyncio
import os
from pathlib import Path

import click

from comtoise.cli.options import config_option, load
from comtoise.i18n import _


@click.command(
    "run",
    help=_(
        "Lancer le service : collecte, lecture, alertes et résumés, robot Telegram et courriels. "
        "S’arrête par Ctrl-C ou SIGTERM. Sans jeton Telegram ni serveur SMTP, tout s’affiche à l’écran."
    ),
)
@config_option
def run_command(config_path: Path) -> None:
    """Serve until told to stop."""
    from comtoise import logs
    from comtoise.config import load_secrets
    from comtoise.service.run import serve

    config = load(config_path)
    secrets = load_secrets(os.environ, config_path.parent / ".env")
    logs.set_up(config.log_level)

    async def main() -> None:
        await serve(config, secrets, config_path, asyncio.Event())

    asyncio.run(main())
