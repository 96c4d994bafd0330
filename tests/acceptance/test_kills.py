"""Killed at random points while it reads, composes and sends, the desk loses nothing and marks what it repeats.

``COMTOISE_KILLS=200`` for the whole number (forty by default), ``COMTOISE_SEED`` for other points.
"""

import asyncio
import json
import logging
import os
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from comtoise.demo.botapi import BotApiServer, Chat
from comtoise.model import DeliveryKind, DeliveryState, Rhythm
from comtoise.store import Database, outbox
from support.killed import START
from support.newsroom import Newsroom, entry, newsroom_rules

KILLS = int(os.environ.get("COMTOISE_KILLS", "40"))
SEED = os.environ.get("COMTOISE_SEED", "20261125")
READERS = max(20, KILLS * 2)
REPEATED = "Envoi répété"
OF_THE_DAY_BEFORE = ("Orbaluxex", "Vernisolex", "Mécajurex")
AT_ONCE = ("Plastivarex", "Duroflexex")


def news(number: int, firm: str) -> tuple[str, str, str]:
    return (
        f"https://gazette.example/{number}",
        f"Plasturgie : {firm} installe {number + 11} presses à injecter dans l’Ain",
        f"Le plasturgiste {firm}, dans l’Ain, installe {number + 11} presses à injecter pour "
        f"{number + 3} clients.",
    )


def newsroom(database: Database) -> Newsroom:
    """Three stories of the day before, told by the digest; then readers; then two articles still to be read."""
    made = Newsroom(database, newsroom_rules(), START - timedelta(hours=2))
    made.source("gazette")
    made.lists("gazette", *(entry(*news(n, firm)) for n, firm in enumerate(OF_THE_DAY_BEFORE)))
    made.understands()
    for number in range(READERS):
        made.reader(str(5000 + number), rhythms=frozenset({Rhythm.INSTANT, Rhythm.DAILY}))
    made.now = START
    made.lists("gazette", *(entry(*news(10 + n, firm)) for n, firm in enumerate(AT_ONCE)))
    assert made.asked(DeliveryKind.ALERT) == 0, "nothing is understood of these yet"
    assert len(made.stories()) == len(OF_THE_DAY_BEFORE)
    return made


def told(chat: Chat) -> dict[str, list[bool]]:
    """What a reader saw, by what it told: for each copy, whether it says that it may be a repeat."""
    seen: dict[str, list[bool]] = {}
    for shown in chat.from_bot:
        about = next((firm for firm in AT_ONCE if firm in shown.text), "digest")
        seen.setdefault(about, []).append(REPEATED in shown.text)
    return seen


async def live_and_die(url: str, server: BotApiServer, kills: int) -> None:
    """Let the desk work until nothing is left to do, killed that many times meanwhile."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "support.killed", url, server.url, server.token, str(kills), SEED,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )  # fmt: skip
    out, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()[-4000:]
    report = json.loads(out)
    assert report["killed"] == kills, "the work was done before the last kill"
    logging.getLogger(__name__).warning("%s", report)


async def test_after_every_kill_each_reader_has_each_alert_and_one_digest(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'comtoise.sqlite'}"
    database = Database.open(url)
    database.upgrade()
    newsroom(database)
    copies: Counter[str] = Counter()
    async with BotApiServer() as server:
        for number in range(READERS):
            server.open_chat(5000 + number)
        await live_and_die(url, server, KILLS)

    for number in range(READERS):
        seen = told(server.chat(5000 + number))
        assert sorted(seen) == sorted([*AT_ONCE, "digest"]), f"reader {number} has {sorted(seen)}"
        for about, marks in seen.items():
            copies["messages"] += len(marks)
            copies["repeats"] += len(marks) - 1
            assert all(marks[1:]), f"a repeat of {about} to reader {number} does not say so: {marks}"
    assert copies["repeats"] > 0, "no kill fell between a message and its mark: these points prove little"
    logging.getLogger(__name__).warning("%s readers, %s", READERS, dict(copies))

    with database.read() as tx:
        assert set(outbox.counts(tx)) == {DeliveryState.SENT}
        lines = outbox.lines(tx, limit=10 * READERS)
    database.close()
    made = Counter((line.reader_id, line.kind) for line in lines)
    assert set(made.values()) == {1, len(AT_ONCE)}
    assert Counter(kind for _reader, kind in made) == {
        DeliveryKind.ALERT: READERS,
        DeliveryKind.DIGEST: READERS,
    }
