"""Who turned us away, by the marks that guards leave."""

import pytest

from comtoise.errors import SourceError
from comtoise.model import SourceKind
from comtoise_crawler.answer import Answer
from comtoise_crawler.blocking import blocked_by
from comtoise_crawler.failures import of_answer, of_unreadable

CHALLENGE = b"<!doctype html><html><head><title>Just a moment...</title></head><body></body></html>"
PAGE = b"<!doctype html><html><body>Maintenance</body></html>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "guard"),
    [
        pytest.param(403, {"server": "cloudflare"}, b"no", "Cloudflare", id="refusal-by-header"),
        pytest.param(503, {"server": "cloudflare"}, CHALLENGE, "Cloudflare", id="challenge"),
        pytest.param(200, {"server": "cloudflare"}, CHALLENGE, "Cloudflare", id="challenge-as-a-200"),
        pytest.param(403, {"cf-mitigated": "challenge"}, b"", "Cloudflare", id="challenge-by-header"),
        pytest.param(503, {"server": "cloudflare"}, PAGE, None, id="the-site-behind-it-is-down"),
        pytest.param(404, {"server": "cloudflare"}, PAGE, None, id="a-page-that-is-gone"),
        pytest.param(403, {"x-datadome": "protected"}, b"", "DataDome", id="datadome-header"),
        pytest.param(
            403, {}, b'<script src="https://ct.captcha-delivery.com/c.js">', "DataDome", id="datadome-page"
        ),
        pytest.param(403, {"server": "AkamaiGHost"}, b"Access Denied", "Akamai", id="akamai-header"),
        pytest.param(
            403,
            {},
            b"<TITLE>Access Denied</TITLE>\nReference&#32;https&#58;//errors.edgesuite.net/18.1",
            "Akamai",
            id="akamai-page",
        ),
        pytest.param(
            200, {"x-iinfo": "1-2"}, b'<script src="/_Incapsula_Resource?x">', "Imperva", id="imperva"
        ),
        pytest.param(403, {"server": "nginx"}, b"Forbidden", None, id="the-site-itself"),
    ],
)
def test_a_guard_is_known_by_its_marks(
    status: int, headers: dict[str, str], body: bytes, guard: str | None
) -> None:
    assert blocked_by(status, headers, body) == guard


def answer(status: int, body: bytes = b"", **headers: str) -> Answer:
    return Answer(url="https://gazette.example/feed", status=status, headers=headers, body=body)


@pytest.mark.parametrize(
    ("found", "kind", "words"),
    [
        pytest.param(answer(403, server="cloudflare"), "blocked", "Cloudflare", id="by-a-guard"),
        pytest.param(answer(403), "blocked", "403", id="by-the-site"),
        pytest.param(answer(429), "http-429", "ralentir", id="asked-to-slow-down"),
        pytest.param(answer(503, CHALLENGE), "blocked", "Cloudflare", id="challenge"),
        pytest.param(answer(404), "http-404", "404", id="gone"),
    ],
)
def test_an_error_page_is_told_in_words(found: Answer, kind: str, words: str) -> None:
    failure = of_answer(found)
    assert failure.kind == kind
    assert words in failure.text


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        pytest.param(SourceKind.FEED, PAGE, "html", id="a-page-for-a-feed"),
        pytest.param(SourceKind.FEED, b"\xef\xbb\xbf\n" + PAGE, "html", id="with-a-mark-before-it"),
        pytest.param(SourceKind.FEED, b"{}", "content", id="something-else"),
        pytest.param(SourceKind.LISTING, PAGE, "layout", id="a-listing-without-links"),
        pytest.param(SourceKind.LISTING, CHALLENGE, "blocked", id="a-listing-behind-a-challenge"),
        pytest.param(SourceKind.SITEMAP, PAGE, "html", id="a-page-for-a-sitemap"),
    ],
)
def test_what_cannot_be_read_is_told_apart(kind: SourceKind, body: bytes, expected: str) -> None:
    assert of_unreadable(answer(200, body), kind, SourceError("illisible")).kind == expected
