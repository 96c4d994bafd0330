"""One article, one address; two articles, two."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from comtoise.stories.canonical import LENGTH_MAX, canonical_url

EVAL = Path(os.environ.get("COMTOISE_EVAL", Path(__file__).parents[3] / "../shared/eval"))

ADDRESS = "https://a.example/vis-de-2026"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://a.example/vis-de-2026?utm_source=rss&utm_medium=feed", id="utm"),
        pytest.param("https://a.example/vis-de-2026?utm_source=a&amp;amp;utm_medium=b", id="doubly-escaped"),
        pytest.param("https://a.example/vis-de-2026?utm_source=a&#038;xtor=RSS-7", id="wordpress-entity"),
        pytest.param("https://a.example/vis-de-2026#xtor=RSS-7-[titres]", id="fragment"),
        pytest.param("http://www.a.example:80/vis-de-2026/", id="http-www-port-slash"),
        pytest.param("HTTPS://WWW.A.Example.//vis-de-2026", id="capitals-dot-double-slash"),
        pytest.param("https://m.a.example/vis-de-2026", id="mobile-host"),
        pytest.param("https://amp.a.example/vis-de-2026", id="amp-host"),
        pytest.param("https://a.example/vis-de-2026/amp/", id="amp-end"),
        pytest.param("https://a.example/amp/vis-de-2026", id="amp-begin"),
        pytest.param("https://a.example/vis-de-2026?amp=1", id="amp-parameter"),
        pytest.param("https://www.google.com/amp/s/a.example/vis-de-2026", id="amp-viewer"),
        pytest.param("https://a-example.cdn.ampproject.org/c/s/a.example/vis-de-2026", id="amp-cache"),
        pytest.param("https://a.example/vis-de-2026;jsessionid=0A1B2C3D", id="session-in-path"),
        pytest.param("https://a.example/vis-de-2026?PHPSESSID=9f8e7d", id="session-parameter"),
        pytest.param("https://a.example/vis%2Dde-2026", id="needless-escape"),
        pytest.param("https://reader:secret@a.example/vis-de-2026", id="credentials"),
        pytest.param("//a.example/vis-de-2026", id="no-scheme"),
        pytest.param(" a.example/vis-de-2026\n", id="no-scheme-no-slashes"),
        pytest.param("https://a.example/./x/../vis-de-2026", id="dots"),
        pytest.param("https://a.example/vis-de-2026?ref=newsletter", id="channel"),
        pytest.param("https://a.example/vis-de-2026?output=amp", id="shown-as-amp"),
        pytest.param("https://a.example/vis-de-2026?m=1", id="mobile-parameter"),
        pytest.param("https://mobi.a.example/vis-de-2026", id="mobi-host"),
        pytest.param("https://www.google.fr/amp/s/a.example/vis-de-2026", id="amp-viewer-of-a-country"),
        pytest.param("https://a.example/vis-de-2026&utm_source=rss&xtor=RSS-7", id="question-mark-lost"),
        pytest.param("https://a.example/vis-de-2026%3Futm_source=rss", id="question-mark-escaped"),
        pytest.param("https://a.example/vis-de-2026?amp%3Butm_source=rss", id="escaped-entity"),
        pytest.param(
            "https://a.example/(S(a1b2c3d4e5f6g7h8i9j0k1l2))/vis-de-2026", id="session-in-a-segment"
        ),
        pytest.param("https://a.example/vis-de-2026?ASPSESSIONIDQQ=a1", id="asp-session"),
        pytest.param("https://a.example/vis-de-2026%20", id="escaped-blank"),
        pytest.param("<https://a.example/vis-de-2026>", id="in-brackets"),
        pytest.param("https://a.example/vis-de-2026#/", id="empty-route"),
        pytest.param(
            "https://www.facebook.com/sharer.php?u=https%3A%2F%2Fa.example%2Fvis-de-2026", id="share"
        ),
    ],
)
def test_every_spelling_of_an_address_is_one(url: str) -> None:
    assert canonical_url(url) == ADDRESS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://a.example/?p=12", "https://a.example/?p=13", id="wordpress-id"),
        pytest.param("https://a.example/spip.php?article7", "https://a.example/spip.php?article8", id="spip"),
        pytest.param("https://a.example/x?page=2", "https://a.example/x", id="page"),
        pytest.param("https://a.example/x?reference=12", "https://a.example/x?reference=13", id="not-a-ref"),
        pytest.param("https://a.example/x?uid=12", "https://a.example/x", id="typo3-uid"),
        pytest.param("https://a.example/x?source=12", "https://a.example/x?source=13", id="source-number"),
        pytest.param("https://a.example/x?lang=de", "https://a.example/x", id="language"),
        pytest.param("https://a.example/Usine", "https://a.example/usine", id="case-of-the-path"),
        pytest.param("https://a.example:8080/x", "https://a.example/x", id="port"),
        pytest.param("https://a.example/#!/article/1", "https://a.example/#!/article/2", id="hashbang"),
        pytest.param("https://a.example/groupe/amp", "https://a.example/groupe", id="company-named-amp"),
        pytest.param("https://a.example/x&y=2", "https://a.example/x", id="ampersand-of-the-path"),
        pytest.param("https://a.example/x%3Fid=2", "https://a.example/x", id="question-of-the-path"),
        pytest.param("https://a.example/x?m=1126", "https://a.example/x", id="month"),
        pytest.param("https://a.example/x?view=article", "https://a.example/x", id="view"),
        pytest.param("https://a.example/x?tag=a%26b", "https://a.example/x?tag=a&b", id="escaped-ampersand"),
        pytest.param(
            "https://news.google.com/rss/articles/CBMiA",
            "https://news.google.com/rss/articles/CBMiB",
            id="google-news",
        ),
    ],
)
def test_two_articles_keep_two_addresses(one: str, other: str) -> None:
    assert canonical_url(one) is not None
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "©",
        "article.html",
        "mailto:desk@a.example",
        "javascript:void(0)",
        "ftp://a.example/x",
        "https://",
        "https://@/x",
        "https://a.example:99999/",
        "https://a.example:port/",
        "https://[::1",
        "https://[::1]x/",
        "https://a？.example",
        "https://a b.example/",
        "https://-a.example/",
        "https://a..example/",
        "https://" + "a" * 64 + ".example",
        "https://a.example/" + "x" * LENGTH_MAX,
    ],
)
def test_what_is_no_address_of_an_article_has_none(url: str) -> None:
    assert canonical_url(url) is None


def test_an_international_name_is_written_in_ascii() -> None:
    assert (
        canonical_url("http://www.métal.example/été?q=é")
        == "https://xn--mtal-bpa.example/%C3%A9t%C3%A9?q=%C3%A9"
    )


def test_a_composed_letter_is_one_however_it_is_escaped() -> None:
    spelt = {
        canonical_url(f"https://a.example/{word}-1")
        for word in ("café", "cafe\u0301", "caf%C3%A9", "cafe%CC%81", "caf%c3%a9")
    }
    assert spelt == {"https://a.example/caf%C3%A9-1"}
    assert canonical_url("https://a.example/caf%e9-1") == "https://a.example/caf%E9-1", "bytes of no letter"


_PIECES = st.sampled_from(
    [
        "http",
        "https",
        ":",
        "//",
        "/",
        "www.",
        "m.",
        "amp.",
        "a.example",
        "é",
        "%C3%A9",
        "%2e",
        "%",
        "%zz",
        "..",
        "amp",
        "/amp",
        ".amp",
        "?",
        "&",
        "&amp;",
        "amp;",
        "=",
        "+",
        "#",
        "#!",
        "utm_source=x",
        "p=1",
        "[",
        "]",
        "@",
        "\\",
        "\t",
        " ",
        "１",
        "ﬀ",
        "\ud800",
        "https://x.com/share?url=",
        "https%3A%2F%2F",
        "google.com/amp/s/",
        "-une-usine",
        "2026",
        "e\u0301",
        "%CC%81",
        "%FF",
        "%3F",
        "%20",
        "&utm_source=x",
        "amp%3B",
        "<",
        ">",
        "/(S(a1b2c3d4e5f6g7h8i9j0k1l2))",
    ]
)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(_PIECES, max_size=14).map("".join),
        st.lists(_PIECES, max_size=9).map(lambda p: "https://a.example/" + "".join(p)),
    )
)
@example("https://a.example/%2e%2e/x")
@example("https://a.example" + "/%20" * 900)
@example("https://a.example/<%CC%81http")
@example("https://a.example/une-usine-2026%20/amp")
def test_it_is_total_and_idempotent(url: str) -> None:
    canonical = canonical_url(url)
    if canonical is not None:
        assert canonical.startswith("https://")
        assert canonical_url(canonical) == canonical


@pytest.mark.skipif(not (EVAL / "urls_dev.jsonl").exists(), reason="the evaluation folder is not here")
def test_the_observed_addresses() -> None:
    right: dict[str, list[bool]] = {"same": [], "different": [], "invalid": []}
    for line in (EVAL / "urls_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        one, other = (None if row[side] is None else canonical_url(row[side]) for side in "ab")
        verdict = {"same": one == other, "different": one != other, "invalid": None in (one, other)}
        right[row["relation"]].append(verdict[row["relation"]])
    share = {relation: sum(found) / len(found) for relation, found in right.items()}
    assert share["different"] == 1.0
    assert share["same"] >= 0.95
    assert share["invalid"] >= 0.9
