"""The open evaluation cases, where they are at hand: the bars of the project."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from comtoise.model import Article, TopicKind
from comtoise.topics import Report, Rules, evaluate, understand

FOLDER = Path(os.environ.get("COMTOISE_EVAL", Path(__file__).resolve().parents[4] / "shared" / "eval"))
NEWS = FOLDER / "news_dev.jsonl"
FIELDS = {
    "sectors": TopicKind.SECTOR,
    "clusters": TopicKind.CLUSTER,
    "departements": TopicKind.DEPARTEMENT,
    "signals": TopicKind.SIGNAL,
}

pytestmark = pytest.mark.skipif(not NEWS.is_file(), reason=f"the open evaluation cases are not in {FOLDER}")


@pytest.fixture(scope="module")
def report(rules: Rules) -> Report:
    labelled: list[dict[str, Any]] = [
        json.loads(line) for line in NEWS.read_text(encoding="utf-8").splitlines()
    ]
    answers = []
    for row in labelled:
        article = Article(
            id=row["id"], url=row["url"], title=row["title"], text=row["text"], language=row["language"]
        )
        found = understand(article, rules)
        answers.append(
            {"id": row["id"], "worth": found.worth}
            | {field: [match.topic for match in found.of(kind)] for field, kind in FIELDS.items()}
        )
    return evaluate(labelled, answers)


@pytest.mark.parametrize(
    ("field", "measure", "bar"),
    [
        ("sectors", "f1", 0.93),
        ("sectors", "precision", 0.93),
        ("clusters", "f1", 0.93),
        ("departements", "f1", 0.88),
        ("signals", "f1", 0.80),
    ],
)
def test_the_bar_is_held(report: Report, field: str, measure: str, bar: float) -> None:
    assert asdict(report.fields[field])[measure] >= bar


def test_little_noise_passes_and_little_news_is_lost(report: Report) -> None:
    assert report.noise_rate <= 0.03
    assert report.loss_rate <= 0.04
