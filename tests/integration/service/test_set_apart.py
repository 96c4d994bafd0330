"""A document that ends the collector: its source is set apart, the others flow, and it comes back by itself."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comtoise.service.supervisor import Supervisor
from comtoise.store import Database, articles, sources
from comtoise_crawler.underway import Underway
from support.polling import Watched, feed_card
from support.server import ScriptedServer, response, rss

#: The collector as it is, but for a reader that a marked document kills, hangs or fattens. No document known
#: does that to ours; libxml2 has had such, and the kernel kills when memory runs out.
CHILD = """
import asyncio, os, signal, sys, threading, time
from datetime import timedelta
from pathlib import Path
from comtoise.model import Source, SourceKind
from comtoise.polling import Bounds
from comtoise.store import Database
from comtoise_crawler import kinds
from comtoise_crawler.__main__ import limit_memory, watched
from comtoise_crawler.collector import Collector
from comtoise_crawler.settings import CollectorSettings
from comtoise_crawler.underway import Underway

database, note, site = sys.argv[1:]
read = kinds.READERS[SourceKind.FEED]

def fragile(answer, source, now):
    if b"KILLS" in answer.body:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"HANGS" in answer.body:
        time.sleep(600)
    if b"EATS" in answer.body:
        bytearray(4 * 1024**3)
    return read(answer, source, now)

kinds.READERS[SourceKind.FEED] = fragile
limit_memory()
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
cards = [
    Source(id=name, name=name, kind=SourceKind.FEED, url=f"{site}/{name}", fetch_pages=False, interval_s=1)
    for name in ("poison", "gazette")
]
bounds = Bounds(shortest=timedelta(minutes=5), usual=timedelta(minutes=30), longest=timedelta(hours=2))
settings = CollectorSettings(user_agent="ComtoiseBot/test", host_delay_s=0, allowed_networks=("127.0.0.0/8",))
collector = Collector(
    Database.open(database),
    {card.id: card for card in cards},
    bounds=bounds,
    settings=settings,
    underway=Underway(Path(note)),
)
asyncio.run(watched(collector, asyncio.Event()))
"""


@pytest.fixture
async def site() -> AsyncIterator[ScriptedServer]:
    server = ScriptedServer(routes={"/gazette": response(rss(1)), "/poison": response(rss(2))})
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Database:
    opened = Database.open(f"sqlite:///{tmp_path / 'desk.sqlite'}")
    opened.upgrade()
    return opened


@asynccontextmanager
async def supervised(desk: Database, folder: Path, site: ScriptedServer) -> AsyncIterator[Supervisor]:
    """The collector, under its supervisor, for as long as the block lasts."""
    note = folder / "underway"
    command = [sys.executable, "-c", CHILD, f"sqlite:///{desk.path}", str(note), site.url("")]
    supervisor = Supervisor(command, os.environ, underway=Underway(note), hung_s=6.0, look_s=0.1)
    stop = asyncio.Event()
    running = asyncio.create_task(supervisor.run(stop))
    try:
        yield supervisor
    finally:
        stop.set()
        await asyncio.wait_for(running, 60)


async def until(
    desk: Database, source_id: str, seen: Callable[[sources.PollState], bool]
) -> sources.PollState:
    """Wait until a source's state is as *seen* wants it."""
    async with asyncio.timeout(90):
        while True:
            with desk.read() as tx:
                found = next((state for state in sources.states(tx) if state.source_id == source_id), None)
            if found is not None and seen(found):
                return found
            await asyncio.sleep(0.05)


def polled_since(moment: datetime) -> Callable[[sources.PollState], bool]:
    return lambda state: state.last_success_at is not None and state.last_success_at > moment


