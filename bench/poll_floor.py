"""One side of bench_poll.py: the floor, a Scrapy spider that downloads and does nothing else. Not run by hand.

    python poll_floor.py STACK CONCURRENCY < orders

STACK is « stock » for Scrapy as it comes (Twisted's reactor and client), or « aiohttp » for the loop and the
download handler that the collector also builds on. Each line of input is a list of (address, headers) as JSON; when
all were downloaded, one line says what was answered. The spider is resident: what starting costs is nobody's.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess, CrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

STOCK: dict[str, Any] = {
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
}
STACKS: dict[str, dict[str, Any]] = {
    "stock": STOCK,
    "aiohttp": STOCK
    | {
        "TWISTED_REACTOR_ENABLED": False,
        "DOWNLOAD_HANDLERS": {
            "http": "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler",
            "https": None,
            "ftp": None,
            "s3": None,
        },
    },
}


class FloorSpider(scrapy.Spider):
    """Downloads lists of addresses."""

    name = "floor"

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Download a list, say so, wait for the next."""
        print(json.dumps({"ready": True}), flush=True)
        while order := (await asyncio.to_thread(sys.stdin.readline)).strip():
            wanted = json.loads(order)
            self.left, self.over = len(wanted), asyncio.Event()
            self.answered: Counter[str] = Counter()
            for address, headers in wanted:
                yield scrapy.Request(
                    address,
                    headers=headers,
                    dont_filter=True,
                    errback=self.failed,
                    meta={"handle_httpstatus_list": [304]},
                )
            await self.over.wait()
            print(json.dumps(self.answered), flush=True)

    async def parse(self, response: Response) -> None:
        """Do nothing."""
        self.count(str(response.status))

    async def failed(self, failure: Failure) -> None:
        """Note that an address did not answer."""
        self.count(repr(failure.value))

    def count(self, what: str) -> None:
        """One address less to wait for."""
        self.answered[what] += 1
        self.left -= 1
        if not self.left:
            self.over.set()


def main() -> None:
    """Run the spider until the input ends."""
    stack, concurrency = sys.argv[1], int(sys.argv[2])
    settings = STACKS[stack] | {"CONCURRENT_REQUESTS": concurrency}
    process = (AsyncCrawlerProcess if stack == "aiohttp" else CrawlerProcess)(settings)
    process.crawl(FloorSpider)
    process.start()


if __name__ == "__main__":
    main()
