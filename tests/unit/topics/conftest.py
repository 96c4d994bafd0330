"""The packaged knowledge, compiled once for all tests of this folder."""

from collections.abc import Callable

import pytest

from comtoise.knowledge import load
from comtoise.model import Article, TopicKind, Understanding
from comtoise.topics import Rules, compile_rules, understand

Read = Callable[..., Understanding]


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The rules of the packaged knowledge, nothing watched in particular."""
    return compile_rules(load())


@pytest.fixture(scope="session")
def read(rules: Rules) -> Read:
    """Understand a title and a text."""

    def understand_text(title: str, text: str = "") -> Understanding:
        return understand(Article(id="test", url=None, title=title, text=text), rules)

    return understand_text


@pytest.fixture(scope="session")
def sectors_of(read: Read) -> Callable[..., set[str]]:
    """The sectors given to a title and a text."""

    def sectors(title: str, text: str = "") -> set[str]:
        return {match.topic for match in read(title, text).of(TopicKind.SECTOR)}

    return sectors
