"""The clock strikes: digests are composed for the slots that are due, once each, and put in the outbox."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from comtoise.digests import Schedule, compose, due_slots, week_of, week_slots
from comtoise.errors import StorageError, SupersededError
from comtoise.model import Digest, Rhythm, Slot, Story, Subscription, Week
from comtoise.store import Database, Tx, articles, digests, drafts, outbox, readers, stories

_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDesk:
    """What composing needs beside the stories."""

    schedule: Schedule
    labels: Mapping[str, str]  #: sector id to name, in the order of the sections
    zone: str


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
        self._read: dict[tuple[datetime, datetime], list[Story]] = {}  #: of one round, by slot
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
        made = 0
        now = self._clock()
        self._read.clear()
        for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
            done: dict[str, set[int]] = {}
            with self._database.read() as tx:
                waiting = readers.subscribers(tx, rhythm)
                if rhythm is Rhythm.DAILY:
                    waiting += self._only_owed(tx, now)
            for subscriber in waiting:
                zone = ZoneInfo(subscriber.reader.timezone)
                for slot in due_slots(now, self._desk.schedule, zone, (), rhythms=(rhythm,)):
                    if slot.key not in done:
                        with self._database.read() as tx:
                            done[slot.key] = digests.done_readers(tx, rhythm, slot.key)
                    if subscriber.reader.id not in done[slot.key] and slot.until > subscriber.since:
                        made += self._safely(subscriber, slot, now)
        return made

    def _only_owed(self, tx: Tx, now: datetime) -> list[readers.Subscriber]:
        """Readers who asked for alerts alone, and to whom expired ones are owed: tomorrow morning, those, once."""
        owing = [readers.get(tx, reader_id) for reader_id in sorted(outbox.owing(tx, now=now))]
        return [
            each
            for each in owing
            if each is not None
            and each.subscription.rhythms == {Rhythm.INSTANT}
            and each.reader.confirmed
            and not each.reader.paused
            and each.reader.disabled_reason is None
        ]

    def _safely(self, subscriber: readers.Subscriber, slot: Slot, now: datetime) -> int:
        """Strike for one reader; a fault with one never keeps the others waiting."""
        try:
            with self._database.write() as tx:
                return self._strike(tx, subscriber, slot, now)
        except (StorageError, SupersededError):
            raise
        except Exception:  # noqa: BLE001 (the loop that must survive: logged, and tried at the next round)
            self._log.exception("not_struck", reader=subscriber.reader.id, slot=slot.key)
            return 0

    def strike(self, slot: Slot) -> int:
        """Compose one slot for every reader of its rhythm now; return how many digests were enqueued."""
        now = self._clock()
        self._read.clear()
        with self._database.read() as tx:
            waiting = readers.subscribers(tx, slot.rhythm)
        made = 0
        for subscriber in waiting:
            with self._database.write() as tx:
                made += self._strike(tx, subscriber, slot, now)
        return made

    def _strike(self, tx: Tx, subscriber: readers.Subscriber, slot: Slot, now: datetime) -> int:
        reader_id = subscriber.reader.id
        if digests.done(tx, reader_id, slot.rhythm, slot.key):
            return 0
        digest = self.preview(
            tx,
            subscriber.subscription,
            slot,
            ZoneInfo(subscriber.reader.timezone),
            told=outbox.told(tx, reader_id, slot.since),
            owed=outbox.owed(tx, reader_id, now=now),
        )
        digest_id = digests.save(tx, reader_id, slot.rhythm, slot.key, digest, at=now)
        if digest_id is not None:
            outbox.paid(tx, reader_id, digest_id, now=now)
        self._log.info("struck", rhythm=slot.rhythm.value, slot=slot.key, reader=reader_id, told=bool(digest))
        if digest is None or digest_id is None:
            return 0
        return int(outbox.enqueue_digest(tx, reader_id=reader_id, digest_id=digest_id, now=now))

    def preview(
        self,
        tx: Tx,
        subscription: Subscription,
        slot: Slot,
        zone: ZoneInfo,
        *,
        told: Collection[str] = (),
        owed: Collection[int] = (),
    ) -> Digest | None:
        """The digest of a slot for whoever follows this; nothing is written.

        Args:
            told: Stories to leave out.
            owed: Stories of earlier slots to tell with this one: their alerts waited too long to be sent.
        """
        late = [
            replace(story, first_seen=min(max(story.first_seen, slot.since), slot.until - _MOMENT))
            for story in stories.load(tx, sorted(owed))
        ]
        theirs = {story.id for story in late}
        asked = subscription.rhythms & {Rhythm.DAILY, Rhythm.WEEKLY} or not owed
        own = [story for story in self._stories(tx, slot) if story.id not in theirs] if asked else []
        return compose(
            [*late, *own],
            subscription,
            slot,
            labels=self._desk.labels,
            filtered=articles.filtered_between(tx, slot.since, slot.until),
            zone=self._desk.zone,
            tz=zone,
            told=[story_id for story_id in told if story_id not in theirs],
            weeks=self._weeks(tx, subscription, slot, zone) if slot.rhythm is Rhythm.WEEKLY else (),
            edits=drafts.edits(tx, slot.key),
        )

    def _weeks(self, tx: Tx, subscription: Subscription, slot: Slot, zone: ZoneInfo) -> tuple[Week, ...]:
        return tuple(
            week_of(self._stories(tx, week), subscription, week, zone) for week in week_slots(slot, zone)
        )

    def _stories(self, tx: Tx, slot: Slot) -> list[Story]:
        """The stories of a slot; read once for all the readers of a round."""
        key = (slot.since, slot.until)
        if key not in self._read:
            self._read[key] = stories.between(tx, slot.since, slot.until, worth_min=1)
        return self._read[key]
