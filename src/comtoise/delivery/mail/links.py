"""The addresses a mail carries for its reader: stop, change, see one's data. Each names the reader and proves
it.

A token is the reader's number and its keyed hash: nothing to store, nothing to guess, and it still works,
doing nothing, for a reader erased long ago. It stays the same from mail to mail: it must, since old mails are
clicked too. RFC 8058 asks that the address alone tell reader and list, without cookie or login.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import Reader

_HASH_HEX = 32  #: 128 bits


@dataclass(frozen=True, slots=True)
class Links:
    """Where the desk's pages are; *secret* must be the one that the pages check with."""

    base_url: str  #: https://…, with or without a slash at the end
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not self.base_url.startswith(("https://", "http://")) or not self.base_url.isascii():
            raise InputError(_("L’adresse web du service commence par https:// et s’écrit sans accent."))

    def confirm(self, reader: Reader) -> str:
        """The page whose button confirms an inscription."""
        return self._url("confirmation", reader)

    def unsubscribe(self, reader: Reader) -> str:
        """POST stops every rhythm; GET shows a page with one button and changes nothing."""
        return self._url("desabonnement", reader)

    def settings(self, reader: Reader) -> str:
        """The page to change rhythm and topics."""
        return self._url("reglages", reader)

    def privacy(self) -> str:
        """The page that says what is kept."""
        return f"{self.base_url.rstrip('/')}/confidentialite"

    def _url(self, page: str, reader: Reader) -> str:
        return f"{self.base_url.rstrip('/')}/{page}/{token(reader.id, self.secret)}"


def token(reader_id: int, secret: bytes) -> str:
    """Return the reader's token: letters, digits and one dash, safe in an address."""
    return f"{reader_id}-{_mac(reader_id, secret)}"


def reader_of(text: str, secret: bytes) -> int | None:
    """Return the reader's number when *text* is a token of this *secret*, None for anything else."""
    number, _dash, mac = text.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) <= 18 and mac.isascii()):
        return None
    reader_id = int(number)
    return reader_id if hmac.compare_digest(token(reader_id, secret), text) else None


def _mac(reader_id: int, secret: bytes) -> str:
    return hmac.new(secret, b"comtoise-reader:%d" % reader_id, hashlib.sha256).hexdigest()[:_HASH_HEX]
