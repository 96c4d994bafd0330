"""``comtoise check``: is config.yaml right, and what will be watched?"""

from pathlib import Path

import click

from comtoise.cli.options import config_option, load
from comtoise.i18n import _


@click.command("check", help=_("Vérifier config.yaml : chaque erreur avec sa ligne et ce qu’il faut écrire."))
@config_option
def check_command(config_path: Path) -> None:
    """Problems, or what will be watched."""
    config = load(config_path)  # a ConfigError carries every problem, one a line
    knowledge = config.knowledge()
    sources = config.sources()
    click.echo(_("Configuration correcte."))
    lines = (
        _("{n} départements suivis : {names}").format(
            n=len(config.departements()), names=", ".join(sorted(config.departements()))
        ),
        _("{n} filières : {names}").format(
            n=len(knowledge.sectors), names=", ".join(sector.label for sector in knowledge.sectors)
        ),
        _("{n} mots-clés forts, {m} mots-clés à confirmer").format(
            n=sum(len(sector.strong) for sector in knowledge.sectors),
            m=sum(len(sector.weak) for sector in knowledge.sectors),
        ),
        _("{n} pôles et grappes, {m} entreprises connues").format(
            n=len(knowledge.clusters), m=len(knowledge.companies)
        ),
        _("{n} sources").format(n=len(sources)),
    )
    for line in lines:
        click.echo(f"  {line}")
    missing = []
    if not config.mail.ready:
        missing.append(_("courriel : « expediteur_adresse », une adresse de votre domaine"))
    if "example.org" in config.politeness.user_agent:
        missing.append(_("politesse : « agent », l’adresse où les sites visités peuvent vous joindre"))
    if missing:
        click.echo(_("À compléter avant la mise en service :"))
        for line in missing:
            click.echo(f"  {line}")
