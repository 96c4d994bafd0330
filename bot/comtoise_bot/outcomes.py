"""What an error of Telegram means for a delivery.

Two traps decide the order of the cases: `BadRequest` is a kind of `NetworkError`, so that « retry on
network errors » would retry a refused message for ever; and a `TimedOut`, or a connection lost while
waiting, does not say whether the message left.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from comtoise.model import Deferred, MaybeSent, Moved, Outcome, Refused, Sent

BACKOFF_FIRST_S = 5.0
BACKOFF_MAX_S = 600.0
TOKEN_REFUSED_WAIT = timedelta(minutes=15)

#: Said once, they mean that the reader is gone. Any other 403 has been seen to pass, and must repeat itself.
_GONE = ("blocked by the user", "user is deactivated", "bot was kicked", "bot is not a member")
#: The request never left this machine.
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


def says(error: TelegramError, words: str) -> bool:
    """Whether Telegram's description contains *words*; python-telegram-bot changes its capitals."""
    return words in str(error).lower()


def outcome(
    error: TelegramError,
    *,
    now: datetime,
    attempts: int = 0,
    message_ref: str | None = None,
    jitter: Callable[[], float] = random.random,
) -> Outcome:
    """How a delivery ended, from the error it ended with.

    Args:
        attempts: how often it was tried before, for the back-off.
        message_ref: the message that an edit was about.
        jitter: a number from 0 to 1, so that a crowd does not come back at once.
    """
    reason = f"{type(error).__name__}: {error}"
    match error:
        case RetryAfter():
            wait = error.retry_after  # an int today, a timedelta when PTB_TIMEDELTA is set
            return Deferred(now + (wait if isinstance(wait, timedelta) else timedelta(seconds=wait)), reason)
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            gone = any(says(error, words) for words in _GONE)
            return Refused(reason, reader_gone=gone, reader_doubtful=not gone)
        case BadRequest() if says(error, "message is not modified"):
            return Sent(message_ref)
        case BadRequest() if message_ref and (
            says(error, "message to edit not found") or says(error, "message can't be edited")
        ):
            return Sent(message_ref)  # the person removed it: there is nothing left to bring up to date
        case BadRequest():
            return Refused(reason, reader_doubtful=says(error, "chat not found"))
        case InvalidToken():
            return Deferred(now + TOKEN_REFUSED_WAIT, reason, channel_closed=True)
        case NetworkError() if isinstance(error.__cause__, httpx.HTTPError):
            if not isinstance(error.__cause__, _NEVER_LEFT):
                return MaybeSent(reason)
    wait_s = min(BACKOFF_FIRST_S * 2 ** min(attempts, 10), BACKOFF_MAX_S) * (0.75 + jitter() / 2)
    return Deferred(now + timedelta(seconds=wait_s), reason)
