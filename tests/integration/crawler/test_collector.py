"""The collector against a server that does what it is told: well, slowly, badly, or against us.

Each test polls real HTTP on loopback and looks at what the store holds afterwards.
"""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from comtoise.errors import StorageError
from comtoise.model import Access, Source, SourceKind
from comtoise.polling import Bounds
from comtoise.store import Database, articles, sources
from comtoise_crawler.collector import Collector
from comtoise_crawler.report import Report
from comtoise_crawler.settings import CollectorSettings
from support.migrated import new_sqlite
from support.server import Asked, ScriptedServer, response, rss

BOUNDS = Bounds(shortest=timedelta(minutes=5), usual=timedelta(minutes=30), longest=timedelta(hours=2))
MiB = 1024 * 1024


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    scripted = ScriptedServer()
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    database = new_sqlite(tmp_path / "c.sqlite")
    yield database
    database.close()


Card = Callable[..., Source]


@pytest.fixture
def card(server: ScriptedServer) -> Card:
    def make(path: str = "/feed", source_id: str = "gazette", **more: object) -> Source:
        more = {"kind": SourceKind.FEED, "fetch_pages": False} | more
        return Source(id=source_id, name=source_id, url=server.url(path), **more)  # type: ignore[arg-type]

    return make


def collector(
    store: Database, *cards: Source, allowed: tuple[str, ...] = ("127.0.0.0/8",), timeout_s: float = 30.0
) -> Collector:
    return Collector(
        store,
        {card.id: card for card in cards},
        bounds=BOUNDS,
        settings=CollectorSettings(
            user_agent="ComtoiseBot/test (+https://desk.example/bot; desk@example.org)",
            host_delay_s=0,
            timeout_s=timeout_s,
            body_max_bytes=1 * MiB,
            allowed_networks=allowed,
        ),
    )


async def poll(store: Database, *cards: Source, **more: Any) -> Report:
    return (await collector(store, *cards, **more).once())[0]


def state(store: Database) -> sources.PollState:
    with store.read() as tx:
        return sources.states(tx)[0]


