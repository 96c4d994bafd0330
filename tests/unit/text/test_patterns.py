"""Searching at known places gives what searching everywhere gives."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.patterns import alternatives, fold_single_spaced, matches_at, matches_within

NUMBER = re.compile(r"(?<![\w-])\d+(?: \d+)?")
TEXTS = st.text(alphabet="12 a-.", max_size=40)
DIGITS = re.compile(r"\d")


@given(text=TEXTS)
def test_tried_where_it_can_begin_a_pattern_matches_as_everywhere(text: str) -> None:
    starts = [match.start() for match in DIGITS.finditer(text)]
    found = [match.span() for match in matches_at(NUMBER, text, starts)]
    assert found == [match.span() for match in NUMBER.finditer(text)]


@given(text=TEXTS, first=st.integers(0, 40), length=st.integers(0, 40))
def test_a_window_is_read_as_if_it_were_all_the_text(text: str, first: int, length: int) -> None:
    window = text[first : first + length]
    starts = [match.start() for match in DIGITS.finditer(text)]
    found = [match.span() for match in matches_within(NUMBER, text, first, first + length, starts)]
    assert found == [match.span() for match in NUMBER.finditer(window)]


def test_without_known_places_all_of_the_text_is_searched() -> None:
    assert [match.group() for match in matches_at(NUMBER, "1 a 2", None)] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Deux  usines", "deux usines", id="two-spaces"),
        pytest.param("L’œuvre \u00a0 ici", "l'oeuvre ici", id="ligature-and-no-break-space"),
        pytest.param("  ", " ", id="spaces-alone"),
    ],
)
def test_runs_of_spaces_become_one(text: str, expected: str) -> None:
    assert fold_single_spaced(text).text == expected


def test_the_parts_of_a_list_may_stand_on_several_lines() -> None:
    assert alternatives("usine\n   | site de") == "(?:usine|site de)"
