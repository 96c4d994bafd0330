"""What a text needs for a pattern to match, known from its words."""

import pytest

from comtoise.text import cues
from comtoise.text.cues import Cues

NEEDS = Cues({"denied": r"ne | pas | evite\w*", "number": r"\d\w* | deux"})
DENIED, NUMBER = NEEDS.bit("denied"), NEEDS.bit("number")


@pytest.mark.parametrize(
    ("words", "bits"),
    [
        pytest.param("l usine ouvre", 0, id="none"),
        pytest.param("l usine n ouvre pas", DENIED, id="one-family"),
        pytest.param("deux sites evitaient la fermeture", NUMBER, id="a-stem-is-not-its-root"),
        pytest.param("2 sites evitee", NUMBER | DENIED, id="both"),
        pytest.param("passe", 0, id="a-whole-word-or-nothing"),
        pytest.param("", 0, id="no-word"),
    ],
)
def test_the_words_of_a_text_meet_families(words: str, bits: int) -> None:
    assert NEEDS.of(words.split()) == bits


def test_each_word_has_its_own_bits() -> None:
    assert NEEDS.each(["deux", "usines", "pas"]) == [NUMBER, 0, DENIED]


def test_more_words_than_are_remembered_get_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cues, "MOST", 3)
    needs = Cues({"denied": "pas"})
    words = [*"abcdefgh", "pas"]
    assert [needs.of([word]) for word in words * 2] == [0, 0, 0, 0, 0, 0, 0, 0, 1] * 2
