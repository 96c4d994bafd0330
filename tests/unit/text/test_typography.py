"""French typography, for our own words."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.typography import (
    NARROW,
    NBSP,
    amount,
    clock,
    day,
    extract,
    jobs,
    listed,
    number,
    shorten,
    span,
    typo,
    wide,
)


def seen(text: str) -> str:
    """*text* with its no-break spaces made visible: « _ » narrow, « ~ » ordinary."""
    return text.replace(NARROW, "_").replace(NBSP, "~")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Pourquoi ? Voilà !", "Pourquoi_? Voilà_!", id="high-marks"),
        pytest.param("Ça marche?", "Ça marche_?", id="forgotten-space"),
        pytest.param(
            "Sources : trois ; lieux : deux", "Sources~: trois_; lieux~: deux", id="colon-semicolon"
        ),
        pytest.param("« bien » dit-il", "«_bien_» dit-il", id="quotation-marks"),
        pytest.param("«serré»", "«_serré_»", id="tight-quotation-marks"),
        pytest.param("12,5 M€, 45 %, 12 500 emplois", "12,5~M€, 45~%, 12_500~emplois", id="units"),
        pytest.param("n° 3, M. Roche, p. 12", "n°~3, M.~Roche, p.~12", id="abbreviations"),
        pytest.param("à 10 h 30, le 1er mars", "à 10~h~30, le 1er~mars", id="hours-and-days"),
        pytest.param("l'entreprise n'a rien dit...", "l’entreprise n’a rien dit…", id="apostrophe-ellipsis"),
        pytest.param("10:30 ou a/b;c", "10:30 ou a/b;c", id="no-space-inside-words"),
        pytest.param(
            "Voir : https://a.example/x?y=1;z#k! ; fin",
            "Voir~: https://a.example/x?y=1;z#k!_; fin",
            id="addresses-untouched",
        ),
        pytest.param("(45 %) ; fin", "(45~%)_; fin", id="after-a-bracket"),
        pytest.param("", "", id="empty"),
    ],
)
def test_typo_spaces_as_print_does(text: str, expected: str) -> None:
    assert seen(typo(text)) == expected


@given(st.text(alphabet="ab1 €%:;!?«»'.—" + NARROW + NBSP, max_size=40))
def test_typo_changes_nothing_the_second_time(text: str) -> None:
    assert typo(typo(text)) == typo(text)


def test_wide_leaves_no_narrow_space() -> None:
    assert seen(wide(typo("« 1 000 » !"))) == "«~1~000~»~!"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (900, "900~€"),
        (9_999, "9_999~€"),
        (10_000, "10~k€"),
        (850_000, "850~k€"),
        (999_960, "1~M€"),
        (12_500_000, "12,5~M€"),
        (123_400_000, "123~M€"),
        (1_200_000_000, "1,2~Md€"),
        (0, "0~€"),
        (-5_000_000, "−5~M€"),
    ],
)
def test_amounts_are_short(value: float, expected: str) -> None:
    assert seen(amount(value)) == expected


def test_an_amount_in_a_currency_without_a_sign_is_written_in_letters() -> None:
    assert seen(amount(3_000_000, "CHF")) == "3~M~CHF"


def test_numbers_and_jobs() -> None:
    assert seen(number(12_500)) == "12_500"
    assert seen(number(12.50, 2)) == "12,5"
    assert seen(number(-3)) == "−3"
    assert [seen(jobs(n)) for n in (0, 1, 2, 1250)] == ["0~emploi", "1~emploi", "2~emplois", "1_250~emplois"]


def test_days_and_hours() -> None:
    assert seen(day(date(2026, 11, 25))) == "mercredi 25~novembre 2026"
    assert seen(day(date(2026, 3, 1))) == "dimanche 1er~mars 2026"
    assert seen(day(date(2026, 3, 1), weekday=False, year=False)) == "1er~mars"
    assert [seen(clock(time(7, 30))), seen(clock(time(20))), seen(clock(time(9, 5)))] == [
        "7~h~30",
        "20~h",
        "9~h~05",
    ]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(date(2026, 11, 16), date(2026, 11, 22), "du 16 au 22~novembre 2026", id="same-month"),
        pytest.param(date(2026, 6, 1), date(2026, 6, 7), "du 1er au 7~juin 2026", id="first-of-month"),
        pytest.param(
            date(2026, 11, 30), date(2026, 12, 6), "du 30~novembre au 6~décembre 2026", id="two-months"
        ),
        pytest.param(
            date(2026, 12, 28), date(2027, 1, 3), "du 28~décembre 2026 au 3~janvier 2027", id="two-years"
        ),
        pytest.param(date(2026, 11, 16), date(2026, 11, 16), "lundi 16~novembre 2026", id="one-day"),
    ],
)
def test_spans_say_no_more_than_needed(first: date, last: date, expected: str) -> None:
    assert seen(span(first, last)) == expected


def test_lists_end_with_et() -> None:
    assert [listed([]), listed("A"), listed("AB"), listed("ABC")] == ["", "A", "A et B", "A, B et C"]


def test_a_short_extract_is_whole_with_white_space_tidied() -> None:
    assert extract("  Deux\n mots ") == "Deux mots"


def test_an_extract_is_cut_at_a_sentence_when_most_of_it_remains() -> None:
    text = "Une phrase assez longue pour remplir presque tout. Une autre qui n’entre pas du tout ici."
    assert extract(text, 70) == f"Une phrase assez longue pour remplir presque tout.{NBSP}[…]"


def test_an_extract_is_cut_at_a_word_otherwise() -> None:
    assert extract("un deux, trois quatre cinq", 16) == f"un deux{NBSP}[…]"


@given(st.text(max_size=400), st.integers(0, 280))
def test_an_extract_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(extract(text, limit)) <= limit or not text.split()


@given(st.text(alphabet="ab éà,.", max_size=300), st.integers(0, 280))
def test_an_extract_holds_only_the_publishers_words(text: str, limit: int) -> None:
    kept = extract(text, limit).removesuffix(f"{NBSP}[…]")
    assert " ".join(text.split()).startswith(kept)


@given(st.text(max_size=200), st.integers(0, 60))
def test_shorten_keeps_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


def test_shorten_cuts_at_a_word_or_where_it_must() -> None:
    assert shorten("abc def ghi", 8) == "abc def…"
    assert shorten("abcdefghijk", 5) == "abcd…"
    assert shorten("court", 5) == "court"


class TestInEnglish:
    @pytest.fixture(autouse=True)
    def _english(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COMTOISE_LANG", "en")

    @pytest.mark.parametrize("text", ["Why: laser; mill", "25 % off!", "It's « quoted »…", "1 000 jobs ?"])
    def test_spaces_are_left_alone(self, text: str) -> None:
        assert typo(text) == text

    def test_days_and_hours_are_english(self) -> None:
        assert wide(day(date(2026, 3, 1))).replace(NBSP, " ") == "Sunday 1 March 2026"
        assert clock(time(7, 30)) == "7:30"
        assert clock(time(20)) == "20:00"
