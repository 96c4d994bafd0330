"""The addresses a mail carries for its reader: stop, change, see one's data. Each names the reader and proves
it.

A token is the reader's number and its keyed hash: nothing to store, nothing to guess, and it still works,
doing nothing, for a reader erased long ago. It stays the same from mail to mail: it must, since old mails are
clicked too. RFC 8058 asks that the address alone tell reader and list, without cookie or login.

The link that confirms an inscription is another: it names the moment of the question, holds for two days, and serves
once (`comtoise.store.readers.answer`).
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import Reader

CONFIRM_WITHIN = timedelta(hours=48)
_HASH_HEX = 32  #: 128 bits


@dataclass(frozen=True, slots=True)
class Links:
    """Where the desk's pages are; *secret* must be the one that the pages check with."""

    base_url: str  #: https://…, with or without a slash at the end
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not self.base_url.startswith(("https://", "http://")) or not self.base_url.isascii():
            raise InputError(_("L’adresse web du service commence par https:// et s’écrit sans accent."))

    def confirm(self, reader: Reader, asked_at: datetime) -> str:
        """The page whose button confirms an inscription, asked for then."""
        return f"{self.base_url.rstrip('/')}/confirmation/{question(reader.id, asked_at, self.secret)}"

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


def question(reader_id: int, asked_at: datetime, secret: bytes) -> str:
    """Return the token of a question put to a reader: letters, digits and two dashes."""
    at = int(asked_at.timestamp())
    return f"{reader_id}-{at}-{_hash(b'comtoise-confirm:%d:%d' % (reader_id, at), secret)}"


def question_of(text: str, secret: bytes) -> tuple[int, datetime] | None:
    """Return whom and when a question was asked, when *text* is its token; None for anything else."""
    number, at, mac = (*text.split("-", 2), "", "")[:3]
    if not all(part.isascii() and part.isdigit() and len(part) <= 11 for part in (number, at)):
        return None
    asked_at = datetime.fromtimestamp(int(at), UTC)
    right = question(int(number), asked_at, secret)
    return (int(number), asked_at) if mac.isascii() and hmac.compare_digest(right, text) else None


def _mac(reader_id: int, secret: bytes) -> str:
    return _hash(b"comtoise-reader:%d" % reader_id, secret)


def _hash(what: bytes, secret: bytes) -> str:
    return hmac.new(secret, what, hashlib.sha256).hexdigest()[:_HASH_HEX]
