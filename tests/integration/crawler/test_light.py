"""What a collector that reads feeds does without: memory for years, and a third of a second at every start."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from trafilatura import external

from comtoise_crawler import reading

SPARED = (
    "trafilatura",  # pages
    "htmldate",
    "courlan",
    "justext",
    "feedparser",  # broken feeds
    "babel",  # translations
    "comtoise.config",  # config.yaml, read apart
    "comtoise.knowledge",
    "ruamel",
    "tldextract",  # Scrapy's cookies, console, remote control, exports
    "requests",
    "twisted.conch",
    "scrapy.extensions.feedexport",
)

START = """
import asyncio, sys
from datetime import UTC, datetime, timedelta
from comtoise.polling import Bounds
from comtoise.store import Database
import comtoise_crawler.__main__
from comtoise_crawler.collector import Collector
from comtoise_crawler.settings import CollectorSettings

async def main():
    database = Database.open("sqlite:///" + sys.argv[1])
    database.upgrade()
    hour = timedelta(hours=1)
    collector = Collector(
        database, {}, bounds=Bounds(shortest=hour, usual=hour, longest=hour),
        settings=CollectorSettings(user_agent="ComtoiseBot/test"),
    )
    assert await collector.once() == []
    print(*(name for name in sys.argv[2:] if name in sys.modules))

asyncio.run(main())
"""


def test_a_collector_starts_without_what_it_may_never_need(tmp_path: object) -> None:
    """None of it is loaded by a collector that has started, polled nothing and stopped."""
    command = [sys.executable, "-c", START, f"{tmp_path}/light.sqlite", *SPARED]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (ran.returncode, ran.stdout.split()) == (0, []), ran.stderr


@pytest.mark.parametrize(
    ("door", "behind"),
    [
        ("reading.read_page(b'<p>La fonderie recrute.</p>', url=URL, now=NOW)", "trafilatura"),
        ("moves.same_site('https://a.gazette.co.uk/', 'https://b.gazette.co.uk/')", "courlan"),
    ],
)
def test_it_is_loaded_when_first_needed(door: str, behind: str) -> None:
    """The doors lead somewhere."""
    code = (
        "import sys\nfrom datetime import UTC, datetime\nfrom comtoise_crawler import moves, reading\n"
        f"URL, NOW = 'https://gazette.example/a', datetime.fromisoformat('{datetime(2026, 3, 2, tzinfo=UTC)}')\n"
        f"before = '{behind}' in sys.modules\nassert {door}\nprint(before, '{behind}' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "False True\n"), ran.stderr


def test_reading_pages_takes_no_hundred_languages(now: datetime) -> None:
    """trafilatura's last resort would hold 150,000 words of them after the first page that needs it."""
    short = b"<html><body><div>La fonderie recrute vingt personnes.</div></body></html>"
    assert reading.read_page(short, url="https://gazette.example/a", now=now).text
    words = set(vars(external)["JT_STOPLIST"])
    assert {"avec", "with", "und", "della"} <= words
    assert len(words) < 3000
