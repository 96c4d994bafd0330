"""Find business events: which signal, how sure, and the facts of it.

One pass of an automaton finds the words of all classes; a rule joins the classes that stand together in one
sentence; the title and the first sentences say what the article is about and weigh more. A negation keeps the
event and turns it; an anniversary or a past year weakens it. Decision: docs/decisions/0006-places.md.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from comtoise.model import Evidence, Match, Part, TopicKind
from comtoise.topics.document import Document
from comtoise.topics.signals import vocabulary
from comtoise.topics.signals.compile import NEGATION, TRAP, SignalRules
from comtoise.topics.signals.context import is_negated, may_deny, newness
from comtoise.topics.signals.facts import Facts, Said, Span, quotes_of
from comtoise.topics.signals.sentences import Sentence, Sentences
from comtoise.topics.signals.slots import slots_of
from comtoise.topics.signals.vocabulary import Rule

ENOUGH: Final = 0.5  #: least score for a signal to be given
REPEATED: Final = 0.25  #: share that a second sentence of the same signal adds
OPENING: Final = 2  #: sentences of the text that still say what the article is about
QUOTED: Final = 3  #: sentences quoted as evidence


@dataclass(frozen=True, slots=True)
class _Found:
    """The surest rule of a signal in one sentence."""

    signal: str
    weight: float
    sentence: Sentence
    facts: Facts
    spans: tuple[Span, ...]
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
    Returns:
        Matches of kind SIGNAL. Their evidence holds the words of the event (« signal », or « negation » when
        they are denied) and those of its date, company and place; amount and jobs carry their own. An event
        only denied is given, turned, when the title or the first sentence says so; else it is no news.
    """
    hits = rules.phrases.scan(document.line)
    if not hits:
        return ()
    sentences = Sentences(document)
    by_sentence = _by_sentence(hits, document.starts, sentences.bounds, rules.classes)
    published = document.article.published or document.article.first_seen
    year = published.year if published is not None else None
    found: dict[str, list[_Found]] = defaultdict(list)
    told: dict[str, float] = {}
    named = bool(companies)
    firms = quotes_of(companies, document.text_start)
    for number, classes in by_sentence.items():
        # With the words that stand in traps, at least the rules that hold without them.
        joining = rules.joining(tuple(classes), named=named)
        if not joining:
            continue
        if not rules.traps.isdisjoint(classes):
            _drop_traps(classes, rules.traps)
            joining = rules.joining(tuple(classes), named=named)
        most = _position(number)
        candidates = [rule for rule in joining if rule.weight * most > told.get(rule.signal, 0.0)]
        if candidates:
            for item in _in_sentence(sentences[number], classes, candidates, firms, year):
                found[item.signal].append(item)
                told[item.signal] = _told(found[item.signal])
    matches = [_match(document, rules, signal, items, companies, places) for signal, items in found.items()]
    return tuple(sorted(filter(None, matches), key=lambda match: (-match.score, match.topic)))


def _by_sentence(
    hits: Iterable[tuple[int, int, int]], starts: Sequence[int], bounds: Sequence[int], classes: Sequence[str]
) -> dict[int, dict[str, list[Span]]]:
    """The hits of each class in each sentence, by its number; one that goes over a sentence's end is left out.

    *hits* come by their last word, so that one walk over the sentences places them all; *starts* are where the words
    start, *bounds* where the sentences do, and the last one ends.
    """
    found: dict[int, dict[str, list[Span]]] = {}
    number, here = -1, dict[str, list[Span]]()
    first = end = 0
    for phrase, start, stop in hits:
        last_word = starts[stop - 1]
        if last_word >= end:
            while last_word >= end:
                number += 1
                end = bounds[number + 1]
            first = bounds[number]
            here = found[number] = {}
        if starts[start] >= first:
            name = classes[phrase]
            if name in here:
                here[name].append((start, stop))
            else:
                here[name] = [(start, stop)]
    return found


# --- one sentence -----------------------------------------------------------------------------------------


def _in_sentence(
    sentence: Sentence,
    classes: dict[str, list[Span]],
    candidates: Iterable[Rule],
    firms: list[Said],
    year: int | None,
) -> Iterable[_Found]:
    """The signals of a sentence: *candidates*, surest first, have all their classes of phrases in it."""
    facts = Facts(sentence, firms)
    lacking = facts.lacking()

    def spans_of(name: str) -> list[Span]:
        found = classes.get(name)
        return facts.spans(name) if found is None else found

    negations = classes.get(NEGATION, ())
    position = _position(sentence.number)
    done: set[str] = set()
    for rule in candidates:
        if rule.signal in done or not lacking.isdisjoint(rule.classes):
            continue
        spans = _together(rule, spans_of)
        if spans is None:
            continue
        done.add(rule.signal)
        negated = any(
            is_negated(sentence, *sentence.folded_span(*span)) or _overlaps_any(span, negations)
            for span in (spans if negations or may_deny(sentence) else ())
        )
        weight = rule.weight * position * newness(sentence, spans[0], year)
        yield _Found(rule.signal, weight, sentence, facts, spans, negated)


