"""Where a Telegram reader is: a chat, or a topic of a forum: « -100123 », « -100123:7 »."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, and the topic of it where something was said."""

    chat_id: int
    thread_id: int | None = None

    @property
    def address(self) -> str:
        """The address of a reader who is exactly here."""
        return f"{self.chat_id}:{self.thread_id}" if self.thread_id is not None else str(self.chat_id)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the reader who speaks here may be: the topic itself, else the whole chat."""
        return tuple(dict.fromkeys((self.address, str(self.chat_id))))


def place(address: str) -> Place:
    """The place of an address.

    Raises:
        ValueError: this is no Telegram address.
    """
    chat, _colon, thread = address.partition(":")
    return Place(int(chat), int(thread) if thread else None)
