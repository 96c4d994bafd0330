"""A delivery: one row of the outbox: this content, to this reader, once; and how handing it over ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from comtoise.model.digest import Digest
from comtoise.model.reader import Reader
from comtoise.model.story import Story


class DeliveryKind(StrEnum):
    """What is delivered."""

    ALERT = "alert"  #: a story, at once
    UPDATE = "update"  #: the alert already sent is edited: the story grew
    FOLLOW_UP = "followup"  #: a reply to the alert already sent: the story has a new fact that counts
    DIGEST = "digest"  #: a composed digest
    CONFIRM = (
        "confirm"  #: the question whether an inscription is wanted; the only thing an unconfirmed reader gets
    )


class DeliveryState(StrEnum):
    """Where a row of the outbox stands."""

    WAITING = "waiting"  #: to be sent, not before `not_before`
    SENDING = "sending"  #: claimed by a sender; after a crash it becomes UNKNOWN
    SENT = "sent"
    UNKNOWN = "unknown"  #: the request left and no answer came; retried at most once, and marked
    FAILED = "failed"
    MERGED = "merged"  #: an alert handed to the next digest (over the cap, or expired)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A claimed row with all that a channel needs to render and send it."""

    id: int
    kind: DeliveryKind
    reader: Reader
    story: Story | None = None  #: for ALERT, UPDATE and FOLLOW_UP
    digest: Digest | None = None  #: for DIGEST
    digest_id: int | None = None  #: for the buttons of a DIGEST
    attempts: int = 0  #: before this one
    maybe_repeat: bool = False  #: an earlier try may have arrived: say so or use the same Message-ID
    message_ref: str | None = None  #: what the channel returned for the message to edit or answer
    asked_at: datetime | None = None  #: of a CONFIRM: when it was asked, which makes its link
    news: tuple[str, ...] = ()  #: what a FOLLOW_UP tells: amount, jobs, judgment


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel confirmed."""

    message_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not now: try again at *until* (aware, UTC). Nothing was sent."""

    until: datetime
    reason: str
    tried: bool = True  #: False: given back as it was claimed, no attempt to count
    channel_closed: bool = False  #: True: nothing to anybody would pass; the desk must be told


@dataclass(frozen=True, slots=True)
class Refused:
    """Never: this content will not pass, or the reader is gone."""

    reason: str
    reader_gone: bool = False
    reader_doubtful: bool = False  #: perhaps gone: only when it is said again and again
    bounce: float = (
        0.0  #: a mail server refused: what it counts against the address, as a mail that came back
    )


@dataclass(frozen=True, slots=True)
class MaybeSent:
    """The request left and no answer came."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The reader's address changed (a group became a supergroup): rewrite it and send again."""

    address: str


Outcome = Sent | Deferred | Refused | MaybeSent | Moved
