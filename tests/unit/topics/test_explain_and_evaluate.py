"""Reasons in French, and measures against labels."""

from collections.abc import Callable
from typing import Any

import pytest

from comtoise.model import Article, TopicKind, Understanding
from comtoise.topics import (
    Rules,
    evaluate,
    explain,
    in_one_line,
    refused,
    render_report,
    understand,
    why,
)
from comtoise.topics.usage import Keywords

Read = Callable[..., Understanding]


def test_a_line_says_why(read: Read) -> None:
    lines = explain(
        read("Besançon : Micronora expose le décolletage", "L'usine Cryla y montrera ses machines.")
    )
    first = lines[0]
    assert first.startswith("Microtechniques et mécanique de précision : ")
    assert "*décolletage* (titre)" in first
    assert any(
        line.startswith("département Doubs (25) : *Besançon* (titre, en tête de ligne)") for line in lines
    )
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


@pytest.fixture(scope="module")
def explained(rules: Rules) -> Callable[[str, str], list[str]]:
    """The lines of `comtoise explain`, refusals included."""

    def lines(title: str, text: str) -> list[str]:
        article = Article(id="1", url=None, title=title, text=text)
        understanding = understand(article, rules)
        return explain(understanding, refused(article, rules, understanding))

    return lines


@pytest.mark.parametrize(
    ("title", "text", "line"),
    [
        pytest.param(
            "Une PME qui donne du Sens au travail",
            "La direction veut associer les équipes.",
            "Sens (89) écarté : mot ordinaire",
            id="ordinary-word",
        ),
        pytest.param(
            "Dole : l’usine Tournevis recrute",
            "Le tribunal de Vesoul n’a rien à y redire.",
            "Vesoul (70) écarté : tribunal ou administration, pas le lieu de l’événement",
            id="court",
        ),
        pytest.param(
            "Dole : l’usine Tournevis recrute",
            "Les bureaux sont rue de Belfort.",
            "Belfort (90) écarté : nom de rue, de personne, d’entreprise ou de produit",
            id="street",
        ),
        pytest.param(
            "Dole : l’usine Tournevis recrute",
            "Le projet est porté par Laurent Belfort.",
            "Belfort (90) écarté : nom de rue, de personne, d’entreprise ou de produit",
            id="person",
        ),
        pytest.param(
            "Dole : l’usine Tournevis recrute",
            "Contrairement à Lyon, la ville a des terrains.",
            "Lyon (69) écarté : comparaison, siège ou provenance",
            id="comparison",
        ),
    ],
)
def test_a_place_that_is_none_says_why(
    explained: Callable[[str, str], list[str]], title: str, text: str, line: str
) -> None:
    assert line in explained(title, text)


def test_a_place_that_is_given_is_not_refused(explained: Callable[[str, str], list[str]]) -> None:
    lines = explained("Sens : l’usine Tournevis recrute", "À Sens (Yonne), trente postes sont ouverts.")
    assert any(line.startswith("département Yonne (89)") for line in lines)
    assert not any("écarté" in line for line in lines)


def test_an_event_nearly_told_gives_its_score(explained: Callable[[str, str], list[str]]) -> None:
    lines = explained("À Gray, la scierie attend", "Une subvention est évoquée par la mairie.")
    assert (
        "pas signal Aide publique, subvention, commande publique : indices trop faibles, "
        "*subvention* (score 0,40, il faut 0,50)" in lines
    )
    assert not any(line.startswith("signal ") for line in lines)


def test_why_an_item_is_there_holds_in_one_line(read: Read) -> None:
    line = in_one_line(
        read("Besançon : Micronora expose le décolletage", "L’usine Cryla y recrute trente régleurs.").matches
    )
    assert line.startswith("Microtechniques et mécanique de précision : *Micronora* (titre), ")
    assert line.endswith(" ; lieu : Besançon (25), titre, en tête de ligne")
    assert "\n" not in line
    assert in_one_line(()) == "aucun sujet"


def test_an_event_is_told_by_its_words_not_by_its_date(read: Read) -> None:
    (event,) = read("Besançon : Cryla recrute", "Cryla embauchera trente régleurs à Besançon en 2027.").of(
        TopicKind.SIGNAL
    )
    assert why(event).startswith("signal Recrutement")
    assert "Besançon" not in why(event)


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


def test_keywords_are_named_as_the_desk_wrote_them(rules: Rules) -> None:
    predicted = [
        {
            "id": "2",
            "sectors": ["plasturgie"],
            "sectors_detail": [
                {
                    "id": "plasturgie",
                    "evidence": [
                        {"words": "Plasturgistes", "why": "strong"},
                        {"words": "Moulabelle", "why": "company"},
                    ],
                }
            ],
        }
    ]
    report = evaluate([{"id": "2", "sectors": ["plasturgie"]}], predicted, words=Keywords(rules))
    assert [(keyword.words, keyword.alone) for keyword in report.keywords] == [("plasturgiste", 1)]
    assert "plasturgiste" not in report.dead["plasturgie"]
    assert "plasturgie" in report.dead["plasturgie"]
    lines = render_report(report, keywords=1).splitlines()
    assert "Mots-clés qui n’ont rien trouvé :" in lines


def test_the_report_reads_as_french() -> None:
    text = render_report(evaluate(LABELLED, PREDICTED), keywords=1)
    assert text.splitlines()[:2] == [
        "Articles jugés\u00a0: 5",
        "Filières : précision 66,7\u202f%, rappel 50,0\u202f%, F1 0,571 (justes\u00a0: 2, faux\u00a0: 1, manqués\u00a0: 2)",
    ]
    assert "Bruit passé : 1 sur 2 (50,0\u202f%) ; articles utiles perdus : 1 sur 3 (33,3\u202f%)" in text
    assert (
        "« scierie » (bois) : 2 articles, précision 50,0\u202f% (entre 9,5\u202f% et 90,5\u202f%, jugé 2 fois), seul 2 fois"
        in text
    )
    assert text.endswith("Sans réponse : 6")
