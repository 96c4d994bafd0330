"""DKIM (RFC 6376): the signature that lets a mailbox know that the mail is the desk's.

RFC 8058 asks that it cover both headers of the one-click unsubscribe; the library's own list leaves one out.
"""

import re
from dataclasses import dataclass, field

import dkim

from comtoise.errors import ConfigError
from comtoise.i18n import _

#: From is signed twice: a second From added on the way breaks the signature (RFC 6376, 8.15).
_SIGNED = (
    "from", "from", "to", "reply-to", "subject", "date", "message-id", "mime-version", "content-type",
    "list-id", "list-unsubscribe", "list-unsubscribe-post", "list-help", "auto-submitted",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs for one domain."""

    domain: str  #: of the From address: DMARC asks that both be the same
    selector: str
    key: bytes = field(repr=False)  #: RSA or Ed25519 private key, PEM

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9](-?[a-z0-9.])*", self.selector):
            raise ConfigError(_("Le sélecteur DKIM s’écrit en minuscules et chiffres, par exemple comtoise."))
        try:
            self.sign(b"From: a@b.example\r\n\r\n")
        except ConfigError:
            raise
        except Exception as error:  # the library raises whatever its parsers do
            raise ConfigError(
                _("La clé DKIM est illisible : c’est une clé privée RSA au format PEM qui est attendue.")
            ) from error

    def sign(self, message: bytes) -> bytes:
        """Return *message*, CRLF lines, with its signature before it."""
        present = {line.split(b":", 1)[0].strip().lower().decode() for line in _header_lines(message)}
        signature: bytes = dkim.sign(
            message,
            self.selector.encode(),
            self.domain.encode(),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode() for name in _SIGNED if name in present],
        )
        return signature + message


def _header_lines(message: bytes) -> list[bytes]:
    head = message.split(b"\r\n\r\n", 1)[0]
    return [line for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
