"""« Moins de ça… »: the buttons that take the place of an alert's, whose text stays as it is."""

from collections.abc import Collection

from comtoise.digests.mutes import Mute
from comtoise.i18n import _
from comtoise.model import Story
from comtoise_bot import rendering
from comtoise_bot.callbacks import Less, callback
from comtoise_bot.less import Option, options
from comtoise_bot.message import Button, Row
from comtoise_bot.screens.parts import PAUSE, button
from comtoise_bot.words import say

BACK = "-"  #: for `Less.what`: the alert's own buttons again


def what(story: Story, mutes: Collection[Mute]) -> tuple[Row, ...]:
    """Of what; what is muted already can be heard of again."""
    silent = {(mute.kind, mute.topic) for mute in mutes}
    rows: list[Row] = [
        (_again(story, each),)
        if (each.kind, each.topic) in silent
        else (Button(each.label, data=callback(Less(story.id, each.brief))),)
        for each in options(story)
    ]
    stop = button(say(_("Tout mettre en pause")), PAUSE, "stop")
    return (*rows, (stop,), (_back(story),))


def how_long(story: Story, option: Option) -> tuple[Row, ...]:
    """For how long."""
    names = {"1": say(_("1 jour")), "7": say(_("7 jours")), "0": say(_("Toujours"))}
    return (
        tuple(
            Button(name, data=callback(Less(story.id, option.brief, days))) for days, name in names.items()
        ),
        (_back(story),),
    )


def muted(story: Story, option: Option, given: str) -> tuple[Row, ...]:
    """The alert's buttons, and the way back."""
    return (*rendering.alert_buttons(story, given), (_again(story, option),))


def _again(story: Story, option: Option) -> Button:
    label = say(_("Annuler : à nouveau {name}"), name=option.name)
    return Button(label, data=callback(Less(story.id, option.brief, "x")))


def _back(story: Story) -> Button:
    return Button(say(_("‹ Retour")), data=callback(Less(story.id, BACK)))


def done(option: Option, days: str) -> str:
    """Toast after a mute."""
    told = {
        "1": _("C’est noté : plus rien sur {name} pendant 1 jour."),
        "7": _("C’est noté : plus rien sur {name} pendant 7 jours."),
        "0": _("C’est noté : plus rien sur {name}."),
        "x": _("C’est noté : à nouveau {name}."),
    }
    return say(told[days], name=option.name[:100])
