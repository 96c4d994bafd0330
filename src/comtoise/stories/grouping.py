"""Decide, when an article arrives, which story it belongs to.

Pure and online: the same article, candidates and moment give the same decision, and nothing decided before is
changed. The candidates are the stories that share a key with the article (`candidate_keys`).
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from operator import itemgetter
from typing import TypeVar

from comtoise.stories.because import explain
from comtoise.stories.corpus import WordStats
from comtoise.stories.evidence import Comparison, Scales
from comtoise.stories.features import Features
from comtoise.stories.periods import Period

Key = TypeVar("Key", int, str)  #: of an index: a number in the store, letters in memory
Id = TypeVar("Id", int, str)

KEYS_MAX = 60
HITS = 1_000  #: articles of the window looked up by key
SHORTLIST = 20  #: stories an article is compared with
WINDOW_DAYS = 14  #: stories are looked for among articles published this many days before or after
SAGA_DAYS = 400  #: an affair goes on when the same company is told of again within this many days


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that might be joined."""

    story_id: str
    articles: tuple[Features, ...]  #: the lead first
    saga: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Where an article belongs."""

    story_id: str | None  #: the story it joins; None: it begins one
    because: str | None  #: why it joins, a French sentence
    saga: str | None  #: the affair: that of the story, or the id of the story it follows


def group(
    article: Features,
    candidates: Iterable[Candidate],
    now: datetime,
    corpus: WordStats,
    *,
    apart: Collection[str] = (),
    separated: Collection[tuple[str, str]] = (),
) -> Decision:
    """Decide for *article*, which arrived at *now*.

    *apart* names the stories a person separated this article from: they are never joined again. *separated*
    names pairs of stories that a person told apart: of the two, only the one more like the article can be
    joined, so that a retelling of what was taken out of a story does not come back to it. The order of
    *candidates* does not matter.
    """
    article = _believed(article, now)
    scales = Scales(article, corpus)
    told_apart = {story_id for pair in separated for story_id in pair}
    compared = [
        (candidate, _most_alike(scales, candidate.articles, weigh_all=candidate.story_id in told_apart))
        for candidate in candidates
        if candidate.articles
    ]
    likeness = {
        candidate.story_id: found.comparison.points for candidate, found in compared if found.comparison
    }
    refused = {*apart, *_less_like(likeness, separated)}
    best: tuple[float, str] | None = None
    chosen: tuple[Candidate, Comparison, Features] | None = None
    sagas: list[tuple[int, str, str]] = []
    for candidate, found in compared:
        joins = found.surplus >= 0 and candidate.story_id not in refused
        if joins and found.comparison and (best is None or (-found.surplus, candidate.story_id) < best):
            best, chosen = (-found.surplus, candidate.story_id), (candidate, found.comparison, found.member)
        gap = (
            article.period.gap(found.member.period)
            if article.period and found.member.period
            else SAGA_DAYS + 1
        )
        if not joins and gap <= SAGA_DAYS and scales.is_same_affair(found.member):
            sagas.append((gap, candidate.story_id, candidate.saga or candidate.story_id))
    if chosen is not None:
        candidate, comparison, member = chosen
        return Decision(
            story_id=candidate.story_id, because=explain(comparison, article, member), saga=candidate.saga
        )
    return Decision(story_id=None, because=None, saga=min(sagas)[2] if sagas else None)


def _less_like(likeness: Mapping[str, float], separated: Iterable[tuple[str, str]]) -> set[str]:
    """Of each pair of stories told apart, the one less like the article; neither when they are equally so."""
    pairs = [pair for pair in separated if pair[0] in likeness and pair[1] in likeness]
    return {min(pair, key=likeness.__getitem__) for pair in pairs if likeness[pair[0]] != likeness[pair[1]]}


def _believed(article: Features, now: datetime) -> Features:
    """The article with its date, or that of its arrival when it claims to come from the future."""
    today = Period.of(now)
    if article.period is None or article.period.first <= today.last + 1:
        return article
    return replace(article, period=today)


@dataclass(frozen=True, slots=True)
class _Alike:
    """The article of a story that is most like a new one."""

    member: Features
    surplus: float  #: points above the bar; minus infinity when the story cannot be joined
    comparison: Comparison | None  #: None when a few facts told that it cannot


def _most_alike(scales: Scales, members: Sequence[Features], *, weigh_all: bool) -> _Alike:
    """The member most like the article. Contradicting most of them forbids.

    With *weigh_all* the points of a story that cannot be joined are known too.
    """
    if len(members) == 1 and not weigh_all:
        # Most stories have one article: when it cannot be joined, how alike the words are does not matter.
        (member,) = members
        if scales.is_too_far(member) or scales.contradiction(member):
            return _Alike(member, -math.inf, None)
    alike: list[tuple[float, float, _Alike]] = []
    refused = 0
    for member in members:
        contradicts = scales.contradiction(member) is not None
        found = scales.weigh(member)
        surplus = -math.inf if contradicts else found.points - scales.bar(member, found)
        refused += contradicts
        alike.append((surplus, found.points, _Alike(member, surplus, found)))
    best = max(alike, key=itemgetter(0, 1))[2]
    return replace(best, surplus=-math.inf) if 2 * refused > len(members) else best


def candidate_keys(article: Features) -> tuple[str, ...]:
    """The keys under which the stories of *article* are looked for; at most 60, of at most 80 characters.

    Two articles about one event share one at least: a company, a copied text, a rare name, two names, a place
    and a kind of event, a figure, or the title.
    """
    keys = [f"band:{number}:{band:x}" for number, band in enumerate(article.print.bands)]
    keys.append(f"mask:{_short(article.mask)}")
    keys += [f"who:{_short(subject)}" for subject in (*article.subjects, *article.others)[:10]]
    titled = [name for name in article.names if name in article.title]
    keys += [f"name:{_short(name)}" for name in titled[:8]]
    rest = sorted(
        (name for name in article.names if name not in article.title), key=lambda name: (-len(name), name)
    )
    keys += [f"name:{_short(name)}" for name in rest[:8]]
    keys += [f"what:{place}:{signal}" for place in article.communes[:3] for signal in article.signals[:3]]
    keys += [f"figure:{_short(number)}" for number in article.numbers if len(number) > 3][:8]
    return tuple(dict.fromkeys(keys))[:KEYS_MAX]


def key_number(key: str) -> int:
    """A key as a signed 64-bit number: eight bytes in an index instead of its letters."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little", signed=True)


