"""WebSub as its subscriber checks ask: discovery, the way through redirects, verification, signatures.

Publisher, hub, collector and pages are real and talk HTTP on loopback.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from comtoise.model import Source, SourceKind
from comtoise.polling import Bounds
from comtoise.store import Database, hubs, sources
from comtoise.web.hubs import routes, signed
from comtoise_crawler.collector import Collector
from comtoise_crawler.settings import CollectorSettings
from support.hub import Hub
from support.pages import serving
from support.server import ScriptedServer, response, rss

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
BOUNDS = Bounds(shortest=timedelta(minutes=5), usual=timedelta(minutes=30), longest=timedelta(hours=2))
TOPIC = "https://gazette.example/feed"


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    scripted = ScriptedServer()
    await scripted.start()
    yield scripted
    await scripted.stop()


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    running = Hub()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def pages(store: Database) -> AsyncIterator[str]:
    """The hook of hubs; its address."""
    async with serving(routes(store, lambda: NOW)) as address:
        yield address


def card(url: str) -> Source:
    return Source(id="gazette", name="La Gazette", url=url, kind=SourceKind.FEED, fetch_pages=False)


@asynccontextmanager
async def collecting(store: Database, url: str, site: str | None) -> AsyncIterator[Collector]:
    """A collector at work on one source."""
    collector = Collector(
        store,
        {"gazette": card(url)},
        bounds=BOUNDS,
        settings=CollectorSettings(
            user_agent="ComtoiseBot/test (+https://desk.example/bot; desk@example.org)",
            host_delay_s=0,
            timeout_s=30.0,
            allowed_networks=("127.0.0.0/8",),
        ),
        site=site,
    )
    stop = asyncio.Event()
    running = asyncio.create_task(collector.run(stop))
    try:
        async with asyncio.timeout(60):
            yield collector
    finally:
        stop.set()
        await running


def feed(hub: str, *, topic: str = TOPIC) -> bytes:
    links = (
        f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{hub}"/>'
        f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="{topic}"/>'
    )
    return rss(1, 2).replace(b"<channel>", b"<channel>" + links.encode(), 1)


def atom(hub: str) -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title><id>g</id>'
        f'<link rel="hub" href="{hub}"/><link rel="self" href="{TOPIC}"/>'
        '<entry><title>Un atelier embauche</title><id>1</id><link href="https://gazette.example/1"/></entry></feed>'
    ).encode()


def in_header(hub: str) -> bytes:
    return response(rss(1), Link=f'<{hub}>; rel="hub", <{TOPIC}>; rel="self"')


def header_wins(hub: str) -> bytes:
    return response(
        feed("http://127.0.0.1:9/wrong", topic="https://wrong.example/"),
        Link=f'<{hub}>; rel=hub, <{TOPIC}>; rel="alternate self"',
    )


@pytest.mark.parametrize(
    "publish",
    [
        pytest.param(in_header, id="Link-header"),
        pytest.param(lambda hub: response(feed(hub)), id="RSS-links"),
        pytest.param(lambda hub: response(atom(hub)), id="Atom-links"),
        pytest.param(header_wins, id="header-before-document"),
    ],
)
async def test_a_hub_is_found_asked_and_confirmed(
    publish: Callable[[str], bytes], server: ScriptedServer, hub: Hub, pages: str, store: Database
) -> None:
    server.routes["/feed"] = publish(hub.url)
    async with collecting(store, server.url("/feed"), pages):
        assert await hub.verified.get() == (200, "a-challenge-42")
    (asked,) = hub.asked
    assert (asked["hub.mode"], asked["hub.topic"]) == ("subscribe", TOPIC)
    assert len(asked["hub.secret"]) < 200  # bytes, WebSub 5.1
    with store.read() as tx:
        kept = hubs.states(tx)["gazette"]
    assert (kept.state, kept.lease_until) == (hubs.ACTIVE, NOW + timedelta(seconds=hub.lease_s))


@pytest.mark.parametrize("status", [307, 308])
async def test_the_hub_may_have_moved(
    status: int, server: ScriptedServer, hub: Hub, pages: str, store: Database
) -> None:
    hub.redirect = status
    server.routes["/feed"] = response(feed(hub.url))
    async with collecting(store, server.url("/feed"), pages):
        assert (await hub.verified.get())[0] == 200


async def test_the_topic_may_have_moved(
    server: ScriptedServer, hub: Hub, pages: str, store: Database
) -> None:
    server.routes["/old"] = response(b"", status=302, Location="/feed")
    server.routes["/feed"] = response(feed(hub.url))
    async with collecting(store, server.url("/old"), pages):
        assert (await hub.verified.get())[0] == 200


async def test_without_a_public_address_no_hub_is_asked(
    server: ScriptedServer, hub: Hub, store: Database
) -> None:
    server.routes["/feed"] = response(feed(hub.url))
    async with collecting(store, server.url("/feed"), None) as collector:
        while not collector._reports:
            await asyncio.sleep(0.01)
    with store.read() as tx:
        assert hubs.states(tx) == {}
    assert hub.asked == []


async def test_a_hub_inside_our_network_is_not_reached(
    server: ScriptedServer, pages: str, store: Database
) -> None:
    server.routes["/feed"] = response(feed("http://169.254.169.254/latest"))
    async with collecting(store, server.url("/feed"), pages):
        while not (found := refusal(store)):
            await asyncio.sleep(0.01)
    assert found == "address"


def refusal(store: Database) -> str | None:
    with store.read() as tx:
        kept = hubs.states(tx).get("gazette")
    return kept.reason if kept else None


@pytest.fixture
def form(store: Database, pages: str) -> dict[str, str]:
    """What we asked a hub for, as it knows it."""
    with store.write() as tx:
        sources.sync_cards(tx, [card("http://127.0.0.1:9/feed")], NOW)
        hubs.announced(tx, "gazette", "https://hub.example/", TOPIC, NOW)
        kept = hubs.states(tx)["gazette"]
        sources.record(
            tx,
            sources.PollOutcome(
                source_id="gazette",
                at=NOW - timedelta(minutes=5),
                next_due_at=NOW + timedelta(hours=1),
                ok=True,
            ),
        )
    return {
        "hub.topic": TOPIC,
        "hub.callback": hubs.callback_address(pages, kept.callback),
        "hub.secret": kept.secret,
    }


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"topic": "https://other.example/feed"}, id="another-topic"),
        pytest.param({"mode": "unsubscribe"}, id="an-end-we-never-asked-for"),
        pytest.param({"lease_seconds": ""}, id="no-lease"),
        pytest.param({"lease_seconds": "-5"}, id="a-negative-lease"),
        pytest.param({"challenge": ""}, id="no-challenge"),
    ],
)
async def test_what_we_did_not_ask_for_is_not_confirmed(
    changed: dict[str, str], hub: Hub, form: dict[str, str], store: Database
) -> None:
    status, body = await hub.verify(form, **changed)
    assert (status, body) == (404, "")
    with store.read() as tx:
        assert hubs.states(tx)["gazette"].state == hubs.WANTED


async def test_an_unknown_address_is_gone(hub: Hub, form: dict[str, str]) -> None:
    stranger = form | {"hub.callback": form["hub.callback"] + "x"}
    assert (await hub.verify(stranger))[0] == 404
    assert await hub.distribute(stranger, b"news") == 410


async def test_a_denial_is_kept_with_its_reason(hub: Hub, form: dict[str, str], store: Database) -> None:
    assert (await hub.verify(form, mode="denied", reason="abonnés seulement", challenge=""))[0] == 200
    with store.read() as tx:
        kept = hubs.states(tx)["gazette"]
    assert (kept.state, kept.reason) == (hubs.DENIED, "abonnés seulement")


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_signed_news_make_the_source_due(
    method: str, hub: Hub, form: dict[str, str], store: Database
) -> None:
    assert await hub.distribute(form, rss(7), method=method) == 202
    assert due(store) == ["gazette"]


@pytest.mark.parametrize(
    ("method", "secret"),
    [
        pytest.param("sha256", "another secret", id="wrong-signature"),
        pytest.param("md5", None, id="no-signature"),
    ],
)
async def test_unsigned_or_forged_news_change_nothing_and_tell_nothing(
    method: str, secret: str | None, hub: Hub, form: dict[str, str], store: Database
) -> None:
    assert await hub.distribute(form, rss(7), method=method, secret=secret) == 202
    assert due(store) == []


async def test_a_hub_that_cries_all_the_time_is_followed_once_a_minute(
    hub: Hub, form: dict[str, str], store: Database
) -> None:
    with store.write() as tx:
        sources.record(
            tx,
            sources.PollOutcome(
                source_id="gazette",
                at=NOW - timedelta(seconds=20),
                next_due_at=NOW + timedelta(hours=1),
                ok=True,
            ),
        )
    assert await hub.distribute(form, rss(7)) == 202
    assert due(store) == []
    assert due(store, NOW + timedelta(seconds=40)) == ["gazette"]


async def test_a_message_too_long_is_refused(hub: Hub, form: dict[str, str]) -> None:
    assert await hub.distribute(form, b"x" * (10 * 1024 * 1024 + 1)) == 413


def due(store: Database, at: datetime = NOW) -> list[str]:
    with store.read() as tx:
        return [state.source_id for state in sources.due(tx, at, limit=5)]


def test_a_lease_is_renewed_before_its_end(store: Database) -> None:
    with store.write() as tx:
        sources.sync_cards(tx, [card("http://127.0.0.1:9/feed")], NOW)
        hubs.announced(tx, "gazette", "https://hub.example/", TOPIC, NOW)
        hubs.asked(tx, "gazette", NOW, refused=None)
        assert hubs.due(tx, NOW + timedelta(minutes=59), limit=5) == []
        assert len(hubs.due(tx, NOW + timedelta(hours=1), limit=5)) == 1  # the hub did not come: ask again
        hubs.granted(tx, "gazette", timedelta(days=10), NOW)
        assert hubs.due(tx, NOW + timedelta(days=7), limit=5) == []
        assert len(hubs.due(tx, NOW + timedelta(days=8), limit=5)) == 1


def test_another_hub_gets_another_address_and_secret(store: Database) -> None:
    with store.write() as tx:
        sources.sync_cards(tx, [card("http://127.0.0.1:9/feed")], NOW)
        hubs.announced(tx, "gazette", "https://hub.example/", TOPIC, NOW)
        first = hubs.states(tx)["gazette"]
        hubs.announced(tx, "gazette", "https://new-hub.example/", TOPIC, NOW)
        second = hubs.states(tx)["gazette"]
        hubs.announced(tx, "gazette", None, None, NOW)
        dropped = hubs.states(tx)["gazette"]
    assert first.callback != second.callback
    assert first.secret != second.secret
    assert dropped.state == hubs.DROPPED


@pytest.mark.parametrize("header", ["", "sha256", "sha256=", "md5=00", "sha256=é", "=", "sha256=zz"])
def test_no_odd_header_is_a_signature(header: str) -> None:
    assert not signed(b"news", header, "secret")


async def test_a_visitor_who_asks_too_often_waits(pages: str) -> None:
    async with aiohttp.ClientSession() as session:
        statuses = [await status_of(session, f"{pages}/nothing") for _ in range(62)]
    assert statuses[0] == 404
    assert statuses[-1] == 429


async def status_of(session: aiohttp.ClientSession, url: str) -> int:
    async with session.get(url) as answer:
        assert answer.headers["x-content-type-options"] == "nosniff" or answer.status == 429
        return answer.status


@pytest.mark.parametrize("refused", ["gazette", "voisine"])
async def test_a_hub_brings_nobody_to_a_host_that_asked_for_peace(
    refused: str, hub: Hub, form: dict[str, str], store: Database
) -> None:
    until = NOW + timedelta(hours=2)
    with store.write() as tx:
        (card,) = [found for found in sources.states(tx) if found.source_id == "gazette"]
        neighbour = Source(id="voisine", name="Voisine", kind=SourceKind.FEED, url=card.url + "-2")
        gazette = Source(id="gazette", name="Gazette", kind=SourceKind.FEED, url=card.url)
        sources.sync_cards(tx, [gazette, neighbour], NOW)
        sources.record(
            tx,
            sources.PollOutcome(
                source_id=refused,
                at=NOW,
                next_due_at=until,
                ok=False,
                error_kind="http-429",
                error_text="non",
            ),
        )
        sources.postpone(tx, ["gazette", "voisine"], until)
    assert await hub.distribute(form, rss(7)) == 202
    assert due(store, until - timedelta(minutes=1)) == []
    assert "gazette" in due(store, until)
