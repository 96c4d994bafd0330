"""An SMTP server on loopback that keeps what it receives, for the demo and the tests."""

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

STARTS_S = 60.0  #: much longer than on a quiet machine


class Loopback(Controller):
    """aiosmtpd's server in a thread, on the port that the system gives it: none that others may take meanwhile.

    Started and stopped as a context.
    """

    def __init__(self, handler: Any) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=0, ready_timeout=STARTS_S)

    def _trigger_server(self) -> None:
        """The first moment at which it listens: what tells its port, then asks for its greeting."""
        if not isinstance(self.server, asyncio.Server):
            raise TypeError("no server of asyncio's own loop")
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]

    def __enter__(self) -> "Loopback":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """What SMTP_URL should say, once it has started."""
        return f"smtp://127.0.0.1:{self.port}"


class Mailbox:
    """A real SMTP server, started and stopped as a context."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []  #: as they came over the wire
        self.recipients: list[str] = []
        self._controller = Loopback(self)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002
        """Keep a message."""
        content = envelope.content
        self.messages.append(content if isinstance(content, bytes) else (content or "").encode())
        self.recipients.extend(envelope.rcpt_tos)
        return "250 kept"

    def __enter__(self) -> "Mailbox":
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        """What SMTP_URL should say."""
        return self._controller.url


def parsed(raw: bytes) -> EmailMessage:
    """A kept message as the reader's program sees it."""
    message = message_from_bytes(raw, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError("not a message")
    return message
