"""The desk's keyword language, read and at work."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.errors import InputError
from comtoise.knowledge import load
from comtoise.model import Article, TopicKind
from comtoise.text.keywords import parse_keyword
from comtoise.topics import compile_rules, understand

BARE = replace(
    load(), companies=(), clusters=(), signals=(), places=replace(load().places, communes=(), demonyms=())
)


def given_sectors(keyword: str, title: str, text: str = "L'usine investit.") -> set[str]:
    """The sectors of an article when *keyword* is all that the textile sector knows."""
    textile = next(sector for sector in BARE.sectors if sector.id == "textile")
    only = replace(textile, id="essai", strong=(keyword,), weak=(), exclusions=(), occupations=(), context=())
    rules = compile_rules(replace(BARE, sectors=(only,)))
    assert rules.refused == ()
    found = understand(Article(id="1", url=None, title=title, text=text), rules)
    return {match.topic for match in found.of(TopicKind.SECTOR)}


@pytest.mark.parametrize(
    ("keyword", "title", "found"),
    [
        pytest.param("tricoteuse", "Des tricoteuses neuves", True, id="word-in-its-plural"),
        pytest.param("métier à tisser", "Douze métiers à tisser", True, id="phrase-in-its-plural"),
        pytest.param("métier à tisser", "Un métier pour tisser", False, id="phrase-is-contiguous"),
        pytest.param(
            "métier à tisser", "Un métier. À tisser soi-même", False, id="phrase-stays-in-its-sentence"
        ),
        pytest.param('"tricoteuse"', "Des tricoteuses neuves", False, id="quotes-keep-the-form"),
        pytest.param('"tricoteuse"', "Une TRICOTEUSE neuve", True, id="quotes-ignore-case"),
        pytest.param("« tricoteuse »", "Une tricoteuse neuve", True, id="french-quotes"),
        pytest.param("tricot*", "Le tricotage repart", True, id="star"),
        pytest.param("tricot*", "Le détricotage repart", False, id="star-opens-the-end-only"),
        pytest.param("CTT", "Le CTT s'installe", True, id="acronym"),
        pytest.param("CTT", "Le mot ctt s'installe", False, id="acronym-needs-capitals"),
        pytest.param("fil NON pêche", "Du fil neuf", True, id="non-absent"),
        pytest.param("fil NON pêche", "Du fil de pêche", False, id="non-present"),
        pytest.param("fil NON pêche NON barbelé", "Du fil barbelé", False, id="second-non"),
        pytest.param("fil PROCHE(3) laine", "Du fil de laine", True, id="proche-near"),
        pytest.param("fil PROCHE(3) laine", "De la laine et du fil", True, id="proche-other-order"),
        pytest.param(
            "fil PROCHE(3) laine", "Du fil que personne ici ne croit de laine", False, id="proche-far"
        ),
        pytest.param(
            "fil PROCHE laine", "Du fil que personne ici ne croit de laine", True, id="proche-default-ten"
        ),
        pytest.param("micro-fibre", "Des microfibres neuves", True, id="hyphen-or-joined"),
    ],
)
def test_a_keyword_matches_as_the_language_says(keyword: str, title: str, found: bool) -> None:
    assert (given_sectors(keyword, title) == {"essai"}) is found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("NON frites", id="non-without-a-word-before"),
        pytest.param("moule NON", id="non-without-a-word-after"),
        pytest.param("laser PROCHE(3)", id="proche-without-a-word-after"),
        pytest.param("a PROCHE(3) bb PROCHE(3) cc", id="two-proche"),
        pytest.param("mi*cro", id="star-inside"),
        pytest.param("m*", id="star-after-one-letter"),
        pytest.param("!!", id="no-word"),
        pytest.param("", id="empty"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="«"):
        parse_keyword(text)


def test_a_refused_keyword_spares_the_others() -> None:
    textile = replace(BARE.sectors[-2], strong=("NON", "tricoteuse"))
    rules = compile_rules(replace(BARE, sectors=(textile,)))
    assert len(rules.refused) == 1
    found = understand(
        Article(id="1", url=None, title="Des tricoteuses neuves", text="L'usine investit."), rules
    )
    assert found.of(TopicKind.SECTOR)


@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        keyword = parse_keyword(text)
    except InputError:
        return
    assert keyword.term.forms
