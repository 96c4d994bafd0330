"""The service: clock, bot and sender on one loop, the collector as a supervised child.

What is due lives in the database; the clock only rings. Every worker below takes what is due, in small
steps that commit, so that the process can be killed between any two of them.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from comtoise.config import Config, Secrets
from comtoise.digests import next_strike, slot_for
from comtoise.errors import SupersededError
from comtoise.i18n import _
from comtoise.model import Rhythm
from comtoise.service import restoring
from comtoise.service.reloading import Reloader
from comtoise.service.supervisor import Supervisor
from comtoise.service.wiring import Desk, build_desk, schedule_of, take_over
from comtoise.store import Database, articles, hosts, keys, mutes, notices, outbox, readers
from comtoise.store.instance import OnlyInstance
from comtoise.store.witness import Witness

UNDERSTAND_EVERY_S = 2
STRIKE_EVERY_S = 15
TIDY_EVERY_S = 3600
MONTH = timedelta(days=30.5)
GONE_FOR = timedelta(days=30)  #: choices of a reader who left are kept that long, in case he comes back
DRAFT_BEFORE = timedelta(
    days=2, hours=19, minutes=30
)  #: Friday noon, for a letter of Monday at half past seven
LEAD_LOOK_S = 1.0
STOP_S = 9.0  #: a stop takes no longer

log = structlog.get_logger("service")


async def serve(config: Config, secrets: Secrets, config_path: Path, stop: asyncio.Event) -> None:
    """Run the service until *stop* is set or the process is told to end.

    Raises:
        InputError: another service already runs on this database.
        SupersededError: another took over, because this one was paused or cut off.
        StorageError: the database is out of reach or damaged.
    """
    database = Database.open(secrets.database(config, beside=config_path))
    with OnlyInstance(database) as instance:
        database.upgrade()
        with database.write() as tx:
            interrupted = outbox.recover(tx, datetime.now(UTC))
        if interrupted:
            log.warning("deliveries_interrupted", n=interrupted)
        catch_up(config, database, datetime.now(UTC))
        text = config_path.read_text("utf-8-sig")
        desk = build_desk(config, secrets, database, config_path=config_path, may_send=instance.held)
        _stop_on_signals(stop)
        log.info(
            "started",
            database=database.place,
            sources=len(desk.cards),
            channels=[channel.value for channel in desk.channels],
        )
        try:
            await _work(config, text, desk, config_path, stop, instance)
        finally:
            database.close()
            log.info("stopped")


class InUse:
    """The configuration at work, and how a new one takes its place."""

    def __init__(self, desk: Desk, config: Config, collector: Supervisor) -> None:
        self.config = config
        self._desk = desk
        self._collector = collector
        self._loop = asyncio.get_running_loop()

    def take_over(self, config: Config, text: str) -> None:
        """Called in a thread, by the only one that reloads."""
        take_over(self._desk, config)
        if self._collector.text is not None:
            self._collector.text.write_text(text, "utf-8")
        if _collecting(config) != _collecting(self.config):
            self._loop.call_soon_threadsafe(self._collector.renew)
        if _settled(config) != _settled(self.config):
            log.warning("restart_needed", parts=["courriel", "site", "base_de_donnees"])
        self.config = config


def _collecting(config: Config) -> object:
    """What the collector goes by."""
    return config.sources(), config.politeness, config.allowed_networks, config.extra_ports, config.site


def _settled(config: Config) -> object:
    """What holds from the start of the service to its end."""
    return config.mail, config.site, config.database_path


async def _work(
    config: Config, text: str, desk: Desk, config_path: Path, stop: asyncio.Event, instance: OnlyInstance
) -> None:
    understand, strike, tidy = asyncio.Event(), asyncio.Event(), asyncio.Event()
    clock = AsyncIOScheduler(
        timezone=config.timezone,
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    now = datetime.now(UTC)
    for bell, every_s in ((understand, UNDERSTAND_EVERY_S), (strike, STRIKE_EVERY_S), (tidy, TIDY_EVERY_S)):
        clock.add_job(_ring, "interval", seconds=every_s, args=[bell], next_run_time=now)
    clock.start()
    collector = Supervisor.collector(config_path, os.environ, epoch=instance.epoch)
    in_use = InUse(desk, config, collector)
    reloader = Reloader(desk.database, config_path, config, text, in_use.take_over, lambda: datetime.now(UTC))
    workers: list[asyncio.Task[Any]] = [
        asyncio.create_task(
            _whenever(understand, stop, _all_of(desk.understander.round, stop)), name="understand"
        ),
        asyncio.create_task(_whenever(strike, stop, _once(desk.striker.round)), name="strike"),
        asyncio.create_task(_whenever(tidy, stop, _once(lambda: tidy_up(in_use.config, desk))), name="tidy"),
        asyncio.create_task(desk.sender.run(stop), name="sender"),
        asyncio.create_task(collector.run(stop), name="collector"),
        asyncio.create_task(reloader.run(stop), name="config"),
        asyncio.create_task(_lead(instance, desk.database, stop), name="lead"),
    ]
    if desk.bot is not None:
        workers.append(asyncio.create_task(desk.bot.run(stop), name="bot"))
    if desk.web is not None:
        workers.append(asyncio.create_task(desk.web.run(stop), name="web"))
    stopping = asyncio.create_task(stop.wait())
    done, _pending = await asyncio.wait([*workers, stopping], return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    clock.shutdown(wait=False)
    for bell in (understand, strike, tidy):
        bell.set()
    _ended, late = await asyncio.wait(workers, timeout=STOP_S)
    for worker in late:
        log.warning("worker_late", worker=worker.get_name())
        worker.cancel()
    stopping.cancel()
    for worker in done - {stopping}:
        worker.result()  # a worker that ended by itself has failed: say why


def catch_up(config: Config, database: Database, now: datetime) -> None:
    """What must be settled before anything is sent: an old state put back, alerts that waited too long."""
    if Witness(database).is_ahead():
        aside = restoring.resume(database, schedule_of(config), now)
        log.warning("restored_from_a_backup", **asdict(aside), see="comtoise outbox --state merged")
    with database.write() as tx:
        outbox.merge_expired(tx, before=now - timedelta(hours=config.alerts.max_age_hours))


def tidy_up(config: Config, desk: Desk) -> None:
    """What must not be kept is erased; alerts that waited too long go to the digest."""
    now = datetime.now(UTC)
    announce_draft(config, desk.database, now)
    kept = [card.id for card in config.sources() if card.full_text_licence]
    retention = config.retention
    with desk.database.write() as tx:
        texts = articles.forget_texts(
            tx, before=now - timedelta(hours=retention.text_hours), except_sources=kept
        )
        old = articles.forget_old(tx, before=now - MONTH * retention.articles_months)
        gone = readers.forget_absent(
            tx,
            gone_before=now - GONE_FOR,
            silent_before=now - MONTH * retention.readers_months,
            key=keys.desk_key(tx),
            now=now,
        )
        unconfirmed = readers.forget_unconfirmed(
            tx, asked_before=now - timedelta(days=retention.unconfirmed_days)
        )
        expired = outbox.merge_expired(tx, before=now - desk.alert_max_age)
        hosts.forget(tx, before=now - MONTH)
        mutes.forget_over(tx, now=now)
    desk.database.fold_journal()
    log.info(
        "tidied",
        texts_erased=texts,
        articles_erased=old,
        readers_erased=gone + unconfirmed,
        alerts_expired=expired,
    )


def announce_draft(config: Config, database: Database, now: datetime) -> None:
    """From Friday noon on, tell the administrators once that the draft of the letter can be edited."""
    schedule = schedule_of(config)
    strike = next_strike(now, Rhythm.WEEKLY, schedule=schedule, tz=config.timezone)
    if strike - now > DRAFT_BEFORE:
        return
    slot = slot_for(Rhythm.WEEKLY, at=strike, schedule=schedule, tz=config.timezone)
    with database.write() as tx:
        notices.give(
            tx,
            f"draft:{slot.key}",
            _(
                "Le brouillon de la lettre est prêt : « comtoise digest draft » le montre et le change. Sans retouche, "
                "elle part d’elle-même."
            ),
            now=now,
        )


async def _lead(instance: OnlyInstance, database: Database, stop: asyncio.Event) -> None:
    """Until the stop; ends with `SupersededError` when another instance has taken the lead."""
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LEAD_LOOK_S)
        if instance.superseded:
            await asyncio.to_thread(_write_nothing, database)


def _write_nothing(database: Database) -> None:
    with database.write():
        pass


def _ring(bell: asyncio.Event) -> None:
    bell.set()


async def _whenever(bell: asyncio.Event, stop: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Work each time the bell rings; a failure is logged and does not end the service."""
    while not stop.is_set():
        await bell.wait()
        bell.clear()
        if stop.is_set():
            return
        try:
            await work()
        except SupersededError:
            raise
        except Exception:
            log.exception("work_failed")


def _once(step: Callable[[], object]) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        await asyncio.to_thread(step)

    return work


def _all_of(step: Callable[[], Any], stop: asyncio.Event) -> Callable[[], Awaitable[None]]:
    """Steps, until one finds nothing left to do."""

    async def work() -> None:
        while not stop.is_set() and await asyncio.to_thread(step):
            pass

    return work


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
