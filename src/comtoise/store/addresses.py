"""Where each source is polled: its card's address, or the one it was found to have moved to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from comtoise.model import SourceKind
from comtoise.store.database import Tx
from comtoise.store.tables import SourceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What polling has taught of a source's address; all empty while the card's own one answers well."""

    url: str | None = None  #: polled instead of the card's
    kind: SourceKind | None = None  #: how `url` is read; None as the card says
    how: str | None = (
        None  #: moved (301, 308), announced (by a page), usual (a usual place), none (looked in vain)
    )
    found_at: datetime | None = None
    looked_at: datetime | None = None  #: when a feed was last looked for
    move_to: str | None = None  #: where the polled address sends to for good, as it says; not yet believed
    move_seen: int = 0  #: polls that confirmed it, far enough apart to count
    move_first_at: datetime | None = None
    move_last_at: datetime | None = None
    retired_at: datetime | None = None  #: first 410 in a row
    gone_at: datetime | None = None  #: the 410 was confirmed: polled once a week


NOWHERE_ELSE = Address()


def of_row(row: Row[Any]) -> Address:
    """The address knowledge in the columns of a source."""
    if row.address_how is None and row.move_to is None and row.retired_at is None and row.gone_at is None:
        return NOWHERE_ELSE
    return Address(
        url=row.polled_url,
        kind=SourceKind(row.polled_kind) if row.polled_kind else None,
        how=row.address_how,
        found_at=row.address_found_at,
        looked_at=row.looked_at,
        move_to=row.move_to,
        move_seen=row.move_seen,
        move_first_at=row.move_first_at,
        move_last_at=row.move_last_at,
        retired_at=row.retired_at,
        gone_at=row.gone_at,
    )


def to_row(row: SourceRow, address: Address) -> None:
    """Keep *address*; one that differs drops the validators of the address before it."""
    if row.polled_url != address.url:
        row.etag = row.last_modified = row.body_hash = None
    row.polled_url = address.url
    row.polled_kind = address.kind.value if address.kind else None
    row.address_how, row.address_found_at, row.looked_at = address.how, address.found_at, address.looked_at
    row.move_to, row.move_seen = address.move_to, address.move_seen
    row.move_first_at, row.move_last_at = address.move_first_at, address.move_last_at
    row.retired_at, row.gone_at = address.retired_at, address.gone_at


def place_of(url: str) -> str:
    """What two spellings of one address share: all but the scheme, « www. » and a final slash."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def taken(tx: Tx, source_id: str, url: str) -> bool:
    """Whether another source in use is polled at *url*, or is being sent there.

    Spellings of one address count as one. What a site sends all its feeds to is nobody's new address.
    """
    wanted = place_of(url)
    others = tx.execute(
        select(SourceRow.url, SourceRow.polled_url, SourceRow.move_to).where(
            SourceRow.active, SourceRow.id != source_id
        )
    )
    return any(place_of(other) == wanted for row in others for other in row if other)
