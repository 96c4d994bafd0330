"""Stories of invented companies, as a test wants them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from comtoise.model import (
    Evidence,
    Match,
    Part,
    SignalSlots,
    Story,
    StoryArticle,
    TopicKind,
)

SEEN = datetime(2026, 11, 25, 8, 5, tzinfo=UTC)
MakeStory = Callable[..., Story]


def article(
    title: str = "Un nouvel atelier", source: str = "La Gazette du Doubs", **more: Any
) -> StoryArticle:
    fields: dict[str, Any] = {
        "article_id": "1",
        "url": "https://gazette.example/atelier?a=1&b=2",
        "title": title,
        "source_id": "gazette",
        "source_name": source,
        "published": SEEN,
        "first_seen": SEEN,
    }
    return StoryArticle(**(fields | more))


def evidence(words: str, weight: float = 1.0, part: Part = Part.TEXT) -> Evidence:
    return Evidence(words=words, part=part, start=0, end=len(words), why="strong", weight=weight)


MICROTECHNIQUES = Match(
    kind=TopicKind.SECTOR,
    topic="microtechniques",
    label="Microtechniques",
    score=0.9,
    evidence=(evidence("micro-usinage"), evidence("décolletage", 2.0), evidence("Décolletage")),
)
BESANCON = Match(kind=TopicKind.COMMUNE, topic="25056", label="Besançon", score=1, evidence=())
ORLOVA = Match(
    kind=TopicKind.COMPANY,
    topic="orlova",
    label="Orlova Précision",
    score=0.8,
    evidence=(evidence("Orlova"),),
)


def signal(topic: str = "investissement", **slots: Any) -> Match:
    filled: dict[str, Any] = {"company": "orlova", "place": "25056"}
    return Match(
        kind=TopicKind.SIGNAL, topic=topic, score=0.9, evidence=(), slots=SignalSlots(**(filled | slots))
    )


@pytest.fixture
def make_story() -> MakeStory:
    def make(
        title: str = "Un nouvel atelier",
        *,
        id: str = "42",
        others: tuple[StoryArticle, ...] = (),
        matches: tuple[Match, ...] = (MICROTECHNIQUES, BESANCON, ORLOVA),
        **lead: Any,
    ) -> Story:
        return Story(
            id=id,
            lead=article(title, **lead),
            others=others,
            matches=matches,
            worth=2,
            first_seen=SEEN,
            last_seen=SEEN,
        )

    return make


@pytest.fixture
def make_article() -> Callable[..., StoryArticle]:
    return article


@pytest.fixture
def make_signal() -> Callable[..., Match]:
    return signal


@pytest.fixture
def known_matches() -> tuple[Match, ...]:
    """A sector with its words, a commune, a company."""
    return MICROTECHNIQUES, BESANCON, ORLOVA
