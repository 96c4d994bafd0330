"""Make a score mean something: of the topics given with a score of 0.8, about four in five should be right.

The engine's own score is a scale on which the bar is one half; how often it is right is another matter, measured on
labelled news. A table of a few points leads from one to the other. It never changes an order nor a decision: it always
rises, and what is under the bar stays under one half.

The packaged table is made by ``scripts/make_calibration.py`` and checked by ``bench/reliability.py``.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

from comtoise.knowledge.load import read_text
from comtoise.model import Match, TopicKind

BAR: Final = 0.5
NEVER_ABOVE: Final = 0.49  #: what the surest refused topic is shown as, at most
LEAST: Final = 12  #: outcomes behind a point of a table
MOST_POINTS: Final = 5  #: on either side of the bar
SLOPE: Final = 0.05  #: beyond the last point: hardly more sure, but still in order

Point = tuple[float, float]  #: score, share that is right


@dataclass(frozen=True, slots=True)
class Table:
    """Points under the bar and from the bar on, each by rising score."""

    below: tuple[Point, ...] = ()
    above: tuple[Point, ...] = ()


def calibrated(match: Match) -> Match:
    """The match with its score made into a share of right answers, by the packaged table of its kind."""
    score = _share_of(match.kind, match.score)
    if score == match.score:
        return match
    return Match(
        kind=match.kind,
        topic=match.topic,
        score=score,
        evidence=match.evidence,
        label=match.label,
        slots=match.slots,
    )


@lru_cache(maxsize=4096)
def _share_of(kind: TopicKind, score: float) -> float:
    """Scores have three decimals: few of them are ever met."""
    table = packaged().get(kind)
    return score if table is None else round(apply(table, score), 5)


@cache
def packaged() -> Mapping[TopicKind, Table]:
    """The tables of the package; a kind without one has scores that are right as they are."""
    tables = json.loads(read_text("calibration.json"))["tables"]
    return {
        TopicKind(kind): Table(*(tuple((x, y) for x, y in table[side]) for side in ("below", "above")))
        for kind, table in tables.items()
    }


def apply(table: Table, score: float) -> float:
    """The share for a score: straight lines between points, hardly rising beyond the last ones."""
    if score >= BAR:
        return max(_between(table.above, score), BAR) if table.above else score
    return min(_between(table.below, score), NEVER_ABOVE) if table.below else score


def _between(points: Sequence[Point], score: float) -> float:
    index = bisect_right(points, score, key=lambda point: point[0])
    if index in (0, len(points)):
        x, y = points[0] if index == 0 else points[-1]
        return y + SLOPE * (score - x)
    (left, low), (right, high) = points[index - 1], points[index]
    return low + (high - low) * (score - left) / (right - left)


def fit(outcomes: Iterable[tuple[float, bool]]) -> Table:
    """The table of scores and whether each was right.

    Scores are put into equal groups, at least `LEAST` outcomes each; a group's share is drawn a little to one half,
    as (right + 1) / (all + 2), so that few outcomes claim no certainty; neighbours that would fall are joined
    (pool adjacent violators). Under `LEAST` outcomes, a side has no points.
    """
    ranked = sorted(outcomes)
    below = [outcome for outcome in ranked if outcome[0] < BAR]
    above = [outcome for outcome in ranked if outcome[0] >= BAR]
    return Table(below=_points(below), above=_points(above))


def _points(outcomes: Sequence[tuple[float, bool]]) -> tuple[Point, ...]:
    groups = min(len(outcomes) // LEAST, MOST_POINTS)
    # Each block: outcomes, sum of scores, right.
    blocks: list[tuple[int, float, int]] = []
    for _, group in groupby(enumerate(outcomes), key=lambda item: item[0] * groups // len(outcomes)):
        members = [outcome for _, outcome in group]
        blocks.append((len(members), sum(s for s, _ in members), sum(right for _, right in members)))
        while len(blocks) > 1 and _share(blocks[-2]) >= _share(blocks[-1]):
            last, before = blocks.pop(), blocks.pop()
            blocks.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    if not groups:
        return ()
    return tuple(
        (round(total / count, 3), round(_share((count, total, right)), 3)) for count, total, right in blocks
    )


def _share(block: tuple[int, float, int]) -> float:
    count, _, right = block
    return (right + 1) / (count + 2)
