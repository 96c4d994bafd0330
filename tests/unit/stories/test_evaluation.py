"""The bars of accuracy, on the open evaluation cases where they are at hand."""

import json
import os
import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from comtoise.knowledge.load import load
from comtoise.model import Article
from comtoise.stories import Period, Told, tell
from comtoise.topics import compile_rules, understand

EVAL = Path(os.environ.get("COMTOISE_EVAL", Path(__file__).parents[3] / "../shared/eval"))
pytestmark = pytest.mark.skipif(not EVAL.exists(), reason="the evaluation folder is not here")


def rows() -> list[dict[str, Any]]:
    lines = (EVAL / "news_dev.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def given() -> list[Told]:
    rules = compile_rules(load())
    return [
        Told(
            article=(article := Article(id=row["id"], url=row["url"], title=row["title"], text=row["text"])),
            understanding=understand(article, rules),
            period=Period.parse(row["published"]),
        )
        for row in rows()
    ]


def b_cubed(expected: Sequence[str], stories: Sequence[str]) -> tuple[float, float]:
    """Precision and recall, the mean over articles of how well each one's story fits its event."""
    events, told = defaultdict(set), defaultdict(set)
    for number, (event, story) in enumerate(zip(expected, stories, strict=True)):
        events[event].add(number)
        told[story].add(number)
    both = [(events[event], told[story]) for event, story in zip(expected, stories, strict=True)]
    precision = sum(len(event & story) / len(story) for event, story in both) / len(both)
    recall = sum(len(event & story) / len(event) for event, story in both) / len(both)
    return precision, recall


def test_stories_are_the_events_that_annotators_saw(given: list[Told]) -> None:
    news = rows()
    expected = [row["event"] or row["id"] for row in news]
    stories = [placed.story for placed in tell(given)]
    precision, recall = b_cubed(expected, stories)
    assert precision >= 0.97
    assert recall >= 0.90
    sagas = [
        stories[one] == stories[other]
        for one, other in combinations(range(len(news)), 2)
        if news[one]["saga"] is not None
        and news[one]["saga"] == news[other]["saga"]
        and expected[one] != expected[other]
    ]
    assert sum(sagas) <= 0.05 * len(sagas)


def test_the_order_of_the_file_does_not_count(given: list[Told]) -> None:
    expected = {placed.article_id: placed.story for placed in tell(given)}
    shuffler = random.Random(11)  # fixed: the same ten orders each time
    for _ in range(10):
        shuffled = shuffler.sample(given, len(given))
        assert {placed.article_id: placed.story for placed in tell(shuffled)} == expected
