"""What can be chosen in the bot: sectors, and the territories that are watched. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from comtoise.i18n import _, ngettext
from comtoise.knowledge.cards import Knowledge
from comtoise.model import Subscription
from comtoise.text.typography import listed
from comtoise_bot.words import say

_DETAIL = re.compile(r"\s*[,:(]\s*|\s+et\s+")


@dataclass(frozen=True, slots=True)
class Choice:
    """A sector or a département, by id and by name."""

    id: str
    label: str

    @property
    def short(self) -> str:
        """The label up to its first detail: « Santé » for « Santé : dispositifs médicaux, pharmacie ».

        Half a telephone's width shows about twenty characters of a button.
        """
        return _DETAIL.split(self.label, maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class Zone:
    """A territory chosen with one tap: a région (« r27 ») or a single département (« d01 »)."""

    id: str
    label: str
    departements: tuple[Choice, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its départements."""
        return frozenset(each.id for each in self.departements)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The choices, in the order in which they are shown."""

    sectors: tuple[Choice, ...]
    zones: tuple[Zone, ...]

    @classmethod
    def of(
        cls, knowledge: Knowledge, *, regions: Iterable[str] = (), departements: Iterable[str] = ()
    ) -> "Catalogue":
        """The sectors known, and the régions and single départements that are watched, by INSEE code."""
        known = [Choice(each.code, each.name) for each in knowledge.places.departements]
        region_of = {each.code: each.region for each in knowledge.places.departements}
        names = {each.code: each.name for each in knowledge.places.regions}
        zones = [
            Zone(f"r{code}", names[code], tuple(each for each in known if region_of[each.id] == code))
            for code in regions
        ]
        wanted = list(departements)
        zones += [Zone(f"d{each.id}", each.label, (each,)) for each in known if each.id in wanted]
        return cls(
            sectors=tuple(Choice(each.id, each.label) for each in knowledge.sectors), zones=tuple(zones)
        )

    @property
    def departements(self) -> tuple[Choice, ...]:
        """All départements watched, each once."""
        return tuple(dict.fromkeys(each for zone in self.zones for each in zone.departements))

    def zone(self, zone_id: str) -> Zone | None:
        """A territory by its id."""
        return next((zone for zone in self.zones if zone.id == zone_id), None)

    def labels(self) -> dict[str, str]:
        """Sector id to its name, in order."""
        return {sector.id: sector.label for sector in self.sectors}

    def territory(self, subscription: Subscription) -> str:
        """What a subscription covers: « Grand Est et Ain », « Doubs et Jura », « 5 départements »."""
        left = set(subscription.departements)
        zones = self.zones if not left else [zone for zone in self.zones if zone.codes <= left]
        left -= {code for zone in zones for code in zone.codes}
        single = [each.label for each in self.departements if each.id in left]
        if len(single) > 3:
            count = ngettext("{count} département", "{count} départements", len(single))
            single = [say(count, count=len(single))]
        return listed([*(zone.label for zone in zones), *single]) or say(_("Territoire à choisir"))

    def topics(self, subscription: Subscription) -> str:
        """What a subscription follows: « toutes les filières », « Plasturgie et Santé »."""
        chosen = [sector.short for sector in self.sectors if sector.id in subscription.sectors]
        return listed(chosen) if chosen else say(_("toutes les filières"))
