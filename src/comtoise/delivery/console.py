"""The console channel: what would be sent, as text, on a stream, while no token or mail server is set."""

from typing import TextIO

from comtoise.delivery.channel import Leaves, unnoted
from comtoise.delivery.letter import also
from comtoise.delivery.text import WIDTH, alert_text, digest_text
from comtoise.delivery.zones import zone_of
from comtoise.digests.followups import announcement
from comtoise.i18n import _
from comtoise.model import Channel, Delivery, DeliveryKind, Outcome, Refused, Sent
from comtoise.text.typography import typo


class ConsoleChannel:
    """Writes each delivery between two rules, names the kind and never the reader's address."""

    def __init__(self, stream: TextIO, channel: Channel = Channel.CONSOLE) -> None:
        """Stand in for *channel*: readers of Telegram see nothing yet, the desk sees what they would."""
        self.channel = channel
        self._stream = stream

    async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
        """Write *delivery*; a reader's terminal has no answer to wait for."""
        text = _text(delivery)
        if text is None:
            return Refused("nothing to write")
        await leaves()
        rule = "─" * WIDTH
        self._stream.write(f"{rule}\n{text.rstrip()}\n{rule}\n")
        self._stream.flush()
        return Sent(f"console-{delivery.id}")


def _text(delivery: Delivery) -> str | None:
    tz = zone_of(delivery.reader)
    if delivery.digest is not None:
        return digest_text(delivery.digest, tz=tz)
    if delivery.story is None:
        return None
    if delivery.kind is DeliveryKind.UPDATE:
        return f"{typo(_('Suite de :'))} {delivery.story.lead.title}\n{also(delivery.story)}"
    added = announcement(delivery.news)
    return (f"{added}\n\n" if added else "") + alert_text(delivery.story, tz=tz)
