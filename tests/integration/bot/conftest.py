"""A Bot API server, a bot that talks to it, and invented stories."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from comtoise.demo.botapi import BotApiServer
from comtoise.model import (
    Entry,
    Evidence,
    Match,
    Part,
    Source,
    SourceKind,
    Story,
    StoryArticle,
    TopicKind,
    Understanding,
)
from comtoise.store import Database, articles, sources, stories
from comtoise_bot.application import build_application, polling
from comtoise_bot.catalogue import Catalogue, Choice, Zone
from comtoise_bot.desk import BotDesk
from comtoise_bot.talk import BotApplication
from support.migrated import new_sqlite

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


# --- the whole bot ---

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(
        sectors=(
            Choice("microtechniques", "Microtechniques"),
            Choice("plasturgie", "Plasturgie"),
            Choice("sante", "Santé"),
        ),
        zones=(
            Zone("r27", "Bourgogne-Franche-Comté", (Choice("25", "Doubs"), Choice("39", "Jura"))),
            Zone("r44", "Grand Est", (Choice("67", "Bas-Rhin"), Choice("68", "Haut-Rhin"))),
            Zone("d01", "Ain", (Choice("01", "Ain"),)),
        ),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    database = new_sqlite(tmp_path / "bot.sqlite")
    yield database
    database.close()


@pytest.fixture
def publish(store: Database) -> Callable[..., int]:
    """Put a story of the Doubs into the store, an hour old; return its id."""
    with store.write() as tx:
        card = Source(id="gazette", name="La Gazette du Doubs", kind=SourceKind.FEED, url="https://g.example")
        sources.sync_cards(tx, [card], NOW)

    def make(title: str, sector: str = "microtechniques", *, ago: timedelta = timedelta(hours=1)) -> int:
        seen = NOW - ago
        address = f"https://gazette.example/{len(title)}-{title.replace(' ', '-')}"
        entry = Entry(url=address, guid=None, title=title, published=seen)
        found = articles.Found(
            entry=entry, canonical=address, address=address, extract="", text="", wants_page=False
        )
        matches = (
            Match(kind=TopicKind.SECTOR, topic=sector, label=sector.title(), score=1, evidence=()),
            Match(kind=TopicKind.DEPARTEMENT, topic="25", label="Doubs", score=1, evidence=()),
        )
        with store.write() as tx:
            (article,) = articles.keep(tx, "gazette", [found], now=seen, silent=False).new
            story = stories.start(tx, seen=seen, worth=2, saga=None)
            articles.understood(
                tx, article, Understanding(matches=matches, worth=2), story_id=story, because=None,
                features="{}", at=seen,
            )  # fmt: skip
        return story

    return make


@pytest.fixture
def desk(store: Database, catalogue: Catalogue) -> BotDesk:
    return BotDesk(
        store, catalogue, erasure_key=b"a key of the tests", operator="La rédaction, contact@x.example",
        now=lambda: NOW,
    )  # fmt: skip


@pytest.fixture
async def running(server: BotApiServer, desk: BotDesk) -> AsyncIterator[BotApplication]:
    """The bot at work on the server."""
    async with polling(build_application(server.token, desk=desk, base_url=server.url)) as application:
        yield application
