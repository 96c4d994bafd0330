"""Folding: same words, one spelling, and a way back to what was written."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.fold import fold, fold_with_offsets, is_even, spaced, word_spans, word_starts

FRENCH = st.text(
    alphabet=st.one_of(
        st.sampled_from("aàâbcçdeéèêëfghiîïjklmnoôœpqrstuùûüvwxyÿzæABCÉŒÆß0123456789"),
        st.sampled_from(" '’`´-‑–—.,;:!?…«»\u00a0\u202f\u00ad\u0301\u0327\u200d\n\t€%µ²ﬁłøńж漢😀"),
    )
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        pytest.param("Œuvre d’ÉTÉ", "oeuvre d'ete", id="ligature-apostrophe-capitals"),
        pytest.param("AEROµTECH", "aeroutech", id="micro-sign"),
        pytest.param("AEROμTECH", "aeroutech", id="greek-mu"),
        pytest.param("micro\u2011technique", "micro-technique", id="no-break-hyphen"),
        pytest.param("fin\u00adance", "finance", id="soft-hyphen"),
        pytest.param("e\u0301te\u0301", "ete", id="combining-accents"),
        pytest.param("3,5\u202fM€", "3,5 m€", id="narrow-no-break-space"),
        pytest.param("5 000 m²", "5 000 m2", id="superscript"),
        pytest.param("ﬁlature", "filature", id="typographic-ligature"),
        pytest.param("Łódź", "łodz", id="foreign-letters-keep-what-has-no-base"),
    ],
)
def test_fold_gives_one_spelling(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(text=st.text() | FRENCH)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.text() | FRENCH)
def test_the_fast_way_gives_what_folding_each_character_gives(text: str) -> None:
    assert spaced(text) == "".join(spaced(char) for char in text)
    assert fold(text) == "".join(fold(char) for char in text)


@given(text=st.text() | FRENCH)
def test_a_line_of_words_says_where_each_starts(text: str) -> None:
    line = spaced(text)
    assert [line[start:].split(" ", 1)[0] for start in word_starts(line)] == line.split()


@given(text=st.text() | FRENCH)
def test_offsets_are_kept_exactly_when_each_character_folds_to_one(text: str) -> None:
    assert is_even(text, fold(text)) == all(len(fold(char)) == 1 for char in text)


@given(text=st.text() | FRENCH)
def test_composed_or_decomposed_the_words_are_the_same(text: str) -> None:
    composed = spaced(unicodedata.normalize("NFC", text)).split()
    decomposed = spaced(unicodedata.normalize("NFD", unicodedata.normalize("NFC", text))).split()
    if all(ord(char) < 0x250 or 0x300 <= ord(char) < 0x370 for char in text):
        assert composed == decomposed


@given(text=st.text() | FRENCH)
def test_each_word_is_found_where_it_was_written(text: str) -> None:
    spans = word_spans(text)
    assert [spaced(text[start:end]).split() for start, end in spans] == [
        [word] for word in spaced(text).split()
    ]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(text=FRENCH, data=st.data())
def test_a_folded_span_leads_back_to_its_characters(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in fold(text[first:last])
