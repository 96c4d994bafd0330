"""Compile the cards of the signals and the vocabulary of the house into one automaton and an index of rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from comtoise.knowledge.cards import Signal, SignalGrammar
from comtoise.text.fold import spaced
from comtoise.text.phrases import Phrases
from comtoise.topics.signals import vocabulary
from comtoise.topics.signals.vocabulary import Rule

REMEMBERED = 10_000  #: sets of classes whose rules are remembered


@dataclass(frozen=True, slots=True)
class SignalRules:
    """All that `find_signals` needs, compiled once for a configuration."""

    phrases: Phrases
    classes: tuple[str, ...]  #: class of each phrase, by its number
    traps: frozenset[str]  #: the classes of words whose own words count for nothing inside them
    #: By its first class of words: each rule with the other classes of words it needs in the sentence.
    rules: Mapping[str, tuple[tuple[tuple[str, ...], Rule], ...]]
    labels: Mapping[str, str]  #: signal id -> label
    polarities: Mapping[str, str]  #: signal id -> polarity
    _joined: dict[tuple[bool, tuple[str, ...]], tuple[Rule, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def joining(self, classes: tuple[str, ...], *, named: bool) -> tuple[Rule, ...]:
        """The rules whose classes of words are all in *classes*, surest first; a trap is not sprung here.

        *named* is whether the article names a company; without one, the rules that need one are left out. Sentences
        hold few different sets of classes, so that the answers are remembered.
        """
        found = self._joined.get((named, classes))
        if found is None:
            if len(self._joined) >= REMEMBERED:
                self._joined.clear()
            rules = [
                rule
                for name in classes
                for others, rule in self.rules.get(name, ())
                if all(other in classes for other in others)
                and (named or vocabulary.COMPANY not in rule.classes)
            ]
            found = self._joined[named, classes] = tuple(sorted(rules, key=lambda rule: -rule.weight))
        return found


def compile_signals(signals: Iterable[Signal], grammar: SignalGrammar) -> SignalRules:
    """Compile.

    Args:
        signals: The cards; a signal of the house's vocabulary that has no card here is not looked for. A strong
            word of a card that the vocabulary does not hold decides in a title, or beside a firm.
        grammar: Its general negations turn the signal they stand before.
    """
    cards = tuple(signals)
    ids = {card.id for card in cards}
    phrases: list[str] = []
    classes: list[str] = []

    def add(name: str, words: Iterable[str]) -> None:
        for word in words:
            phrases.append(word)
            classes.append(name)

    for name, words in vocabulary.CLASSES.items():
        add(name, words)
    for name, words in vocabulary.TRAPS.items():
        add(f"{TRAP}{name}", words)
    add(NEGATION, grammar.negations)
    rules = [rule for rule in vocabulary.RULES if rule.signal in ids]
    house = {_folded(word) for words in vocabulary.CLASSES.values() for word in words}
    house |= {_folded(word) for word in vocabulary.DOUBTFUL}
    for card in cards:
        own = f"strong {card.id}"
        add(own, (word for word in card.strong if _folded(word) not in house))
        rules += [Rule(card.id, (own,), 0.55), Rule(card.id, (own, "firm"), 0.75)]
    return SignalRules(
        phrases=Phrases(phrases),
        classes=tuple(classes),
        traps=frozenset(name for name in classes if name.startswith(TRAP)),
        rules=_by_first_class(rules),
        labels={card.id: card.label for card in cards},
        polarities={card.id: card.polarity for card in cards},
    )


#: Before the name of the class that a trap protects; « * » for all.
TRAP = "trap "
NEGATION = "negation"


def _folded(phrase: str) -> str:
    return " ".join(spaced(phrase).split())


def _by_first_class(rules: Iterable[Rule]) -> dict[str, tuple[tuple[tuple[str, ...], Rule], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Rule]]] = defaultdict(list)
    for rule in rules:
        first, *others = (name for name in rule.classes if name not in vocabulary.READ)
        index[first].append((tuple(others), rule))
    return {name: tuple(group) for name, group in index.items()}
