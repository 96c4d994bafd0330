"""Which machines may be reached: the look-alikes of private addresses, and of public ones."""

import asyncio
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadConnectionRefusedError
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from comtoise_crawler.addresses import GuardedResolver, is_allowed, networks
from comtoise_crawler.handler import GuardedHandler
from comtoise_crawler.settings import CollectorSettings, collector_settings

FORBIDDEN = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.0.8", "192.88.99.1", "::1", "::", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::1", "2001:db8::1",
    "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_allowed(address, ())


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "8.8.8.8",
        # Beside what is private, and public all the same.
        "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
        "169.253.255.255", "169.255.0.1", "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1",
        "192.88.98.1", "223.255.255.255", "2003::1", "2a01:e00::1", "2600::ff9b:7f00:1",
    ],
)  # fmt: skip
def test_public_machines_pass(address: str) -> None:
    assert is_allowed(address, ())


def test_the_desk_may_open_an_intranet() -> None:
    allowed = networks(["10.0.0.0/8"])
    assert is_allowed("10.1.2.3", allowed)
    assert is_allowed("::ffff:10.1.2.3", allowed)
    assert not is_allowed("192.168.1.1", allowed)


@pytest.fixture
async def handler() -> GuardedHandler:
    settings = Settings(collector_settings(CollectorSettings(user_agent="test")))
    return GuardedHandler(get_crawler(settings_dict=dict(settings)))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/",
        "http://0177.0.0.1/", "http://127.1/", "http://169.254.169.254/latest/", "http://[::ffff:7f00:1]/",
        "http://exemple.fr:22/", "http://exemple.fr:8080/", "http://user:password@exemple.fr/",
        "http://exemple.fr:99999/", "http://[fe80::1%25eth0]/",
    ],
)  # fmt: skip
async def test_literals_ports_and_credentials_never_reach_the_resolver(
    handler: GuardedHandler, url: str
) -> None:
    with pytest.raises(DownloadCancelledError, match="address refused"):
        handler.check(url)
    await handler.close()


@pytest.mark.parametrize(
    "url", ["https://exemple.fr/feed", "http://exemple.fr:80/", "https://exemple.fr:443/a"]
)
async def test_ordinary_addresses_pass(handler: GuardedHandler, url: str) -> None:
    handler.check(url)
    await handler.close()


async def test_a_name_that_leads_inside_cannot_be_resolved() -> None:
    resolver = GuardedResolver(())
    with pytest.raises(OSError, match="no allowed address"):
        await resolver.resolve("localhost", 80)
    await resolver.close()
    assert asyncio.get_running_loop().is_running()


class Answering(AbstractResolver):
    """A name server that says what it is told to, one answer after another."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in self._answers.pop(0)
        ]

    async def close(self) -> None:
        """Nothing to give back."""


async def test_row_29_a_name_that_changes_its_mind_is_judged_each_time() -> None:
    resolver = GuardedResolver(
        (), Answering(["93.184.216.34"], ["127.0.0.1"], ["10.0.0.1", "8.8.8.8", "::1"])
    )
    assert [found["host"] for found in await resolver.resolve("double.example", 80)] == ["93.184.216.34"]
    with pytest.raises(OSError, match="no allowed address"):
        await resolver.resolve("double.example", 80)
    assert [found["host"] for found in await resolver.resolve("double.example", 80)] == ["8.8.8.8"]


class Unguarded(GuardedResolver):
    """A resolver whose check was passed by: what it found changed before it was dialled."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return await self._resolver.resolve(host, port, family)


async def test_row_29_the_socket_itself_is_refused_to_a_private_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The server is there and would answer: no packet reaches it."""
    met: list[bytes] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.append(await reader.read(1))
        writer.close()

    monkeypatch.setattr("comtoise_crawler.handler.GuardedResolver", Unguarded)
    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = Settings(collector_settings(CollectorSettings(user_agent="test", allowed_ports=(port,))))
    guarded = GuardedHandler(get_crawler(settings_dict=dict(settings)), Answering(["127.0.0.1"]))
    with pytest.raises(DownloadConnectionRefusedError, match="not a public machine"):
        await guarded.download_request(Request(f"http://double.example:{port}/"))
    await guarded.close()
    server.close()
    assert met == []
