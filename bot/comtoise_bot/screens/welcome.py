"""The welcome: three taps, of which the first is enough to receive a digest each morning."""

from comtoise.digests.slots import Schedule
from comtoise.i18n import _
from comtoise.model import Subscription
from comtoise.store.readers import Subscriber
from comtoise.text.typography import clock, weekday_name
from comtoise_bot import choices
from comtoise_bot.catalogue import Catalogue
from comtoise_bot.message import Message, Span, block, line
from comtoise_bot.screens.parts import (
    MOST_PLACES,
    PLACES,
    RHYTHM,
    TOPICS,
    WELCOME,
    button,
    place_rows,
    sector_rows,
    summary,
    title,
)
from comtoise_bot.words import say


def welcome(catalogue: Catalogue) -> Message:
    """First step: where."""
    zones = [(button(zone.label, WELCOME, "zone", zone.id),) for zone in catalogue.zones]
    if len(catalogue.zones) > 1:
        zones.append((button(say(_("Tout le territoire suivi")), WELCOME, "zone", "all"),))
    if len(catalogue.departements) <= MOST_PLACES:
        zones.append((button(say(_("Choisir des départements")), WELCOME, "places"),))
    return Message(
        blocks=(
            block(
                line(Span("Comtoise", "b"), say(_(", la veille de l’industrie près de chez vous."))),
                say(
                    _(
                        "Investissements, emplois, implantations, difficultés : chaque nouvelle une seule "
                        "fois, avec le lien vers l’article."
                    )
                ),
            ),
            title(say(_("1/3 · Quel territoire suivez-vous ?"))),
        ),
        rows=tuple(zones),
    )


def welcome_places(catalogue: Catalogue, wanted: Subscription) -> Message:
    """First step, for those who choose départements one by one."""
    return Message(
        blocks=(
            title(say(_("1/3 · Quels départements suivez-vous ?"))),
            block(say(_("Touchez-en un ou plusieurs. Sans choix, tout le territoire est suivi."))),
        ),
        rows=(
            *place_rows(catalogue, wanted, WELCOME),
            (button(say(_("Continuer ›")), WELCOME, "topics"),),
        ),
    )


def welcome_topics(catalogue: Catalogue, wanted: Subscription, schedule: Schedule) -> Message:
    """Second step: what. The reader already has his morning digest."""
    return Message(
        blocks=(
            title(say(_("2/3 · Quelles filières ?"))),
            block(
                say(
                    _("C’est noté pour {territory} : un résumé chaque matin à {hour}."),
                    territory=catalogue.territory(wanted),
                    hour=clock(schedule.daily_at),
                ),
                say(_("Toutes les filières sont suivies ; touchez celles que vous voulez garder.")),
            ),
        ),
        rows=(
            *sector_rows(catalogue, wanted, WELCOME),
            (button(say(_("Continuer ›")), WELCOME, "rhythm"),),
        ),
    )


def welcome_rhythm(schedule: Schedule) -> Message:
    """Third step: when."""
    morning = clock(schedule.daily_at)
    names = {
        "morning": say(_("Chaque matin, {hour}"), hour=morning),
        "both": say(_("Tout de suite, et chaque matin")),
        "monday": say(_("Une fois par semaine, le {day}"), day=weekday_name(schedule.weekday)),
    }
    return Message(
        blocks=(title(say(_("3/3 · À quel rythme ?"))),),
        rows=tuple((button(names[name], WELCOME, "done", name),) for name in choices.RHYTHMS),
    )


def settled(catalogue: Catalogue, subscriber: Subscriber, schedule: Schedule) -> Message:
    """The welcome is over: what was chosen, and how to change it."""
    return Message(
        blocks=(
            title(say(_("C’est en place."))),
            summary(catalogue, subscriber, schedule),
            block(say(_("Pour changer : /sujets et /alertes. Pour souffler : /pause."))),
        )
    )


def already_here(catalogue: Catalogue, subscriber: Subscriber, schedule: Schedule) -> Message:
    """/start of somebody who is already a reader."""
    return Message(
        blocks=(
            title(say(_("Vous recevez déjà Comtoise ici."))),
            summary(catalogue, subscriber, schedule),
            block(say(_("/digest : les nouvelles, tout de suite. /aide : tout ce que je sais faire."))),
        ),
        rows=(
            (
                button(say(_("Territoire")), PLACES, "open"),
                button(say(_("Filières")), TOPICS, "open"),
                button(say(_("Rythme")), RHYTHM, "open"),
            ),
        ),
    )


def first_digest_empty(schedule: Schedule) -> Message:
    """The end of the welcome, on a day when there is nothing to show yet."""
    return Message(
        blocks=(
            block(
                say(
                    _(
                        "Aucune nouvelle récente ne correspond encore à vos choix : le premier résumé "
                        "arrivera dès qu’il y en aura, à {hour}."
                    ),
                    hour=clock(schedule.daily_at),
                )
            ),
        )
    )


def channel(name: str, catalogue: Catalogue, subscriber: Subscriber, schedule: Schedule) -> Message:
    """To who let the bot into a channel: what it will post, and how that is changed."""
    return Message(
        blocks=(
            title(say(_("Je publierai dans « {name} »."), name=name)),
            summary(catalogue, subscriber, schedule),
            block(
                say(_("Pour changer, écrivez dans le canal : /sujets ou /alertes. Pour souffler : /pause.")),
                say(_("Ce que je publie est le même pour tous les abonnés du canal.")),
            ),
        )
    )


def channel_mute(name: str) -> Message:
    """The bot is in a channel where it may not post."""
    return Message(
        blocks=(
            block(
                say(
                    _(
                        "Dans « {name} », je n’ai pas le droit de publier : donnez-moi celui d’envoyer des "
                        "messages, et je commence."
                    ),
                    name=name,
                )
            ),
        )
    )
