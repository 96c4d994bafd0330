"""The service as an administrator runs it: a real process, killed and stopped, against real servers."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comtoise.demo.botapi import BotApiServer
from comtoise.demo.botapi.chats import Shown
from comtoise.demo.newsroom import Newsroom
from comtoise.demo.sites import ArticleCard, Expected, newsroom_dir
from comtoise.model import Channel, Rhythm, Subscription
from comtoise.store import Database, articles, outbox, readers, sources, versions

CHAT = 77
TOKEN = "123456789:" + "A" * 35
PATIENCE_S = 120  #: for what takes seconds on a quiet machine
STOPS_S = 20  #: the service gives its workers nine seconds; a busy machine takes its time before and after


class Service:
    """`comtoise run` in a folder of its own."""

    def __init__(self, folder: Path, telegram: BotApiServer) -> None:
        self._folder = folder
        self._environment = os.environ | {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "COMTOISE_LANG": "fr",
        }
        self._environment.pop("DATABASE_URL", None)
        self.log = folder / "log"
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> asyncio.subprocess.Process:
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "comtoise", "run", cwd=self._folder, env=self._environment,
                stdout=log, stderr=log,
            )  # fmt: skip
        return self.process

    async def stop(self) -> float:
        """SIGTERM, and how many seconds it took to end well."""
        assert self.process is not None
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(self.process.wait(), PATIENCE_S)
        assert code == 0, self.log.read_text()[-3000:]
        return time.monotonic() - started

    async def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    async with Newsroom(newsroom_dir(), datetime.now(UTC)) as opened:
        yield opened


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    async with BotApiServer(token=TOKEN) as server:
        yield server


@pytest.fixture
def database(tmp_path: Path, newsroom: Newsroom) -> Database:
    """A desk with one reader who wants alerts at any hour."""
    (tmp_path / "config.yaml").write_text(newsroom.config_yaml(interval_s=2), encoding="utf-8")
    opened = Database.open(f"sqlite:///{tmp_path / 'comtoise.sqlite'}")
    opened.upgrade()
    with opened.write() as tx:
        reader, _ = readers.register(tx, Channel.TELEGRAM, str(CHAT), now=datetime.now(UTC))
        readers.save(
            tx,
            Subscription(
                reader_id=reader.id,
                rhythms=frozenset({Rhythm.INSTANT}),
                quiet_from=None,
                quiet_to=None,
                alerts_per_day=50,
            ),
        )
    return opened


@pytest.fixture
async def service(tmp_path: Path, telegram: BotApiServer, database: Database) -> AsyncIterator[Service]:
    telegram.open_chat(CHAT)
    made = Service(tmp_path, telegram)
    yield made
    await made.kill()


async def until(condition: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, log.read_text()[-4000:]
        await asyncio.sleep(0.1)


def seeded(database: Database) -> bool:
    with database.read() as tx:
        states = sources.states(tx)
    return bool(states) and all(state.seeded for state in states)


def settled(database: Database) -> bool:
    with database.read() as tx:
        return {state.value for state in outbox.counts(tx)} == {"sent"}


def card(number: int) -> ArticleCard:
    return ArticleCard(
        slug=f"plastivert-{number}",
        title=f"Plasturgie : Plastivert {number} investit {number} M€ dans une presse à injecter à Oyonnax",
        chapo="Le plasturgiste agrandit son atelier et annonce 12 embauches.",
        body=(
            f"À Oyonnax (Ain), le plasturgiste Plastivert {number} investit {number} millions d’euros dans une "
            "presse à injecter.\n\nDouze emplois seront créés dans l’atelier de plasturgie d’ici un an."
        ),
        expected=Expected(worth=2, sectors=("plasturgie",)),
    )


def alerts(telegram: BotApiServer) -> list[Shown]:
    return [m for m in telegram.chat(CHAT).from_bot if any(button.url for button in m.buttons)]


async def test_an_alert_comes_once_whatever_dies(
    newsroom: Newsroom, telegram: BotApiServer, database: Database, service: Service
) -> None:
    await service.start()
    await until(lambda: seeded(database), service.log)

    newsroom.publish_now("fil-bisontin", card(3))
    await until(lambda: len(alerts(telegram)) == 1, service.log)
    assert "Plastivert 3" in alerts(telegram)[0].text
    await until(lambda: settled(database), service.log)  # what is in flight at a kill may repeat, marked

    # Killed in the middle of a round, with something new on line; the collector goes with it.
    newsroom.publish_now("fil-bisontin", card(5))
    await service.kill()
    newsroom.publish_now("eco-rhin-saone", card(8))
    await service.start()
    await until(lambda: len(alerts(telegram)) >= 3, service.log)

    second = await Service(service.log.parent, telegram).start()
    assert await asyncio.wait_for(second.wait(), PATIENCE_S) == 1
    assert "tourne déjà" in service.log.read_text()

    assert await service.stop() < STOPS_S
    texts = [message.text for message in alerts(telegram)]
    for number in (3, 5, 8):
        assert sum(f"Plastivert {number}" in text for text in texts) == 1, texts
    assert settled(database)
    log = service.log.read_text()
    assert telegram.token not in log
    assert "Traceback" not in log
    assert "watchfiles" not in log, "a journal beside config.yaml would feed on its own lines"


async def test_the_collector_is_restarted_when_it_dies(
    newsroom: Newsroom, telegram: BotApiServer, database: Database, service: Service
) -> None:
    process = await service.start()
    await until(lambda: seeded(database), service.log)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    collectors = [int(p) for p in children if b"comtoise_crawler" in Path(f"/proc/{p}/cmdline").read_bytes()]
    assert len(collectors) == 1
    os.kill(collectors[0], signal.SIGKILL)
    newsroom.publish_now("fil-bisontin", card(4))
    await until(lambda: len(alerts(telegram)) == 1, service.log)
    assert await service.stop() < STOPS_S


async def test_a_word_added_to_the_file_counts_for_the_next_article_and_stands_in_the_history(
    newsroom: Newsroom, telegram: BotApiServer, database: Database, service: Service
) -> None:
    path = service.log.parent / "config.yaml"
    sectors = (Path(__file__).parents[2] / "config.yaml").read_text("utf-8").partition("\nfilieres:")[2]
    path.write_text(f"{path.read_text('utf-8')}\nfilieres:{sectors}", "utf-8")
    await service.start()
    await until(lambda: seeded(database), service.log)

    newsroom.publish_now("fil-bisontin", invented(1))
    await until(lambda: known(database, "Spirotronix 1"), service.log)
    before = path.read_text("utf-8")
    assert "\n  plasturgie:\n" in before
    head, key, tail = before.partition("\n  plasturgie:\n")
    changed = tail.replace("mots_forts: |", "mots_forts: |\n      spirotronique,", 1)
    path.write_text(head + key + changed, "utf-8")
    await until(lambda: b"config_reloaded" in service.log.read_bytes(), service.log)

    newsroom.publish_now("fil-bisontin", invented(2))
    await until(lambda: len(alerts(telegram)) == 1, service.log)
    (alert,) = alerts(telegram)
    assert "Spirotronix 2" in alert.text
    assert "spirotronique" in alert.text  # it says why
    with database.read() as tx:
        assert ["spirotronique" in version.text for version in versions.history(tx)] == [True, False]

    path.write_text("zone: [", "utf-8")
    await until(lambda: b"config_refused" in service.log.read_bytes(), service.log)
    newsroom.publish_now("fil-bisontin", invented(3))
    await until(lambda: len(alerts(telegram)) == 2, service.log)
    assert await service.stop() < STOPS_S


def invented(number: int) -> ArticleCard:
    return ArticleCard(
        slug=f"spirotronix-{number}",
        title=f"À Oyonnax, Spirotronix {number} mise sur la spirotronique et investit {number} M€",
        chapo="L’entreprise agrandit son atelier et annonce 12 embauches.",
        body=f"À Oyonnax (Ain), Spirotronix {number} investit {number} millions d’euros dans la spirotronique.\n\n"
        "Douze emplois seront créés d’ici un an.",
        expected=Expected(worth=2, sectors=("plasturgie",)),
    )


def known(database: Database, words: str) -> bool:
    """Whether an article was kept, and nothing waits to be read or understood."""
    now = datetime.now(UTC)
    with database.read() as tx:
        kept = any(words in article.title for article in articles.latest(tx, limit=20))
        waits = articles.pending(tx, now, limit=1) or articles.pages_due(tx, now + timedelta(days=1), limit=1)
        return kept and not waits
