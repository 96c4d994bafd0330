"""``comtoise demo``: the whole journey on the bundled newsroom, offline."""

import asyncio
import sys
from pathlib import Path

import click

from comtoise.files import unwritable
from comtoise.i18n import _


@click.command(
    "demo",
    help=_(
        "Jouer toute la chaîne hors ligne, sur une rédaction inventée : collecte, lecture, regroupement, "
        "alertes Telegram, résumés, courriel. Rien ne sort de la machine."
    ),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-output"),
    show_default=True,
    help=_("Le dossier des fichiers produits."),
)
def demo_command(output: Path) -> None:
    """Play, then say whether everything expected arrived."""
    from rich.console import Console

    from comtoise.demo.journey import play

    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(output, error) from error
    console = Console(width=None if sys.stdout.isatty() else 120)
    checks = asyncio.run(play(output.resolve(), console))
    if checks.failed:
        console.print(_("Ce qui manque :"), style="bold red")
        for what in checks.failed:
            console.print(f"  ✗ {what}", style="red", markup=False)
        sys.exit(1)
    console.print(
        _("Tout ce qui était attendu est arrivé : {n} vérifications.").format(n=checks.passed),
        style="bold green",
    )
