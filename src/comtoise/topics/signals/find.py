"""Find business events: which signal, how sure, and the facts of it.

One pass of an automaton finds the words of all classes; a rule joins the classes that stand together in one
sentence; the title and the first sentence say what the article is about and weigh more. A negation keeps the
event and turns it; an anniversary or a past year weakens it. Decision: docs/decisions/0006-places.md.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from comtoise.knowledge.cards import Signal, SignalGrammar
from comtoise.model import Evidence, Match, Part, TopicKind
from comtoise.text.fold import spaced
from comtoise.text.phrases import Phrases
from comtoise.topics.document import Document
from comtoise.topics.signals import vocabulary
from comtoise.topics.signals.slots import Facts, read_facts, slots_of
from comtoise.topics.signals.sentences import Sentence, sentences_of
from comtoise.topics.signals.vocabulary import Rule

ENOUGH: Final = 0.5  #: least score for a signal to be given


@dataclass(frozen=True, slots=True)
class SignalRules:
    """Compiled once for a configuration."""

    phrases: Phrases
    classes: tuple[str, ...]  #: class of each phrase
    rules: tuple[Rule, ...]
    labels: Mapping[str, str]
    polarities: Mapping[str, str]


def compile_signals(signals: Iterable[Signal], grammar: SignalGrammar) -> SignalRules:
    """Compile the cards of the signals, with the vocabulary of the house.

    The desk's own strong words decide like the house's; its weak ones need a firm or a number beside them.
    Signals that are not in *signals* are not looked for.
    """
    cards = tuple(signals)
    known = {card.id for card in cards}
    phrases: list[str] = []
    classes: list[str] = []

    def add(name: str, words: Iterable[str]) -> None:
        for word in words:
            phrases.append(word)
            classes.append(name)

    for name, text in vocabulary.CLASSES.items():
        add(name, (word.strip() for word in text.split("|")))
    rules = [rule for rule in vocabulary.RULES if rule.signal in known]
    house = {
        " ".join(spaced(word).split()) for text in vocabulary.CLASSES.values() for word in text.split("|")
    }
    for card in cards:
        own = [word for word in card.strong if " ".join(spaced(word).split()) not in house]
        add(f"strong {card.id}", (word for word in own if word not in vocabulary.DOUBTFUL))
        rules.append(Rule(card.id, (f"strong {card.id}",), 0.6))
        rules.append(Rule(card.id, (f"strong {card.id}", "firm"), 0.75))
    for name, words in vocabulary.TRAPS.items():
        add(f"trap {name}", words)
    for negation in grammar.negations:
        add("negation", (negation,))
    return SignalRules(
        phrases=Phrases(phrases),
        classes=tuple(classes),
        rules=tuple(rules),
        labels={card.id: card.label for card in cards},
        polarities={card.id: card.polarity for card in cards},
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A rule that held in a sentence."""

    signal: str
    weight: float
    sentence: Sentence
    spans: tuple[tuple[int, int], ...]  #: of words
    negated: bool


