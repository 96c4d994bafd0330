"""What publishers allow: robots.txt as RFC 9309 has it, the TDM protocol, robots directives, refusals of AI."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.model import RightsSign, is_reserved
from comtoise_crawler.rights import (
    directives,
    signs_of_answer,
    signs_of_listing,
    signs_of_page,
    signs_of_robots,
    tdm_header,
    tdm_reserved,
)
from comtoise_crawler.robots import ROBOTS_MAX, Robots

URL = "https://gazette.example/eco/article-1"
NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        pytest.param(200, "User-agent: *\nDisallow: /prive/", True, id="other-path"),
        pytest.param(200, "User-agent: *\nDisallow: /eco/", False, id="forbidden-to-all"),
        pytest.param(
            200, "User-agent: ComtoiseBot\nDisallow: /\n\nUser-agent: *\nAllow: /", False, id="named"
        ),
        pytest.param(200, "user-AGENT: comtoisebot/1.2\nDISALLOW: /", False, id="no-case-and-a-version"),
        pytest.param(
            200,
            "User-agent: *\nDisallow: /\nUser-agent: ComtoiseBot\nDisallow: /sport",
            True,
            id="our-group-alone-counts",
        ),
        pytest.param(
            200,
            "User-agent: ComtoiseBot\nDisallow: /sport\nUser-agent: a\nAllow: /\n"
            "User-agent: comtoisebot\nDisallow: /eco",
            False,
            id="our-groups-are-one",
        ),
        pytest.param(200, "User-agent: Comtoise\nDisallow: /", True, id="a-name-that-begins-like-ours"),
        pytest.param(200, "User-agent: ComtoiseBotNews\nDisallow: /", True, id="a-name-that-goes-on"),
        pytest.param(200, "User-agent: ComtoiseBot GoogleBot\nDisallow: /", False, id="two-words"),
        pytest.param(200, "User-agent: * and more\nDisallow: /", False, id="star-and-words"),
        pytest.param(200, "User-agent: a\nUser-agent: *\nDisallow: /", False, id="two-agents-one-group"),
        pytest.param(
            200, "User-agent: *\nNoindex: /x\nUser-agent: b\nDisallow: /", False, id="unknown-line-in-a-group"
        ),
        pytest.param(
            200, "User-agent: *\nCrawl-delay: 9\nUser-agent: b\nDisallow: /", False, id="delay-in-a-group"
        ),
        pytest.param(
            200, "User-agent: *\nSitemap: https://a.example/s\nDisallow: /", False, id="sitemap-in-a-group"
        ),
        pytest.param(200, "Disallow: /\nUser-agent: *\nAllow: /", True, id="rule-before-any-group"),
        pytest.param(200, "User-agent: *\nDisallow: /eco/\nAllow: /eco/article", True, id="longest-match"),
        pytest.param(
            200, "User-agent: *\nAllow: /eco/\nDisallow: /eco/art", False, id="longest-match-forbids"
        ),
        pytest.param(200, "User-agent: *\nDisallow: /eco/\nAllow: /eco/", True, id="allow-wins-a-tie"),
        pytest.param(200, "User-agent: *\nDisallow: /*/article", False, id="wildcard"),
        pytest.param(200, "User-agent: *\nDisallow: /eco$", True, id="end-mark"),
        pytest.param(200, "User-agent: *\nDisallow: /*-1$", False, id="wildcard-and-end-mark"),
        pytest.param(200, "User-agent: *\nDisallow: /%65co/", False, id="percent-encoded"),
        pytest.param(200, "User-agent: *\nDisallow:", True, id="empty-rule-allows"),
        pytest.param(200, "User-agent: *\nDisallow: # /eco/", True, id="comment"),
        pytest.param(200, "User-agent: *\nDisallow /eco/", False, id="no-colon"),
        pytest.param(200, "User-agent: *\nDissallow: /eco/", False, id="misspelt"),
        pytest.param(200, "User-agent: *\rDisallow: /eco/\r\n", False, id="old-line-ends"),
        pytest.param(200, "User-agent: *\nDisallow: /x\u2028Allow: /eco/", True, id="no-line-end"),
        pytest.param(200, "\ufeffUser-agent: *\nDisallow: /", False, id="byte-order-mark"),
        pytest.param(200, "<html>pas un robots</html>", True, id="not-a-robots-file"),
        pytest.param(404, "User-agent: *\nDisallow: /", True, id="missing"),
        pytest.param(403, "", True, id="client-error-allows"),
        pytest.param(301, "User-agent: *\nDisallow: /", True, id="redirect-without-end"),
        pytest.param(429, "", False, id="asked-for-peace"),
        pytest.param(503, "", False, id="server-error-forbids"),
        pytest.param(None, None, False, id="unreachable-forbids"),
    ],
)
def test_robots(status: int | None, body: str | None, allowed: bool) -> None:
    assert Robots(status, body).allows(URL) is allowed


@given(body=st.text(max_size=200))
def test_any_robots_file_is_read(body: str) -> None:
    robots = Robots(200, body)
    assert robots.allows(URL) in (True, False)
    assert robots.verdict in ("rules", "none")
    assert len(robots.refusals) <= 5


def test_a_robots_file_made_of_wildcards_costs_little() -> None:
    line = "Disallow: /" + "*a" * 500 + "b\n"
    body = "User-agent: *\n" + line * (ROBOTS_MAX // len(line))
    start = time.process_time()
    assert Robots(200, body).allows("https://gazette.example/" + "a" * 4000)
    assert time.process_time() - start < 5  # measured: 0.3 s; a backtracking match would take for ever


@pytest.mark.parametrize(
    ("body", "refusals"),
    [
        pytest.param("License: https://gazette.example/rsl.xml", ["License: https://gazette.example/rsl.xml"],
                     id="rsl"),
        pytest.param("User-agent: *\nDisallow:\nlicense: /rsl.xml", ["License: /rsl.xml"], id="rsl-at-the-end"),
        pytest.param("User-agent: *\nContent-Signal: search=no, ai-train=no", ["Content-Signal: search=no"],
                     id="content-signal"),
        pytest.param("User-agent: *\nContent-Usage: tdm=n", ["Content-Signal: tdm=no"], id="content-usage"),
        pytest.param("User-agent: *\nContent-Signal: search=yes, ai-train=no", [], id="training-only"),
        pytest.param("User-agent: GPTBot\nContent-Signal: search=no", [], id="another-robot"),
        pytest.param("# License: none", [], id="comment"),
        pytest.param("User-agent: *\nDisallow: /", [], id="rules-only"),
    ],
)  # fmt: skip
def test_lines_of_robots_that_reserve_texts(body: str, refusals: list[str]) -> None:
    assert list(Robots(200, body).refusals) == refusals
    assert is_reserved(signs_of_robots(Robots(200, body), at=NOW), NOW) is (True if refusals else None)


@pytest.mark.parametrize(
    ("tdmrep", "expected"),
    [
        pytest.param('[{"location": "/", "tdm-reservation": 1}]', True, id="whole-site"),
        pytest.param('\ufeff[{"location": "/", "tdm-reservation": 1}]', True, id="byte-order-mark"),
        pytest.param('[{"location": "/sport/", "tdm-reservation": 1}]', None, id="other-folder"),
        pytest.param(
            '[{"location": "/eco/*", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]',
            False,
            id="first-match-decides",
        ),
        pytest.param('[{"location": "/*-1$", "tdm-reservation": 1}]', True, id="wildcards"),
        pytest.param('[{"location": "/eco/$", "tdm-reservation": 1}]', None, id="end-mark"),
        pytest.param('[{"location": "*", "tdm-reservation": "1"}]', True, id="star-and-text"),
        pytest.param('[{"location": "/", "tdm-reservation": 7}]', None, id="other-value-is-silence"),
        pytest.param('[{"location": "/", "tdm-reservation": [1]}]', None, id="no-value"),
        pytest.param("[" * 100_000, None, id="deep"),
        pytest.param("pas du json", None, id="unreadable"),
        pytest.param('{"location": "/"}', None, id="not-a-list"),
        pytest.param(None, None, id="missing"),
    ],
)
def test_reservation_of_text_and_data_mining(tdmrep: str | None, expected: bool | None) -> None:
    assert tdm_reserved(tdmrep, URL) is expected


def test_a_tdmrep_file_made_of_wildcards_costs_little() -> None:
    location = "*a" * 900 + "b$"
    tdmrep = "[" + ",".join(['{"location": "' + location + '", "tdm-reservation": 1}'] * 500) + "]"
    start = time.process_time()
    assert tdm_reserved(tdmrep, "https://gazette.example/" + "a" * 4000) is None
    assert time.process_time() - start < 5  # measured: 0.2 s


@pytest.mark.parametrize(("value", "expected"), [("1", True), (" 0 ", False), ("yes", None), (None, None)])
def test_reservation_by_header(value: str | None, expected: bool | None) -> None:
    assert tdm_header(value) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(["noindex, nofollow"], {"noindex", "nofollow"}, id="two"),
        pytest.param(["NONE"], {"none", "noindex", "nofollow"}, id="none"),
        pytest.param(["googlebot: noindex, nofollow"], set(), id="another-robot"),
        pytest.param(["comtoisebot: noindex"], {"noindex"}, id="us"),
        pytest.param(["googlebot: nofollow, ComtoiseBot: noindex, noarchive"], {"noindex", "noarchive"},
                     id="one-line-two-robots"),
        pytest.param(["googlebot: noindex", "nofollow"], {"nofollow"}, id="a-name-holds-for-its-line"),
        pytest.param(["unavailable_after: 25 Jun 2026 15:00:00 GMT"], {"noindex"}, id="date-passed"),
        pytest.param(["unavailable_after: Thu, 25 Jun 2037 15:00:00 GMT"], set(), id="date-to-come"),
        pytest.param(["googlebot: unavailable_after: 2026-01-01"], set(), id="date-of-another-robot"),
        pytest.param(["noarchive, unavailable_after: 2026-01-01"], {"noarchive", "noindex"}, id="date-last"),
        pytest.param(["max-snippet: 0, noai"], {"max-snippet: 0", "noai"}, id="values"),
        pytest.param(["", "  ", ",,"], set(), id="nothing"),
    ],
)  # fmt: skip
def test_robots_directives_aimed_at_us(lines: list[str], expected: set[str]) -> None:
    assert directives(lines, now=NOW) == expected


@pytest.mark.parametrize(
    ("headers", "reserved"),
    [
        pytest.param({"tdm-reservation": "1"}, True, id="tdm"),
        pytest.param({"tdm-reservation": "0"}, False, id="tdm-free"),
        pytest.param({"x-robots-tag": "noindex, follow"}, None, id="every-wordpress-feed"),
        pytest.param({"x-robots-tag": "noindex, nofollow"}, True, id="nofollow"),
        pytest.param({"x-robots-tag": "none"}, True, id="none"),
        pytest.param({"x-robots-tag": "noarchive"}, None, id="noarchive"),
        pytest.param({"x-robots-tag": "noai, noimageai"}, True, id="noai"),
        pytest.param({"x-robots-tag": "noai", "tdm-reservation": "0"}, True, id="one-refusal-is-enough"),
        pytest.param({"content-type": "text/xml"}, None, id="silent"),
    ],
)
def test_what_the_headers_of_a_list_reserve(headers: dict[str, str], reserved: bool | None) -> None:
    assert is_reserved(signs_of_answer(headers, at=NOW), NOW) is reserved


@pytest.mark.parametrize(
    ("head", "reserved"),
    [
        pytest.param("<META content='1' name=tdm-reservation>", True, id="tdm"),
        pytest.param('<meta name="robots" content="noindex,follow">', None, id="noindex"),
        pytest.param('<meta name="ComtoiseBot" content="nofollow">', True, id="us"),
        pytest.param('<meta name="googlebot" content="nofollow">', None, id="another-robot"),
        pytest.param('<meta name="robots">', None, id="no-content"),
    ],
)
def test_what_the_metas_of_a_listing_reserve(head: str, reserved: bool | None) -> None:
    document = f"<html><head>{head}</head><body></body></html>"
    assert is_reserved(signs_of_listing(document, at=NOW), NOW) is reserved


@pytest.mark.parametrize(
    ("header", "meta", "robots", "reserved"),
    [
        pytest.param("1", None, [], True, id="header"),
        pytest.param("1", False, [], False, id="meta-overrides-header"),
        pytest.param("0", True, [], True, id="meta-overrides-header-both-ways"),
        pytest.param("", None, ["noindex, nofollow"], None, id="noindex-speaks-of-one-page"),
        pytest.param("", None, ["noai"], True, id="noai"),
    ],
)
def test_what_a_page_says_of_its_source(
    header: str, meta: bool | None, robots: list[str], reserved: bool | None
) -> None:
    signs = signs_of_page({"tdm-reservation": header}, meta=meta, robots=robots, at=NOW)
    assert is_reserved(signs, NOW) is reserved


def sign(where: str, *, reserved: bool, says: str = "tdm-reservation: ?", days: int = 0) -> RightsSign:
    return RightsSign(where=where, says=says, reserved=reserved, at=NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("signs", "reserved"),
    [
        pytest.param([], None, id="silence"),
        pytest.param([sign("header", reserved=False), sign("tdmrep.json", reserved=True)], False,
                     id="header-over-file"),
        pytest.param([sign("tdmrep.json", reserved=False), sign("page", reserved=True)], True,
                     id="page-over-file"),
        pytest.param([sign("page", reserved=True, days=8)], None, id="an-old-word-of-a-page"),
        pytest.param([sign("tdmrep.json", reserved=True), sign("page", reserved=False, days=8)], True,
                     id="the-file-stands-again"),
        pytest.param([sign("robots.txt", says="License: /rsl", reserved=True),
                      sign("header", reserved=False)], True, id="a-licence-is-not-lifted"),
        pytest.param([sign("header", says="noindex", reserved=False)], None, id="told-but-not-binding"),
    ],
)  # fmt: skip
def test_the_nearest_word_of_the_tdm_protocol_wins(signs: list[RightsSign], reserved: bool | None) -> None:
    assert is_reserved(signs, NOW) is reserved
