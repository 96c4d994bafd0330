"""What is followed, where, and when."""

from comtoise.digests.slots import Schedule
from comtoise.i18n import _, ngettext
from comtoise.model import Rhythm, Subscription
from comtoise.store.readers import Subscriber
from comtoise.text.typography import clock, weekday_name
from comtoise_bot import choices
from comtoise_bot.catalogue import Catalogue
from comtoise_bot.message import Message, Row, block
from comtoise_bot.screens.parts import (
    PAUSE,
    PLACES,
    RHYTHM,
    TOPICS,
    button,
    place_rows,
    rhythm_in_words,
    sector_rows,
    summary,
    ticked,
    title,
)
from comtoise_bot.words import say


def overview(catalogue: Catalogue, subscriber: Subscriber, schedule: Schedule) -> Message:
    """All that can be changed, from under a digest."""
    return Message(
        blocks=(title(say(_("Vos réglages"))), summary(catalogue, subscriber, schedule)),
        rows=(
            (
                button(say(_("Territoire")), PLACES, "open"),
                button(say(_("Filières")), TOPICS, "open"),
                button(say(_("Rythme")), RHYTHM, "open"),
            ),
            (
                button(say(_("Reprendre")), PAUSE, "resume")
                if subscriber.reader.paused
                else button(say(_("Mettre en pause")), PAUSE, "pause"),
            ),
        ),
    )


def topics(catalogue: Catalogue, wanted: Subscription) -> Message:
    """/sujets: the sectors followed."""
    return Message(
        blocks=(
            title(say(_("Vos filières"))),
            block(
                say(_("Vous suivez {topics}."), topics=catalogue.topics(wanted)),
                say(_("Touchez une filière pour l’ajouter ou la retirer.")),
            ),
        ),
        rows=(
            *sector_rows(catalogue, wanted, TOPICS),
            (button(say(_("Territoire ›")), PLACES, "open"), button(say(_("Rythme ›")), RHYTHM, "open")),
        ),
    )


def places(catalogue: Catalogue, wanted: Subscription) -> Message:
    """The territory followed: whole régions with one tap, or départements one by one."""
    codes = wanted.departements
    zones = [
        button(ticked(zone.label, bool(codes) and zone.codes == codes), PLACES, "zone", zone.id)
        for zone in catalogue.zones
        if len(zone.departements) > 1
    ]
    everything = button(ticked(say(_("Tout le territoire suivi")), not codes), PLACES, "zone", "all")
    return Message(
        blocks=(
            title(say(_("Votre territoire"))),
            block(say(_("Vous suivez : {territory}."), territory=catalogue.territory(wanted))),
        ),
        rows=(
            (everything,),
            *((zone,) for zone in zones),
            *place_rows(catalogue, wanted, PLACES),
            (button(say(_("‹ Filières")), TOPICS, "open"), button(say(_("Rythme ›")), RHYTHM, "open")),
        ),
    )


def rhythm(wanted: Subscription, schedule: Schedule) -> Message:
    """/alertes: when to be told, how often, and when never."""
    names = {
        Rhythm.INSTANT: say(_("Tout de suite")),
        Rhythm.DAILY: say(_("Chaque matin, {hour}"), hour=clock(schedule.daily_at)),
        Rhythm.WEEKLY: say(
            _("Chaque {day}, {hour}"), day=weekday_name(schedule.weekday), hour=clock(schedule.weekly_at)
        ),
    }
    rows: list[Row] = [
        (button(ticked(name, each in wanted.rhythms), RHYTHM, "rhythm", each.value),)
        for each, name in names.items()
    ]
    lines = [say(_("Je vous préviens {rhythm}."), rhythm=rhythm_in_words(wanted, schedule))]
    if Rhythm.INSTANT in wanted.rhythms:
        lines += [_quiet_in_words(wanted), _cap_in_words(wanted)]
        rows += _quiet_rows(wanted)
        rows.append((button(ticked(say(_("Silence le week-end")), wanted.quiet_weekend), RHYTHM, "weekend"),))
        rows.append(
            tuple(
                button(
                    ticked(say(_("{count}/jour"), count=cap), cap == wanted.alerts_per_day),
                    RHYTHM,
                    "cap",
                    str(cap),
                )
                for cap in choices.CAPS
            )
        )
    if wanted.rhythms & {Rhythm.DAILY, Rhythm.WEEKLY}:
        label = say(_("Me prévenir même quand il n’y a rien"))
        rows.append((button(ticked(label, wanted.empty_days), RHYTHM, "empty"),))
    rows.append((button(say(_("‹ Filières")), TOPICS, "open"),))
    return Message(blocks=(title(say(_("Votre rythme"))), block(*lines)), rows=tuple(rows))


def _quiet_in_words(wanted: Subscription) -> str:
    if wanted.quiet_from is None or wanted.quiet_to is None:
        return say(_("Les alertes arrivent à toute heure."))
    return say(
        _("De {begin} à {end}, les alertes attendent le matin."),
        begin=clock(wanted.quiet_from),
        end=clock(wanted.quiet_to),
    )


def _cap_in_words(wanted: Subscription) -> str:
    told = ngettext(
        "{count} alerte par jour au plus ; le reste attend le prochain résumé.",
        "{count} alertes par jour au plus ; le reste attend le prochain résumé.",
        wanted.alerts_per_day,
    )
    return say(told, count=wanted.alerts_per_day)


def _quiet_rows(wanted: Subscription) -> list[Row]:
    now = (wanted.quiet_from, wanted.quiet_to)
    buttons = []
    for name, hours in choices.QUIET.items():
        label = (
            say(_("Silence de {begin} à {end}"), begin=clock(hours[0]), end=clock(hours[1]))
            if hours
            else say(_("À toute heure"))
        )
        buttons.append(button(ticked(label, now == (hours or (None, None))), RHYTHM, "quiet", name))
    return [(button,) for button in buttons]


def paused() -> Message:
    """Nothing comes any more."""
    return Message(
        blocks=(
            title(say(_("Tout est en pause."))),
            block(say(_("Je ne vous enverrai plus rien. Vos choix sont gardés."))),
        ),
        rows=((button(say(_("Reprendre")), PAUSE, "resume"),),),
    )


def resumed(subscriber: Subscriber, schedule: Schedule) -> Message:
    """It comes again."""
    told = say(_("Je vous préviendrai {rhythm}."), rhythm=rhythm_in_words(subscriber.subscription, schedule))
    return Message(
        blocks=(title(say(_("C’est reparti."))), block(told)),
        rows=((button(say(_("Mettre en pause")), PAUSE, "pause"),),),
    )
