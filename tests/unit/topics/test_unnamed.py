"""Companies that no card knows: announced by the text, never invented."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.model import Article, TopicKind, Understanding
from comtoise.topics import unnamed
from comtoise.topics.document import Document

FACTORY = "L'usine de décolletage emploie cent personnes."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("La société Vernerey investit.", ["Vernerey"], id="word-for-a-firm"),
        pytest.param("L'équipementier Carmeca embauche.", ["Carmeca"], id="trade"),
        pytest.param("Le groupe Lanvaux & Fils embauche.", ["Lanvaux & Fils"], id="ampersand"),
        pytest.param("La scierie Mangeot redémarre.", ["Mangeot"], id="workshop"),
        pytest.param("Doraligne SAS double ses bains.", ["Doraligne"], id="legal-form"),
        pytest.param("Octalis, éditeur de logiciels, recrute.", ["Octalis"], id="set-apart"),
        pytest.param("La société familiale Collin tisse.", ["Collin"], id="with-an-adjective"),
        pytest.param(
            "La société Vernerey investit. La société Vernerey recrute.", ["Vernerey"], id="said-twice"
        ),
        pytest.param("La société bisontine investit.", [], id="an-adjective-is-no-name"),
        pytest.param("La société a fermé. Le groupe aussi.", [], id="no-name"),
        pytest.param("Le directeur industriel Paul Gros parle.", [], id="a-person"),
        pytest.param("Paul Gros parle à Marie Lot.", [], id="people"),
        pytest.param("La société Péquignet recrute.", [], id="known-already"),
        pytest.param("Le groupe France se réunit.", [], id="a-country"),
    ],
)
def test_companies_announced(text: str, names: list[str], read: Callable[..., Understanding]) -> None:
    found = read("Un atelier de décolletage recrute", f"{FACTORY} {text}").of(TopicKind.COMPANY)
    assert [match.label for match in found if match.evidence[0].why == "frame"] == names


PIECES = st.sampled_from(
    ["La société", "Le groupe", "la jeune pousse", "un sous-traitant", "PME", "société", "industriel",
     "Vernerey", "Carmeca", "SAS", "Technologies", "&", ",", ", fabricant", ", la PME", ".", "\n", "et", "œuvre",
     "12", "Vernerey, fabricant", "Carmeca 12, la PME", "atelier, leader", "Jeune,  l'éditeur"]
)  # fmt: skip


@given(pieces=st.lists(PIECES, max_size=14))
def test_only_capitals_after_a_word_for_a_firm_are_worth_a_try(pieces: list[str]) -> None:
    document = Document(Article(id="1", url=None, title="", text=" ".join(pieces)))
    tried = [match.span() for match in unnamed._frames(document)]
    searched = [
        match.span()
        for frame in (unnamed._ANNOUNCED, unnamed._WITH_LEGAL_FORM, EVERYWHERE_SET_APART)
        for match in frame.finditer(document.raw)
    ]
    assert tried == searched


EVERYWHERE_SET_APART = unnamed._frame(rf"(?:^|[.!?:»] |\n){unnamed._NAME}, {unnamed._DOES}\b")


def test_other_news_names_no_company(read: Callable[..., Understanding]) -> None:
    found = read("Le groupe Zalem en concert", "La société des fêtes l'invite samedi.")
    assert not found.of(TopicKind.COMPANY)
