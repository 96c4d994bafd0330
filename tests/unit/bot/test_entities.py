"""The server's reading of HTML: what Telegram accepts, and what it refuses."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.demo.botapi.entities import EntityError, read_html, utf16_length


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        pytest.param("<b>Usine</b> &lt;neuve&gt;", "Usine <neuve>", ["bold"], id="bold-and-escapes"),
        pytest.param('<a href="https://x.example/?a=1&amp;b=2">Lire</a>', "Lire", ["text_link"], id="link"),
        pytest.param("<a>sans adresse</a>", "sans adresse", [], id="link-without-address"),
        pytest.param("<b></b>vide", "vide", [], id="empty-tag-formats-nothing"),
        pytest.param(
            "<blockquote expandable>a <i>b</i></blockquote>", "a b", ["blockquote", "italic"], id="nested"
        ),
        pytest.param("R&D & Co", "R&D & Co", [], id="bare-ampersand-is-text"),
        pytest.param("l&#x27;usine &#171;", "l'usine «", [], id="numeric-references"),
        pytest.param('<span class="tg-spoiler">x</span>', "x", ["spoiler"], id="spoiler"),
    ],
)
def test_accepted(source: str, text: str, kinds: list[str]) -> None:
    plain, entities = read_html(source)
    assert plain == text
    assert [entity.type for entity in entities] == kinds


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("<p>texte</p>", "Unsupported start tag", id="paragraph"),
        pytest.param("<br/>", "Unsupported start tag", id="line-break"),
        pytest.param("<b>gras", "Can't find end tag", id="never-closed"),
        pytest.param("gras</b>", "Unexpected end tag", id="never-opened"),
        pytest.param("<b><i>x</b></i>", "Unmatched end tag", id="crossed"),
        pytest.param("5 < 6", "Can't find end of the entity", id="bare-less-than"),
        pytest.param("a&nbsp;b", "Unsupported named entity", id="named-entity"),
        pytest.param("<span>x</span>", "must have class", id="span-without-class"),
        pytest.param("<blockquote>a<blockquote>b</blockquote></blockquote>", "Nested", id="quote-in-a-quote"),
    ],
)
def test_refused(source: str, words: str) -> None:
    with pytest.raises(EntityError, match=words):
        read_html(source)


def test_offsets_count_utf16_units() -> None:
    _, entities = read_html("🏭 é <b>né</b>")
    assert (entities[0].offset, entities[0].length) == (5, 2)
    assert utf16_length("🏭é") == 3


def test_the_hundred_and_first_entity_loses_its_formatting() -> None:
    text, entities = read_html("<b>x</b>" * 101)
    assert (len(text), len(entities)) == (101, 100)


@given(text=st.text())
def test_escaped_text_always_reads_back(text: str) -> None:
    assert read_html(html.escape(text)) == (text, ())
