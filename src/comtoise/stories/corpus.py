"""How common each word is among the articles of the watch: what two articles share counts by its rarity."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from comtoise.stories.features import Features
from comtoise.stories.lexicon import COMMON

_PRIOR = 150  #: imagined articles, so that the first ones of a new watch are judged with measure
_KNOWN_MAX = 200_000  #: words whose rarity is kept at hand
_WEIGHED_MAX = 5_000  #: lists of words whose sum is kept at hand
_PRIOR_SHARE = 0.25  #: of which each common word is in so many


@dataclass(frozen=True, slots=True)
class WordStats:
    """A snapshot of document frequencies. Taken now and then: it need not hold the last article."""

    articles: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    _known: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)
    _weighed: dict[tuple[str, ...], float] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

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

    def weight(self, words: Sequence[str]) -> float:
        """The sum of the rarities of *words*; that of a whole article is asked for again and again."""
        words = tuple(words)
        known = self._weighed.get(words)
        if known is None:
            at_hand = self._known.get
            known = math.fsum(at_hand(word) or self.rarity(word) for word in words)
            if len(self._weighed) >= _WEIGHED_MAX:
                self._weighed.clear()
            self._weighed[words] = known
        return known

    def rarity(self, word: str) -> float:
        """Inverse document frequency, natural logarithm: 0 for a word of all articles, about 5 for a new."""
        known = self._known.get(word)
        if known is None:
            prior = _PRIOR * _PRIOR_SHARE if word in COMMON else 0.0
            known = math.log((self.articles + _PRIOR + 1) / (self.counts.get(word, 0) + prior + 0.5))
            if len(self._known) < _KNOWN_MAX:
                self._known[word] = known
        return known
