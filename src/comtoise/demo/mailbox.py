"""An SMTP server on loopback that keeps what it receives, for the demo and the tests."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """A real SMTP server on a free port, started and stopped as a context."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []  #: as they came over the wire
        self.recipients: list[str] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port())

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
        return f"smtp://127.0.0.1:{self._controller.port}"


def parsed(raw: bytes) -> EmailMessage:
    """A kept message as the reader's program sees it."""
    message = message_from_bytes(raw, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError("not a message")
    return message


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
