"""A Bot API server, a bot that talks to it, and invented stories."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from comtoise.demo.botapi import BotApiServer
from comtoise.model import Evidence, Match, Part, Story, StoryArticle, TopicKind

ANNE = 101
SEEN = datetime(2026, 11, 25, 8, 5, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        server.open_chat(ANNE)
        yield server


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    request = HTTPXRequest(connection_pool_size=8, read_timeout=5)
    async with Bot(server.token, base_url=f"{server.url}/bot", request=request) as bot:
        yield bot


@pytest.fixture
def make_story() -> Callable[..., Story]:
    def make(title: str = "Orlova ouvre un atelier", *, others: int = 0, **more: Any) -> Story:
        def article(source: str) -> StoryArticle:
            return StoryArticle(
                article_id="1",
                url="https://gazette.example/orlova",
                title=title,
                source_id=source,
                source_name=source,
                published=SEEN,
                first_seen=SEEN,
                extract="Quarante machines y seront installées.",
            )

        words = Evidence(words="décolletage", part=Part.TEXT, start=0, end=11, why="strong")
        sector = Match(
            kind=TopicKind.SECTOR,
            topic="microtechniques",
            label="Microtechniques",
            score=1,
            evidence=(words,),
        )
        return Story(
            id="42",
            lead=article("La Gazette du Doubs"),
            others=tuple(article(f"Lettre {n}") for n in range(others)),
            matches=(sector,),
            worth=2,
            first_seen=SEEN,
            last_seen=SEEN,
            **more,
        )

    return make
