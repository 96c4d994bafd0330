"""The clock strikes: digests are composed for the slots that are due, once each, and put in the outbox."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import structlog

from comtoise.digests import Edits, Schedule, compose, due_slots, week_of, week_slots
from comtoise.digests.mutes import Mute, muted
from comtoise.errors import StorageError, SupersededError
from comtoise.model import Digest, Rhythm, Slot, Story, Subscription, Week
from comtoise.store import (
    Database,
    Tx,
    articles,
    digests,
    drafts,
    fanout,
    feedback,
    mutes,
    outbox,
    readers,
    stories,
    words,
)

_MOMENT = timedelta(seconds=1)
BATCH = 500  #: readers to a transaction: what waits behind it waits for less than a second
SHARED_MAX = 20_000  #: editions remembered of a round
TASTE = timedelta(days=180)  #: what a reader said before is forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDesk:
    """What composing needs beside the stories."""

    schedule: Schedule
    labels: Mapping[str, str]  #: sector id to name, in the order of the sections
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """All that makes a digest differ from one reader to another. Two who are equal are told the same."""

    subscription: Subscription  #: of nobody: without what only concerns alerts
    zone: str
    told: frozenset[str] = frozenset()
    owed: frozenset[int] = frozenset()
    taste: frozenset[tuple[str, float]] = frozenset()
    mutes: tuple[Mute, ...] = ()


@dataclass(slots=True)
class _Round:
    """What is read or composed once for all the readers of a round."""

    now: datetime
    owing: frozenset[int]  #: readers to whom expired alerts are owed
    editions: dict[tuple[Slot, Addressee], int | None] = field(default_factory=dict)  #: those committed
    frames: dict[Slot, "_Frame"] = field(default_factory=dict)


class _Frame(NamedTuple):
    """What every digest of a slot has in common."""

    filtered: int  #: articles read and kept from everyone
    edits: Edits


class Striker:
    """Composes digests."""

    def __init__(
        self,
        database: Database,
        desk: DigestDesk,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock
        self._read: dict[tuple[datetime, datetime], Sequence[Story]] = {}  #: of one round, by slot
        self._log = structlog.get_logger("clock")

    @property
    def schedule(self) -> Schedule:
        """The hours of the digests."""
        return self._desk.schedule

    def use(self, desk: DigestDesk) -> None:
        """From the next digest on, compose with this."""
        self._desk = desk

    def round(self) -> int:
        """Compose what is due for every reader; return how many digests were put in the outbox.

        A slot is composed once, also to say nothing; one that was missed is caught up within six hours.
        """
        now = self._clock()
        self._read.clear()
        with self._database.read() as tx:
            this = _Round(now, outbox.owing(tx, now=now))
            zones = readers.zones(tx)
        made = 0
        for zone in zones:
            for slot in due_slots(now, self._desk.schedule, ZoneInfo(zone), ()):
                made += self._strike_all(this, slot, zone, since_before=slot.until)
        return made

    def strike(self, slot: Slot) -> int:
        """Compose one slot for every reader of its rhythm now; return how many digests were enqueued."""
        self._read.clear()
        now = self._clock()
        with self._database.read() as tx:
            this = _Round(now, outbox.owing(tx, now=now))
            zones = readers.zones(tx)
        return sum(self._strike_all(this, slot, zone) for zone in zones)

    def _strike_all(
        self, this: _Round, slot: Slot, zone: str, *, since_before: datetime | None = None
    ) -> int:
        """Strike for the readers of a zone who are owed the slot: none who has had it, or registered after it."""
        made = 0
        for batch in self._waiting(this, slot, zone, since_before):
            made += self._safely(this, slot, zone, batch)
        return made

    def _waiting(
        self, this: _Round, slot: Slot, zone: str, since_before: datetime | None
    ) -> Iterator[Sequence[readers.Subscriber]]:
        after = 0
        while True:
            with self._database.read() as tx:
                batch = readers.waiting(
                    tx, slot, zone, after=after, limit=BATCH, since_before=since_before, or_among=this.owing
                )
            if not batch:
                return
            after = batch[-1].reader.id
            yield batch

    def _safely(self, this: _Round, slot: Slot, zone: str, batch: Sequence[readers.Subscriber]) -> int:
        """Strike for some readers together; a fault with one never keeps the others waiting."""
        try:
            fresh: dict[tuple[Slot, Addressee], int | None] = {}
            with self._database.write() as tx:
                made = self._strike(tx, this, slot, zone, batch, fresh)
        except (StorageError, SupersededError):
            raise
        except Exception:  # noqa: BLE001 (the loop that must survive: logged, and tried at the next round)
            if len(batch) > 1:
                return sum(self._safely(this, slot, zone, [each]) for each in batch)
            self._log.exception("not_struck", reader=batch[0].reader.id, slot=slot.key)
            return 0
        if len(this.editions) > SHARED_MAX:
            this.editions.clear()
        this.editions.update(fresh)
        self._log.info(
            "struck", rhythm=slot.rhythm.value, slot=slot.key, zone=zone, readers=len(batch), told=made
        )
        return made

    def _strike(
        self,
        tx: Tx,
        this: _Round,
        slot: Slot,
        zone: str,
        batch: Sequence[readers.Subscriber],
        fresh: dict[tuple[Slot, Addressee], int | None],
    ) -> int:
        """Give a slot's digest to some readers: composed once for those to whom it says the same."""
        given: dict[int, int | None] = {}
        for reader_id, addressee in self._addressees(tx, this, slot, zone, batch).items():
            key = (slot, addressee)
            if key in this.editions or key in fresh:
                given[reader_id] = this.editions[key] if key in this.editions else fresh[key]
                continue
            asked = addressee.subscription.rhythms or addressee.owed
            digest = self._composed(tx, this, addressee, slot) if asked else None
            given[reader_id] = fresh[key] = (
                None if digest is None else digests.publish(tx, digest, at=this.now)
            )
        made = digests.give(tx, slot.rhythm, slot.key, given, now=this.now)
        for reader_id in this.owing.intersection(made):
            outbox.paid(tx, reader_id, made[reader_id], now=this.now)
        return sum(given[reader_id] is not None for reader_id in made)

    def _addressees(
        self, tx: Tx, this: _Round, slot: Slot, zone: str, batch: Sequence[readers.Subscriber]
    ) -> dict[int, Addressee]:
        ids = [subscriber.reader.id for subscriber in batch]
        # A weekly digest tells the alerts again.
        told = fanout.told(tx, ids, slot.since) if slot.rhythm is Rhythm.DAILY else {}
        tastes = feedback.tastes(tx, ids, since=this.now - TASTE)
        silent = mutes.of_readers(tx, ids)
        return {
            subscriber.reader.id: Addressee(
                subscription=_told_apart(subscriber.subscription, slot),
                zone=zone,
                told=told.get(subscriber.reader.id, frozenset()),
                owed=outbox.owed(tx, subscriber.reader.id, now=this.now)
                if subscriber.reader.id in this.owing
                else frozenset(),
                taste=frozenset(tastes.get(subscriber.reader.id, {}).items()),
                mutes=silent.get(subscriber.reader.id, ()),
            )
            for subscriber in batch
        }

    def _composed(self, tx: Tx, this: _Round, to: Addressee, slot: Slot) -> Digest | None:
        if slot not in this.frames:
            this.frames[slot] = _frame(tx, slot)
        return self._compose(tx, to, slot, this.frames[slot])

    def preview(
        self,
        tx: Tx,
        subscription: Subscription,
        slot: Slot,
        zone: ZoneInfo,
        *,
        told: Collection[str] = (),
        owed: Collection[int] = (),
        taste: Mapping[str, float] | None = None,
        silent: Collection[Mute] = (),
    ) -> Digest | None:
        """The digest of a slot for whoever follows this; nothing is written.

        Args:
            told: Stories to leave out.
            owed: Stories of earlier slots to tell with this one: their alerts waited too long to be sent.
            taste: See `comtoise.digests.select`.
            silent: What the reader wants to hear nothing of.
        """
        to = Addressee(
            subscription=subscription,
            zone=zone.key,
            told=frozenset(told),
            owed=frozenset(owed),
            taste=frozenset((taste or {}).items()),
            mutes=tuple(silent),
        )
        return self._compose(tx, to, slot, _frame(tx, slot))

    def _compose(self, tx: Tx, to: Addressee, slot: Slot, frame: _Frame) -> Digest | None:
        late = [
            replace(story, first_seen=min(max(story.first_seen, slot.since), slot.until - _MOMENT))
            for story in words.enriched(tx, stories.load(tx, sorted(to.owed)))
        ]
        theirs = {story.id for story in late}
        asked = to.subscription.rhythms & {Rhythm.DAILY, Rhythm.WEEKLY} or not to.owed
        own = [story for story in self._stories(tx, slot) if story.id not in theirs] if asked else []
        zone = ZoneInfo(to.zone)
        return compose(
            [story for story in (*late, *own) if not muted(story, to.mutes, slot.until)],
            to.subscription,
            slot,
            labels=self._desk.labels,
            filtered=frame.filtered,
            zone=self._desk.zone,
            tz=zone,
            told=to.told - theirs,
            taste=dict(to.taste),
            weeks=self._weeks(tx, to.subscription, slot, zone) if slot.rhythm is Rhythm.WEEKLY else (),
            edits=frame.edits,
        )

    def _weeks(self, tx: Tx, subscription: Subscription, slot: Slot, zone: ZoneInfo) -> tuple[Week, ...]:
        return tuple(
            week_of(self._stories(tx, week), subscription, week, zone) for week in week_slots(slot, zone)
        )

    def _stories(self, tx: Tx, slot: Slot) -> Sequence[Story]:
        """The stories of a slot; read once for all the readers of a round."""
        key = (slot.since, slot.until)
        if key not in self._read:
            self._read[key] = words.enriched(tx, stories.between(tx, slot.since, slot.until, worth_min=1))
        return self._read[key]


def _frame(tx: Tx, slot: Slot) -> _Frame:
    return _Frame(articles.filtered_between(tx, slot.since, slot.until), drafts.edits(tx, slot.key))


def _told_apart(wanted: Subscription, slot: Slot) -> Subscription:
    """What a digest depends on, of what a reader chose."""
    return replace(
        wanted,
        reader_id=0,
        rhythms=wanted.rhythms & {slot.rhythm},
        quiet_from=None,
        quiet_to=None,
        quiet_weekend=False,
        alerts_per_day=0,
    )
