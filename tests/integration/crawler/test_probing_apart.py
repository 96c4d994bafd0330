"""What a stranger's documents may cost whoever looks at them before adding a source."""

import asyncio
import gzip
from collections.abc import AsyncIterator

import pytest

from comtoise.errors import SourceError
from comtoise_crawler.probing import Probe
from comtoise_crawler.probing_apart import probe_apart
from comtoise_crawler.settings import CollectorSettings
from support.server import ScriptedServer, response

SETTINGS = CollectorSettings(user_agent="ComtoiseBot/test", host_delay_s=0, allowed_networks=("127.0.0.0/8",))
FEED = b"<rss version='2.0'><channel><title>Gazette</title>%b</channel></rss>"
ITEM = b"<item><title>La fonderie recrute</title><link>https://gazette.example/1</link></item>"
HUGE = (
    b"<html><body>" + b"<p><b>x</b></p>" * 600_000
)  #: 9 MB, under every limit of size, and some 300 MB when read


@pytest.fixture
async def site() -> AsyncIterator[ScriptedServer]:
    server = ScriptedServer()
    await server.start()
    yield server
    await server.stop()


async def probed(site: ScriptedServer, **limits: int) -> tuple[Probe, list[str]]:
    told: list[str] = []
    probe = await asyncio.to_thread(probe_apart, site.url("/x"), SETTINGS, told.append, **limits)
    return probe, told


async def test_it_finds_what_is_there_and_says_what_it_fetches(site: ScriptedServer) -> None:
    site.routes["/x"] = response(FEED % ITEM, Content_Type="application/rss+xml")
    probe, told = await probed(site)
    assert [entry.title for entry in probe.found.entries] == ["La fonderie recrute"]
    assert told[0] == site.url("/x")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(
            response(gzip.compress(b" " * 300_000_000), Content_Encoding="gzip"),
            "trop",
            id="compressed-on-the-way",
        ),
        pytest.param(
            response(gzip.compress(FEED % (b" " * 300_000_000)), Content_Type="application/gzip"),
            "trop",
            id="compressed-file",
        ),
        pytest.param(
            response(
                b'<!DOCTYPE r [<!ENTITY a "%b">]><rss version="2.0"><channel><title>%b</title></channel></rss>'
                % (b"a" * 100_000, b"&a;" * 100_000)
            ),
            "entité",
            id="entities",
        ),
    ],
)
async def test_a_bomb_is_refused_in_words(site: ScriptedServer, answer: bytes, reason: str) -> None:
    site.routes["/x"] = answer
    with pytest.raises(SourceError, match=reason):
        await probed(site)


@pytest.mark.parametrize("limits", [{"memory_max": 200 * 1024 * 1024}, {"cpu_max_s": 2}])
async def test_a_document_that_costs_too_much_ends_its_reader_alone(
    site: ScriptedServer, limits: dict[str, int]
) -> None:
    site.routes["/x"] = response(HUGE, Content_Type="text/html")
    with pytest.raises(SourceError, match="démesuré"):
        await probed(site, **limits)


async def test_the_memory_that_is_too_small_for_it_is_enough_for_others(site: ScriptedServer) -> None:
    site.routes["/x"] = response(FEED % ITEM, Content_Type="application/rss+xml")
    probe, _told = await probed(site, memory_max=200 * 1024 * 1024)
    assert probe.found.entries
