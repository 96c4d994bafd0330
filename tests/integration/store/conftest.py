"""A desk with two sources, and stories on demand."""

from collections.abc import Callable
from datetime import datetime

import pytest

from comtoise.model import Understanding
from comtoise.store import Database, articles, sources, stories
from support.stored import card, found, sector_match

MakeStory = Callable[..., int]


@pytest.fixture
def desk(database: Database, now: datetime) -> Database:
    """A database that knows two sources."""
    with database.write() as tx:
        cards = [card(), card("radio", "https://radio.example/rss")]
        sources.sync_cards(tx, cards, now)
    return database


@pytest.fixture
def make_story(desk: Database, now: datetime) -> MakeStory:
    """Store an understood article in a story of its own (or in a given one) and return the story's id."""

    def make(number: int = 1, *, story_id: int | None = None, source: str = "gazette", worth: int = 2) -> int:
        with desk.write() as tx:
            (article_id,) = articles.keep(tx, source, [found(number)], now=now, silent=False).new
            begun = story_id or stories.start(tx, seen=now, worth=worth, saga=None)
            articles.understood(
                tx,
                article_id,
                Understanding(matches=(sector_match(),), worth=worth),
                story_id=begun,
                because=None if story_id is None else "même événement",
                features="{}",
                at=now,
            )
            stories.index(tx, article_id, begun, [1000 + begun], at=now)
        return begun

    return make
