"""What keywords do, counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.topics import Rules
from comtoise.topics.usage import Keywords, Use, count_keywords, dead, wilson


def use(*words: str, sector: str = "bois", judged: int = 0, right: int = 0) -> Use:
    return Use(sector, frozenset(words), judged, right)


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        pytest.param(0, 0, 0.0, 1.0, id="nobody-judged"),
        pytest.param(5, 10, 0.2366, 0.7634, id="half-of-ten"),
        pytest.param(10, 10, 0.7225, 1.0, id="all-of-ten"),
        pytest.param(0, 1, 0.0, 0.7935, id="one-against"),
        pytest.param(900, 1000, 0.8798, 0.9171, id="many-judgements-narrow-it"),
    ],
)
def test_the_interval_of_a_share(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share(total: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, total))
    low, high = wilson(right, total)
    assert 0.0 <= low <= right / total <= high <= 1.0


def test_verdicts_add_up_over_stories() -> None:
    counts = count_keywords(
        [use("scierie", judged=3, right=2), use("scierie", "sciage", judged=1), use("scierie")]
    )
    assert [(k.words, k.hits, k.alone, k.judged, k.right) for k in counts] == [
        ("scierie", 3, 2, 4, 2),
        ("sciage", 1, 0, 1, 0),
    ]
    assert (counts[0].precision, counts[1].precision) == (0.5, 0.0)


def test_nobody_judged_is_no_precision() -> None:
    (count,) = count_keywords([use("scierie")])
    assert (count.precision, count.low, count.high) == (None, 0.0, 1.0)


def test_a_keyword_that_never_stands_without_another_says_so() -> None:
    counts = count_keywords([use("scierie", "sciage")] * 3 + [use("scierie")])
    assert {k.words: k.always_with for k in counts} == {"scierie": (), "sciage": ("scierie",)}


def test_two_hits_prove_no_overlap() -> None:
    counts = count_keywords([use("scierie", "sciage")] * 2)
    assert [k.always_with for k in counts] == [(), ()]


def test_the_same_word_in_two_sectors_is_two_keywords() -> None:
    counts = count_keywords([use("laser"), use("laser", sector="microtechniques")])
    assert [(k.sector, k.hits) for k in counts] == [("bois", 1), ("microtechniques", 1)]


@pytest.mark.parametrize(
    ("sector", "written", "keyword"),
    [
        pytest.param("plasturgie", "PLASTURGISTES", "plasturgiste", id="case-and-plural"),
        pytest.param("microtechniques", "micro‑techniques", "microtechnique", id="hyphen"),
        pytest.param("bois", "Plasturgistes", "plasturgistes", id="not-of-this-sector"),
        pytest.param("gone", "Scierie", "scierie", id="sector-removed-since"),
    ],
)
def test_written_words_lead_to_the_keyword(rules: Rules, sector: str, written: str, keyword: str) -> None:
    assert Keywords(rules).named(sector, written) == keyword


def test_what_found_nothing_is_dead_and_its_forms_count_as_it(rules: Rules) -> None:
    keywords = Keywords(rules)
    of_bois = [word for sector, word in keywords.of_the_desk() if sector == "bois"]
    counts = count_keywords([use(keywords.named("bois", "scieries"))])
    silent = dead(keywords, counts)["bois"]
    assert "scierie" in of_bois
    assert "scierie" not in silent
    assert len(of_bois) - 3 <= len(silent) < len(of_bois)
