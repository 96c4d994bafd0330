"""A real mail server on loopback that answers as it is told."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from comtoise.demo.mailbox import Loopback


@dataclass
class Plan:
    """What the server answers; « 250 OK » where nothing is said."""

    mail: str = "250 OK"
    rcpt: str = "250 OK"
    data: str = "250 OK"
    hang_after_data: bool = False  #: take the whole message, then say nothing
    drop_after_data: bool = False  #: take the whole message, then close
    received: list[Envelope] = field(default_factory=list)
    got_data: threading.Event = field(default_factory=threading.Event)

    def messages(self) -> list[EmailMessage]:
        """What was taken, as a mail program reads it."""
        return [
            message_from_bytes(e.content, policy=policy.default)
            for e in self.received
            if isinstance(e.content, bytes)
        ]


class Handler:
    """The server's side of a `Plan`."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._plan.mail

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._plan.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self._plan.rcpt

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        self._plan.received.append(envelope)
        self._plan.got_data.set()
        if self._plan.hang_after_data:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.Event().wait()
        if self._plan.drop_after_data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self._plan.data


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class MailServer:
    """Where it listens, and what it was told."""

    port: int
    plan: Plan

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A server that accepts everything until its plan says otherwise."""
    plan = Plan()
    with Loopback(Handler(plan)) as server:
        yield MailServer(server.port, plan)
