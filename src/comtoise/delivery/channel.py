"""What a way to a reader must offer: one method, and an answer the outbox can act on."""

from typing import Protocol

from comtoise.model import Channel, Delivery, Outcome


class ChannelSender(Protocol):
    """Hands one delivery over to Telegram, a mail server, the console …

    A sender keeps no state between deliveries that a restart could lose: pacing, retries and order belong to
    the outbox. Renders `Delivery.story` or `Delivery.digest` for its channel.
    """

    @property
    def channel(self) -> Channel:
        """The readers it serves."""
        ...

    async def send(self, delivery: Delivery) -> Outcome:
        """Try once, now, and say how it ended.

        Whatever the other side answers is an `Outcome`, never an exception: `MaybeSent` as soon as the
        message may have left without an answer, `Deferred` only when nothing was sent. An exception is a
        fault of the sender; the loop logs it and counts it as `Deferred`.
        """
        ...
