"""Mails that come back: who could not be reached, and whether he ever will be.

A bounce is believed when it came to the address that the mail itself was sent from (VERP): the part after « + » names
the reader and proves it, so that nobody stops another's mail with a forged report.
Source: RFC 3464 (reports), RFC 3463 (status codes).
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from enum import Enum
from typing import Final

from comtoise.delivery.mail.links import reader_of

SIZE_MAX = 1024 * 1024  #: bytes read of a report
_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_ADDRESS = re.compile(r"\S+@\S+")  #: servers repeat it; « antispam » in a domain says nothing
_REPLY = re.compile(r"\b([45])\d\d[ -]")

#: What French and other servers write where they give no code. Folded by lower().
_NO_MAILBOX = re.compile(
    r"user unknown|unknown user|no such (user|mailbox|recipient)|mailbox (unavailable|not found)|does not exist"
    r"|utilisateur inconnu|adresse (d.au moins un )?destinataire (inconnue|invalide)|boite inconnue|compte inexistant"
    r"|adresse inexistante|destinataire inconnu|recipient (address )?rejected"
)
_FULL = re.compile(r"mailbox (is )?full|over quota|quota exceeded|bo.te (aux lettres )?pleine|quota d.pass")
_POLICY = re.compile(r"spam|blocked|blacklist|reputation|policy|dmarc|spf|ofr_|lpn\d|authentification")


class Kind(Enum):
    """What a bounce says."""

    GONE = "gone"  #: there is no such mailbox, and there will be none
    HARD = "hard"  #: refused for good, for another reason
    SOFT = "soft"  #: not now: full, too busy, too long
    POLICY = "policy"  #: it is us they refuse: nothing against the reader


#: What each kind counts against an address, of the 3 that disable it (see `comtoise.store.readers.bounced`).
WEIGHTS: Final = {Kind.GONE: 3.0, Kind.HARD: 1.0, Kind.SOFT: 0.5, Kind.POLICY: 0.0}


@dataclass(frozen=True, slots=True)
class Bounce:
    """One report about one reader."""

    reader_id: int
    kind: Kind
    status: str  #: « 5.1.1 », or the server's words when it gives no code


def verp(bounces: str, reader_token: str) -> str:
    """The address to which servers report what they refuse of one reader's mails."""
    local, _at, domain = bounces.rpartition("@")
    return f"{local}+{reader_token}@{domain}"


def read_bounce(raw: bytes, secret: bytes) -> Bounce | None:
    """What a mail that came to the bounce address says; None for anything but a failure of one of our readers.

    A report of delay, an answering machine, spam to that address: None.
    """
    message = message_from_bytes(raw[:SIZE_MAX], policy=policy.default)
    reader_id = _reader(message, secret)
    if reader_id is None:
        return None
    fields = _status_fields(message)
    if fields is not None:
        if (fields.get("action") or "failed").lower() not in ("failed", "expired"):
            return None
        words = f"{fields.get('status', '')} {fields.get('diagnostic-code', '')}"
        return Bounce(reader_id, *judge(words))
    if not _sent_by_server(message):
        return None
    return Bounce(reader_id, *judge(_text(message)))


def _reader(message: Message, secret: bytes) -> int | None:
    for name in ("To", "Delivered-To", "X-Original-To", "Envelope-To", "Original-Recipient"):
        for value in message.get_all(name, []):
            for token in re.findall(r"\+(\d+-[0-9a-f]+)@", str(value).lower()):
                if (found := reader_of(token, secret)) is not None:
                    return found
    return None


def _sent_by_server(message: Message) -> bool:
    """A report that is not in the standard form still comes from nobody, or from a mail system."""
    sender = f"{message.get('Return-Path', '')} {message.get('From', '')}".lower()
    return "<>" in sender or "mailer-daemon" in sender or "postmaster" in sender


def _status_fields(message: Message) -> dict[str, str] | None:
    """The fields of the first recipient in the machine-readable part, names in lower case."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = [block for block in part.walk() if block is not part]
            return {
                name.lower(): " ".join(str(value).split())
                for block in blocks
                for name, value in block.items()
            }
    return None


def _text(message: Message) -> str:
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    if body is None:
        return ""
    payload = body.get_payload(decode=True)
    return payload[:20_000].decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def judge(words: str) -> tuple[Kind, str]:
    """The kind and the code of what a server says, in a report or at once.

    An explicit code outweighs words; words outweigh a bare reply.
    """
    text = _ADDRESS.sub(" ", words.lower())
    code = next((m for m in _CODE.finditer(text) if m[1] != "2"), None)
    status = code.group() if code else (_REPLY.search(text) or [""])[0].strip(" -")
    family, subject, detail = (code[1], code[2], code[3]) if code else ((status or "4")[0], "", "")
    if subject == "7" or (not (subject == "1" or _NO_MAILBOX.search(text)) and _POLICY.search(text)):
        return Kind.POLICY, status
    if family == "5" and (
        (subject == "1" and detail in ("1", "2", "3", "6", "10"))
        or (subject, detail) == ("2", "1")
        or (subject in ("", "0", "1", "2") and detail in ("", "0") and _NO_MAILBOX.search(text))
    ):
        return Kind.GONE, status
    if family == "5" and not (subject == "2" and detail == "2") and not _FULL.search(text):
        return Kind.HARD, status
    return Kind.SOFT, status
