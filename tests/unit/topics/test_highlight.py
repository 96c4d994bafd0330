"""The words of an evidence shown where they stand."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.model import Article, Evidence, Part
from comtoise.topics import Rules, understand
from comtoise.topics.highlight import field_of, marked, marked_html, merged, spans_in, utf16_spans

TEXT = "L’atelier de décolletage « Vis & Fils » <recrute>."


def quote(words: str, *, start: int = 0, part: Part = Part.TEXT) -> Evidence:
    return Evidence(words=words, part=part, start=start, end=start + len(words), why="strong")


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        pytest.param([], "L’atelier de décolletage « Vis &amp; Fils » &lt;recrute&gt;.", id="nothing"),
        pytest.param(
            [(13, 24)],
            "L’atelier de <mark>décolletage</mark> « Vis &amp; Fils » &lt;recrute&gt;.",
            id="one-word",
        ),
        pytest.param(
            [(13, 24), (2, 15), (24, 25)],
            "L’<mark>atelier de décolletage </mark>« Vis &amp; Fils » &lt;recrute&gt;.",
            id="overlapping-and-touching",
        ),
        pytest.param(
            [(27, 37), (40, 400)],
            "L’atelier de décolletage « <mark>Vis &amp; Fils</mark> » <mark>&lt;recrute&gt;.</mark>",
            id="escaped-inside-and-cut-at-the-end",
        ),
    ],
)
def test_a_page_shows_marks_and_nothing_else(spans: list[tuple[int, int]], shown: str) -> None:
    assert marked_html(TEXT, spans) == shown


def test_telegram_gets_bold_words() -> None:
    assert marked_html("Vis <M3>", [(0, 3)], tag="b") == "<b>Vis</b> &lt;M3&gt;"


def test_plain_words_get_stars() -> None:
    assert marked(TEXT, [(13, 24)]).startswith("L’atelier de *décolletage* «")


def test_telegram_counts_in_utf16() -> None:
    text = "🏭🏭 usine à Dole"
    assert text[3:8] == "usine"
    assert utf16_spans(text, [(3, 8), (0, 1)]) == ((0, 2), (5, 5))


def test_offsets_are_trusted_when_they_hold_the_words() -> None:
    text = "moule et moule"
    assert spans_in(text, [quote("moule", start=9)], Part.TEXT) == ((9, 14),)


def test_words_are_found_again_in_an_extract() -> None:
    evidence = [quote("moule", start=400), quote("usine", start=3), quote("moule", part=Part.TITLE)]
    assert spans_in("Un moule, des moules, un moule", evidence, Part.TEXT) == ((3, 8), (25, 30))


def test_what_the_source_says_is_nowhere_in_the_text() -> None:
    note = Evidence(words="Un", part=Part.SOURCE, start=0, end=0, why="source")
    assert spans_in("Un moule", [note], Part.TEXT) == ()


def test_every_quote_of_an_article_points_at_its_words(rules: Rules) -> None:
    title = "Saint-Claude (Jura) : l’œuvre d’un plasturgiste 🏭 récompensée"
    text = (
        "La PME Plastivaux, spécialiste de l’injection plastique,\u00a0investit 3,5 M€ et crée 20 emplois.\n"
        "Elle exposera au salon Micronora, à Besançon, ses pièces de micro‑technique."
    )
    found = understand(Article(id="1", url=None, title=title, text=text), rules)
    evidence = [item for match in found.matches for item in match.evidence]
    evidence += [
        fact.evidence
        for match in found.matches
        if match.slots
        for fact in (match.slots.amount, match.slots.jobs)
        if fact is not None and fact.evidence is not None
    ]
    assert len(evidence) >= 8
    parts = {Part.TITLE: title, Part.TEXT: text}
    assert all(parts[item.part][item.start : item.end] == item.words for item in evidence)


@pytest.mark.parametrize(
    ("evidence", "field"),
    [
        pytest.param(quote("Un", part=Part.TITLE), "title", id="title"),
        pytest.param(quote("Chapô", start=1), "lead", id="first-paragraph"),
        pytest.param(quote("Suite", start=7), "text", id="second-paragraph"),
        pytest.param(quote("La Gazette", part=Part.SOURCE), "source", id="source"),
    ],
)
def test_the_field_of_a_quote(evidence: Evidence, field: str) -> None:
    assert field_of(evidence, "\nChapô\nSuite") == field


def test_a_text_without_paragraphs_is_not_all_lead() -> None:
    assert field_of(quote("fin", start=900), "x" * 900 + "fin") == "text"


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(text=st.text(max_size=50), spans=_SPANS)
def test_marks_change_no_word(text: str, spans: list[tuple[int, int]]) -> None:
    shown = marked_html(text, spans)
    assert re.sub(r"</?mark>", "", shown) == escape(text)
    assert shown.count("<mark>") == shown.count("</mark>") <= len(spans)


@given(spans=_SPANS)
def test_merging_keeps_every_character_once(spans: list[tuple[int, int]]) -> None:
    kept = merged(spans)
    covered = {index for start, end in spans for index in range(start, end)}
    assert [index for start, end in kept for index in range(start, end)] == sorted(covered)
