"""The feeds of bench_poll.py and the server that publishes them, a process of its own.

    python bench/polled_feeds.py --feeds 1000 --hosts 250

Feed *n* lives on loopback address *n* modulo *hosts* (127.77.x.y, one port for all), so that a collector which
asks one host one thing at a time can still ask many hosts at once. A feed shows its last 22 items; at edition *e*
these are *e* … *e* + 21: each edition brings one new item and drops one. Answers carry ETag and Last-Modified, and
a request that returns them gets 304. There is no robots.txt (404), and bodies are not compressed.

It says its port on the first line of its output, then obeys the lines of its input: ``publish`` goes to the next
edition, ``count`` tells what was answered since the last count; both answer one line of JSON.
"""

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache

ITEMS = 22
FIRST = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=20)
PROSE = """
l’atelier de décolletage investit dans une nouvelle ligne de presses et recrute vingt régleurs à la rentrée selon la
direction les travaux commencent au printemps près de la gare le chantier dure deux ans et la mairie accompagne le
projet avec la région le carnet de commandes reste plein malgré le prix de l’énergie une filière forme les apprentis
au lycée technique pendant que le groupe ferme son site de montage et cède la fonderie
"""
WORDS = PROSE.split()


def host(feed: int, hosts: int) -> str:
    """The address that publishes a feed."""
    return f"127.77.{feed % hosts // 250}.{feed % hosts % 250 + 1}"


def path(feed: int) -> str:
    """Where the feed is on its host."""
    return f"/{feed:04}/feed.xml"


def guid(feed: int, item: int) -> str:
    """The identifier of an item, within its feed."""
    return f"gazette-{feed:04}-{item:04}"


def validators(feed: int, edition: int) -> tuple[str, str]:
    """The ETag and Last-Modified of a feed at an edition."""
    changed = FIRST + timedelta(hours=edition + ITEMS)
    return f'"{feed:04}-{edition:04}"', format_datetime(changed, usegmt=True)


def item_xml(feed: int, item: int) -> str:
    """An item as a WordPress site would write it, about 700 bytes."""
    words = random.Random(feed * 10_000 + item)
    title = f"{' '.join(words.choices(WORDS, k=8)).capitalize()} ({item})"
    summary = " ".join(words.choices(WORDS, k=45)).capitalize()
    return (
        f"<item><title>{title}</title><link>https://gazette-{feed:04}.example/actualites/{item:04}/</link>"
        f"<dc:creator><![CDATA[La rédaction]]></dc:creator>"
        f"<pubDate>{format_datetime(FIRST + timedelta(hours=item))}</pubDate>"
        f"<category><![CDATA[Économie]]></category><category><![CDATA[Industrie]]></category>"
        f'<guid isPermaLink="false">{guid(feed, item)}</guid>'
        f"<description><![CDATA[<p>{summary}&#8217;&hellip;</p>]]></description></item>"
    )


def feed_xml(feed: int, edition: int) -> bytes:
    """A feed's document at an edition, latest item first."""
    items = "\n".join(item_xml(feed, item) for item in range(edition + ITEMS - 1, edition - 1, -1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>Gazette {feed:04}</title><link>https://gazette-{feed:04}.example</link>"
        f"<description>Actualités</description><language>fr-FR</language>\n{items}\n</channel></rss>"
    ).encode()


class Publisher:
    """What is published now, and what was asked for."""

    def __init__(self) -> None:
        self.edition = 0
        self.answered: Counter[str] = Counter()

    def answer(self, head: bytes) -> bytes:
        """The whole response to a request's head."""
        first, *lines = head.decode("latin-1").split("\r\n")
        asked = first.split()[1]
        if not asked.endswith("/feed.xml"):
            self.answered["other"] += 1
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        feed = int(asked.split("/")[1])
        etag, modified = validators(feed, self.edition)
        vouched = f"ETag: {etag}\r\nLast-Modified: {modified}\r\n"
        sent = next((line for line in lines if line.lower().startswith("if-none-match:")), "")
        if sent.partition(":")[2].strip() == etag:
            self.answered["304"] += 1
            return f"HTTP/1.1 304 Not Modified\r\n{vouched}\r\n".encode()
        self.answered["200"] += 1
        return self.whole(feed, self.edition, vouched)

    @staticmethod
    @lru_cache(maxsize=4096)
    def whole(feed: int, edition: int, vouched: str) -> bytes:
        """A feed with its headers."""
        body = feed_xml(feed, edition)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=UTF-8\r\n{vouched}"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Connection(asyncio.Protocol):
    """One client, kept alive."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note where answers go."""
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each complete head; there are no bodies."""
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            self.transport.write(self.publisher.answer(head))


async def serve(feeds: int, hosts: int) -> None:
    """Serve until the input ends."""
    publisher = Publisher()
    loop = asyncio.get_running_loop()
    port = 0
    for feed in range(min(feeds, hosts)):
        server = await loop.create_server(lambda: Connection(publisher), host(feed, hosts), port, backlog=256)
        port = server.sockets[0].getsockname()[1]
    say({"port": port})
    while order := (await asyncio.to_thread(sys.stdin.readline)).strip():
        if order == "publish":
            publisher.edition += 1
            for feed in range(feeds):  # made now, not while somebody's clock runs
                etag, modified = validators(feed, publisher.edition)
                publisher.whole(feed, publisher.edition, f"ETag: {etag}\r\nLast-Modified: {modified}\r\n")
            say({"edition": publisher.edition})
        else:
            say(dict(publisher.answered))
            publisher.answered.clear()


def say(what: dict[str, int]) -> None:
    """One line of JSON."""
    print(json.dumps(what), flush=True)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--hosts", type=int, default=250)
    chosen = parser.parse_args()
    asyncio.run(serve(chosen.feeds, chosen.hosts))


if __name__ == "__main__":
    main()
