"""What each part of the engine is worth on the open news cases, against naive baselines.

    python bench/ablation.py [--folder ../shared/eval] [--write docs/ablation.md]

Each line takes one part away from the whole engine; the baselines are what an ordinary keyword tool does with the
same words. The five-fold line chooses the engine's four main weights on four folds and measures on the fifth; the
articles of one affair (`saga`) are always in one fold.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tables import asked, put

from comtoise.knowledge import Knowledge, load
from comtoise.model import Article, TopicKind
from comtoise.text import keywords
from comtoise.text.fold import spaced
from comtoise.text.phrases import Phrases
from comtoise.topics import (
    Report,
    Rules,
    compile_rules,
    evaluate,
    lexicon,
    rules,
    sectors,
    understand,
)
from comtoise.topics.document import Document

FOLDS = 5

Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    name: str
    report: Report

    def __str__(self) -> str:
        sector = self.report.fields["sectors"]
        return (
            f"| {self.name} | {sector.precision:.3f} | {sector.recall:.3f} | {sector.f1:.3f} "
            f"| {self.report.noise_rate:.1%} | {self.report.loss_rate:.1%} |"
        )


def read_rows(folder: Path) -> list[Row]:
    """The labelled articles."""
    return [json.loads(line) for line in (folder / "news_dev.jsonl").read_text(encoding="utf-8").splitlines()]


def article_of(row: Row) -> Article:
    """A line as an article."""
    return Article(
        id=row["id"], url=row["url"], title=row["title"], text=row["text"], language=row["language"]
    )


def engine(rows: Sequence[Row], compiled: Rules) -> list[Row]:
    """The engine's answers."""
    answers = []
    for row in rows:
        found = understand(article_of(row), compiled)
        given = [match.topic for match in found.of(TopicKind.SECTOR)]
        answers.append({"id": row["id"], "sectors": given, "worth": found.worth})
    return answers


def whole_words(rows: Sequence[Row], words_of: dict[str, Sequence[str]]) -> list[Row]:
    """The naive way: a sector is given when one of its words stands anywhere, case and accents apart."""
    owners = [sector for sector, words in words_of.items() for _ in words]
    phrases = Phrases(word for words in words_of.values() for word in words)
    answers = []
    for row in rows:
        words = spaced(f"{row['title']}\n{row['text']}").split()
        answers.append(
            {"id": row["id"], "sectors": sorted({owners[hit.phrase] for hit in phrases.find(words)})}
        )
    return answers


def baselines(rows: Sequence[Row], knowledge: Knowledge) -> Iterator[Line]:
    """Three ordinary keyword tools."""
    names: dict[str, Sequence[str]] = {
        card.id: [part.strip() for part in card.label.replace(":", ",").replace(" et ", ",").split(",")]
        for card in knowledge.sectors
    }
    every: dict[str, Sequence[str]] = {card.id: (*card.strong, *card.weak) for card in knowledge.sectors}
    firms: dict[str, list[str]] = defaultdict(list)
    for company in knowledge.companies:
        firms[company.sector].append(company.name)
    strong: dict[str, Sequence[str]] = {
        card.id: (*card.strong, *firms[card.id]) for card in knowledge.sectors
    }
    for name, words in (
        ("naive: names of sectors", names),
        ("naive: strong and weak words", every),
        ("naive: strong words and companies", strong),
    ):
        yield Line(name, evaluate(rows, whole_words(rows, words)))


@contextmanager
def without_inflection() -> Iterator[None]:
    """Only the written form of each keyword."""

    def written(phrase: str, *, inflect: bool = True) -> tuple[str, ...]:  # noqa: ARG001 (the signature replaced)
        words = " ".join(spaced(phrase).split())
        return (words,) if words else ()

    with patch.object(keywords, "phrase_forms", written), patch.object(rules, "phrase_forms", written):
        yield


@contextmanager
def without_trades(*fields: str) -> Iterator[None]:
    """Without some tables of the lexicon, all when none is named."""
    kept = {
        name: replace(trade, **dict.fromkeys(fields, ())) if fields else lexicon.Trade()
        for name, trade in lexicon.TRADES.items()
    }
    with patch.object(lexicon, "TRADES", kept):
        yield


@contextmanager
def without_masks() -> Iterator[None]:
    """False friends count."""
    with without_trades("masks"), patch.object(lexicon, "MASKS", ()):
        yield


