"""What a way to a reader must offer: one method, and an answer the outbox can act on."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from comtoise.errors import ComtoiseError
from comtoise.model import Channel, Delivery, Outcome

#: Awaited by a channel just before the first byte that could deliver leaves; what it raises is not to be caught.
Leaves = Callable[[], Awaitable[None]]


class WithdrawnError(ComtoiseError):
    """What was about to leave is no longer to be sent: its reader was erased meanwhile."""


async def unnoted() -> None:
    """For who sends without an outbox: nothing is to be noted."""


class ChannelSender(Protocol):
    """Hands one delivery over to Telegram, a mail server, the console …

    A sender keeps no state between deliveries that a restart could lose: pacing, retries and order belong to
    the outbox. Renders `Delivery.story` or `Delivery.digest` for its channel.
    """

    @property
    def channel(self) -> Channel:
        """The readers it serves."""
        ...

    async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
        """Try once, now, and say how it ended.

        *leaves* is awaited once all is ready, before the request that could deliver: what the outbox notes then
        tells, after a crash, that the message may have arrived. An edit or a later request of the same try
        needs no second note.

        Whatever the other side answers is an `Outcome`, never an exception: `MaybeSent` as soon as the
        message may have left without an answer, `Deferred` only when nothing was sent. An exception is a
        fault of the sender; the loop logs it and counts it as `Deferred`, or as `MaybeSent` once it may have left.
        """
        ...
