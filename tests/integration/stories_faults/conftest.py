"""A newsroom on both databases, for the faults it must survive."""

from datetime import datetime

import pytest

from comtoise.store import Database
from comtoise.topics import Rules
from support.newsroom import Newsroom, newsroom_rules


@pytest.fixture(scope="session")
def newsroom_words() -> Rules:
    return newsroom_rules()


@pytest.fixture
def newsroom(database: Database, newsroom_words: Rules, now: datetime) -> Newsroom:
    """Two sources, no reader yet."""
    made = Newsroom(database, newsroom_words, now)
    made.source("gazette", "radio")
    return made