def telling_keys(counts: Mapping[int, int], limit: int = HITS) -> list[int]:
    """Of the keys of an article, the rare ones: those with the fewest articles, until these are *limit*.

    *counts* gives, by key number, how many articles of the window have it. A famous company's key leads to
    half a month of news: when the others are enough to find the story, it is not followed. The rarest key
    always is.
    """
    chosen: list[int] = []
    total = 0
    for key in sorted(counts, key=lambda key: (counts[key], key)):
        total += counts[key]
        if chosen and total > limit:
            break
        chosen.append(key)
    return chosen


def shortlist(hits: Iterable[tuple[Key, Id]], limit: int = SHORTLIST) -> list[Id]:
    """The stories worth looking at, best first, among those found by key: pairs of a key and a story's id.

    A key speaks by its rarity: one that leads to a hundred stories of the window says little of each. Equal
    stories are taken by the letters of their id, so that the answer does not depend on the order of *hits*.
    """
    stories: dict[Key, set[Id]] = defaultdict(set)
    for key, story in hits:
        stories[key].add(story)
    weights: dict[Id, float] = defaultdict(float)
    for key in sorted(stories):  # sums of floats depend on their order
        share = 1 / len(stories[key])
        for story in stories[key]:
            weights[story] += share
    last = sorted(weights.values(), reverse=True)[:limit][-1:]  # hundreds are found: only the best are ranked
    best = [story for story, weight in weights.items() if weight >= last[0]]
    return sorted(best, key=lambda story: (-weights[story], str(story)))[:limit]


def saga_keys(article: Features) -> tuple[str, ...]:
    """The keys among `candidate_keys` under which earlier stages of an affair are looked for; at most 6.

    They are few because the search goes back `SAGA_DAYS`. Empty when the article tells of no business event.
    """
    if not (article.signals or article.stages):
        return ()
    return tuple(f"who:{_short(subject)}" for subject in article.subjects[:6])


def _short(text: str) -> str:
    return text if len(text) <= 40 else blake2b(text.encode(), digest_size=12).hexdigest()
