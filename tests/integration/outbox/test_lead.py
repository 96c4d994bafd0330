"""Who leads the database: one at a time, and no late word of an earlier one (fault rows 46 and 47)."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from comtoise.demo.sample import sample_digest
from comtoise.errors import InputError, SupersededError
from comtoise.model import Channel, DeliveryState, Sent
from comtoise.store import Database, outbox, readers
from comtoise.store.instance import OnlyInstance
from support import due as outbox_rows

LEASE_S = 2.0
Spawn = Callable[[str], Awaitable[asyncio.subprocess.Process]]


@pytest.fixture
def second(database_url: str, database: Database) -> Database:
    """The same database, as another process sees it."""
    assert database is not None
    return Database.open(database_url)


@pytest.fixture
async def leader() -> AsyncIterator[Spawn]:
    """Start a process that leads and has claimed a row; it is ended after the test, paused or not."""
    started: list[asyncio.subprocess.Process] = []

    async def spawn(url: str) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "support.leader", url, str(LEASE_S),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )  # fmt: skip
        started.append(process)
        return process

    yield spawn
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.wait()


def due(database: Database) -> None:
    now = datetime.now(UTC)
    with database.write() as tx:
        reader, _ = readers.register(tx, Channel.TELEGRAM, "101", now=now)
        outbox_rows.digest(tx, sample_digest("2026-11-25"), reader_id=reader.id, now=now)


async def says(process: asyncio.subprocess.Process) -> dict[str, object]:
    assert process.stdout is not None
    told: dict[str, object] = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
    return told


async def lead_when_free(database: Database) -> OnlyInstance:
    """Start as an administrator would who tries again until it works."""
    async with asyncio.timeout(60):
        while True:
            instance = OnlyInstance(database, lease_s=30)
            try:
                return await asyncio.to_thread(instance.__enter__)
            except InputError:
                await asyncio.sleep(0.05)


def test_row_46_of_two_instances_one_leads_and_the_other_says_so(
    database: Database, second: Database
) -> None:
    with OnlyInstance(database) as first:
        with pytest.raises(InputError, match="tourne déjà"), OnlyInstance(second):
            pass
        assert first.held()
    with OnlyInstance(second) as next_one:
        assert next_one.epoch > first.epoch
        assert next_one.held()


def test_a_lead_given_back_is_free_at_once_and_its_writer_is_fenced_no_more(database: Database) -> None:
    for _ in range(3):
        with OnlyInstance(database), database.write() as tx:
            outbox.recover(tx, datetime.now(UTC))
    with database.write() as tx:
        outbox.recover(tx, datetime.now(UTC))


def test_writes_under_an_older_number_are_refused_and_leave_nothing(
    database: Database, second: Database, now: datetime
) -> None:
    with OnlyInstance(database) as instance:
        second.fence(instance.epoch - 1)  # as the collector of the service before would
        with pytest.raises(SupersededError, match="pris le relais"), second.write() as tx:
            readers.register(tx, Channel.TELEGRAM, "1", now=now)
        with second.read() as tx:
            assert readers.everyone(tx) == []
        second.fence(instance.epoch)
        with second.write() as tx:
            readers.register(tx, Channel.TELEGRAM, "1", now=now)


async def test_row_47_a_leader_paused_past_its_lease_writes_nothing_when_it_wakes(
    database: Database, second: Database, database_url: str, leader: Spawn
) -> None:
    due(database)
    paused = await leader(database_url)
    claimed = await says(paused)
    assert claimed["held"] is True
    paused.send_signal(signal.SIGSTOP)
    if second.is_sqlite:  # the lock of its file lives as long as it does: nobody takes over, nothing is late
        with pytest.raises(InputError, match="tourne déjà"):
            OnlyInstance(second).__enter__()
        paused.send_signal(signal.SIGCONT)
        assert paused.stdin is not None
        paused.stdin.write(b"\n")
        assert await says(paused) == {"refused": None, "held": True}
        return
    relief = await lead_when_free(second)
    try:
        assert relief.epoch == int(str(claimed["epoch"])) + 1
        with second.write() as tx:
            assert outbox.recover(tx, datetime.now(UTC)) == 1
            (again,) = outbox.claim(tx, datetime.now(UTC) + outbox.REPEAT_AFTER, limit=1)
            assert again.maybe_repeat
            outbox.settle(tx, again.id, Sent("in time"), now=datetime.now(UTC))
        paused.send_signal(signal.SIGCONT)
        assert paused.stdin is not None
        paused.stdin.write(b"\n")
        woken = await says(paused)
        assert woken["held"] is False, "it knows by its own clock, before it asks anybody"
        assert "pris le relais" in str(woken["refused"])
        assert await asyncio.wait_for(paused.wait(), 30) == 0
        with second.read() as tx:
            (line,) = outbox.lines(tx)
        assert (line.state, line.message_ref) == (DeliveryState.SENT, "in time")
        assert relief.held(), "the end of the one before does not end the lead of its relief"
    finally:
        relief.__exit__(None, None, None)


def end_session(database: Database, epoch: int) -> None:
    """As a server that restarts, or a network that drops the connection, does."""
    with database.read() as tx:
        ended = tx.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks "
                "WHERE locktype = 'advisory' AND objid = :epoch AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())"
            ),
            {"epoch": epoch},
        ).all()
    assert len(ended) == 1


async def test_a_leader_whose_session_was_lost_takes_it_up_again(
    database: Database, second: Database
) -> None:
    if database.is_sqlite:
        pytest.skip("no session to lose")
    with OnlyInstance(database, lease_s=LEASE_S) as first:
        end_session(second, first.epoch)
        async with asyncio.timeout(60):
            while not _session_of(second, first.epoch):
                await asyncio.sleep(0.05)
        with pytest.raises(InputError, match="tourne déjà"):
            OnlyInstance(second, lease_s=LEASE_S).__enter__()
        with database.write() as tx:
            outbox.recover(tx, datetime.now(UTC))
        assert not first.superseded


async def test_a_leader_whose_session_was_lost_notices_who_took_over(
    database: Database, second: Database
) -> None:
    if database.is_sqlite:
        pytest.skip("no session to lose")
    with OnlyInstance(database, lease_s=30) as first:
        end_session(second, first.epoch)
        with OnlyInstance(second, lease_s=30) as relief:
            assert relief.epoch == first.epoch + 1
            with pytest.raises(SupersededError), database.write():
                pass


async def test_a_relieved_leader_finds_out_by_itself(database: Database, second: Database) -> None:
    if database.is_sqlite:
        pytest.skip("nobody takes over while its process lives")
    with OnlyInstance(database, lease_s=9) as first:  # it looks a third of that from now: we are quicker
        end_session(second, first.epoch)
        with OnlyInstance(second, lease_s=30):
            async with asyncio.timeout(60):
                while not first.superseded:
                    await asyncio.sleep(0.05)
            assert not first.held()


def _session_of(database: Database, epoch: int) -> bool:
    with database.read() as tx:
        query = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = :epoch")
        return bool(tx.execute(query, {"epoch": epoch}).scalar())
