"""``comtoise check``: is config.yaml right, and what will be watched?"""

from pathlib import Path

import click

from comtoise.cli.options import config_option, load
from comtoise.i18n import _, ngettext


@click.command("check", help=_("Vérifier config.yaml : chaque erreur avec sa ligne et ce qu’il faut écrire."))
@config_option
def check_command(config_path: Path) -> None:
    """Problems, or what will be watched."""
    config = load(config_path)  # a ConfigError carries every problem, one a line
    knowledge = config.knowledge()
    sources = config.sources()
    click.echo(_("Configuration correcte."))
    watched, sectors = config.departements(), knowledge.sectors
    strong, weak = sum(len(one.strong) for one in sectors), sum(len(one.weak) for one in sectors)
    clusters, companies = len(knowledge.clusters), len(knowledge.companies)
    lines = (
        ngettext("{n} département suivi : {names}", "{n} départements suivis : {names}", len(watched)).format(
            n=len(watched), names=", ".join(sorted(watched))
        ),
        ngettext("{n} filière : {names}", "{n} filières : {names}", len(sectors)).format(
            n=len(sectors), names=", ".join(sector.label for sector in sectors)
        ),
        ngettext("{n} mot fort", "{n} mots forts", strong).format(n=strong)
        + ", "
        + ngettext("{n} mot à confirmer", "{n} mots à confirmer", weak).format(n=weak),
        ngettext("{n} pôle ou réseau", "{n} pôles et réseaux", clusters).format(n=clusters)
        + ", "
        + ngettext("{n} entreprise connue", "{n} entreprises connues", companies).format(n=companies),
        ngettext("{n} source", "{n} sources", len(sources)).format(n=len(sources)),
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
