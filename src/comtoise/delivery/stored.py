"""The outbox of the store, as the sender wants it: each call is one transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from comtoise.model import Channel, Delivery, Outcome
from comtoise.store import outbox
from comtoise.store.database import Database


class StoredOutbox:
    """Rows of the readers of *channels*; those of the other channels wait for a sender that serves them."""

    def __init__(self, database: Database, channels: Iterable[Channel]) -> None:
        self._database = database
        self._channels = tuple(channel.value for channel in channels)

    def claim(self, now: datetime, limit: int) -> Sequence[Delivery]:
        """See `Outbox.claim`."""
        with self._database.write() as tx:
            return outbox.claim(tx, now, limit=limit, channels=self._channels)

    def settle(self, delivery_id: int, outcome: Outcome, now: datetime) -> None:
        """See `Outbox.settle`."""
        with self._database.write() as tx:
            outbox.settle(tx, delivery_id, outcome, now=now)
