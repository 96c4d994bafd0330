"""Choose what a shared name means, and whether an ordinary word is a place at all.

In order of force: the département said beside it (« Champagney (70) »), a département named in the same
sentence, the other places of the article, what the source covers, what the desk watches, then size. When
nothing decides, the name is left out: a wrong département is worse than none.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from comtoise.topics.places.frames import FIRM, Frame
from comtoise.topics.places.mentions import Mention, Sentences
from comtoise.topics.places.names import Kind, Option

MARGIN: Final = 0.5  #: by which the best meaning must lead the next one
JURA: Final = "39"
CANTON_OF_JURA: Final = Option("CH-JU", None, 0, True)
#: An ordinary word written like a place, in one of these frames, is one if something else names its département.
_PLAUSIBLE: Final = frozenset({Frame.DATELINE, Frame.OF, Frame.TITLE})


class Settler:
    """What an article says of where, gathered before any name is settled."""

    def __init__(
        self,
        mentions: Iterable[Mention],
        demonyms: Iterable[tuple[str, float]],
        raw: str,
        coverage: frozenset[str],
        *,
        across: bool,
    ) -> None:
        """*demonyms*: département and weight; *across*: the words of the article are those of Switzerland."""
        self.mentions = tuple(mentions)
        self.coverage = coverage
        self.known: dict[str, float] = defaultdict(float)  #: what clear names give each département
        self._sentences: Sentences | None = None
        self._near: dict[int, set[str]] = defaultdict(set)
        for mention in self.mentions:
            departements = {option.departement for option in mention.name.options}
            if mention.explicit is not None:
                self.known[mention.explicit] += mention.weight
            elif len(departements) == 1 and mention.sure and mention.name.label != "Jura":
                self.known[departements.pop()] += mention.weight
            if mention.name.kind in (Kind.DEPARTEMENT, Kind.COUNTRY):
                if self._sentences is None:
                    self._sentences = Sentences(raw)
                self._near[self._sentences.number(mention.start)].add(mention.name.options[0].departement)
        for departement, weight in demonyms:
            self.known[departement] += weight
        self.across = across or any(code.startswith("CH-") for code in (*self.known, *coverage))

    def settled(self) -> list[tuple[Mention, Option]]:
        """The mentions that can be settled, each with the place it means, in order."""
        chosen = ((mention, self._choose(mention)) for mention in self.mentions if mention.name.options)
        return [(mention, option) for mention, option in chosen if option is not None]

    def _choose(self, mention: Mention) -> Option | None:
        options = mention.name.options
        if (
            mention.name.label == "Jura"
            and self.across
            and self.known[JURA] <= 0
            and JURA not in self.coverage
        ):
            return CANTON_OF_JURA
        if mention.explicit is not None and all(option.departement != mention.explicit for option in options):
            return None
        near = self._departements_near(mention)
        ranked = sorted(
            ((self._plea(mention, option, near), option) for option in options), key=lambda p: -p[0]
        )
        best = ranked[0][1]
        if (
            len(ranked) > 1
            and best.departement != ranked[1][1].departement
            and ranked[0][0] - ranked[1][0] < MARGIN
        ):
            return None
        return best if mention.sure or self._is_place(mention, best, near) else None

    def _departements_near(self, mention: Mention) -> set[str]:
        """The départements named in the sentence of *mention*."""
        if self._sentences is None:
            return set()
        return self._near.get(self._sentences.number(mention.start), set())

    def _plea(self, mention: Mention, option: Option, near: set[str]) -> float:
        score = math.log10(option.population + 10) * 0.6
        if mention.explicit is not None:
            score += 10.0 if option.departement == mention.explicit else -10.0
        if option.departement in near:
            score += 3.0
        others = self.known.get(option.departement, 0.0)
        if others > 0 and mention.name.kind is not Kind.DEPARTEMENT:
            score += 1.0 + min(others, 2.0)
        if option.departement in self.coverage:
            score += 2.0
        if self.across and option.departement.startswith("CH-"):
            score += 1.5
        return score + (1.5 if option.focus else 0.0)

    def _is_place(self, mention: Mention, option: Option, near: set[str]) -> bool:
        """Whether a guarded name is a place here."""
        departement = option.departement
        agreed = departement in near or self.known.get(departement, 0.0) > 0 or departement in self.coverage
        if mention.name.kind is Kind.DEPARTEMENT:
            return agreed or mention.frame in FIRM or mention.frame in (Frame.DATELINE, Frame.TITLE)
        if mention.frame in FIRM:
            return option.focus or option.population >= 2000
        if agreed and mention.frame in _PLAUSIBLE:
            return True
        # « Étain : les cours flambent » is the metal; « Yssingeaux : … » and « Sens : … » are towns.
        return mention.frame is Frame.DATELINE and option.population >= (
            10_000 if mention.name.ordinary else 2500
        )
