"""What takes for ever if it is read naively: a few hundred bytes repeated, in headers and at the head of documents."""

import time
from collections.abc import Callable
from datetime import datetime

import pytest

from comtoise_crawler.reading import read_feed
from comtoise_crawler.reading.errors import NotAFeed
from comtoise_crawler.rights import directives

SECONDS = 2.0  #: read naively, each takes ten at least


def feed(document: str, now: datetime) -> None:
    with pytest.raises(NotAFeed):
        read_feed(document.encode(), url="https://gazette.example/feed", now=now)


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(lambda now: directives(["a" * 65_000], now=now), id="x-robots-tag"),
        pytest.param(lambda now: feed("<!--" + "--> <!--" * 27 + "-->", now), id="comments"),
        pytest.param(lambda now: feed("<!DOCTYPE a[" * 12_000 + "<html/>", now), id="document-types"),
    ],
)
def test_the_time_to_read_grows_with_what_is_read(read: Callable[[datetime], object], now: datetime) -> None:
    started = time.perf_counter()
    read(now)
    assert time.perf_counter() - started < SECONDS
