"""The chats of the server: who can be written to, and what a person sees there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from comtoise.demo.botapi.entities import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message: it opens an address or calls the bot."""

    text: str
    url: str | None = None
    data: str | None = None

    def as_json(self) -> dict[str, str]:
        """The shape of the Bot API's InlineKeyboardButton."""
        data = {"text": self.text}
        if self.url is not None:
            data["url"] = self.url
        if self.data is not None:
            data["callback_data"] = self.data
        return data


@dataclass(slots=True, kw_only=True)
class Shown:
    """A message as it stands in the chat now, with the texts it had before."""

    message_id: int
    by_bot: bool
    date: int  #: Unix seconds
    text: str
    entities: tuple[Entity, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    thread: int | None = None
    reply_to: int | None = None
    silent: bool = False
    file: tuple[str, bytes] | None = None  #: name and content of a document
    edits: list[str] = field(default_factory=list)  #: earlier texts, oldest first

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row by row."""
        return tuple(button for row in self.rows for button in row)

    def button(self, words: str) -> Button:
        """The first button whose label contains *words*.

        Raises:
            LookupError: no such button; the message lists those there are.
        """
        for button in self.buttons:
            if words in button.text:
                return button
        raise LookupError(f"no button « {words} » among {[button.text for button in self.buttons]}")


@dataclass(slots=True, kw_only=True)
class Chat:
    """A private chat, group, supergroup (with topics or without) or channel."""

    id: int
    type: str = "private"  #: private, group, supergroup, channel
    title: str = ""
    topics: set[int] = field(default_factory=set)  #: thread ids of a forum
    admins: set[int] = field(default_factory=set)  #: users who run the group
    blocked: bool = False  #: the person blocked the bot, or the group removed it
    deactivated: bool = False
    migrated_to: int | None = None
    pinned: set[int] = field(default_factory=set)
    messages: list[Shown] = field(default_factory=list)

    @property
    def from_bot(self) -> tuple[Shown, ...]:
        """What the bot said, oldest first."""
        return tuple(message for message in self.messages if message.by_bot)

    @property
    def last(self) -> Shown:
        """The bot's latest message.

        Raises:
            LookupError: it said nothing yet.
        """
        if not self.from_bot:
            raise LookupError(f"the bot said nothing in chat {self.id}")
        return self.from_bot[-1]

    def find(self, message_id: int) -> Shown | None:
        """The message with this number, if it is still there."""
        return next((message for message in self.messages if message.message_id == message_id), None)

    def as_json(self) -> dict[str, object]:
        """The shape of the Bot API's Chat."""
        data: dict[str, object] = {"id": self.id, "type": self.type}
        data["first_name" if self.type == "private" else "title"] = self.title or f"Chat {abs(self.id)}"
        return data | ({"is_forum": True} if self.topics else {})

    def transcript(self) -> Iterator[str]:
        """The chat as a person reads it, line by line."""
        for message in self.messages:
            yield f"[{'Comtoise' if message.by_bot else 'Vous'}]"
            yield from (f"  {line}" for line in message.text.split("\n"))
            for row in message.rows:
                yield "  " + " ".join(f"( {button.text} )" for button in row)
