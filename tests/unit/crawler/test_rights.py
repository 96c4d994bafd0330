"""robots.txt and reservations as verdicts."""

import pytest

from comtoise_crawler.rights import Robots, tdm_header, tdm_reserved

URL = "https://gazette.example/eco/article-1"


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        pytest.param(200, "User-agent: *\nDisallow: /prive/", True, id="other-path"),
        pytest.param(200, "User-agent: *\nDisallow: /eco/", False, id="forbidden-to-all"),
        pytest.param(
            200, "User-agent: ComtoiseBot\nDisallow: /\n\nUser-agent: *\nAllow: /", False, id="named"
        ),
        pytest.param(200, "User-agent: *\nDisallow: /eco/\nAllow: /eco/article", True, id="longest-match"),
        pytest.param(200, "\ufeffUser-agent: *\nDisallow: /", False, id="byte-order-mark"),
        pytest.param(200, "<html>pas un robots</html>", True, id="not-a-robots-file"),
        pytest.param(404, "nothing", True, id="missing"),
        pytest.param(403, "", True, id="client-error-allows"),
        pytest.param(503, "", False, id="server-error-forbids"),
        pytest.param(None, None, False, id="unreachable-forbids"),
    ],
)
def test_robots(status: int | None, body: str | None, allowed: bool) -> None:
    assert Robots(status, body).allows(URL) is allowed


@pytest.mark.parametrize(
    ("tdmrep", "expected"),
    [
        pytest.param('[{"location": "/", "tdm-reservation": 1}]', True, id="whole-site"),
        pytest.param('[{"location": "/sport/", "tdm-reservation": 1}]', None, id="other-folder"),
        pytest.param(
            '[{"location": "/eco/*", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]',
            False,
            id="first-match-decides",
        ),
        pytest.param('[{"location": "/*-1$", "tdm-reservation": 1}]', True, id="wildcards"),
        pytest.param('[{"location": "/", "tdm-reservation": 7}]', None, id="other-value-is-silence"),
        pytest.param("pas du json", None, id="unreadable"),
        pytest.param('{"location": "/"}', None, id="not-a-list"),
        pytest.param(None, None, id="missing"),
    ],
)
def test_reservation_of_text_and_data_mining(tdmrep: str | None, expected: bool | None) -> None:
    assert tdm_reserved(tdmrep, URL) is expected


@pytest.mark.parametrize(("value", "expected"), [("1", True), (" 0 ", False), ("yes", None), (None, None)])
def test_reservation_by_header(value: str | None, expected: bool | None) -> None:
    assert tdm_header(value) is expected
