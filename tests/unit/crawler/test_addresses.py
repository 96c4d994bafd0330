"""Which machines may be reached: the look-alikes of private addresses, and of public ones."""

import asyncio

import pytest
from scrapy.exceptions import DownloadCancelledError
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
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "8.8.8.8"]
)
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
