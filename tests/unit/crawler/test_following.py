"""A poll of several requests: how many, and when the asking ends."""

import pytest

from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure
from comtoise_crawler.following import REQUESTS_MAX, Following, Reply, Steps, fetch


def answer(status: int = 200) -> Answer:
    return Answer("https://gazette.example/", status, {}, b"")


def greedy(wanted: int) -> Steps[int]:
    """Ask *wanted* times and tell how many came."""
    came = 0
    for number in range(wanted):
        if (yield from fetch(f"https://gazette.example/{number}", "archive")) is not None:
            came += 1
    return came


def run(wanted: int, *replies: Reply) -> Following[int]:
    """Reply as told, the last reply for all that follow."""
    following = Following(greedy(wanted))
    ask = following.start()
    given = 0
    while ask is not None:
        ask = following.go_on(replies[min(given, len(replies) - 1)])
        given += 1
    return following


def test_a_reader_that_asks_for_nothing_has_its_result_at_once() -> None:
    following = Following(greedy(0))
    assert following.start() is None
    assert following.result == 0


def test_no_poll_makes_more_requests_than_allowed() -> None:
    following = run(1000, answer())
    assert (following.asked, following.result) == (REQUESTS_MAX, REQUESTS_MAX)


@pytest.mark.parametrize(
    ("reply", "asked"),
    [
        pytest.param(answer(404), 4, id="missing"),
        pytest.param(Failure("robots", ""), 4, id="forbidden-address"),
        pytest.param(Failure("too-large", ""), 4, id="too-large"),
        pytest.param(answer(429), 1, id="slow-down"),
        pytest.param(answer(503), 1, id="out-of-order"),
        pytest.param(Failure("timeout", ""), 1, id="no-answer"),
        pytest.param(Failure("dns", ""), 1, id="no-such-host"),
    ],
)
def test_a_host_in_trouble_is_asked_nothing_more(reply: Reply, asked: int) -> None:
    following = run(4, reply)
    assert (following.asked, following.result) == (asked, 0)
    assert (following.refused is not None) == (isinstance(reply, Answer) and reply.status in (429, 503))


def test_one_bad_address_does_not_end_the_asking() -> None:
    assert run(3, answer(404), answer()).result == 2


def test_a_mistake_of_the_reader_comes_out() -> None:
    def broken() -> Steps[None]:
        yield from fetch("https://gazette.example/", "archive")
        raise ZeroDivisionError

    following = Following(broken())
    following.start()
    with pytest.raises(ZeroDivisionError):
        following.go_on(answer())