def variants(knowledge: Knowledge) -> Iterator[tuple[str, Knowledge, Callable[[], ExitStack]]]:
    """What is taken away, and how."""

    def under(*contexts: Callable[[], Any]) -> Callable[[], ExitStack]:
        def enter() -> ExitStack:
            stack = ExitStack()
            for context in contexts:
                stack.enter_context(context())
            return stack

        return enter

    unmasked = replace(
        knowledge,
        sectors=tuple(replace(card, exclusions=()) for card in knowledge.sectors),
        global_masks=(),
    )
    nameless = replace(knowledge, companies=())
    yield "engine", knowledge, under()
    yield "without inflection", knowledge, under(without_inflection)
    yield "without masks", unmasked, under(without_masks)
    yield (
        "without context: a weak word is strong",
        knowledge,
        under(lambda: patch.dict(sectors.WEIGHTS, {"weak": 1.0, "alone": 1.0})),
    )
    yield (
        "without weak words",
        knowledge,
        under(lambda: patch.dict(sectors.WEIGHTS, {"weak": 0.0, "alone": 0.0})),
    )
    yield "without companies", nameless, under(lambda: without_trades("firms"))
    yield "without the firms of the lexicon", knowledge, under(lambda: without_trades("firms"))
    yield "without products", knowledge, under(lambda: without_trades("products"))
    yield "without the lexicon", knowledge, under(without_trades)
    yield (
        "without place: title and text alike",
        knowledge,
        under(lambda: patch.dict(sectors.PLACES, dict.fromkeys(sectors.PLACES, 1.0))),
    )
    yield (
        "without lists and markets",
        knowledge,
        under(lambda: patch.object(sectors, "LISTED", 1.0), lambda: patch.object(sectors, "PASSING", 1.0)),
    )
    yield (
        "without telling other news apart",
        knowledge,
        under(lambda: patch.object(lexicon, "OTHER_NEWS", {})),
    )


def folds(rows: Sequence[Row]) -> list[list[Row]]:
    """Five parts of about the same size, no affair in two of them; the same at each run."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["saga"] or row["id"]].append(row)
    parts: list[list[Row]] = [[] for _ in range(FOLDS)]
    for _, group in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        min(parts, key=len).extend(group)
    return parts


def five_fold(rows: Sequence[Row], compiled: Rules) -> Line:
    """Weights chosen on four folds, measured on the fifth."""
    grid = [
        dict(zip(("first", "lead", "weak", "bar"), values, strict=True))
        for values in product((0.85, 0.95, 1.0), (0.7, 0.8, 0.9), (0.25, 0.35, 0.45), (0.9, 1.0, 1.1))
    ]
    answers: list[list[Row]] = []
    for weights in grid:
        with (
            patch.dict(sectors.PLACES, {"first": weights["first"], "lead": weights["lead"]}),
            patch.dict(sectors.WEIGHTS, {"weak": weights["weak"]}),
            patch.object(sectors, "BAR", weights["bar"]),
        ):
            answers.append(sectors_only(rows, compiled))
    held_out: list[Row] = []
    parts = folds(rows)
    for part in parts:
        ids = {row["id"] for row in part}
        others = [row for row in rows if row["id"] not in ids]
        best = max(answers, key=lambda given: evaluate(others, given).fields["sectors"].f1)
        held_out.extend(answer for answer in best if answer["id"] in ids)
    return Line("engine, weights chosen in five folds", evaluate(rows, held_out))


def sectors_only(rows: Sequence[Row], compiled: Rules) -> list[Row]:
    """The sectors without the rest, for speed."""
    from comtoise.topics.understand import read_topics

    return [
        {
            "id": row["id"],
            "sectors": [match.topic for match in read_topics(Document(article_of(row)), compiled).sectors],
        }
        for row in rows
    ]


def main() -> None:
    """Print the tables, or write them between the marks of a page."""
    options = asked(__doc__)
    rows = read_rows(options.folder)
    knowledge = load()
    lines = [Line(name, evaluate(rows, whole)) for name, whole in _run(rows, knowledge)]
    whole_rules = compile_rules(knowledge)
    lines.insert(1, five_fold(rows, whole_rules))
    lines.extend(baselines(rows, knowledge))
    table = [
        "| | precision | recall | F1 | noise let through | news lost |",
        "|---|---:|---:|---:|---:|---:|",
        *map(str, lines),
    ]
    text = "\n".join(table)
    if options.write:
        put(options.write, text)
    print(text)


def _run(rows: Sequence[Row], knowledge: Knowledge) -> Iterator[tuple[str, list[Row]]]:
    for name, known, context in variants(knowledge):
        with context():
            yield name, engine(rows, compile_rules(known))


if __name__ == "__main__":
    main()
