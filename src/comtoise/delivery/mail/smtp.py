"""The mail channel: one message, one recipient, one conversation with the server, and what its answers mean.

====================================================  =====================================================
the conversation stops                                outcome
====================================================  =====================================================
before the recipient is named (no connection, TLS,    Deferred: nothing is known against this reader
log-in, sender refused)
recipient or message answered 4xx                     Deferred, later and later, for a day; then Refused
recipient or message answered 5xx for our sake        Deferred: it is us they refuse (5.7.x, OFR_506, « spam »);
                                                      five in a row pause all mail
recipient or message answered otherwise 5xx           Refused, and counted as a mail that came back; the reader is
                                                      gone when the mailbox is (5.1.1)
while the message is being written                    Deferred: a message without its final dot is not taken
after the final dot, without an answer                MaybeSent: sent again at most once, same Message-ID
the server answered 250                               Sent, whatever happens to the connection afterwards
====================================================  =====================================================

Source: RFC 5321, 4.2.1 and 4.5.3.2; enhanced status codes: RFC 3463.
"""

import asyncio
import re
import smtplib
import ssl
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from email.generator import BytesGenerator
from email.message import EmailMessage
from io import BytesIO

from comtoise.delivery.channel import Leaves, unnoted
from comtoise.delivery.mail.bounces import WEIGHTS, Kind, judge
from comtoise.delivery.mail.compose import MailSettings, compose, envelope_sender
from comtoise.delivery.mail.line import Line
from comtoise.delivery.mail.policy import MAIL
from comtoise.delivery.mail.refusals import PolicyWatch
from comtoise.delivery.mail.server import SmtpServer
from comtoise.delivery.mail.signing import Signer
from comtoise.model import (
    Channel,
    Deferred,
    Delivery,
    DeliveryKind,
    MaybeSent,
    Outcome,
    Refused,
    Sent,
)

FIRST_WAIT = timedelta(minutes=5)  #: doubled at each try: a grey list opens after a few minutes
LONGEST_WAIT = timedelta(hours=4)
TRIES_MAX = 12  #: about a day of 5, 10, 20, 40, 80, 160 and then 240 minutes

