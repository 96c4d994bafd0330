"""An outbox in memory, by the rules of the store's, and a channel that answers as told."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from comtoise.delivery.channel import Leaves, unnoted
from comtoise.model import (
    Channel,
    Deferred,
    Delivery,
    DeliveryKind,
    DeliveryState,
    MaybeSent,
    Moved,
    Outcome,
    Reader,
    Refused,
    Sent,
)
from unit.delivery.virtual import START, now


@dataclass
class Row:
    """A row of the outbox."""

    delivery: Delivery
    state: DeliveryState = DeliveryState.WAITING
    not_before: datetime = START
    left: bool = False


class MemoryOutbox:
    """One row a reader at a time, in order; a row in doubt comes back once, marked."""

    def __init__(self, deliveries: Iterable[Delivery]) -> None:
        self.rows = {delivery.id: Row(delivery) for delivery in deliveries}
        self.settled: list[tuple[int, Outcome]] = []
        self.told: list[tuple[Channel, str]] = []
        self.claims = 0

    def closed(self, channel: Channel, reason: str, now: datetime) -> None:
        self.told.append((channel, reason))

    def claim(self, now: datetime, limit: int, closed: Collection[Channel] = ()) -> Sequence[Delivery]:
        self.claims += 1
        busy = {row.delivery.reader.id for row in self.rows.values() if row.state is DeliveryState.SENDING}
        taken: list[Delivery] = []
        for row in self.rows.values():
            due = row.state in (DeliveryState.WAITING, DeliveryState.UNKNOWN) and row.not_before <= now
            if row.delivery.reader.channel in closed:
                continue
            if not due or row.delivery.reader.id in busy or len(taken) == limit:
                continue
            busy.add(row.delivery.reader.id)
            if row.state is DeliveryState.UNKNOWN:
                row.delivery = replace(row.delivery, maybe_repeat=True)
            row.state, row.left = DeliveryState.SENDING, False
            taken.append(row.delivery)
        return taken

    def leaves(self, delivery_id: int, now: datetime) -> bool:
        row = self.rows.get(delivery_id)
        if row is None:  # erased
            return False
        row.left = True
        return True

    def settle(self, delivery_id: int, outcome: Outcome, now: datetime) -> None:
        row = self.rows[delivery_id]
        assert row.state is DeliveryState.SENDING, "settled without being claimed"
        self.settled.append((delivery_id, outcome))
        match outcome:
            case Sent():
                row.state = DeliveryState.SENT
            case Deferred(until):
                row.state, row.not_before = DeliveryState.WAITING, until
                row.delivery = replace(row.delivery, attempts=row.delivery.attempts + outcome.tried)
            case MaybeSent():
                row.state = DeliveryState.FAILED if row.delivery.maybe_repeat else DeliveryState.UNKNOWN
                if not row.left:
                    row.state = DeliveryState.WAITING
                row.not_before = now + timedelta(minutes=1)
            case Refused():
                row.state = DeliveryState.FAILED
            case Moved(address):
                row.state = DeliveryState.WAITING
                for other in self.rows.values():
                    if other.delivery.reader.id == row.delivery.reader.id:
                        reader = replace(other.delivery.reader, address=address)
                        other.delivery = replace(other.delivery, reader=reader)

    def states(self) -> dict[DeliveryState, int]:
        """How many rows stand where."""
        count: dict[DeliveryState, int] = defaultdict(int)
        for row in self.rows.values():
            count[row.state] += 1
        return dict(count)


class FakeChannel:
    """Takes *latency_s* to answer what *answer* says; remembers what arrived, when, and for whom."""

    def __init__(
        self,
        answer: Callable[[Delivery], Outcome] = lambda delivery: Sent(str(delivery.id)),
        *,
        channel: Channel = Channel.TELEGRAM,
        latency_s: float = 0.05,
    ) -> None:
        self.channel = channel
        self.arrived: list[tuple[datetime, Delivery]] = []
        self._answer = answer
        self._latency_s = latency_s

    async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
        await leaves()
        self.arrived.append((now(), delivery))
        await asyncio.sleep(self._latency_s)
        return self._answer(delivery)

    def ids(self) -> list[int]:
        """What arrived, in order."""
        return [delivery.id for _at, delivery in self.arrived]


def telegram(id_: int, reader: int, address: str | None = None) -> Delivery:
    """A delivery whose content does not matter."""
    where = Reader(id=reader, channel=Channel.TELEGRAM, address=address or str(1000 + reader))
    return Delivery(id=id_, kind=DeliveryKind.ALERT, reader=where)
