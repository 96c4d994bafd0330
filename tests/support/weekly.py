"""The Monday letter, by mail or Telegram, in processes of its own, to be killed at chosen points.

Run as a program, it forks a process for each line that it reads, `{"now": …, "statements": …}`, tells its number, and
then how it ended: 0, or -9 when it was killed. Forked from a process that has one thread and has imported all, a
life costs a fraction of a second.
"""

import asyncio
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import event
from sqlalchemy.engine import Engine
from telegram import Bot

from comtoise.delivery.channel import ChannelSender
from comtoise.delivery.mail import Links, MailSettings, SmtpChannel, SmtpServer
from comtoise.delivery.sender import Sender
from comtoise.demo.botapi.server import DEMO_TOKEN
from comtoise.digests import Schedule
from comtoise.service.striking import DigestDesk, Striker
from comtoise.service.wiring import StoredOutbox
from comtoise.store import Database, keys, outbox
from comtoise.store.instance import OnlyInstance
from comtoise_bot.channel import TelegramChannel

SILENCE_S = 1.5  #: after the final dot, before the mail is in doubt


def settings_of(secret: bytes) -> MailSettings:
    """Who sends."""
    return MailSettings(
        sender="veille@agence.example",
        sender_name="Comtoise, la veille de l’industrie",
        bounces="retours@agence.example",
        identity="Agence exemple, 1 rue du Cadran, 25000 Besançon",
        links=Links("https://veille.example", secret),
    )


def live(database_url: str, server_url: str, now: datetime, statements: int | None) -> None:
    """What the service does of a Monday morning: recover, strike, send all that is due.

    Args:
        statements: After so many, the process kills itself.
    """
    born = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - born)

    database = Database.open(database_url)
    if statements is not None:
        _die_after(statements)
    with OnlyInstance(database):
        with database.write() as tx:
            outbox.recover(tx, clock())
            secret = keys.desk_key(tx)
        desk = DigestDesk(schedule=Schedule(), labels={"plasturgie": "Plasturgie"}, zone="Ici")
        Striker(database, desk, clock=clock).round()
        if server_url.startswith("smtp:"):
            server = SmtpServer.parse(server_url)
            mails = SmtpChannel(server, settings_of(secret), clock=clock, timeout_s=SILENCE_S)
            asyncio.run(_send(database, mails, clock))
        else:
            asyncio.run(_send_by_telegram(database, server_url, clock))
    database.close()


async def _send(database: Database, channel: ChannelSender, clock: Callable[[], datetime]) -> None:
    await Sender(StoredOutbox(database, [channel.channel]), [channel], clock=clock).drain()


async def _send_by_telegram(database: Database, api_url: str, clock: Callable[[], datetime]) -> None:
    async with Bot(DEMO_TOKEN, base_url=f"{api_url}/bot") as bot:
        await _send(database, TelegramChannel(bot, now=clock), clock)


def _die_after(statements: int) -> None:
    seen = 0

    @event.listens_for(Engine, "after_cursor_execute")
    def _count(*_what: object) -> None:
        nonlocal seen
        seen += 1
        if seen >= statements:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    database_url, server_url = sys.argv[1:]
    for line in sys.stdin:
        wanted = json.loads(line)
        child = os.fork()
        if child == 0:
            os.dup2(2, 1)  # its log is no answer of ours
            try:
                live(database_url, server_url, datetime.fromisoformat(wanted["now"]), wanted["statements"])
                os._exit(0)
            except Exception:  # noqa: BLE001 (told to the parent as a status, and in the log)
                traceback.print_exc()
                os._exit(1)
        _say(child)
        _say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
