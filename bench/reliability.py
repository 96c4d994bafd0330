"""Do scores mean what they say? Predicted against observed, on the open news cases.

    python bench/reliability.py [--folder ../shared/eval] [--write docs/calibration.md]

For each kind of topic: of those scored in a band, the share that the annotators gave, with its 95 % interval; for the
engine's own scores, and for the packaged calibration. A calibration fitted on what it is measured on would flatter
itself, so the *held out* line refits it five times, on four folds, and measures on the fifth; the articles of one
affair (`saga`) are always in one fold. With --write, the tables and the plot of a page are replaced.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ablation import article_of, folds, read_rows
from tables import asked, put

from comtoise.knowledge import load
from comtoise.model import TopicKind
from comtoise.topics import compile_rules
from comtoise.topics.calibration import apply, fit, packaged
from comtoise.topics.understand import decide
from comtoise.topics.usage import wilson

FIELDS = {
    TopicKind.SECTOR: "sectors",
    TopicKind.CLUSTER: "clusters",
    TopicKind.DEPARTEMENT: "departements",
    TopicKind.SIGNAL: "signals",
}
BANDS = 10
GAIN = 0.01  #: least fall of the error, out of fold, that is worth a table


@dataclass(frozen=True)
class Outcome:
    """A topic scored, and whether the annotators gave it."""

    fold: int
    raw: float  #: the engine's own score
    right: bool


@dataclass(frozen=True)
class Band:
    """The outcomes of one band of scores."""

    count: int
    predicted: float  #: mean score
    observed: float  #: share that is right
    low: float
    high: float


def collect(folder: Path) -> dict[TopicKind, list[Outcome]]:
    """Every topic given or nearly given, with the engine's own score; optional labels count neither way."""
    rules = compile_rules(load())
    outcomes: dict[TopicKind, list[Outcome]] = {kind: [] for kind in FIELDS}
    for fold, part in enumerate(folds(read_rows(folder))):
        for row in part:
            found = decide(article_of(row), rules)
            for match in (*found.matches, *found.near_misses):
                labels = row.get(FIELDS.get(match.kind, ""))
                if labels is None:
                    continue
                given = match.topic in labels
                if given or match.topic not in (row.get(f"{FIELDS[match.kind]}_optional") or ()):
                    outcomes[match.kind].append(Outcome(fold, match.score, given))
    return outcomes


Scored = list[tuple[float, bool]]  #: score, right


def raw(outcomes: Sequence[Outcome]) -> Scored:
    """By the engine's own scores."""
    return [(o.raw, o.right) for o in outcomes]


def as_packaged(kind: TopicKind, outcomes: Sequence[Outcome]) -> Scored:
    """By the scores that readers see."""
    table = packaged().get(kind)
    return [(apply(table, o.raw) if table else o.raw, o.right) for o in outcomes]


def held_out(outcomes: Sequence[Outcome]) -> Scored:
    """By a calibration that has not seen the fold it is applied to."""
    scored: Scored = []
    for fold in sorted({o.fold for o in outcomes}):
        table = fit((o.raw, o.right) for o in outcomes if o.fold != fold)
        scored += [(apply(table, o.raw), o.right) for o in outcomes if o.fold == fold]
    return scored


def worth_a_table(outcomes: Sequence[Outcome]) -> bool:
    """Whether a calibration makes scores mean more, out of fold, by both measures."""
    if not outcomes:
        return False
    before, after = raw(outcomes), held_out(outcomes)
    return error(before) - error(after) >= GAIN and brier(after) < brier(before)


def bands(scored: Scored) -> list[Band]:
    """The outcomes by tenth of the score; empty bands are left out."""
    groups: dict[int, Scored] = defaultdict(list)
    for score, right in scored:
        groups[min(int(score * BANDS), BANDS - 1)].append((score, right))
    found = []
    for _, group in sorted(groups.items()):
        hits = sum(right for _, right in group)
        predicted = sum(score for score, _ in group) / len(group)
        found.append(Band(len(group), predicted, hits / len(group), *wilson(hits, len(group))))
    return found


def error(scored: Scored) -> float:
    """The expected calibration error: how far the score of a band is from its share, on average."""
    return sum(band.count * abs(band.predicted - band.observed) for band in bands(scored)) / len(scored)