async def test_a_source_that_ends_the_collector_is_set_apart_and_comes_back_by_itself(
    desk: Database, site: ScriptedServer, tmp_path: Path
) -> None:
    good = site.routes["/poison"]
    async with supervised(desk, tmp_path, site) as supervisor:
        await until(desk, "poison", lambda state: state.seeded)
        site.routes["/poison"] = response(rss(3) + b"KILLS")
        found = await until(desk, "poison", lambda state: state.crashes == 1)
        assert found.set_apart_until is not None
        assert found.set_apart_until == found.next_due_at
        assert timedelta(hours=5) < found.set_apart_until - datetime.now(UTC) <= timedelta(hours=6)
        assert found.error_kind == "set-apart"
        assert supervisor.starts == 2
        with desk.read() as tx:
            told = sources.needing_attention(tx)
        assert [state.source_id for state in told] == ["poison"], "someone is told"
        await until(desk, "gazette", polled_since(datetime.now(UTC)))

        with desk.write() as tx:
            sources.make_due(tx, datetime.now(UTC), ["poison"])
        found = await until(desk, "poison", lambda state: state.crashes == 2)
        assert found.set_apart_until is not None
        assert timedelta(hours=23) < found.set_apart_until - datetime.now(UTC) <= timedelta(hours=24)

        assert isinstance(good, bytes)
        site.routes["/poison"] = good.replace(b"Titre 2", b"Titre 4")
        with desk.write() as tx:
            sources.make_due(tx, datetime.now(UTC), ["poison"])
        found = await until(desk, "poison", lambda state: state.crashes == 0)
        assert (found.set_apart_until, found.error_kind) == (None, None)
        assert supervisor.starts == 3


async def test_a_source_that_holds_up_the_collector_is_set_apart(
    desk: Database, site: ScriptedServer, tmp_path: Path
) -> None:
    async with supervised(desk, tmp_path, site) as supervisor:
        await until(desk, "poison", lambda state: state.seeded)
        site.routes["/poison"] = response(rss(3) + b"HANGS")
        await until(desk, "poison", lambda state: state.crashes == 1)
        assert supervisor.starts == 2
        await until(desk, "gazette", polled_since(datetime.now(UTC)))


async def test_a_document_that_asks_for_too_much_memory_fails_alone(
    desk: Database, site: ScriptedServer, tmp_path: Path
) -> None:
    site.routes["/poison"] = response(rss(3) + b"EATS")
    async with supervised(desk, tmp_path, site) as supervisor:
        found = await until(desk, "poison", lambda state: state.failures > 0)
        assert found.error_kind == "memory"
        await until(desk, "gazette", polled_since(datetime.now(UTC)))
        assert supervisor.starts == 1


async def test_what_is_ended_on_purpose_blames_no_source(
    desk: Database, site: ScriptedServer, tmp_path: Path
) -> None:
    async with supervised(desk, tmp_path, site) as supervisor:
        await until(desk, "gazette", lambda state: state.seeded)
    assert Underway(tmp_path / "underway").now() is None
    assert supervisor.starts == 1


async def test_a_page_that_ends_the_collector_is_given_up(
    site: ScriptedServer, watched_desk: Watched
) -> None:
    page = (
        "<html><body><article><h1>Titre 1</h1><p>"
        + "Une phrase de plus. " * 40
        + "</p></article></body></html>"
    )
    site.routes["/feed"] = response(rss(1, base=site.url("")))
    site.routes["/1"] = response(b"", status=503)
    watched_desk.cards = [feed_card(site.url("/feed"), fetch_pages=True)]
    await watched_desk.poll()
    (article_id,) = article_ids(watched_desk)

    left = Underway()
    with left.reading("gazette", article_id):
        reading = left.now()
    assert reading is not None
    assert (reading.source_id, reading.article_id) == ("gazette", article_id)
    watched_desk.collector().intake.set_apart(reading)

    site.routes["/1"] = response(page.encode())
    watched_desk.later(hours=7)
    site.asked.clear()
    await watched_desk.poll()
    assert site.paths() == ["/feed"], "the page is not asked for again"


def article_ids(desk: Watched) -> list[int]:
    with desk.store.read() as tx:
        return [int(article.id) for article in articles.latest(tx, limit=9)]


@pytest.fixture
def watched_desk(desk: Database, now: datetime) -> Watched:
    return Watched(desk, now)


def test_the_note_outlives_its_writer_and_holds_one_document(tmp_path: Path) -> None:
    path = tmp_path / "note"
    note = Underway(path)
    assert (note.now(), note.beaten) == (None, None)
    with note.reading("é" * 300, 7):
        left = Underway(path).now()
    assert left is not None
    assert left.article_id == 7
    assert left.source_id.startswith("é" * 99)
    assert note.now() is None
    note.beat()
    assert note.beaten
    note.clear()
    assert note.beaten is None
