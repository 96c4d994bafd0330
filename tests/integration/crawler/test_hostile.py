"""Answers made to hurt: the collector says what was wrong, within its limits, and the others go on.

Every bomb is made when the test runs. What is measured is bytes and memory, not seconds: machines differ.
"""

import asyncio
import gzip
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import pairwise

import brotli  # type: ignore[import-untyped]
import pytest

from comtoise.model import SourceKind
from comtoise.store import articles
from support.polling import Watched, channel, feed_card
from support.server import Asked, ScriptedServer, response, rss

MiB = 1024 * 1024
DECODED_MAX = 10 * MiB
BOMB = 100 * MiB


def deflated(size: int, wbits: int) -> bytes:
    """*size* spaces after the beginning of a feed, compressed."""
    packer = zlib.compressobj(1, zlib.DEFLATED, wbits)
    blank = b" " * MiB
    pieces = [packer.compress(b"<rss><channel>")]
    pieces += [packer.compress(blank) for _ in range(size // MiB)]
    return b"".join([*pieces, packer.flush()])


def brotlied(size: int) -> bytes:
    packer = brotli.Compressor(quality=1)
    blank = b" " * MiB
    return b"".join([*(packer.process(blank) for _ in range(size // MiB)), packer.finish()])


@contextmanager
def memory_within(limit: int) -> Iterator[None]:
    """Fail when more than *limit* bytes were held at once."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < limit, f"{peak / MiB:.0f} MiB"


@pytest.fixture
def gazette(site: ScriptedServer, watched: Watched) -> Watched:
    watched.cards = [feed_card(site.url("/feed"))]
    return watched


@pytest.mark.parametrize(
    ("encoding", "make"),
    [
        pytest.param("gzip", lambda: deflated(BOMB, 31), id="gzip"),
        pytest.param("x-gzip", lambda: deflated(BOMB, 31), id="x-gzip"),
        pytest.param("deflate", lambda: deflated(BOMB, 15), id="deflate"),
        pytest.param("deflate", lambda: deflated(BOMB, -15), id="deflate-raw"),
        pytest.param("br", lambda: brotlied(BOMB), id="brotli"),
        pytest.param("gzip, gzip", lambda: gzip.compress(deflated(BOMB, 31)), id="gzip-in-gzip"),
        pytest.param(", ".join(["gzip"] * 40), lambda: gzip.compress(b"<rss/>"), id="forty-layers"),
    ],
)
async def test_row_27_a_bomb_on_the_wire_is_left_at_the_limit(
    site: ScriptedServer, gazette: Watched, encoding: str, make: Callable[[], bytes]
) -> None:
    bomb = make()
    assert len(bomb) < 2 * MiB
    site.routes["/feed"] = response(bomb, Content_Encoding=encoding)
    with memory_within(4 * DECODED_MAX):
        (report,) = await gazette.poll()
    assert (report.ok, report.error_kind) == (False, "too-large")
    assert gazette.state().failures == 1


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("feed.xml", b" " * BOMB)
    return packed.getvalue()


@pytest.mark.parametrize("kind", [SourceKind.FEED, SourceKind.SITEMAP])
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: deflated(BOMB, 31), id="gzip"),
        pytest.param(lambda: gzip.compress(deflated(BOMB, 31)), id="gzip-in-gzip"),
        pytest.param(lambda: gzip.compress(b"<rss/>")[:-9], id="broken-gzip"),
        pytest.param(zipped, id="zip"),
    ],
)
async def test_row_27_a_bomb_as_a_document_is_left_at_the_limit(
    site: ScriptedServer, gazette: Watched, kind: SourceKind, make: Callable[[], bytes]
) -> None:
    site.routes["/feed"] = response(make())
    gazette.cards = [feed_card(site.url("/feed"), kind=kind)]
    with memory_within(4 * DECODED_MAX):
        (report,) = await gazette.poll()
    assert (report.ok, report.error_kind) == (False, "content")


@pytest.mark.parametrize(
    ("document", "kept"),
    [
        pytest.param(
            "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>"
            + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
            + "]><rss><channel><item><title>&i;</title></item></channel></rss>",
            None,
            id="entities-of-entities",
        ),
        pytest.param(
            "<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
            "<rss><channel><item><title>Un &f;</title><guid>1</guid></item></channel></rss>",
            "Un",
            id="external-entity",
        ),
        pytest.param(
            "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/rss.dtd'>"
            "<rss><channel><item><title>Un</title><guid>1</guid></item></channel></rss>",
            "Un",
            id="external-dtd",
        ),
        pytest.param(
            "<!DOCTYPE rss [<!ENTITY oe 'œ'>]>"
            "<rss><channel><item><title>Un c&oe;ur</title><guid>1</guid></item></channel></rss>",
            "Un cœur",
            id="plain-dtd",
        ),
        pytest.param("<rss><channel>" + "<a>" * 100_000, None, id="deep"),
        pytest.param(
            '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000, None, id="deep-json"
        ),
    ],
)
async def test_row_28_entities_and_depth(
    site: ScriptedServer, gazette: Watched, document: str, kept: str | None
) -> None:
    site.routes["/feed"] = response(document.encode())
    with memory_within(4 * DECODED_MAX):
        (report,) = await gazette.poll()
    assert report.ok is (kept is not None)
    assert list(gazette.articles()) == ([] if kept is None else [kept])


HOPS = [
    "http://169.254.169.254/latest/meta-data",
    "http://169.254.169.254./",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://169.254.43518/",
    "http://10.0.0.1/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[2001:0:a9fe:a9fe::1]/",
    "http://[fe80::1%25lo]/",
    "http://[fd00::1]/",
    "http://[::1]/",
    "http://user:secret@exemple.example/",
    "http://exemple.example:25/",
    "http://①⑥⑨.254.169.254/",
    "http://169。254。169。254/",
    "http://exemple.example/" + "a" * 5000,
]


@pytest.mark.parametrize("target", HOPS, ids=[hop[:40] for hop in HOPS])
async def test_row_29_a_redirect_into_the_house_is_refused_at_each_hop(
    site: ScriptedServer, gazette: Watched, target: str
) -> None:
    site.routes["/feed"] = response(b"", status=302, Location="/next")
    site.routes["/next"] = (
        b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + target.encode() + b"\r\n\r\n"
    )
    (report,) = await gazette.poll()
    assert (report.ok, report.error_kind) == (False, "address")
    assert site.paths() == ["/feed", "/next"]


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "data:text/xml,<rss/>", "ftp://exemple.example/feed"]
)
async def test_row_29_a_redirect_out_of_http_is_not_followed(
    site: ScriptedServer, gazette: Watched, target: str
) -> None:
    site.routes["/feed"] = response(b"", status=302, Location=target)
    (report,) = await gazette.poll()
    assert (report.ok, report.error_kind) == (False, "http-302")
    assert gazette.articles() == {}


async def pour(writer: asyncio.StreamWriter, head: bytes, piece: bytes, poured: list[int]) -> None:
    """Write for ever, until the other side hangs up."""
    writer.write(head)
    while True:
        writer.write(piece)
        await writer.drain()
        poured[0] += len(piece)


@pytest.mark.parametrize(
    ("head", "piece", "kind", "most"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536, "too-large", 2 * DECODED_MAX, id="endless-body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 65536 + b"\r\n",
                     "too-large", 2 * DECODED_MAX, id="endless-chunks"),
        pytest.param(b"HTTP/1.1 200 OK\r\n", b"X-Un: " + b"a" * 1000 + b"\r\n", "http", 8 * MiB,
                     id="endless-headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Un: ", b"a" * 65536, "http", 8 * MiB, id="endless-header-line"),
    ],
)  # fmt: skip
async def test_row_26_what_never_ends_is_cut_off(
    site: ScriptedServer, gazette: Watched, head: bytes, piece: bytes, kind: str, most: int
) -> None:
    poured = [0]

    async def endless(writer: asyncio.StreamWriter, _asked: Asked) -> None:
        await pour(writer, head, piece, poured)

    site.routes["/feed"] = endless
    with memory_within(4 * DECODED_MAX):
        (report,) = await gazette.poll()
    assert (report.ok, report.error_kind) == (False, kind)
    assert poured[0] < most


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        pytest.param(b"HTTP/1.1 200 O", b"K", id="loris-in-the-status"),
        pytest.param(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n", id="loris-in-the-headers"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n", id="continue-for-ever"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b"", id="hangs-after-headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1", b"", id="hangs-in-a-chunk"),
    ],
)
async def test_row_26_what_drips_or_hangs_is_left_in_time(
    site: ScriptedServer, gazette: Watched, head: bytes, piece: bytes
) -> None:
    async def drip(writer: asyncio.StreamWriter, _asked: Asked) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await asyncio.sleep(0.05)

    site.routes["/feed"] = drip
    gazette.timeout_s = 1.5
    async with asyncio.timeout(60):
        (report,) = await gazette.poll()
    assert (report.ok, report.error_kind) == (False, "timeout")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", id="chunk-without-size"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss", id="chunk-cut-short"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>", id="body-cut-short"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", id="negative-length"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", id="two-lengths"
        ),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", id="another-protocol"),
        pytest.param(b"\x00" * 100, id="nothing-but-zeros"),
        pytest.param(b"", id="hangs-up"),
    ],
)
async def test_row_26_a_broken_answer_is_named(site: ScriptedServer, gazette: Watched, answer: bytes) -> None:
    async def hang_up(writer: asyncio.StreamWriter, _asked: Asked) -> None:
        writer.write(answer)
        await writer.drain()

    site.routes["/feed"] = hang_up
    (report,) = await gazette.poll()
    assert (report.ok, report.error_kind) == (False, "http")
    assert report.error


@asynccontextmanager
async def sites(count: int, routes: dict[str, bytes]) -> AsyncIterator[list[ScriptedServer]]:
    """Servers of as many publishers: each has its machine on the loopback network."""
    servers = [ScriptedServer(routes=dict(routes), host=f"127.0.1.{n + 1}") for n in range(count)]
    for server in servers:
        await server.start()
    try:
        yield servers
    finally:
        for server in servers:
            await server.stop()


async def test_row_26_the_others_keep_their_rhythm_while_a_host_hangs(
    site: ScriptedServer, watched: Watched
) -> None:
    """Ten sources of one host hang, twenty of other hosts are due every second: how late do they come?"""
    due_every_s, rounds = 1, 4
    loop = asyncio.get_running_loop()
    came: dict[str, list[float]] = {}
    all_came = asyncio.Event()

    async def hang(_writer: asyncio.StreamWriter, _asked: Asked) -> None:
        await asyncio.Event().wait()

    async def answer(writer: asyncio.StreamWriter, asked: Asked) -> None:
        came.setdefault(asked.headers["host"], []).append(loop.time())
        if len(came) == 20 and min(map(len, came.values())) > rounds:
            all_came.set()
        writer.write(response(rss(1)))
        await writer.drain()

    site.routes |= {f"/{n}": hang for n in range(10)}
    site.routes["/robots.txt"] = response(b"", status=404)
    async with sites(20, {}) as others:
        cards = [feed_card(site.url(f"/{n}"), f"dead{n}") for n in range(10)]
        for n, other in enumerate(others):
            other.routes["/feed"] = answer
            cards.append(feed_card(other.url("/feed"), f"live{n}", interval_s=due_every_s))
        watched.cards = cards
        stop = asyncio.Event()
        running = asyncio.create_task(watched.collector(in_real_time=True).run(stop))
        async with asyncio.timeout(90):
            await all_came.wait()
        stop.set()
        await asyncio.wait_for(running, 30)
    late = sorted(
        after - before - due_every_s for times in came.values() for before, after in pairwise(times)
    )
    assert late[int(len(late) * 0.99)] < watched.timeout_s / 2, "nobody waited for the host that hangs"


async def test_titles_and_links_are_clean_in_the_store(site: ScriptedServer, gazette: Watched) -> None:
    bidi, zero = "\u202e", "\u200b"
    site.routes["/feed"] = response(
        channel(
            f"<item><title>Usine{bidi} &lt;script&gt;alert(1)&lt;/script&gt;&lt;b onclick=x&gt;agrandie{zero}&lt;/b&gt;</title>"
            "<guid>1</guid><link>javascript:alert(1)</link></item>"
            "<item><title>Deux\x00\x1b[31m &amp;lt;img src=x onerror=alert(1)&amp;gt;</title>"
            "<link>data:text/html,x</link><guid>2</guid></item>"
            "<item><title>Trois</title><link>https://gazette.example/3\n</link></item>"
        )
    )
    await gazette.poll()
    with gazette.store.read() as tx:
        kept = {article.title: article.url for article in articles.latest(tx, limit=9)}
    assert kept == {"Usine agrandie": None, "Deux[31m": None, "Trois": "https://gazette.example/3"}
