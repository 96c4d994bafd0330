"""The desk's own secret: made once, kept in the database, so that hashes and links outlive a restart."""

import secrets

from comtoise.store.database import Tx
from comtoise.store.tables import KeyRow

_NAME = "desk"


def desk_key(tx: Tx) -> bytes:
    """The 32 bytes that key what is derived from readers' addresses and numbers."""
    row = tx.get(KeyRow, _NAME)
    if row is None:
        row = KeyRow(name=_NAME, value=secrets.token_hex(32))
        tx.add(row)
        tx.flush()
    return bytes.fromhex(row.value)
