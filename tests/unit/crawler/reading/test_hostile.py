"""Documents written to hurt their reader: refused or read, quickly and within little memory."""

import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comtoise.errors import SourceError
from comtoise.model import ListingSelectors
from comtoise_crawler.reading import (
    find_feeds,
    read_bodacc,
    read_feed,
    read_listing,
    read_page,
    read_sitemap,
    read_wordpress,
)

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
URL = "https://journal.example/x"
SELECTORS = ListingSelectors(item="li", title="h2", date="time", summary="p")
READERS: dict[str, Callable[[bytes], object]] = {
    "feed": lambda body: read_feed(body, url=URL, now=NOW),
    "page": lambda body: read_page(body, url=URL, now=NOW),
    "listing": lambda body: read_listing(body, url=URL, selectors=SELECTORS, now=NOW),
    "feeds": lambda body: find_feeds(body, url=URL),
    "sitemap": lambda body: read_sitemap(body, url=URL, now=NOW),
    "wordpress": lambda body: read_wordpress(body, url=URL, now=NOW),
    "bodacc": lambda body: read_bodacc(body, url=URL, now=NOW),
}

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
A = "a" * 150


def rss(subset: str, title: str) -> str:
    return f"<!DOCTYPE rss [{subset}]><rss><channel><item><title>{title}</title></item></channel></rss>"


BOMBS = {
    "laughs": rss(f'<!ENTITY l0 "ha">{LAUGHS}', "&l9;"),
    "quadratic": rss(f'<!ENTITY a "{A}">', "&a;" * 200_000),
    "long-entity": rss(f'<!ENTITY a "{A * 300}">', "&a;"),
    "parameter": rss("<!ENTITY % p \"<!ENTITY x 'y'>\"> %p;", "&x;"),
    "deep": "<rss><channel>" + "<a>" * 200_000,
    "attributes": "<rss " + " ".join(f'a{n}="{n}"' for n in range(50_000)) + "><channel/></rss>",
    "items": "<rss><channel>" + "<item><title>x</title></item>" * 150_000 + "</channel></rss>",
    "long-text": "<rss><channel><item><title>" + "<b> " * 1_500_000 + "</title></item></channel></rss>",
    "deep-html": "<html><body>" + "<div>" * 100_000 + "x",
    "wide-html": "<html><body>" + "<p class=x>Un mot</p>" * 100_000,
    "json": '{"items":' + "[" * 300_000,
    "comments": "<rss>" + "<!--" * 500_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("kind", ["feed", "page", "sitemap"])
def test_a_bomb_costs_seconds_at_most(kind: str, bomb: str) -> None:
    body = BOMBS[bomb].encode()
    start = time.process_time()
    reason = refusal(READERS[kind], body)
    spent = time.process_time() - start
    assert spent < 4  # measured: 1.3 s at worst; a quadratic reading takes minutes
    if kind == "feed" and bomb in ("laughs", "quadratic", "long-entity", "parameter"):
        assert reason is not None


def test_entities_grow_nothing_in_memory() -> None:
    tracemalloc.start()
    with pytest.raises(SourceError, match="entités"):
        READERS["feed"](BOMBS["laughs"].encode())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_an_external_entity_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mot de passe")
    feed = read_feed(
        f'<!DOCTYPE rss [<!ENTITY f SYSTEM "file://{secret}">]>'
        "<rss><channel><item><title>Un &f;</title></item></channel></rss>".encode(),
        url=URL,
        now=NOW,
    )
    assert feed.entries[0].title == "Un"


_PIECES = """
<rss> <channel> <item> </item> <title> </title> <link> <link|href=' <feed > <entry>
xmlns='http://www.w3.org/2005/Atom' <![CDATA[ ]]> &eacute; & <!DOCTYPE [ ] <html> <body> <p|class='date'> <h1>
Publié|le|3|mars|2026 <script|type='application/ld+json'> {"@type":"Article","headline":["a"]} </script>
<urlset> <url> <loc> http://a.example/ <?xml|version='1.0'?> <li> <a|href='//[x'> <time|datetime='2026-99-01'>
\x00 \ufffe é xml:base='http://[::1' <guid> { } "items":[ <base|href='http://[bad'>
"""
_MARKUP = st.lists(st.sampled_from([piece.replace("|", " ") for piece in _PIECES.split()]), max_size=30).map(
    "".join
)


def refusal(read: Callable[[bytes], object], body: bytes) -> str | None:
    """Why *body* was refused; None when it was read. Any other error is the test's failure."""
    try:
        read(body)
    except SourceError as error:
        return str(error)
    return None


@settings(deadline=None)
@given(body=st.binary(max_size=300) | _MARKUP.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused_in_french(body: bytes) -> None:
    for read in READERS.values():
        reason = refusal(read, body)
        assert reason is None or reason.endswith(".")


_MEMBERS = """
items results title rendered id date jugement registre authors tags hubs url link guid content excerpt commercant
version @type headline author datePublished publisher isAccessibleForFree inLanguage
"""
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_MEMBERS.split()), inner, max_size=6)
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(value=_JSON)
def test_any_json_is_read_or_refused(value: object) -> None:
    body = json.dumps(value).encode()
    page = (
        b"<html><head><script type='application/ld+json'>"
        + body
        + b"</script></head><body><h1>Un</h1></body></html>"
    )
    for kind in ("feed", "wordpress", "bodacc"):
        assert refusal(READERS[kind], body) != ""
    assert read_page(page, url=URL, now=NOW).title is not None
