"""Companies and clusters by name: found when meant, left alone when the words mean something else."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from comtoise.knowledge import Alias, Cluster, Company, load
from comtoise.model import Article, Match, TopicKind
from comtoise.topics import compile_rules, understand

KNOWLEDGE = replace(
    load(),
    companies=(
        Company(id="clairval", name="Clairval", sector="bois", commune="Lure", departement="70"),
        Company(id="clairval-dole", name="Clairval", sector="bois", commune="Dole", departement="39"),
        Company(
            id="thomas",
            name="Thomas",
            sector="plasturgie",
            commune="Arbent",
            departement="01",
            needs_context=True,
        ),
        Company(id="roche", name="Roche", sector="sante", commune="Huningue"),
        Company(id="ozz", name="OZZ", sector="textile", commune="Troyes"),
        Company(id="ozz-services", name="OZZ Services", sector="numerique", commune="Troyes"),
        Company(id="vernier", name="Vernier", sector="horlogerie-luxe", activity="décolletage horloger"),
    ),
    clusters=(
        Cluster(
            id="vallee-fine",
            name="Vallée Fine",
            sectors=("microtechniques",),
            aliases=(
                Alias(text="Pôle des choses fines", type="former"),
                Alias(text="VF", type="acronym", needs=("pôle", "Morteau")),
            ),
        ),
        Cluster(id="vallee-fine-sante", name="Vallée Fine Santé", sectors=("sante",)),
    ),
)


@pytest.fixture(scope="module")
def names() -> Callable[[TopicKind, str, str], list[str]]:
    rules = compile_rules(KNOWLEDGE)

    def names_of(kind: TopicKind, title: str, text: str = "") -> list[str]:
        found = understand(Article(id="1", url=None, title=title, text=text), rules)
        return sorted(match.topic for match in found.of(kind))

    return names_of


Names = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("title", "text", "companies"),
    [
        pytest.param("Clairval embauche à Dole", "", ["clairval-dole"], id="homonyms-by-commune"),
        pytest.param("Clairval embauche", "", ["clairval"], id="homonyms-without-commune-first-known"),
        pytest.param("CLAIRVAL EMBAUCHE", "", ["clairval"], id="capitals"),
        pytest.param("Le clairval du soir", "", [], id="a-name-has-its-capital"),
        pytest.param("Thomas gagne la course", "", [], id="first-name-alone"),
        pytest.param("La société Thomas embauche", "", ["thomas"], id="announced"),
        pytest.param("Arbent : Thomas embauche", "", ["thomas"], id="with-its-commune"),
        pytest.param("Thomas ajoute deux presses à injecter", "", ["thomas"], id="with-its-industry"),
        pytest.param(
            "Plasturgie : le patron, Aurélien Thomas, parle", "", [], id="surname-after-a-first-name"
        ),
        pytest.param("Incendie à La Roche-sur-Foron", "", [], id="part-of-a-longer-name"),
        pytest.param("Roche ferme un site", "", ["roche"], id="the-firm-itself"),
        pytest.param("OZZ Services recrute", "", ["ozz-services"], id="the-longer-name-wins"),
        pytest.param("Le maître d'ozz", "", [], id="a-shouted-name-is-shouted"),
    ],
)
def test_companies(title: str, text: str, companies: list[str], names: Names) -> None:
    assert names(TopicKind.COMPANY, title, text) == companies


@pytest.mark.parametrize(
    ("title", "clusters"),
    [
        pytest.param("Vallée Fine fête ses dix ans", ["vallee-fine"], id="name"),
        pytest.param("Le pôle des choses fines recrute", ["vallee-fine"], id="former-name-in-lower-case"),
        pytest.param("VF, le pôle, recrute", ["vallee-fine"], id="acronym-with-companion"),
        pytest.param("VF recrute", [], id="acronym-alone"),
        pytest.param("Vallée Fine Santé recrute", ["vallee-fine-sante"], id="longer-name-of-another"),
        pytest.param("Vallée Fine et Vallée Fine Santé", ["vallee-fine", "vallee-fine-sante"], id="both"),
    ],
)
def test_clusters(title: str, clusters: list[str], names: Names) -> None:
    assert names(TopicKind.CLUSTER, title) == clusters


def test_a_company_speaks_for_the_trades_its_card_mentions(names: Names) -> None:
    sectors = names(TopicKind.SECTOR, "Vernier recrute", "Vernier cherche des décolleteurs pour son usine.")
    assert sectors == ["horlogerie-luxe", "microtechniques"]


def test_a_past_employer_is_not_the_subject() -> None:
    rules = compile_rules(KNOWLEDGE)

    def score(text: str) -> float:
        found = understand(Article(id="1", url=None, title="Une directrice arrive", text=text), rules)
        matches: list[Match] = [*found.of(TopicKind.SECTOR), *found.near_misses]
        return next((match.score for match in matches if match.topic == "bois"), 0.0)

    assert score("Elle dirige l'usine de Clairval.") > score("Ancienne de Clairval, elle dirige l'usine.")