def brier(scored: Scored) -> float:
    """The mean square of score minus outcome: lower is better; it also rewards telling right from wrong."""
    return sum((score - right) ** 2 for score, right in scored) / len(scored)


# --- the page ---------------------------------------------------------------------------------------------

_NAMES = {
    TopicKind.SECTOR: "sectors",
    TopicKind.CLUSTER: "clusters",
    TopicKind.DEPARTEMENT: "départements",
    TopicKind.SIGNAL: "signals",
}


def tables(outcomes: dict[TopicKind, list[Outcome]]) -> Iterator[str]:
    """The lines of the page's tables."""
    yield "| | outcomes | error: own score | held out | as shown | Brier: own score | held out | as shown |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for kind, found in outcomes.items():
        three = (raw(found), held_out(found), as_packaged(kind, found))
        errors = " | ".join(f"{error(scored):.3f}" for scored in three)
        briers = " | ".join(f"{brier(scored):.3f}" for scored in three)
        yield f"| {_NAMES[kind]} | {len(found)} | {errors} | {briers} |"
    for kind, found in outcomes.items():
        yield from ("", f"{_NAMES[kind].capitalize()}, score as shown:", "")
        yield "| mean score | observed | 95 % interval | outcomes |"
        yield "|---:|---:|---:|---:|"
        for band in bands(as_packaged(kind, found)):
            yield (
                f"| {band.predicted:.2f} | {band.observed:.2f} | {band.low:.2f} to {band.high:.2f} "
                f"| {band.count} |"
            )


_SIDE, _MARGIN = 220, 42  #: pixels of a panel, and around it
_INK, _MUTED, _BRASS = "#1f2430", "#8a8d94", "#8a5414"


def plot(outcomes: dict[TopicKind, list[Outcome]]) -> str:
    """One panel for each kind: score across, share that is right upwards; hollow for the engine's own scores."""
    width, height = len(outcomes) * (_SIDE + _MARGIN) + _MARGIN, _SIDE + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}">',
        "<title>Reliability of scores: predicted across, observed upwards</title>",
        f'<rect width="{width}" height="{height}" fill="#fffcf6"/>',
    ]
    for number, (kind, found) in enumerate(outcomes.items()):
        left = _MARGIN + number * (_SIDE + _MARGIN)
        parts += _panel(left, _NAMES[kind], bands(raw(found)), bands(as_packaged(kind, found)))
    return "\n".join([*parts, "</svg>", ""])


def _panel(left: int, name: str, own: Sequence[Band], shown: Sequence[Band]) -> Iterator[str]:
    def x(value: float) -> str:
        return f"{left + value * _SIDE:.1f}"

    def y(value: float) -> str:
        return f"{_MARGIN + (1 - value) * _SIDE:.1f}"

    yield f'<text x="{left}" y="{_MARGIN - 12}" font-weight="bold">{name}</text>'
    yield (
        f'<rect x="{left}" y="{_MARGIN}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="{_MUTED}"/>'
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="{_MUTED}" stroke-dasharray="4 4"/>'
    )
    for tick in (0, 0.5, 1):
        yield f'<text x="{x(tick)}" y="{_MARGIN + _SIDE + 16}" text-anchor="middle">{tick:g}</text>'
        yield f'<text x="{left - 6}" y="{float(y(tick)) + 4:.1f}" text-anchor="end">{tick:g}</text>'
    for band in own:
        yield (
            f'<circle cx="{x(band.predicted)}" cy="{y(band.observed)}" r="4" fill="none" stroke="{_MUTED}"/>'
        )
    for band in shown:
        yield (
            f'<line x1="{x(band.predicted)}" y1="{y(band.low)}" x2="{x(band.predicted)}" y2="{y(band.high)}" '
            f'stroke="{_BRASS}"/>'
            f'<circle cx="{x(band.predicted)}" cy="{y(band.observed)}" r="4" fill="{_BRASS}">'
            f"<title>{band.count}</title></circle>"
        )


def main() -> None:
    """Print the tables, or write them and the plot."""
    options = asked(__doc__)
    outcomes = collect(options.folder)
    text = "\n".join(tables(outcomes))
    if options.write:
        put(options.write, text)
        (options.write.parent / "images" / "reliability.svg").write_text(plot(outcomes), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
