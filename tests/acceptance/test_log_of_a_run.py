"""The log of a whole run at DEBUG, on a bad day: no token, no password, no address, no number of a chat."""

import asyncio
import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from acceptance.test_service import PATIENCE_S, STOPS_S, card, until
from comtoise.demo import botapi
from comtoise.demo.botapi import BotApiServer
from comtoise.demo.mailbox import Loopback
from comtoise.demo.newsroom import Newsroom
from comtoise.demo.sites import newsroom_dir
from comtoise.model import Channel, Rhythm, Subscription
from comtoise.store import Database, outbox, readers, sources

CHATS = (4_204_204_242, 4_204_204_243, -1_004_204_204_244)
TOKEN = "123456789:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawX"
PASSWORD = "un-mot-de-passe-9f3b"
MAILBOX = "lectrice.d-essai@courriel-des-lecteurs.example"
EXTRA = """\
journal: DEBUG
courriel:
  expediteur_nom: La veille
  expediteur_adresse: veille@agence-inventee.example
"""


class Refusing:
    """A mail server that quotes the mailbox in what it refuses."""

    async def handle_RCPT(self, *_arguments: object) -> str:
        return f"550 5.1.1 <{MAILBOX}>: user unknown"


def desk(folder: Path, config: str) -> Database:
    (folder / "config.yaml").write_text(config, encoding="utf-8")
    database = Database.open(f"sqlite:///{folder / 'comtoise.sqlite'}")
    database.upgrade()
    with database.write() as tx:
        for channel, address in (
            *((Channel.TELEGRAM, str(chat)) for chat in CHATS),
            (Channel.MAIL, MAILBOX),
        ):
            reader, _ = readers.register(tx, channel, address, now=datetime.now(UTC))
            readers.save(
                tx,
                Subscription(
                    reader_id=reader.id, rhythms=frozenset({Rhythm.INSTANT}), quiet_from=None, quiet_to=None
                ),
            )
    return database


async def test_the_log_of_a_run_at_debug_names_nobody(tmp_path: Path) -> None:
    log = tmp_path / "log"
    mail = Loopback(Refusing())
    async with Newsroom(newsroom_dir(), datetime.now(UTC)) as newsroom, BotApiServer(token=TOKEN) as telegram:
        mail.start()
        database = desk(tmp_path, newsroom.config_yaml(interval_s=2, extra=EXTRA))
        for chat in CHATS:
            telegram.open_chat(chat)
        telegram.fail(botapi.blocked(), chat=CHATS[1], times=None)
        telegram.fail(botapi.answers(500, f"chat {CHATS[0]} upset"), chat=CHATS[0])
        telegram.fail(
            botapi.answers(400, f"Bad Request: can't parse entities in chat {CHATS[2]}"),
            chat=CHATS[2],
            times=2,
        )
        with log.open("ab") as stream:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "comtoise", "run", cwd=tmp_path, stdout=stream, stderr=stream,
                env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
                | {
                    "TELEGRAM_BOT_TOKEN": TOKEN,
                    "TELEGRAM_API_URL": telegram.url,
                    "SMTP_URL": f"smtp://veille:{PASSWORD}@127.0.0.1:{mail.port}",
                    "COMTOISE_LANG": "fr",
                },
            )  # fmt: skip
        try:
            await until(lambda: _seeded(database), log)
            await telegram.user_says(CHATS[0], "/start")
            await telegram.user_says(CHATS[0], "/mesdonnees")
            newsroom.publish_now("fil-bisontin", card(3))
            await until(lambda: _tried(database) >= len(CHATS) + 1, log)
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0
            assert time.monotonic() - began < STOPS_S
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
            mail.stop()
    written = log.read_text("utf-8")
    assert '"level": "debug"' in written, "it was a run at DEBUG"
    secrets = [TOKEN, TOKEN.partition(":")[2], PASSWORD, MAILBOX, *(str(abs(chat)) for chat in CHATS)]
    for secret in secrets:
        lines = [line for line in written.splitlines() if secret in line]
        assert lines == [], f"{secret} stands in {len(lines)} lines, as in: {lines[0][:600]}"


def _seeded(database: Database) -> bool:
    with database.read() as tx:
        states = sources.states(tx)
    return bool(states) and all(state.seeded for state in states)


def _tried(database: Database) -> int:
    """How many readers something was sent to, whatever the answer."""
    with database.read() as tx:
        return len({line.reader_id for line in outbox.lines(tx) if line.attempts})