def _drop_traps(classes: dict[str, list[Span]], traps: frozenset[str]) -> None:
    """Forget the words that stand inside a trap: « redressement » in « redressement fiscal »."""
    for trap in [name for name in classes if name in traps]:
        trapped = classes.pop(trap)
        name = trap.removeprefix(TRAP)
        if name in classes:
            kept = [(a, b) for a, b in classes[name] if not any(s <= a and b <= e for s, e in trapped)]
            if kept:
                classes[name] = kept
            else:
                del classes[name]


#: « vingt embauches » is at once the hiring and its number.
_SAME_WORDS: Final = frozenset({vocabulary.PEOPLE_HIRED, vocabulary.PEOPLE_CUT})
_ANCHORS: Final = 8  #: occurrences of a rule's first class tried in a sentence


def _together(rule: Rule, spans_of: Callable[[str], list[Span]]) -> tuple[Span, ...] | None:
    """The spans that satisfy the rule closest together, or None."""
    if len(rule.classes) == 1:
        return (min(spans_of(rule.classes[0])[:_ANCHORS], key=_width),)
    others = rule.classes[1:]
    best: list[Span] | None = None
    narrowest = 0
    for anchor in spans_of(rule.classes[0])[:_ANCHORS]:
        first, last = anchor
        room = rule.window + last - first
        spans = [anchor]
        for name in others:
            span = _nearest(spans_of(name), anchor, overlapping=name in _SAME_WORDS)
            if span is None:
                break
            start, stop = span
            spans.append(span)
            room += stop - start
            first, last = min(first, start), max(last, stop)
        else:
            if last - first <= room and (best is None or last - first < narrowest):
                best, narrowest = spans, last - first
    return tuple(best) if best else None


def _nearest(spans: list[Span], anchor: Span, *, overlapping: bool) -> Span | None:
    """The first of *spans* with the fewest words between it and *anchor*; those that overlap it only if asked."""
    nearest, least = None, 0
    anchor_start, anchor_stop = anchor
    for span in spans:
        start, stop = span
        distance = max(start - anchor_stop, anchor_start - stop)
        if distance < 0:
            if not overlapping:
                continue
            distance = 0
        if nearest is None or distance < least:
            nearest, least = span, distance
    return nearest


def _width(span: Span) -> int:
    return span[1] - span[0]


def _overlaps_any(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < stop and start < span[1] for start, stop in others)


def _position(number: int) -> float:
    """What the sentence of that number makes of a weight, at most."""
    if number == 0:
        return 1.1
    return 1.0 if number <= OPENING else 0.85


def _told(items: list[_Found]) -> float:
    """The weight that another sentence of a signal must exceed to change anything; 0 when any would.

    Once the score is full and the sentences quoted are chosen, none of them denied, a weaker one is not looked at:
    a long article that repeats one event costs little more than a short one.
    """
    if len(items) < QUOTED:
        return 0.0
    ranked = sorted(items, key=lambda item: -item.weight)
    quoted = ranked[:QUOTED]
    if any(item.negated for item in quoted) or _score(ranked, ranked[0]) < 1.0:
        return 0.0
    return quoted[-1].weight


def _score(ranked: list[_Found], lead: _Found) -> float:
    return min(lead.weight + REPEATED * sum(item.weight for item in ranked if item is not lead), 1.0)


# --- the article ------------------------------------------------------------------------------------------


def _match(
    document: Document,
    rules: SignalRules,
    signal: str,
    items: list[_Found],
    companies: tuple[Match, ...],
    places: tuple[Match, ...],
) -> Match | None:
    ranked = sorted(items, key=lambda item: -item.weight)
    affirmed = [item for item in ranked if not item.negated]
    lead = (affirmed or ranked)[0]
    if not affirmed and lead.sentence.number > OPENING:
        # « aucune embauche n'est prévue », « faute de repreneur », in passing: it is not the news.
        return None
    score = _score(ranked, lead)
    if score < ENOUGH:
        return None
    words = [
        document.evidence_at(
            *item.sentence.raw_span(*span), "negation" if item.negated else "signal", round(item.weight, 2)
        )
        for item in ranked[:QUOTED]
        for span in item.spans
    ]
    slots, said = slots_of(
        signal,
        lead.sentence,
        lead.facts,
        lead.spans,
        negated=not affirmed,
        polarity=rules.polarities.get(signal, "neutral"),
        companies=companies,
        places=places,
        document=document,
    )
    return Match(
        kind=TopicKind.SIGNAL,
        topic=signal,
        score=round(score, 3),
        evidence=(*_distinct(words), *said),
        label=rules.labels.get(signal, signal),
        slots=slots,
    )


def _distinct(evidence: Iterable[Evidence]) -> Iterable[Evidence]:
    """Each quoted place once, in order."""
    quoted: dict[tuple[Part, int, int], Evidence] = {}
    for item in evidence:
        quoted.setdefault((item.part, item.start, item.end), item)
    return quoted.values()
