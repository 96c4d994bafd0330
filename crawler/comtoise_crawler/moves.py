"""Where a source has gone: what redirects, 404 and 410 teach of its address, and when to believe them.

Pure: what is known and what was seen go in, what is known afterwards comes out. A permanent redirect is followed
at once and believed after `CONFIRMATIONS` polls, each at least `APART` after the one before, that ended in the
source's own list: one bad evening of a server must not lose its sources. A temporary redirect teaches nothing.
Sources: RFC 9110, 15.4 and 15.5; docs/decisions/0011-addresses.md.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from comtoise.i18n import _
from comtoise.polling import phase
from comtoise.store.addresses import NOWHERE_ELSE, Address
from comtoise_crawler.failures import Failure
from comtoise_crawler.reading.late import registrable_domain

CONFIRMATIONS = 3
APART = timedelta(hours=12)  #: so that three are spread over a day
UNREACHED_MAX = 5  #: polls in a row; waiting longer each time, they take most of a day
GONE_CONFIRMED = timedelta(days=1)  #: from the first 410 to the one that settles it
GONE_EVERY = timedelta(days=7)  #: how often a source that is gone is looked at again


def permanent_target(asked: str, hops: tuple[tuple[str, int | str], ...], arrived: str) -> str | None:
    """Where a chain of redirects leads for good: up to its first temporary one; None when that is nowhere.

    Args:
        asked: The address polled.
        hops: Each address that redirected, with its status, or a word for a redirect that is no status.
        arrived: The address that answered.
    """
    target = asked
    for (_address, status), (onward, _status) in pairwise((*hops, (arrived, ""))):
        if status not in (301, 308):
            break
        target = onward
    return target if target != asked else None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one publisher: the same registrable domain (or the same machine without name)."""
    return _site(one) == _site(other)


def _site(url: str) -> str:
    host = (urlsplit(url).hostname or "").rstrip(".")
    return registrable_domain(url) or host.removeprefix("www.")


def is_front(url: str) -> bool:
    """Whether an address is that of a site's front page: sites send there whoever asks for what they removed."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def own_list(*, from_url: str, to_url: str, shown: int, known: int) -> bool:
    """Whether what *to_url* lists is the source known under *from_url*.

    Args:
        shown: Entries listed there.
        known: How many of them the source showed before.
    """
    return same_site(from_url, to_url) or 0 < shown <= 2 * known


def redirected(address: Address, *, card_url: str, target: str | None, taken: bool, now: datetime) -> Address:
    """After a good poll: *target* is where the polled address sends to for good, None where it answers itself.

    Args:
        taken: Another source is polled there, or sent there: one page for many is an error page.
    """
    address = replace(address, retired_at=None, gone_at=None)
    if target is None:
        return _not_moving(address)
    if taken:  # noted all the same: so that the others know it when their turn comes
        return replace(address, move_to=target, move_seen=0, move_first_at=None, move_last_at=None)
    if target != address.move_to or address.move_last_at is None:
        return replace(address, move_to=target, move_seen=1, move_first_at=now, move_last_at=now)
    if now - address.move_last_at < APART:
        return address
    if address.move_seen + 1 < CONFIRMATIONS:
        return replace(address, move_seen=address.move_seen + 1, move_last_at=now)
    if target == card_url:
        return NOWHERE_ELSE
    return Address(url=target, kind=address.kind, how="moved", found_at=now, looked_at=address.looked_at)


def unread(address: Address, status: int, now: datetime) -> Address:
    """After a poll whose answer was no list of the source.

    What a redirect leads to is then no confirmation, and the count starts again. An answer that says nothing of the
    address (a server out of order, a host that wants peace) teaches nothing.
    """
    if status == 410:
        retired = address.retired_at or now
        gone = address.gone_at or (now if now - retired >= GONE_CONFIRMED else None)
        return replace(_not_moving(address), retired_at=retired, gone_at=gone)
    if status in (200, 404):
        return replace(_not_moving(address), retired_at=None)
    return address


def unreached(address: Address, failures: int) -> Address:
    """After a poll that was not answered: a found address that is out of reach for long gives way to the card's own."""
    return NOWHERE_ELSE if address.url is not None and failures >= UNREACHED_MAX else address


def _not_moving(address: Address) -> Address:
    if address.move_to is None:
        return address
    return replace(address, move_to=None, move_seen=0, move_first_at=None, move_last_at=None)


def next_look(address: Address, source_id: str, now: datetime) -> datetime | None:
    """When to look again at an address that was retired or is gone; None when the ordinary schedule holds.

    No source leaves the schedule by itself: one that is gone is still looked at once a week.
    """
    if address.gone_at is not None:
        wait = GONE_EVERY
    elif address.retired_at is not None:
        wait = GONE_CONFIRMED
    else:
        return None
    return now + wait * (1 + 0.05 * phase(f"{source_id} {now:%Y%m%d}"))


def as_told(address: Address, failure: Failure) -> Failure:
    """The failure as a person must hear it: whatever stands in the way now, a source that is gone is gone."""
    if address.gone_at is None:
        return failure
    return Failure(
        "gone",
        _("La source a disparu : le site a retiré son adresse (410). Nous la relisons une fois par semaine."),
    )