_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class SmtpChannel:
    """Sends deliveries through a mail server, each in a thread of *executor*."""

    channel = Channel.MAIL

    def __init__(
        self,
        server: SmtpServer,
        settings: MailSettings,
        *,
        clock: Callable[[], datetime],
        timeout_s: float = 30,
        executor: Executor | None = None,
        tls: ssl.SSLContext | None = None,
        signer: Signer | None = None,
    ) -> None:
        """Nothing is opened until the first delivery.

        Args:
            clock: Now, aware.
            timeout_s: For each step after the log-in. RFC 5321 grants servers ten minutes after the final dot;
                a shorter wait only means an earlier MaybeSent.
            tls: Certificates to trust; the system's by default.
            signer: Signs every mail (DKIM); None leaves it to the server.
        """
        self._server = server
        self._settings = settings
        self._clock = clock
        self._timeout_s = timeout_s
        self._executor = executor
        self._signer = signer
        self._policy = PolicyWatch()
        self._tls = tls or ssl.create_default_context()

    async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
        """Compose and hand over *delivery*. An update of an alert is not mailed: the digest tells it."""
        if delivery.kind is DeliveryKind.UPDATE:
            return Sent(delivery.message_ref)
        paused_until = self._policy.paused_until(self._clock())
        if paused_until is not None:
            return Deferred(paused_until, "mail paused: refused by policy", tried=False)
        try:
            message = compose(delivery, self._settings, self._clock())
        except ValueError as error:
            return Refused(str(error))
        loop = asyncio.get_running_loop()
        line = Line()
        try:
            ready = await loop.run_in_executor(self._executor, self._converse, line, delivery, message)
            if not isinstance(ready, smtplib.SMTP):
                return ready
            try:
                await leaves()  # until the final dot, nothing is taken
            except BaseException:
                line.drop()
                raise
            return await loop.run_in_executor(self._executor, self._conclude, line, ready, delivery, message)
        except asyncio.CancelledError:
            # A thread cannot be cancelled: without this it would hold up the end of the process.
            line.cut()
            raise

    def _converse(self, line: Line, delivery: Delivery, message: EmailMessage) -> smtplib.SMTP | Outcome:
        """All but the final dot: the conversation to conclude, or how it ended before."""
        ready = False
        try:
            smtp = self._connect(line)
            code, answer = smtp.mail(envelope_sender(delivery.reader, self._settings))
            if code != 250:
                return self._answered(delivery, code, answer, sender=True)
            refused = self._write(smtp, delivery, message)
            ready = refused is None
            return refused or smtp
        except (OSError, smtplib.SMTPException) as error:
            return self._later(delivery, _reason(error))
        finally:
            if not ready:
                line.hang_up()

    def _connect(self, line: Line) -> smtplib.SMTP:
        server = self._server
        smtp = line.connect(server, tls=self._tls)
        smtp.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            smtp.starttls(context=self._tls)
            smtp.ehlo_or_helo_if_needed()
        if server.user is not None:
            smtp.login(server.user, server.password or "")
        line.be_patient(self._timeout_s)
        return smtp

    def _write(self, smtp: smtplib.SMTP, delivery: Delivery, message: EmailMessage) -> Outcome | None:
        code, answer = smtp.rcpt(delivery.reader.address)
        if code not in (250, 251):
            return self._answered(delivery, code, answer)
        code, answer = smtp.docmd("DATA")
        if code != 354:
            return self._answered(delivery, code, answer)
        smtp.send(self._wire(message))
        return None

    def _conclude(self, line: Line, smtp: smtplib.SMTP, delivery: Delivery, message: EmailMessage) -> Outcome:
        try:
            smtp.send(b".\r\n")
            code, answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return MaybeSent(_reason(error))
        finally:
            line.hang_up()
        if code == 250:
            self._policy.accepted()
            return Sent(str(message["Message-ID"]))
        return self._answered(delivery, code, answer)

    def _wire(self, message: EmailMessage) -> bytes:
        """The message as sent: CRLF ends every line, a dot that starts one is doubled (RFC 5321, 4.5.2)."""
        stream = BytesIO()
        BytesGenerator(stream, policy=MAIL).flatten(message)
        data = stream.getvalue()
        if not data.endswith(b"\r\n"):
            data += b"\r\n"
        if self._signer is not None:
            data = self._signer.sign(data)
        return re.sub(rb"(?m)^\.", b"..", data)

    def _answered(self, delivery: Delivery, code: int, answer: bytes, *, sender: bool = False) -> Outcome:
        """What an answer means; *sender*: it was about us, not about the reader."""
        reason = _status(code, answer)
        kind, _code = judge(f"{code} {answer.decode('utf-8', 'replace')}")
        if code >= 500 and kind is Kind.POLICY:
            # It is us whom they refuse: nothing is held against the reader, and nothing of his is lost.
            self._policy.refused(self._clock(), reason)
            return self._later(delivery, reason)
        if sender:
            return self._later(delivery, reason)
        if 400 <= code < 500:
            return self._later(delivery, reason, bounce=WEIGHTS[Kind.SOFT])
        return Refused(reason, reader_gone=kind is Kind.GONE, bounce=WEIGHTS[kind])

    def _later(self, delivery: Delivery, reason: str, *, bounce: float = 0.0) -> Outcome:
        """Put off, or give up after a day; *bounce* is what giving up then counts against the reader's address."""
        if delivery.attempts + 1 >= TRIES_MAX:
            return Refused(f"{reason}; tried {delivery.attempts + 1} times", bounce=bounce)
        wait = min(FIRST_WAIT * 2 ** min(delivery.attempts, 10), LONGEST_WAIT)
        return Deferred(self._clock() + wait, reason)


def _status(code: int, answer: bytes) -> str:
    """« 550 5.1.1 » : the codes alone. Servers repeat the address in their words, and reasons are logged."""
    found = _STATUS.search(answer.decode("ascii", "replace"))
    return f"SMTP {code}{f' {found.group()}' if found else ''}"


def _reason(error: Exception) -> str:
    """What went wrong, without the server's words: they may hold an address or a password."""
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return _status(error.smtp_code, answer if isinstance(answer, bytes) else answer.encode())
    return f"SMTP {type(error).__name__}"
