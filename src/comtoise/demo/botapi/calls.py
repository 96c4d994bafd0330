"""A request of the bot, and the way it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass


class Refusal(Exception):
    """The answer is an error of the Bot API."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.parameters = dict(parameters or {})


def bad_request(words: str) -> Refusal:
    """A 400, in Telegram's words."""
    return Refusal(400, f"Bad Request: {words}")


@dataclass(slots=True, kw_only=True)
class Call:
    """One request of the bot, as received."""

    method: str
    params: dict[str, str]
    files: dict[str, tuple[str, bytes]]
    at: float  #: seconds, monotonic
    status: int | None = None  #: of the answer; None while it is not given, or never

    @property
    def chat(self) -> int | None:
        """The chat the call is about, if any."""
        try:
            return int(self.params["chat_id"])
        except (KeyError, ValueError):
            return None
