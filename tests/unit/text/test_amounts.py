"""Quantities as the press writes them."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.amounts import (
    NUMBER_WORDS,
    find_money,
    find_people,
    find_percentages,
    find_surfaces,
    money_in,
    people_in,
)
from comtoise.text.cues import Cues
from comtoise.text.fold import spaced, word_spans
from comtoise.text.patterns import fold_single_spaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # --- euros in figures
        pytest.param("un four à 800 €", [(800, "EUR")], id="euro-sign"),
        pytest.param("un prêt de 250.000 €", [(250_000, "EUR")], id="dots-between-thousands"),
        pytest.param("un prêt de 250 000 euros", [(250_000, "EUR")], id="space-between-thousands"),
        pytest.param("un prêt de 250\u202f000\u00a0€", [(250_000, "EUR")], id="no-break-spaces"),
        pytest.param("un prêt de 1 250 000,50 €", [(1_250_000.5, "EUR")], id="millions-in-units-and-cents"),
        pytest.param("30 k€ d'aide", [(30_000, "EUR")], id="kilo-euros"),
        pytest.param("3 M€", [(3e6, "EUR")], id="m-euro"),
        pytest.param("3M€", [(3e6, "EUR")], id="m-euro-glued"),
        pytest.param("12,5 MEUR", [(12.5e6, "EUR")], id="meur"),
        pytest.param("1,2 Md€", [(1.2e9, "EUR")], id="milliard-short"),
        pytest.param("2 Mds€", [(2e9, "EUR")], id="milliards-short"),
        pytest.param("1,2 million d'euros", [(1.2e6, "EUR")], id="million"),
        pytest.param("1,2 million d’euros", [(1.2e6, "EUR")], id="curly-apostrophe"),
        pytest.param("19 millions d'€", [(19e6, "EUR")], id="millions-d-sign"),
        pytest.param("2 milliards d'euros", [(2e9, "EUR")], id="milliards"),
        pytest.param("40 milliers d'euros", [(40_000, "EUR")], id="milliers"),
        pytest.param("100 Me d'aide, puis 100 Me.", [(100e6, "EUR")], id="me-at-the-end-of-a-clause"),
        pytest.param("5 M d'euros", [(5e6, "EUR")], id="m-d-euros"),
        # --- in words
        pytest.param("un million d'euros", [(1e6, "EUR")], id="un-million"),
        pytest.param("un million et demi d'euros", [(1.5e6, "EUR")], id="million-et-demi"),
        pytest.param("deux millions et demi d'euros", [(2.5e6, "EUR")], id="deux-millions-et-demi"),
        pytest.param("un demi-million d'euros", [(500_000, "EUR")], id="demi-million"),
        pytest.param("une centaine de milliers d'euros", [(100_000, "EUR")], id="centaine-de-milliers"),
        pytest.param("une dizaine de millions d'euros", [(10e6, "EUR")], id="dizaine-de-millions"),
        pytest.param(
            "deux cent cinquante mille euros", [(250_000, "EUR")], id="hundreds-of-thousands-in-words"
        ),
        pytest.param("quatre-vingt-dix-sept mille euros", [(97_000, "EUR")], id="quatre-vingt-dix-sept"),
        pytest.param("septante mille euros", [(70_000, "EUR")], id="septante"),
        pytest.param("Vingt-huit millions d'euros", [(28e6, "EUR")], id="capital-first"),
        # --- ranges, hedges
        pytest.param("entre 10 et 15 millions d'euros", [(10e6, "EUR")], id="between-two"),
        pytest.param("de 10 à 15 M€", [(10e6, "EUR")], id="from-to"),
        pytest.param("près de 4 millions d'euros", [(4e6, "EUR")], id="hedge-left-out-of-the-number"),
        pytest.param("3 M€ puis 400 000 €", [(3e6, "EUR"), (400_000, "EUR")], id="two-sums"),
        # --- other currencies
        pytest.param("3 millions de francs suisses", [(3e6, "CHF")], id="swiss-francs"),
        pytest.param("CHF 3,5 millions", [(3.5e6, "CHF")], id="chf-first"),
        pytest.param("225'000 CHF", [(225_000, "CHF")], id="swiss-apostrophe"),
        pytest.param("12 millions de dollars", [(12e6, "USD")], id="dollars"),
        pytest.param("$1.2 billion", [(1.2e9, "USD")], id="english-billion"),
        pytest.param("€600,000", [(600_000, "EUR")], id="english-thousands"),
        pytest.param("€3.5m", [(3.5e6, "EUR")], id="english-m"),
        pytest.param("600 000 francs", [(600_000, "FRF")], id="french-francs"),
        # --- assumed
        pytest.param("Vingt millions pour une ligne", [(20e6, "EUR")], id="millions-alone"),
        # --- no money
        pytest.param("15 millions de bouteilles", [], id="millions-of-bottles"),
        pytest.param("1,5 million d'habitants", [], id="millions-of-people"),
        pytest.param("en 2026", [], id="a-year"),
        pytest.param("12 000 m2", [], id="a-surface"),
        pytest.param("25 %", [], id="a-share"),
        pytest.param("2 Me Martin et Durand", [], id="lawyers"),
        pytest.param("la zone euro", [], id="the-euro-zone"),
        pytest.param("des millions d'euros", [], id="indefinite"),
        pytest.param("le 3008 et le 5008", [], id="models-of-cars"),
        pytest.param("", [], id="empty"),
    ],
)
def test_money(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(money.value, money.currency) for money in find_money(text)] == expected


def test_the_upper_end_of_a_range_is_kept() -> None:
    (money,) = find_money("une enveloppe de 10 à 15 millions d'euros")
    assert (money.value, money.upper) == (10e6, 15e6)


def test_francs_alone_are_swiss_in_a_swiss_source() -> None:
    assert [money.currency for money in find_money("225'000 francs", swiss=True)] == ["CHF"]


@pytest.mark.parametrize(
    ("text", "assumed"),
    [("20 millions pour une ligne", True), ("20 millions d'euros pour une ligne", False)],
)
def test_a_sum_without_its_currency_says_so(text: str, assumed: bool) -> None:
    assert [money.assumed for money in find_money(text)] == [assumed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("300 emplois", [300], id="figures"),
        pytest.param("1 200 salariés", [1200], id="thousands"),
        pytest.param("1.200 salariés", [1200], id="thousands-with-a-dot"),
        pytest.param("une cinquantaine d'emplois", [50], id="cinquantaine"),
        pytest.param("une quinzaine de postes", [15], id="quinzaine"),
        pytest.param("deux douzaines d'ouvriers", [24], id="douzaines"),
        pytest.param("quinze à vingt créations de postes", [15], id="from-to"),
        pytest.param("cent quatre-vingts salariés", [180], id="cent-quatre-vingts"),
        pytest.param("quatre cents personnes", [400], id="quatre-cents"),
        pytest.param("soixante et onze postes", [71], id="soixante-et-onze"),
        pytest.param("deux mille cinq cents salariés", [2500], id="thousands-in-words"),
        pytest.param("30 nouvelles embauches", [30], id="adjective-between"),
        pytest.param("35 équivalents temps plein", [35], id="etp-in-full"),
        pytest.param("12 ETP", [12], id="etp"),
        pytest.param("8 CDI et 4 CDD", [8, 4], id="contracts"),
        pytest.param("1,200 jobs", [1200], id="english"),
        pytest.param("51 skilled positions", [51], id="english-adjective"),
        pytest.param("rund 2.000 Beschäftigte", [2000], id="german"),
        pytest.param("des centaines d'emplois", [], id="indefinite"),
        pytest.param("l'emploi", [], id="no-number"),
        pytest.param("2 postes de radio", [2], id="a-post-is-a-post"),
        pytest.param("en 2026 les salariés", [], id="a-year-before-an-article"),
    ],
)
def test_people(text: str, expected: list[int]) -> None:
    assert [people.count for people in find_people(text)] == expected


@pytest.mark.parametrize(
    "text", ["51 des 71 salariés", "51 de ses 71 postes", "51 sur 71 salariés", "51 of its 71 workers"]
)
def test_a_part_of_a_workforce_keeps_both_numbers(text: str) -> None:
    (people,) = find_people(text)
    assert (people.count, people.whole) == (51, 71)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12,5 %", [12.5]), ("dix pour cent", [10]), ("3\u202f%", [3]), ("le taux", []), ("40 percent", [40])],
)
def test_percentages(text: str, expected: list[float]) -> None:
    assert [share.value for share in find_percentages(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 000 m²", [12_000]),
        ("5.000 mètres carrés", [5_000]),
        ("3 hectares", [30_000]),
        ("2,5 ha", [25_000]),
        ("22 000 m2 et 800 m2", [22_000, 800]),
        ("12 m de haut", []),
    ],
)
def test_surfaces(text: str, expected: list[float]) -> None:
    assert [surface.square_metres for surface in find_surfaces(text)] == expected


NUMBERS = st.integers(min_value=2, max_value=999_999)


@given(value=NUMBERS, separator=st.sampled_from([" ", ".", "\u00a0", "\u202f", "'", "’"]))
def test_a_sum_reads_back_whatever_separates_its_thousands(value: int, separator: str) -> None:
    written = f"{value:,}".replace(",", separator)
    assert [money.value for money in find_money(f"une aide de {written} € en mars")] == [value]


@given(text=st.text(max_size=300))
def test_spans_stand_in_the_text_in_order_and_nothing_raises(text: str) -> None:
    for found in (find_money(text), find_people(text), find_percentages(text), find_surfaces(text)):
        last = 0
        for item in found:
            assert last <= item.start < item.end <= len(text)
            last = item.end


PIECES = st.sampled_from(
    ["12", "3,5", " ", "un", "cent", "million", "millions", "M€", "€", "d'", "euros", "de", "à", "et demi", "%",
     "m²", "vingt", "-", "salariés", "œ", "\u00ad", "250", ".", "000", "CHF", "$", "dizaine", "sur"]
)  # fmt: skip


@given(pieces=st.lists(PIECES, max_size=30))
def test_tempting_pieces_in_any_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    for money in find_money(text):
        assert money.value >= 0
        assert text[money.start : money.end].strip() == text[money.start : money.end]


@given(pieces=st.lists(PIECES, max_size=30))
def test_knowing_where_numbers_can_begin_changes_nothing(pieces: list[str]) -> None:
    folded = fold_single_spaced("".join(pieces))
    words = Cues({"number": NUMBER_WORDS})
    spans = word_spans(folded.text)
    starts = [start for start, end in spans if words.of(spaced(folded.text[start:end]).split())]
    assert money_in(folded, starts) == money_in(folded)
    assert people_in(folded, starts) == people_in(folded)


@given(prefix=st.text(alphabet="abc é’œ", max_size=20))
def test_what_stands_before_shifts_the_span_only(prefix: str) -> None:
    text = f"{prefix} 3,5 M€"
    (money,) = find_money(text)
    assert text[money.start : money.end] == "3,5 M€"


@pytest.mark.parametrize("noise", ["un ", "1 ", "12 345 ", "cent-", "1.000.", "million de "])
def test_a_megabyte_of_numbers_takes_linear_time(noise: str) -> None:
    def seconds(size: int) -> float:
        text = noise * (size // len(noise))
        start = process_time()
        find_money(text)
        find_people(text)
        return process_time() - start

    assert seconds(400_000) < 40 * max(seconds(40_000), 0.01)
