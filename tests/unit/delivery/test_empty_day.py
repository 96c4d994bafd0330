"""A day without news, told to who asked for it, says so on every channel."""

from datetime import timedelta

import pytest

from comtoise.delivery.html import digest_html
from comtoise.delivery.text import digest_text
from comtoise.digests import compose
from comtoise.model import Digest, Rhythm, Slot, Subscription
from comtoise_bot import rendering
from unit.digests.made import NOON


@pytest.fixture(params=[Rhythm.DAILY, Rhythm.WEEKLY])
def empty(request: pytest.FixtureRequest) -> Digest:
    slot = Slot(rhythm=request.param, key="x", since=NOON - timedelta(days=7), until=NOON)
    asked = Subscription(reader_id=1, empty_days=True)
    digest = compose([], asked, slot, labels={}, filtered=312, zone="Ain")
    assert digest is not None
    return digest


def test_nobody_else_is_told() -> None:
    slot = Slot(rhythm=Rhythm.DAILY, key="x", since=NOON - timedelta(days=1), until=NOON)
    assert compose([], Subscription(reader_id=1), slot, labels={}, filtered=312, zone="Ain") is None


def test_it_says_that_there_is_nothing_and_how_much_was_read(empty: Digest) -> None:
    for told in (rendering.digest(empty).plain, digest_html(empty), digest_text(empty)):
        words = told.replace("\u00a0", " ").lower()
        assert "rien à signaler dans ce que vous suivez" in words
        assert "312 articles lus" in words
        assert "à retenir" not in words
