"""The states that config.yaml was in, each with who made it and when."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from comtoise.store.database import Tx
from comtoise.store.tables import ConfigVersionRow, KeyRow

KEPT = 50
_ACCEPTED = "config_accepted"
BY_HAND = "fichier"  #: whoever saved the file in an editor


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A state of the file."""

    number: int
    at: datetime
    who: str
    sha: str
    text: str


def fingerprint(text: str) -> str:
    """What names a text, whatever its line ends and mark."""
    return hashlib.sha256(text.removeprefix("\ufeff").replace("\r\n", "\n").encode()).hexdigest()


def keep(tx: Tx, text: str, *, who: str, now: datetime) -> bool:
    """Remember a state that is now in use; False when it is the latest one already. The oldest are forgotten."""
    sha = fingerprint(text)
    last = tx.scalar(select(ConfigVersionRow).order_by(ConfigVersionRow.id.desc()).limit(1))
    if last is not None and last.sha == sha:
        return False
    tx.add(ConfigVersionRow(at=now, who=who[:100], sha=sha, text=text))
    tx.flush()
    old = select(ConfigVersionRow.id).order_by(ConfigVersionRow.id.desc()).offset(KEPT)
    tx.execute(delete(ConfigVersionRow).where(ConfigVersionRow.id.in_(list(tx.scalars(old)))))
    return True


def accept(tx: Tx, text: str) -> None:
    """Somebody says that a text is meant, whatever it takes away."""
    row = tx.get(KeyRow, _ACCEPTED)
    if row is None:
        tx.add(KeyRow(name=_ACCEPTED, value=fingerprint(text)))
    else:
        row.value = fingerprint(text)
    tx.flush()


def accepted(tx: Tx, sha: str) -> bool:
    """Whether that was said of the text with this fingerprint."""
    row = tx.get(KeyRow, _ACCEPTED)
    return row is not None and row.value == sha


def history(tx: Tx) -> list[Version]:
    """The states kept, the newest first."""
    return [
        _version(row) for row in tx.scalars(select(ConfigVersionRow).order_by(ConfigVersionRow.id.desc()))
    ]


def get(tx: Tx, number: int) -> Version | None:
    """One state."""
    row = tx.get(ConfigVersionRow, number)
    return None if row is None else _version(row)


def _version(row: ConfigVersionRow) -> Version:
    return Version(number=row.id, at=row.at, who=row.who, sha=row.sha, text=row.text)
