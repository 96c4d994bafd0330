"""Cleaning at the door: what a foreign title, text or address becomes."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.text.clean import TITLE_MAX, clean_line, clean_text, clean_title, clean_url

PIECE_LINE = (
    "<b> </b> &lt; &amp; amp; lt; gt; < > script <script> </script> <!-- --> <![CDATA[ ]]> &#38; &#x26; &"
    " img =x « é Z"
)
PIECES = [*PIECE_LINE.split(), " ", "\u00a0"]
FOREIGN = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&;/!-\"'=#\u202e\u0301\u037e"), st.just("\ud800")),
    max_size=400,
) | st.lists(st.sampled_from(PIECES)).map("".join)


@pytest.mark.parametrize(
    ("found", "title"),
    [
        pytest.param("L&amp;#039;usine &amp;eacute;largie", "L'usine élargie", id="escaped-twice"),
        pytest.param("Forge &amp;amp;amp;amp; Fils", "Forge & Fils", id="escaped-five-times"),
        pytest.param("Le <b>gras</b> et l&lt;i&gt;italique&lt;/i&gt;", "Le gras et litalique", id="tags"),
        pytest.param("Recrutement : <12 postes", "Recrutement : <12 postes", id="less-than-is-no-tag"),
        pytest.param("Le salon <Horlogia> ouvre", "Le salon <Horlogia> ouvre", id="brackets-of-the-author"),
        pytest.param("a<script>alert('x')</script>b", "ab", id="script"),
        pytest.param("&lt;scr&lt;b&gt;ipt&gt;", "", id="tag-inside-a-tag"),
        pytest.param("Usine<img src=x onerror=alert(1)", "Usine", id="tag-never-closed"),
        pytest.param('a<img alt="b>c" src="d">e', "ae", id="bracket-in-an-attribute"),
        pytest.param("sûr<!-- jamais fermé", "sûr", id="comment-never-closed"),
        pytest.param("<![CDATA[Une scierie]]>", "Une scierie", id="cdata-left-over"),
        pytest.param("Scierie\u202egnp.exe\x00\x07", "Scieriegnp.exe", id="bidi-and-control"),
        pytest.param("&#8238;Scierie", "Scierie", id="bidi-as-a-reference"),
        pytest.param("de\u0301colletage", "décolletage", id="decomposed-accents"),
        pytest.param("Un\n titre \t en\u2028trois", "Un titre en trois", id="one-line"),
        pytest.param("Prix : 12\u202f%", "Prix : 12\u202f%", id="no-break-spaces-stay"),
        pytest.param("L’équipe 👩‍🔧", "L’équipe 👩‍🔧", id="emoji-stay"),
    ],
)
def test_a_title_is_plain_text(found: str, title: str) -> None:
    assert clean_title(found) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    cut = clean_title("décolletage " * 60)
    assert len(cut) <= TITLE_MAX
    assert cut.endswith("décolletage…")


def test_paragraphs_become_lines() -> None:
    assert clean_text("<p>Un  atelier.</p>\n\n<p>Deux<br/>trois <em>mots</em>.</p>") == (
        "Un atelier.\nDeux\ntrois mots."
    )


@pytest.mark.parametrize(
    ("found", "address"),
    [
        pytest.param("https://forge.example/a?b=1&amp;c=2", "https://forge.example/a?b=1&c=2", id="escaped"),
        pytest.param("../une page", "https://site.example/une%20page", id="relative-with-a-space"),
        pytest.param("//autre.example/x", "https://autre.example/x", id="without-scheme"),
        pytest.param(" http://forge.example/\n2026/usine ", "http://forge.example/2026/usine", id="newline"),
        pytest.param("java\nscript:alert(1)", None, id="script-in-disguise"),
        pytest.param("javascript:alert(1)", None, id="script"),
        pytest.param("data:text/html,x", None, id="data"),
        pytest.param("mailto:a@forge.example", None, id="mail"),
        pytest.param("https://moi:secret@forge.example/", None, id="with-a-password"),
        pytest.param("http://[::1", None, id="broken-host"),
        pytest.param("http://forge.example:99999/", None, id="impossible-port"),
        pytest.param("http:///chemin", None, id="no-host"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="none"),
    ],
)
def test_only_addresses_that_can_be_followed_pass(found: str | None, address: str | None) -> None:
    assert clean_url(found, "https://site.example/fil/rss") == address


@pytest.mark.parametrize(
    "text", ["<SCRIPT <", "<b <i>gras</i>", "<img src=x <b>", "<script <script>alert(1)</script>"]
)
def test_a_tag_cut_short_by_the_next_one_goes(text: str) -> None:
    assert not re.search(r"<\w", clean_title(text))


@given(FOREIGN)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (clean_title, clean_text, clean_line):
        once = clean(text)
        assert clean(once) == once


@given(FOREIGN)
def test_what_passes_is_printable_and_without_tags(text: str) -> None:
    for cleaned in (clean_title(text), clean_text(text)):
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in cleaned.replace("\n", ""))
        assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        assert not re.search(r"<(script|b|img)[\s/>]", cleaned, re.IGNORECASE)
    assert len(clean_title(text)) <= TITLE_MAX
    assert "\n" not in clean_title(text)


@given(st.text(max_size=200), st.none() | st.just("https://site.example/a/"))
def test_an_address_that_passes_is_absolute_and_passes_again(url: str, base: str | None) -> None:
    found = clean_url(url, base)
    if found is not None:
        assert found.lower().startswith(("http://", "https://"))
        assert clean_url(found) == found


@pytest.mark.parametrize(
    "piece", ['<a "', "<!--", "<script>", "&amp;", "<", "amp;", "<b ", "<a b='", "&#97;"]
)
def test_a_hostile_text_costs_little(piece: str) -> None:
    start = time.process_time()
    clean_text("&" + piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 3  # measured: 0.6 s at worst; a quadratic reading takes minutes


@given(
    host=st.text("abcz09.-", min_size=1, max_size=12),
    path=st.text("aZ09/_.~%,+:@!$'()*-", max_size=20),
    query=st.text("aZ09=&;?#/%+", max_size=12),
)
def test_an_ordinary_address_is_judged_as_any_other(host: str, path: str, query: str) -> None:
    url = f"https://{host}/{path}{'?' if query else ''}{query}"
    base = "https://site.example/a/"
    assert clean_url(url, base) == clean_url(f" {url}", base), "a space takes the long way"
