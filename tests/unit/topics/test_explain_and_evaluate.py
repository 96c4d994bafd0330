"""Reasons in French, and measures against labels."""

from collections.abc import Callable
from typing import Any

import pytest

from comtoise.model import Understanding
from comtoise.topics import evaluate, explain, render_report

Read = Callable[..., Understanding]


def test_a_line_says_why(read: Read) -> None:
    lines = explain(
        read("Besançon : Micronora expose le décolletage", "L'usine Cryla y montrera ses machines.")
    )
    first = lines[0]
    assert first.startswith("Microtechniques et mécanique de précision : ")
    assert "*décolletage* (titre)" in first
    assert any(line.startswith("département Doubs (25) : *Besançon* (titre)") for line in lines)
    assert any(line.startswith("entreprise Cryla : *Cryla* (entreprise connue)") for line in lines)


def test_a_line_says_why_not(read: Read) -> None:
    lines = explain(read("Le tri au marché", "Le maire montre que le plastique se trie."))
    assert lines[0] == "aucune filière"
    assert "intérêt : bruit (aucune filière)" in lines
    assert any(line.startswith("mis de côté, faux amis : ") and "montre que" in line for line in lines)


def test_near_misses_tell_their_score(read: Read) -> None:
    lines = explain(
        read(
            "Un forum des métiers à Dole",
            "La ville reçoit des entreprises. On y parlera de plasturgie aussi.",
        )
    )
    missed = next(line for line in lines if line.startswith("pas Plasturgie"))
    assert "*plasturgie*" in missed
    assert "il faut 0,50" in missed


LABELLED: list[dict[str, Any]] = [
    {"id": "1", "sectors": ["bois"], "sectors_optional": ["energie"], "worth": 2},
    {"id": "2", "sectors": ["textile", "bois"], "worth": 1},
    {"id": "3", "sectors": [], "worth": 0},
    {"id": "4", "sectors": [], "worth": 0},
    {"id": "5", "sectors": ["energie"], "worth": 1},
    {"id": "6", "sectors": ["bois"], "worth": 1},
]
PREDICTED: list[dict[str, Any]] = [
    {
        "id": "1",
        "sectors": ["bois", "energie"],
        "worth": 2,
        "sectors_detail": [{"id": "bois", "evidence": [{"words": "Scierie"}, {"words": "scierie"}]}],
    },
    {"id": "2", "sectors": ["textile"], "worth": 2},
    {
        "id": "3",
        "sectors": ["bois"],
        "worth": 1,
        "sectors_detail": [{"id": "bois", "evidence": [{"words": "scierie"}]}],
    },
    {"id": "4", "sectors": [], "worth": 0},
    {"id": "5", "sectors": [], "worth": 0},
]


def test_the_measures() -> None:
    report = evaluate(LABELLED, PREDICTED)
    sectors = report.fields["sectors"]
    assert (sectors.right, sectors.wrong, sectors.missed) == (2, 1, 2)
    assert (sectors.precision, sectors.recall, sectors.f1) == (0.6667, 0.5, 0.5714)
    assert (report.noise, report.noise_let_through, report.noise_rate) == (2, 1, 0.5)
    assert (report.worthwhile, report.lost, report.loss_rate) == (3, 1, 0.3333)
    assert report.worth_exact == 0.4
    assert report.missing == ["6"]
    assert set(report.fields) == {"sectors"}


def test_the_measure_of_a_keyword() -> None:
    (keyword,) = evaluate(LABELLED, PREDICTED).keywords
    assert (keyword.words, keyword.sector, keyword.hits, keyword.right, keyword.alone) == (
        "scierie",
        "bois",
        2,
        1,
        2,
    )
    assert keyword.precision == 0.5


@pytest.mark.parametrize(
    "optional", [pytest.param(["bois"], id="given"), pytest.param(["textile"], id="not-given")]
)
def test_an_optional_label_counts_neither_way(optional: list[str]) -> None:
    report = evaluate(
        [{"id": "1", "sectors": [], "sectors_optional": optional, "worth": 1}],
        [{"id": "1", "sectors": ["bois"] if optional == ["bois"] else []}],
    )
    assert "sectors" not in report.fields or report.fields["sectors"].wrong == 0
    assert sum(count.missed for count in report.fields.values()) == 0


def test_the_report_reads_as_french() -> None:
    text = render_report(evaluate(LABELLED, PREDICTED), keywords=1)
    assert text.splitlines()[:2] == [
        "5 articles jugés",
        "Filières : précision 66,7\u202f%, rappel 50,0\u202f%, F1 0,571 (2 justes, 1 faux, 2 manqués)",
    ]
    assert "Bruit passé : 1 sur 2 (50,0\u202f%) ; articles utiles perdus : 1 sur 3 (33,3\u202f%)" in text
    assert "« scierie » (bois) : 2 articles, précision 50,0\u202f%, seul 2 fois" in text
    assert text.endswith("Sans réponse : 6")
