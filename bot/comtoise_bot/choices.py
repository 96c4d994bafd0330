"""What a tap changes in a subscription. Pure: the subscription before, the subscription after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from comtoise.model import Rhythm, Subscription
from comtoise_bot.callbacks import Setting
from comtoise_bot.catalogue import Catalogue, Zone

Change = Callable[[Subscription], Subscription]

#: The rhythms offered in the third step of the welcome.
RHYTHMS: dict[str, frozenset[Rhythm]] = {
    "morning": frozenset({Rhythm.DAILY}),
    "both": frozenset({Rhythm.INSTANT, Rhythm.DAILY}),
    "monday": frozenset({Rhythm.WEEKLY}),
}
CAPS = (3, 5, 10, 20)
QUIET: dict[str, tuple[time, time] | None] = {
    "2000-0730": (time(20, 0), time(7, 30)),
    "2200-0700": (time(22, 0), time(7, 0)),
    "never": None,
}


def unchanged(subscription: Subscription) -> Subscription:
    """Change nothing: being registered is enough."""
    return subscription


def zone(chosen: Zone) -> Change:
    """Follow this territory, and only this one."""
    return lambda subscription: replace(subscription, departements=chosen.codes)


def everywhere(subscription: Subscription) -> Subscription:
    """Follow all that is watched."""
    return replace(subscription, departements=frozenset())


def departement(code: str, catalogue: Catalogue) -> Change:
    """Add or remove a département; all of them, or none, is everywhere."""

    def change(subscription: Subscription) -> Subscription:
        chosen = subscription.departements ^ {code}
        full = chosen == {each.id for each in catalogue.departements}
        return replace(subscription, departements=frozenset() if full else chosen)

    return change


def sector(sector_id: str) -> Change:
    """Add or remove a sector; with none left, all are followed."""
    return lambda subscription: replace(subscription, sectors=subscription.sectors ^ {sector_id})


def all_sectors(subscription: Subscription) -> Subscription:
    """Follow all sectors."""
    return replace(subscription, sectors=frozenset())


def rhythms(chosen: frozenset[Rhythm]) -> Change:
    """Take exactly these rhythms."""
    return lambda subscription: replace(subscription, rhythms=chosen)


def rhythm(toggled: Rhythm) -> Change:
    """Add or remove a rhythm; the last one stays."""
    return lambda subscription: replace(
        subscription, rhythms=(subscription.rhythms ^ {toggled}) or subscription.rhythms
    )


def quiet(hours: tuple[time, time] | None) -> Change:
    """Hold alerts back between these local hours; None: never."""
    begin, end = hours or (None, None)
    return lambda subscription: replace(subscription, quiet_from=begin, quiet_to=end)


def weekend(subscription: Subscription) -> Subscription:
    """Hold alerts back on Saturdays and Sundays, or no longer."""
    return replace(subscription, quiet_weekend=not subscription.quiet_weekend)


def empty_days(subscription: Subscription) -> Subscription:
    """Be told also when there is nothing to tell, or no longer."""
    return replace(subscription, empty_days=not subscription.empty_days)


def cap(alerts_per_day: int) -> Change:
    """At most so many alerts a day; the rest waits for the digest."""
    return lambda subscription: replace(subscription, alerts_per_day=alerts_per_day)


def deep_link(parameter: str, catalogue: Catalogue) -> Change | None:
    """What the parameter of a link asks for: « r27_microtechniques », « d01 », « sante_plasturgie ».

    Parts that are no longer known are passed over; None when none is known.
    """
    parts = parameter.split("_")
    zones = [found for part in parts if (found := catalogue.zone(part))]
    known = catalogue.labels()
    sectors = frozenset(part for part in parts if part in known)
    if not zones and not sectors:
        return None
    codes = frozenset(code for found in zones for code in found.codes)
    return lambda subscription: replace(
        subscription, departements=codes or subscription.departements, sectors=sectors or subscription.sectors
    )


def of_tap(tap: Setting, catalogue: Catalogue) -> Change | None:
    """What a tap on a button of choices changes; None when it names something that is no longer known."""
    match tap.what, tap.value:
        case ("open" | "topics" | "places" | "rhythm", ""):
            return unchanged
        case "zone", "all":
            return everywhere
        case "zone", zone_id:
            found = catalogue.zone(zone_id)
            return zone(found) if found else None
        case "place", code if code in {each.id for each in catalogue.departements}:
            return departement(code, catalogue)
        case "sector", "all":
            return all_sectors
        case "sector", sector_id if sector_id in catalogue.labels():
            return sector(sector_id)
        case "done", name if name in RHYTHMS:
            return rhythms(RHYTHMS[name])
        case "rhythm", name if name in set(Rhythm):
            return rhythm(Rhythm(name))
        case "quiet", name if name in QUIET:
            return quiet(QUIET[name])
        case "weekend", "":
            return weekend
        case "empty", "":
            return empty_days
        case "cap", count if count in map(str, CAPS):
            return cap(int(count))
    return None
