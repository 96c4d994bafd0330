"""Row 51 of the fault table: what is wrong with a secure connection is said in words, and nothing is tried without it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from support.certificates import Authority
from support.polling import Watched, feed_card
from support.server import ScriptedServer, response, rss


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this process trusts."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
async def secure_site() -> AsyncIterator[ScriptedServer]:
    """A server that each test starts with its certificate."""
    server = ScriptedServer(routes={"/feed": response(rss(1))})
    yield server
    await server.stop()


async def test_a_good_certificate_passes(
    authority: Authority, secure_site: ScriptedServer, watched: Watched
) -> None:
    await secure_site.start(authority.server())
    watched.cards = [feed_card(secure_site.url("/feed"))]
    assert (await watched.poll_one()).ok


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        pytest.param(lambda a: a.server(from_days=-9, to_days=-2), "a expiré", id="expired"),
        pytest.param(lambda a: a.server(from_days=2), "pas encore valable", id="not-yet"),
        pytest.param(lambda a: a.server("autre.example"), "d’un autre nom", id="wrong-name"),
        pytest.param(lambda a: a.server("127.0.0.9"), "d’un autre nom", id="wrong-address"),
        pytest.param(lambda a: a.server(self_signed=True), "signé que par lui-même", id="self-signed"),
        pytest.param(lambda a: Authority(a.folder).server(), "autorité inconnue", id="unknown-authority"),
    ],
)
async def test_a_bad_certificate_is_named_and_nothing_is_asked(
    authority: Authority,
    secure_site: ScriptedServer,
    watched: Watched,
    shown: Callable[[Authority], object],
    words: str,
) -> None:
    trusted = authority.file.read_bytes()
    context = shown(authority)
    authority.file.write_bytes(trusted)  # an authority of the same name wrote over it
    await secure_site.start(context)  # type: ignore[arg-type]
    watched.cards = [feed_card(secure_site.url("/feed"))]
    report = await watched.poll_one()
    assert (report.ok, report.error_kind) == (False, "tls")
    assert words in (report.error or "")
    assert secure_site.asked == []


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        pytest.param(None, {"refused", "http", "tls"}, id="reset"),
        pytest.param(b"", {"refused", "http", "tls"}, id="hangs-up"),
        pytest.param(b"HTTP/1.1 400 Bad Request\r\n\r\n", {"tls"}, id="not-tls-at-all"),
        pytest.param(b"\x15\x03\x03\x00\x02\x02\x28", {"tls"}, id="handshake-refused"),
    ],
)
async def test_a_connection_that_breaks_is_tried_once_and_never_in_the_clear(
    authority: Authority, watched: Watched, said: bytes | None, kinds: set[str]
) -> None:
    heard: list[bytes] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(5))
        if said is None:
            writer.transport.abort()
            return
        writer.write(said)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    watched.cards = [feed_card(f"https://127.0.0.1:{port}/feed")]
    report = await watched.poll_one()
    server.close()
    assert not report.ok
    assert report.error_kind in kinds
    assert report.error
    assert [first[:1] for first in heard] == [b"\x16"], "one handshake, nothing else"


async def test_a_redirect_that_leaves_https_is_not_followed(
    authority: Authority, secure_site: ScriptedServer, site: ScriptedServer, watched: Watched
) -> None:
    await secure_site.start(authority.server())
    site.routes["/feed"] = response(rss(1))
    secure_site.routes["/feed"] = response(b"", status=301, Location=site.url("/feed"))
    watched.cards = [feed_card(secure_site.url("/feed"))]
    report = await watched.poll_one()
    assert (report.ok, report.error_kind) == (False, "downgrade")
    assert site.asked == []


async def test_a_redirect_to_https_is_followed(
    authority: Authority, secure_site: ScriptedServer, site: ScriptedServer, watched: Watched
) -> None:
    await secure_site.start(authority.server())
    site.routes["/feed"] = response(b"", status=301, Location=secure_site.url("/feed"))
    watched.cards = [feed_card(site.url("/feed"))]
    assert (await watched.poll_one()).ok
