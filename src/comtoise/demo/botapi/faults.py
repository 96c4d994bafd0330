"""What can go wrong between a bot and Telegram, as answers one can ask the server to give.

Descriptions are those of Telegram, since a bot tells a block from a passing trouble by them.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One wrong answer."""

    status: int = 200
    description: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
    performed: bool = False  #: the call takes effect before the answer goes wrong
    hangs: bool = False  #: no answer ever comes
    drops: bool = False  #: the connection closes without an answer


def too_many_requests(retry_after_s: int) -> Fault:
    """429: come back after so many seconds."""
    return Fault(
        status=429,
        description=f"Too Many Requests: retry after {retry_after_s}",
        parameters={"retry_after": retry_after_s},
    )


def blocked() -> Fault:
    """403: the person blocked the bot."""
    return Fault(status=403, description="Forbidden: bot was blocked by the user")


def deactivated() -> Fault:
    """403: the account is gone."""
    return Fault(status=403, description="Forbidden: user is deactivated")


def unreachable_user() -> Fault:
    """403 that passes: seen for people who never blocked anything."""
    return Fault(status=403, description="Forbidden: bot can't send messages to the user")


def chat_not_found() -> Fault:
    """400: no such chat, perhaps for a moment."""
    return Fault(status=400, description="Bad Request: chat not found")


def migrated(new_chat: int) -> Fault:
    """400: the group became a supergroup."""
    return Fault(
        status=400,
        description="Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": new_chat},
    )


def answers(status: int, description: str = "") -> Fault:
    """Any other refusal: 500, 502, a 400 of one's own."""
    return Fault(status=status, description=description or f"Error {status}")


def accepts_then_hangs() -> Fault:
    """The message goes out, and the bot never learns it."""
    return Fault(performed=True, hangs=True)


def drops_the_connection(*, performed: bool = False) -> Fault:
    """The connection closes in place of an answer."""
    return Fault(drops=True, performed=performed)
