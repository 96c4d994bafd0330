"""Many phrases in one pass: the same answers as looking for each alone."""

from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.phrases import Hit, Phrases

WORDS = st.lists(st.sampled_from(["a", "ab", "abc", "b", "bc", "c"]), max_size=30)
PHRASES = st.lists(
    st.lists(st.sampled_from(["a", "ab", "abc", "b", "bc", "c"]), min_size=1, max_size=3), max_size=8
)


def test_whole_words_only() -> None:
    assert Phrases(["mode", "usine"]).find(["modeste", "usines", "usine"]) == [Hit(1, 2, 3)]


def test_a_star_opens_the_last_word() -> None:
    assert Phrases(["micro techn*"]).find(["micro", "techniques"]) == [Hit(0, 0, 2)]


def test_phrases_without_words_match_nothing() -> None:
    assert Phrases(["", "!!", "*"]).find(["a"]) == []


@given(words=WORDS, phrases=PHRASES)
def test_finds_what_a_naive_search_finds(words: list[str], phrases: list[list[str]]) -> None:
    naive = {
        Hit(number, start, start + len(phrase))
        for number, phrase in enumerate(phrases)
        for start in range(len(words) - len(phrase) + 1)
        if words[start : start + len(phrase)] == phrase
    }
    found = Phrases(" ".join(phrase) for phrase in phrases).find(words)
    assert set(found) == naive
    assert len(found) == len(naive)
    assert [hit.stop for hit in found] == sorted(hit.stop for hit in found)
