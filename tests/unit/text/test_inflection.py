"""The forms of words: what must be found, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.fold import spaced
from comtoise.text.inflection import phrase_forms, word_forms


@pytest.mark.parametrize(
    ("keyword", "written"),
    [
        pytest.param("microtechnique", "micro-techniques", id="joined-finds-hyphenated-plural"),
        pytest.param("micro-technique", "microtechniques", id="hyphenated-finds-joined"),
        pytest.param("électroérosion", "électro-érosion", id="other-prefix"),
        pytest.param("plasturgiste", "plasturgistes", id="plural"),
        pytest.param("décolleteurs", "décolleteuse", id="plural-finds-feminine"),
        pytest.param("lunetier", "lunetières", id="ier-iere"),
        pytest.param("horloger", "horlogère", id="ger-gere"),
        pytest.param("constructeur", "constructrice", id="teur-trice"),
        pytest.param("mécanicien", "mécaniciennes", id="ien-ienne"),
        pytest.param("métal", "métaux", id="al-aux"),
        pytest.param("matériaux", "matériau", id="aux-au"),
        pytest.param("bureau", "bureaux", id="eau-eaux"),
        pytest.param("industriel", "industrielles", id="el-elle"),
        pytest.param("usiner", "usinent", id="verb-present"),
        pytest.param("usiner", "usinées", id="verb-participle"),
        pytest.param("usiner", "usinera", id="verb-future"),
        pytest.param("presse à injecter", "presses à injecter", id="head-of-a-phrase"),
        pytest.param("pièce de montre", "pièces de montres", id="both-nouns"),
        pytest.param("essai clinique", "essais cliniques", id="noun-and-adjective"),
        pytest.param("l'eau minérale", "L’EAU MINÉRALE", id="elision-and-capitals"),
    ],
)
def test_a_keyword_finds_its_forms(keyword: str, written: str) -> None:
    forms = phrase_forms(keyword)
    assert " ".join(spaced(written).split()) in forms


@pytest.mark.parametrize(
    ("keyword", "other"),
    [
        pytest.param("horloger", "horloge", id="the-maker-is-not-the-clock"),
        pytest.param("cours", "cour", id="invariable"),
        pytest.param("bois", "boi", id="no-false-singular"),
        pytest.param("laser", "lasent", id="no-verb-laser"),
        pytest.param("papier", "papiere", id="no-feminine-paper"),
        pytest.param("usiner", "usine", id="the-verb-is-not-the-factory"),
        pytest.param("atelier", "ateliere", id="no-feminine-workshop"),
    ],
)
def test_a_keyword_does_not_become_another_word(keyword: str, other: str) -> None:
    assert other not in phrase_forms(keyword)


def test_without_inflection_only_the_prefix_varies() -> None:
    assert phrase_forms("microtechniques", inflect=False) == ("microtechniques", "micro techniques")


@given(phrase=st.text(max_size=60))
def test_the_written_form_comes_first_and_forms_are_few(phrase: str) -> None:
    forms = phrase_forms(phrase)
    words = " ".join(spaced(phrase).split())
    assert forms == () if not words else forms[0] == words
    assert len(forms) <= 64


@pytest.mark.parametrize(
    ("keyword", "other"),
    [("implant", "implante"), ("train", "traine"), ("composants", "composante"), ("engin", "engine")],
)
def test_a_noun_does_not_become_another_word(keyword: str, other: str) -> None:
    assert other not in word_forms(keyword)
    assert other in word_forms(other), "asked for, it is found"
