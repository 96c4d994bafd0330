"""``comtoise digest draft``: the editor's hour before the weekly mail. Untouched, it leaves by itself."""

from datetime import UTC, datetime
from pathlib import Path

import click

from comtoise.cli.config import author
from comtoise.cli.groups import Group
from comtoise.cli.numbers import Number
from comtoise.cli.options import config_option, load, open_database
from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import Slot


@click.group(
    "draft",
    cls=Group,
    invoke_without_command=True,
    help=_(
        "Le brouillon de la prochaine lettre : le montrer, mettre un sujet en tête, plus bas ou de côté, ajouter une "
        "phrase. Sans retouche, elle part d’elle-même."
    ),
)
@config_option
@click.pass_context
def draft_command(context: click.Context, config_path: Path) -> None:
    """Show the draft, or change it."""
    context.obj = config_path
    if context.invoked_subcommand is None:
        _show(config_path)


@draft_command.command("promote", help=_("Mettre des sujets en tête, dans cet ordre."))
@click.argument("stories", metavar=_("NUMÉRO..."), type=Number(), nargs=-1, required=True)
@click.pass_obj
def promote(config_path: Path, stories: tuple[int, ...]) -> None:
    """Tell these first."""
    _put(config_path, stories, "promote")


@draft_command.command("demote", help=_("Ne pas mettre ces sujets en tête."))
@click.argument("stories", metavar=_("NUMÉRO..."), type=Number(), nargs=-1, required=True)
@click.pass_obj
def demote(config_path: Path, stories: tuple[int, ...]) -> None:
    """Tell these later."""
    _put(config_path, stories, "demote")


@draft_command.command("remove", help=_("Ne pas raconter ces sujets."))
@click.argument("stories", metavar=_("NUMÉRO..."), type=Number(), nargs=-1, required=True)
@click.pass_obj
def remove(config_path: Path, stories: tuple[int, ...]) -> None:
    """Tell these not at all."""
    _put(config_path, stories, "remove")


@draft_command.command("say", help=_("Ajouter une phrase en tête de la lettre ; sans texte, la retirer."))
@click.argument("text", metavar=_("[TEXTE]"), default="")
@click.pass_obj
def say(config_path: Path, text: str) -> None:
    """Put the editor's note."""
    from comtoise.store import drafts

    if len(text) > 400:
        raise InputError(_("Cette phrase est trop longue : 400 caractères au plus."))
    with open_database(config_path, upgrade=True).write() as tx:
        drafts.say(tx, _slot(config_path).key, " ".join(text.split()), who=author(), now=datetime.now(UTC))
    _show(config_path)


@draft_command.command("undo", help=_("Reprendre tout ce qui a été changé, ou ce qui l’a été d’un sujet."))
@click.argument("story", metavar=_("[NUMÉRO]"), type=Number(), required=False)
@click.pass_obj
def undo(config_path: Path, story: int | None) -> None:
    """Take changes back."""
    from comtoise.store import drafts

    with open_database(config_path, upgrade=True).write() as tx:
        drafts.undo(tx, _slot(config_path).key, story)
    _show(config_path)


def _put(config_path: Path, stories: tuple[int, ...], what: str) -> None:
    from comtoise.store import drafts
    from comtoise.store import stories as kept

    key, now = _slot(config_path).key, datetime.now(UTC)
    with open_database(config_path, upgrade=True).write() as tx:
        known = {int(story.id) for story in kept.load(tx, stories)}
        if unknown := sorted(set(stories) - known):
            raise InputError(_("Sujet inconnu : {names}").format(names=", ".join(map(str, unknown))))
        for story_id in stories:
            drafts.put(tx, key, story_id, what, who=author(), now=now)
    _show(config_path)


def _slot(config_path: Path) -> Slot:
    """The week that the next letter tells."""
    from comtoise.digests import next_strike, slot_for
    from comtoise.model import Rhythm
    from comtoise.service.wiring import schedule_of

    config = load(config_path)
    schedule, zone = schedule_of(config), config.timezone
    strike = next_strike(datetime.now(UTC), Rhythm.WEEKLY, schedule=schedule, tz=zone)
    return slot_for(Rhythm.WEEKLY, at=strike, schedule=schedule, tz=zone)


def _show(config_path: Path) -> None:
    """What who follows everything would get, each story with its number."""
    from comtoise.delivery.letter import also, byline
    from comtoise.digests.facts import fact_line
    from comtoise.model import Rhythm, Subscription
    from comtoise.service.wiring import build_striker
    from comtoise.store import drafts

    config = load(config_path)
    database = open_database(config_path)
    slot, zone = _slot(config_path), config.timezone
    with database.read() as tx:
        digest = build_striker(config, database).preview(tx, Subscription(reader_id=0), slot, zone)
        edits = drafts.edits(tx, slot.key)
    if digest is None:
        click.echo(_("Rien à raconter pour l’instant : la lettre ne partirait pas."), err=True)
        return
    click.echo(f"{digest.title}\n{digest.period}")
    if digest.note:
        click.echo(f"\n« {digest.note} »")
    groups = [
        (_("En tête"), digest.highlights),
        *((section.label, section.stories) for section in digest.sections),
    ]
    for label, members in groups:
        click.echo(f"\n{label}")
        for story in members:
            mark = "*" if story.id in edits.promoted or story.id in edits.demoted else " "
            click.echo(f"{mark}{story.id:>6}  {fact_line(story) or story.lead.title}")
            click.echo(f"         {byline(story, zone, Rhythm.WEEKLY)}")
            if others := also(story):
                click.echo(f"         {others}")
    if edits.removed:
        click.echo(f"\n{_('Mis de côté :')} {', '.join(sorted(edits.removed, key=int))}")
