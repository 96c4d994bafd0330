"""After a backup was put back: nothing that may have left since is sent again, and a person is told.

The old state knows neither what was sent nor what was found since. So what waits in the outbox is set aside, the
slots that were struck are held to be told, and each source is read once without alerting, as when it was
first met. What is new in it is still understood, grouped, and told by the digests to come.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from comtoise.digests import Schedule, due_slots
from comtoise.model import Rhythm
from comtoise.store import Database, digests, outbox, readers, sources
from comtoise.store.witness import Witness, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """What will not be sent, for the person to know."""

    deliveries: int
    digests: int
    sources: int  #: to be read once without alerting


def resume(database: Database, schedule: Schedule, now: datetime) -> SetAside:
    """Make an old state fit to go on from *now*; harmless when done twice."""
    with database.write() as tx:
        deliveries = outbox.set_aside(tx, now=now)
        silenced = sources.silence(tx)
        struck = 0
        for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
            for subscriber in readers.subscribers(tx, rhythm):
                zone = ZoneInfo(subscriber.reader.timezone)
                for slot in due_slots(now, schedule, zone, (), rhythms=(rhythm,)):
                    made = digests.save(tx, subscriber.reader.id, rhythm, slot.key, None, at=now)
                    struck += made is not None
        mark(tx, now)
    Witness(database).saw(now)
    return SetAside(deliveries=deliveries, digests=struck, sources=silenced)
