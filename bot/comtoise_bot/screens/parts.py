"""What several screens share: codes of the screens, rows of choices, what was chosen in words."""

from comtoise.digests.slots import Schedule
from comtoise.i18n import _
from comtoise.model import Rhythm, Subscription
from comtoise.store.readers import Subscriber
from comtoise.text.typography import clock, listed, weekday_name
from comtoise_bot.callbacks import Setting, callback
from comtoise_bot.catalogue import Catalogue
from comtoise_bot.message import Block, Button, Row, Span, block, in_rows, line
from comtoise_bot.words import say

WELCOME, TOPICS, PLACES, RHYTHM, PAUSE, ERASE = "we", "su", "de", "al", "pa", "ou"
WORDS, DESK = "mo", "ad"
MOST_PLACES = 70  #: Telegram shows at most 100 buttons, and régions take some


def button(text: str, screen: str, what: str, value: str = "") -> Button:
    return Button(text, data=callback(Setting(screen, what, value)))


def ticked(text: str, on: bool) -> str:
    return f"✅ {text}" if on else text


def title(text: str) -> Block:
    return block(line(Span(text, "b")))


def sector_rows(catalogue: Catalogue, wanted: Subscription, screen: str) -> list[Row]:
    everything = button(ticked(say(_("Toutes les filières")), not wanted.sectors), screen, "sector", "all")
    sectors = [
        button(ticked(each.short, each.id in wanted.sectors), screen, "sector", each.id)
        for each in catalogue.sectors
    ]
    return [(everything,), *in_rows(sectors, 2)]


def place_rows(catalogue: Catalogue, wanted: Subscription, screen: str) -> list[Row]:
    """Départements one by one: all of them, or, where too many are watched, those of the régions followed."""
    shown = catalogue.departements
    if len(shown) > MOST_PLACES:
        near = {code for zone in catalogue.zones if zone.codes & wanted.departements for code in zone.codes}
        shown = tuple(each for each in shown if each.id in near)[:MOST_PLACES]
    buttons = [
        button(ticked(f"{each.label} ({each.id})", each.id in wanted.departements), screen, "place", each.id)
        for each in shown
    ]
    return list(in_rows(buttons, 2))


def summary(catalogue: Catalogue, subscriber: Subscriber, schedule: Schedule) -> Block:
    wanted = subscriber.subscription
    lines = [
        say(_("Territoire : {territory}"), territory=catalogue.territory(wanted)),
        say(_("Filières : {topics}"), topics=catalogue.topics(wanted)),
        say(_("Rythme : {rhythm}"), rhythm=rhythm_in_words(wanted, schedule)),
    ]
    if subscriber.reader.paused:
        lines.append(say(_("En ce moment : en pause")))
    return block(*lines)


def rhythm_in_words(wanted: Subscription, schedule: Schedule) -> str:
    """« tout de suite et chaque matin à 7 h 30 »."""
    parts = {
        Rhythm.INSTANT: say(_("tout de suite")),
        Rhythm.DAILY: say(_("chaque matin à {hour}"), hour=clock(schedule.daily_at)),
        Rhythm.WEEKLY: say(
            _("chaque {day} à {hour}"), day=weekday_name(schedule.weekday), hour=clock(schedule.weekly_at)
        ),
    }
    return listed(text for rhythm, text in parts.items() if rhythm in wanted.rhythms)