def find_signals(
    document: Document,
    rules: SignalRules,
    *,
    companies: tuple[Match, ...] = (),
    places: tuple[Match, ...] = (),
) -> tuple[Match, ...]:
    """Return the signals, by falling score, each with the facts read near its words.

    Args:
        companies: Matches of companies found before; they make a signal surer, and fill its `company`.
        places: Matches of places found before; communes fill `place`.
    """
    hits = rules.phrases.find(document.words)
    if not hits:
        return ()
    sentences = sentences_of(document.raw, len(document.article.title))
    firsts = [sentence.first_word for sentence in sentences]
    by_sentence: dict[int, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for hit in hits:
        index = bisect_right(firsts, hit.start) - 1
        if index + 1 == len(firsts) or hit.stop <= firsts[index + 1]:
            by_sentence[index][rules.classes[hit.phrase]].append((hit.start, hit.stop))
    published = document.article.published
    year = published.year if published is not None else None
    found: list[_Found] = []
    facts: dict[int, Facts] = {}
    for index, classes in by_sentence.items():
        sentence = sentences[index]
        _drop_traps(classes)
        candidates = [rule for rule in rules.rules if all(c in classes or c in _SLOTS for c in rule.classes)]
        candidates = [rule for rule in candidates if any(c in classes for c in rule.classes)]
        if not candidates:
            continue
        read = facts[index] = read_facts(sentence, companies)
        present = {**classes, **read.spans}
        for rule in candidates:
            spans = _together(rule, present)
            if spans is None:
                continue
            weight = rule.weight * _position(sentence) * _age(sentence, spans, year)
            if weight > 0:
                found.append(
                    _Found(rule.signal, weight, sentence, spans, _negated(sentence, spans, rule.signal))
                )
    return _matches(document, rules, found, facts, sentences, companies, places)


_SLOTS: Final = frozenset(
    {
        vocabulary.MONEY,
        vocabulary.PEOPLE,
        vocabulary.SURFACE,
        vocabulary.COMPANY,
        "MONEY RAISED",
        "MONEY GIVEN",
    }
)


def _drop_traps(classes: dict[str, list[tuple[int, int]]]) -> None:
    """Forget the words that stand inside a trap: « redressement » in « redressement fiscal »."""
    traps = [
        (name.removeprefix("trap "), spans) for name, spans in classes.items() if name.startswith("trap ")
    ]
    for target, trapped in traps:
        for name in list(classes):
            if name.startswith("trap ") or (target not in ("*", name)):
                continue
            classes[name] = [s for s in classes[name] if not any(a <= s[0] and s[1] <= b for a, b in trapped)]
            if not classes[name]:
                del classes[name]
    for target, _ in traps:
        classes.pop(f"trap {target}", None)


def _together(rule: Rule, present: Mapping[str, list[tuple[int, int]]]) -> tuple[tuple[int, int], ...] | None:
    """The spans that satisfy the rule closest together, or None."""
    first, *others = rule.classes
    best: tuple[int, tuple[tuple[int, int], ...]] | None = None
    for anchor in present.get(first, ())[:8]:
        spans = [anchor]
        for name in others:
            near = [
                span for span in present.get(name, ()) if span not in spans and not _overlap(span, anchor)
            ]
            if not near:
                break
            spans.append(min(near, key=lambda span: _distance(span, anchor)))
        else:
            width = max(stop for _, stop in spans) - min(start for start, _ in spans)
            if width <= rule.window + sum(b - a for a, b in spans) and (best is None or width < best[0]):
                best = width, tuple(spans)
    return best[1] if best else None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _position(sentence: Sentence) -> float:
    if sentence.in_title:
        return 1.1
    return 1.0 if sentence.number <= 2 else 0.85


_YEAR: Final = re.compile(
    r"\b(?:en|de|depuis|des|apres|fin|debut|entre|l'an|annee) (?:\w+ )?((?:19|20)\d\d)\b"
)
_RETROSPECT: Final = re.compile(
    r"\b(?:il y a (?:\d+|dix|vingt|trente|cinq|quinze) ans|retour sur|retrospective|archives|anniversaire|centenaire"
    r"|a l'epoque|jadis|autrefois|naguere|apres guerre|fonde en|ne en|creee? en)\b"
)


def _age(sentence: Sentence, spans: tuple[tuple[int, int], ...], year: int | None) -> float:
    """1 for news, less for what the sentence dates two years back or more, or recalls."""
    text = sentence.folded.text
    factor = 0.6 if _RETROSPECT.search(text) else 1.0
    years = [(match.start(1), int(match.group(1))) for match in _YEAR.finditer(text)]
    if years and year is not None:
        anchor = sentence.spans[spans[0][0] - sentence.first_word][0]
        nearest = min(years, key=lambda item: abs(item[0] - anchor))
        if nearest[1] <= year - 2 and abs(nearest[0] - anchor) < 60:
            factor *= 0.6
    return factor


_NOT: Final = re.compile(
    r"(?:\bne? (?:[\w']+ ){0,3}?(?:pas|plus|aucune?|jamais|ni)\b|\bn'(?:[\w']+ ){1,3}?(?:pas|plus|aucune?|jamais|ni)\b"
    r"|\baucune?s?|\bsans|\bpas de|\bpas d'|\bni|\bevite\w*|\bechapp\w*|\brenonc\w*|\bannul\w*|\babandonn\w*"
    r"|\brefus\w*|\bdement\w*|\bdementi\w*|\becart\w*|\bsuspend\w*|\bgele?\w*|\brejet\w*|\bsort (?:de|du)|\bsorti\w* (?:de|du)"
    r"|\bsauv\w* de|\bfin de la procedure|\bleve\w* (?:la|le)|\brumeurs? (?:de|d')|\bplus question|\bno|\bnot|\bkeine?)"
    r" ?(?:[\w'-]+ ){0,4}$"
)
_NOT_AFTER: Final = re.compile(
    r"^(?:[ ,][\w'-]+){0,3}? (?:est |sont |a ete |ont ete |sera |seront )?(?:n'est pas|ne sera pas|n'aura pas|n'ont pas"
    r"|evitee?s?|annulee?s?|abandonnee?s?|refusee?s?|rejetee?s?|suspendue?s?|gelee?s?|enterree?s?|dementie?s?"
    r"|ecartee?s?|reportee?s?)\b"
)


def _negated(sentence: Sentence, spans: tuple[tuple[int, int], ...], signal: str) -> bool:
    folded = sentence.folded.text
    start, stop = spans[0]
    begin = sentence.spans[start - sentence.first_word][0]
    end = sentence.spans[stop - 1 - sentence.first_word][1]
    left = folded[max(0, begin - 60) : begin]
    left = re.split(r"[,;:.!?]", left)[-1]
    return bool(_NOT.search(left) or _NOT_AFTER.search(folded[end : end + 60]))


def _matches(
    document: Document,
    rules: SignalRules,
    found: list[_Found],
    facts: Mapping[int, Facts],
    sentences: list[Sentence],
    companies: tuple[Match, ...],
    places: tuple[Match, ...],
) -> tuple[Match, ...]:
    by_signal: dict[str, list[_Found]] = defaultdict(list)
    for item in found:
        by_signal[item.signal].append(item)
    matches = []
    numbers = {id(sentence): index for index, sentence in enumerate(sentences)}
    for signal, items in by_signal.items():
        best_by_sentence: dict[int, _Found] = {}
        for item in items:
            key = item.sentence.number
            if key not in best_by_sentence or item.weight > best_by_sentence[key].weight:
                best_by_sentence[key] = item
        ranked = sorted(best_by_sentence.values(), key=lambda item: -item.weight)
        affirmed = [item for item in ranked if not item.negated]
        lead = (affirmed or ranked)[0]
        if not affirmed and lead.sentence.number > 1:
            # « aucune embauche n'est prévue », « faute de repreneur », in passing: it is not the news.
            continue
        score = min(lead.weight + 0.25 * sum(item.weight for item in ranked if item is not lead), 1.0)
        if score < ENOUGH:
            continue
        evidence = [
            document.evidence_at(
                *item.sentence.raw_span(*span),
                why="negation" if item.negated else "signal",
                weight=round(item.weight, 2),
            )
            for item in ranked[:3]
            for span in item.spans
        ]
        read = facts[numbers[id(lead.sentence)]]
        slots, said = slots_of(
            signal,
            lead.sentence,
            read,
            lead.spans,
            negated=not affirmed,
            polarity=rules.polarities.get(signal, "neutral"),
            companies=companies,
            places=places,
            document=document,
        )
        matches.append(
            Match(
                kind=TopicKind.SIGNAL,
                topic=signal,
                score=round(score, 3),
                evidence=(*_distinct(evidence), *said),
                label=rules.labels.get(signal, signal),
                slots=slots,
            )
        )
    return tuple(sorted(matches, key=lambda match: (-match.score, match.topic)))


def _distinct(evidence: list[Evidence]) -> list[Evidence]:
    seen: set[tuple[Part, int, int]] = set()
    kept = []
    for item in evidence:
        key = (item.part, item.start, item.end)
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept
