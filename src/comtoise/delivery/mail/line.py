"""One connection to a mail server, that another thread can cut."""

import contextlib
import smtplib
import socket
import ssl

from comtoise.delivery.mail.server import SmtpServer

SETUP_S = 8.0  #: a connection or TLS being made cannot be cut: they must end before a stop has to


class Line:
    """Not connected until `connect`; used by one thread, cut by any."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._smtp: smtplib.SMTP | None = None
        self._is_cut = False

    def connect(self, server: SmtpServer, *, tls: ssl.SSLContext) -> smtplib.SMTP:
        """Connect, and read the greeting; until `be_patient`, each step may take `SETUP_S`.

        Raises:
            OSError: nobody answers, or the line was cut meanwhile.
            smtplib.SMTPException: the greeting is none.
        """
        raw = socket.create_connection((server.host, server.port), SETUP_S)
        self._socket = raw
        if self._is_cut:
            raw.close()
            raise ConnectionAbortedError("cut")
        if server.tls == "direct":
            self._socket = raw = tls.wrap_socket(raw, server_hostname=server.host)
        self._smtp = smtp = _OnSocket(raw, server)
        return smtp

    def be_patient(self, timeout_s: float) -> None:
        """Let each further step take *timeout_s*."""
        if self._smtp is not None and self._smtp.sock is not None:
            self._smtp.sock.settimeout(timeout_s)

    def cut(self) -> None:
        """End the conversation from outside: a thread that waits for an answer gets an error at once."""
        self._is_cut = True
        for end in (self._socket, self._smtp.sock if self._smtp is not None else None):
            if end is not None:
                # The plain socket's shutdown: an SSL one would first change what the other thread is using.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(end, socket.SHUT_RDWR)

    def drop(self) -> None:
        """End the conversation without a word, in the middle of a message: a goodbye would be part of it."""
        if self._smtp is not None:
            self._smtp.close()

    def hang_up(self) -> None:
        """Say goodbye without waiting: the outcome is known, and nothing here may change or delay it."""
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.send(b"QUIT\r\n")
            self._smtp.close()
        elif self._socket is not None:
            self._socket.close()


class _OnSocket(smtplib.SMTP):
    """An SMTP conversation over a socket that is already connected."""

    def __init__(self, connected: socket.socket, server: SmtpServer) -> None:
        self._connected = connected
        super().__init__(server.host, server.port)

    def _get_socket(self, *_where: object) -> socket.socket:
        return self._connected
