"""Readers' own words, in the desk's language, found for all readers at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.errors import InputError
from comtoise.model import Article, Part
from comtoise.topics import OwnWords, read_word

TITLE = "Un atelier de décolletage s’agrandit à Cluses"
TEXT = (
    "L’atelier achète trois tours et un centre d’usinage par laser. La PMT y a aidé.\n"
    "Les moules seront faits ailleurs, avec des presses à injecter."
)
ARTICLE = Article(id="1", url=None, title=TITLE, text=TEXT)


@pytest.mark.parametrize(
    ("word", "stands"),
    [
        pytest.param("décolletage", True, id="a-word"),
        pytest.param("DECOLLETAGES", True, id="whatever-its-form"),
        pytest.param("presse à injecter", True, id="a-phrase-in-its-plural"),
        pytest.param('"presse à injecter"', False, id="these-very-forms"),
        pytest.param("décoll*", True, id="a-beginning"),
        pytest.param("PMT", True, id="an-acronym"),
        pytest.param("LA", False, id="an-acronym-is-not-a-word"),
        pytest.param("laser PROCHE(5) usinage", True, id="near"),
        pytest.param("laser PROCHE(1) usinage", True, id="one-word-between"),
        pytest.param("laser PROCHE(0) usinage", False, id="too-far"),
        pytest.param("usinage PROCHE moules", False, id="in-another-paragraph"),
        pytest.param("moule NON frites", True, id="without-the-other"),
        pytest.param("moule NON laser", False, id="with-the-other"),
        pytest.param("horlogerie", False, id="absent"),
    ],
)
def test_a_word_stands_or_not(word: str, stands: bool) -> None:
    assert [match.topic for match in OwnWords([word, "absente"]).find(ARTICLE)] == [word] * stands


def test_a_hit_says_where_it_stands() -> None:
    (match,) = OwnWords(["décolletage"]).find(ARTICLE)
    (place,) = match.evidence
    assert (place.words, place.part, TITLE[place.start : place.end]) == (
        "décolletage",
        Part.TITLE,
        "décolletage",
    )


def test_a_word_that_can_no_longer_be_read_finds_nothing_and_stops_no_other() -> None:
    words = OwnWords(["NON", "laser"])
    assert (len(words), [match.topic for match in words.find(ARTICLE)]) == (1, ["laser"])


def test_a_word_is_kept_with_single_spaces() -> None:
    assert read_word("  presse  à\ninjecter ") == "presse à injecter"


@pytest.mark.parametrize("text", ["", "moule NON", "a" * 101, "*x", "…"])
def test_what_cannot_be_a_word_is_refused_in_words(text: str) -> None:
    with pytest.raises(InputError):
        read_word(text)


_WORDS = st.sampled_from(
    ["laser", "moule", "moules NON laser", "usinage PROCHE(3) laser", "tour", "atel*", "frites", "PMT", "NON"]
)


@given(mine=st.sets(_WORDS), theirs=st.sets(_WORDS))
def test_what_others_look_for_changes_nothing_to_what_is_found(mine: set[str], theirs: set[str]) -> None:
    alone = set(OwnWords(mine).find(ARTICLE))
    assert {match for match in OwnWords(mine | theirs).find(ARTICLE) if match.topic in mine} == alone
