"""How common each word is among the articles of the watch: what two articles share counts by its rarity."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from comtoise.stories.features import Features
from comtoise.stories.lexicon import COMMON

_PRIOR = 150  #: imagined articles, so that the first ones of a new watch are judged with measure
_KNOWN_MAX = 200_000  #: words whose rarity is kept at hand
_PRIOR_SHARE = 0.25  #: of which each common word is in so many


class _Rarities(dict[str, float]):
    """The rarity of each word asked for so far; a word that is not there yet is weighed when it is asked for."""

    def __init__(self, articles: int, counts: Mapping[str, int]) -> None:
        super().__init__()
        self._articles = articles
        self._counts = counts

    def __missing__(self, word: str) -> float:
        prior = _PRIOR * _PRIOR_SHARE if word in COMMON else 0.0
        rarity = math.log((self._articles + _PRIOR + 1) / (self._counts.get(word, 0) + prior + 0.5))
        if len(self) < _KNOWN_MAX:
            self[word] = rarity
        return rarity


@dataclass(frozen=True, slots=True)
class WordStats:
    """A snapshot of document frequencies. Taken now and then: it need not hold the last article."""

    articles: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    _rarities: _Rarities = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_rarities", _Rarities(self.articles, self.counts))

    @staticmethod
    def of(articles: Iterable[Features]) -> "WordStats":
        """Count the words and figures of *articles*."""
        counts: Counter[str] = Counter()
        number = 0
        for article in articles:
            number += 1
            counts.update(article.words)
            counts.update(article.numbers)
        return WordStats(number, counts)

    def sum(self, words: Iterable[str]) -> float:
        """The sum of the rarities of *words*, whatever their order."""
        return math.fsum(map(self._rarities.__getitem__, words))

    def rarity(self, word: str) -> float:
        """Inverse document frequency, natural logarithm: 0 for a word of all articles, about 5 for a new."""
        return self._rarities[word]
