"""Where a Telegram reader is: a chat, or a topic of a forum: « -100123 », « -100123:7 »."""


def address(chat_id: int, thread_id: int | None = None) -> str:
    """The address under which a chat, or a topic of it, is a reader."""
    return f"{chat_id}:{thread_id}" if thread_id is not None else str(chat_id)


def chat_and_thread(address: str) -> tuple[int, int | None]:
    """The chat and, for a topic, the thread of an address.

    Raises:
        ValueError: this is no Telegram address.
    """
    chat, _colon, thread = address.partition(":")
    return int(chat), int(thread) if thread else None