async def test_a_feed_becomes_articles_and_is_not_read_twice(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    server.routes["/feed"] = response(
        rss(1, 2, 3), ETag='W/"abc"', Last_Modified="Wed, 25 Nov 2026 06:00:00 GMT"
    )
    report = await poll(store, card())
    assert (report.ok, report.entries, report.new) == (True, 3, 3)
    report = await poll(store, card())
    assert (report.unchanged, report.new) == (True, 0)
    first, second = [asked.headers for asked in server.asked if asked.path == "/feed"]
    assert "if-none-match" not in first
    assert second["if-none-match"] == 'W/"abc"', "validators go back as they came"
    assert second["if-modified-since"] == "Wed, 25 Nov 2026 06:00:00 GMT"
    assert "ComtoiseBot" in second["user-agent"]
    assert "contact" in second["user-agent"] or "@" in second["user-agent"]


async def test_304_is_a_good_poll(server: ScriptedServer, store: Database, card: Card) -> None:
    server.routes["/feed"] = response(rss(1), ETag='"1"')
    await poll(store, card())
    server.routes["/feed"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    report = await poll(store, card())
    assert (report.ok, report.unchanged, report.status) == (True, True, 304)
    assert state(store).etag == '"1"'


async def test_a_feed_that_lost_its_entries_keeps_no_validators(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    server.routes["/feed"] = response(rss(), ETag='"empty"')
    await poll(store, card())
    assert state(store).etag is None
    server.routes["/feed"] = response(rss(1), ETag='"empty"')
    assert (await poll(store, card())).new == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param(response(b"<!doctype html><html><body>Maintenance</body></html>"), "html", id="html"),
        pytest.param(response(b""), "content", id="empty"),
        pytest.param(response(b"", status=404), "http-404", id="404"),
        pytest.param(response(b"", status=410), "http-410", id="410"),
        pytest.param(response(b"", status=500), "http-500", id="500"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>", "timeout", id="broken-off"),
        pytest.param(response(b"x" * (1 * MiB + 1)), "too-large", id="too-large"),
        pytest.param(
            response(gzip.compress(b"<rss>" + b" " * 30 * MiB), Content_Encoding="gzip"),
            "too-large",
            id="bomb",
        ),
        pytest.param(response(b"", status=302, Location="/feed"), "redirects", id="redirect-loop"),
        pytest.param(response(b"", status=302, Location="http://127.0.0.1:22/"), "refused", id="closed-port"),
    ],
)
async def test_a_fault_is_named_and_the_source_stays_on_the_schedule(
    server: ScriptedServer, store: Database, card: Card, answer: bytes, kind: str
) -> None:
    server.routes["/feed"] = answer
    report = await poll(store, card(), timeout_s=1.0 if kind == "timeout" else 30.0)
    assert (report.ok, report.error_kind) == (False, kind)
    assert report.error
    found = state(store)
    assert (found.failures, found.error_kind) == (1, kind)
    assert found.last_polled_at is not None
    assert found.next_due_at > found.last_polled_at


async def test_a_dripping_server_is_left_after_the_total_time(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    async def drip(writer: asyncio.StreamWriter, _asked: Asked) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    server.routes["/feed"] = drip
    assert (await poll(store, card(), timeout_s=1.0)).error_kind == "timeout"


async def test_a_host_that_hangs_does_not_hold_up_the_others(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    healthy = ScriptedServer(routes={f"/{n}": response(rss(n)) for n in range(20)})
    await healthy.start()
    hung, let_go = list[str](), asyncio.Event()

    async def hang(_writer: asyncio.StreamWriter, asked: Asked) -> None:
        hung.append(asked.path)
        await let_go.wait()

    server.routes["/robots.txt"] = response(b"", status=404)
    server.routes |= {f"/{n}": hang for n in range(5)}
    cards = [card(f"/{n}", f"dead{n}") for n in range(5)]
    cards += [Source(id=f"ok{n}", name="", kind=SourceKind.FEED, url=healthy.url(f"/{n}"), fetch_pages=False)
              for n in range(20)]  # fmt: skip
    watch = collector(store, *cards, timeout_s=120)
    stop = asyncio.Event()
    task = asyncio.create_task(watch.run(stop))
    async with asyncio.timeout(60):
        while len([path for path in healthy.paths() if path != "/robots.txt"]) < 20:
            await asyncio.sleep(0.02)
    assert len(hung) <= 1, "one at a time on the host that hangs"
    stop.set()
    let_go.set()
    await asyncio.wait_for(task, 30)
    await healthy.stop()


@pytest.mark.parametrize(
    "retry_after",
    [pytest.param("7200", id="seconds"), pytest.param("Thu, 31 Dec 2099 00:00:00 GMT", id="date")],
)
async def test_a_host_that_asks_for_peace_gets_it_for_all_its_sources(
    server: ScriptedServer, store: Database, card: Card, retry_after: str
) -> None:
    server.routes["/feed"] = response(b"", status=429, Retry_After=retry_after)
    server.routes["/other"] = response(rss(1))
    (report,) = await collector(store, card(), card("/other", "other")).once(["gazette"])
    assert report.error_kind == "http-429"
    with store.read() as tx:
        gazette, other = sources.states(tx)
    assert gazette.last_polled_at is not None
    wait = gazette.next_due_at - gazette.last_polled_at
    assert timedelta(hours=2) <= wait <= timedelta(hours=27), "obeyed, and bounded"
    assert other.next_due_at == gazette.next_due_at
    assert server.paths() == ["/feed"]


async def test_robots_are_asked_once_and_obeyed(server: ScriptedServer, store: Database, card: Card) -> None:
    server.routes["/robots.txt"] = response(b"User-agent: *\nDisallow: /prive/")
    server.routes["/feed"] = response(rss(1))
    server.routes["/prive/feed"] = response(rss(2))
    both = (card(), card("/prive/feed", "prive"))
    reports = await collector(store, *both).once()
    assert [report.error_kind for report in reports] == [None, "robots"]
    await collector(store, *both).once()
    assert [asked.path for asked in server.asked].count("/robots.txt") == 1, "kept for a day, over a restart"
    assert "/prive/feed" not in server.paths()


async def test_an_unreachable_robots_file_forbids(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    server.routes["/robots.txt"] = response(b"", status=503)
    server.routes["/feed"] = response(rss(1))
    assert (await poll(store, card())).error_kind == "robots-unreachable"
    assert server.paths() == []


async def test_private_machines_are_refused_where_the_connection_is_made(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    server.routes["/feed"] = response(rss(1))
    report = await poll(store, card(), allowed=())
    assert not report.ok
    assert server.asked == [], "no packet was sent"


async def test_a_redirect_into_the_house_is_refused(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    server.routes["/feed"] = response(b"", status=302, Location="http://169.254.169.254/latest/meta-data")
    report = await poll(store, card())
    assert (report.ok, report.error_kind) == (False, "address")


async def test_pages_are_fetched_where_they_say_more(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    body = "<p>" + "L’usine investit dans deux presses neuves et cherche douze régleurs. " * 6 + "</p>"
    page = f"<html><head><title>Titre 1</title></head><body><article><h1>Titre 1</h1>{body * 3}</article></body></html>"
    server.routes["/feed"] = response(rss(1, base=server.url("")))
    server.routes["/1"] = response(page.encode(), Content_Type="text/html; charset=utf-8")
    await poll(store, card(fetch_pages=True))
    assert server.paths() == ["/feed", "/1"]
    with store.read() as tx:
        (pending,) = articles.pending(tx, state(store).next_due_at, limit=5)
    assert "douze régleurs" in pending.article.text


@pytest.mark.parametrize("by", ["file", "header", "meta", "card"])
async def test_a_reservation_means_no_page_or_no_text_of_it(
    server: ScriptedServer, store: Database, card: Card, by: str
) -> None:
    meta = '<meta name="tdm-reservation" content="1">' if by == "meta" else ""
    text = "<p>Secret de fabrication.</p>" * 30
    page = f"<html><head>{meta}<title>T</title></head><body><article>{text}</article></body></html>"
    server.routes["/feed"] = response(rss(1, base=server.url("")))
    reserved = by == "header"
    server.routes["/1"] = response(page.encode(), TDM_Reservation="1" if reserved else "")
    if by == "file":
        server.routes["/.well-known/tdmrep.json"] = response(b'[{"location": "/", "tdm-reservation": 1}]')
    access = Access.SUBSCRIBERS if by == "card" else Access.OPEN
    await poll(store, card(fetch_pages=True, access=access))
    if by in ("file", "card"):
        assert "/1" not in server.paths()
    with store.read() as tx:
        (pending,) = articles.pending(tx, state(store).next_due_at, limit=5)
    assert "Secret" not in pending.article.text


async def test_stopping_takes_seconds_with_requests_in_flight(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    arrived = asyncio.Event()

    async def hang(_writer: asyncio.StreamWriter, _asked: Asked) -> None:
        arrived.set()
        await asyncio.Event().wait()

    server.routes["/robots.txt"] = response(b"", status=404)
    server.routes["/feed"] = hang
    stop = asyncio.Event()
    task = asyncio.create_task(collector(store, card(), timeout_s=120).run(stop))
    await asyncio.wait_for(arrived.wait(), 60)
    stop.set()
    await asyncio.wait_for(task, 30)


async def test_latin1_bytes_in_a_header_are_no_fault(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    server.routes["/feed"] = response(rss(1), X_Auteur="Rédaction")
    assert (await poll(store, card())).ok


async def test_our_own_outage_counts_against_no_source(store: Database, card: Card) -> None:
    dead = [
        Source(id=f"s{n}", name="", kind=SourceKind.FEED, url=f"http://s{n}.invalid/feed") for n in range(8)
    ]
    reports = await collector(store, *dead).once()
    kinds = [report.error_kind for report in reports]
    assert kinds.count("our-network") >= 3
    with store.read() as tx:
        failures = {found.source_id: found.failures for found in sources.states(tx)}
    assert sum(failures.values()) == kinds.count("dns") <= 5


async def test_a_fault_of_ours_in_a_reader_leaves_the_source_on_the_schedule(
    server: ScriptedServer, store: Database, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("comtoise_crawler.kinds.feed.read_feed", broken)
    server.routes["/feed"] = response(rss(1))
    report = await poll(store, card())
    assert (report.ok, report.error_kind) == (False, "error")
    found = state(store)
    assert found.last_polled_at is not None
    assert found.next_due_at - found.last_polled_at > timedelta(minutes=30)


async def test_a_database_that_refuses_ends_the_collector_instead_of_hammering_the_sites(
    server: ScriptedServer, store: Database, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise StorageError("database or disk is full")

    monkeypatch.setattr("comtoise.store.sources.record", full)
    server.routes["/feed"] = response(rss(1), ETag='"1"')
    with pytest.raises(StorageError, match="full"):
        await collector(store, card()).run(asyncio.Event())
    assert server.paths() == ["/feed"]
    with store.read() as tx:
        assert articles.pending(tx, state(store).next_due_at, limit=5) == [], (
            "neither articles nor validators"
        )
    assert state(store).etag is None


async def test_robots_behind_a_redirect_are_obeyed(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    server.routes["/robots.txt"] = response(b"", status=301, Location="/r.txt")
    server.routes["/r.txt"] = response(b"User-agent: *\nDisallow: /")
    server.routes["/feed"] = response(rss(1))
    assert (await poll(store, card())).error_kind == "robots"
    assert "/feed" not in server.paths()


async def test_one_of_a_hundred_sources_can_be_polled_alone(
    server: ScriptedServer, store: Database, card: Card
) -> None:
    server.routes["/feed"] = response(rss(1))
    cards = [card("/feed", f"s{n:03}") for n in range(100)]
    async with asyncio.timeout(60):
        (report,) = await collector(store, *cards).once(["s099"])
    assert (report.source, report.ok) == ("s099", True)
    assert server.paths() == ["/feed"]
