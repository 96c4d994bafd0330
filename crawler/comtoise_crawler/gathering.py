"""From the answer to a poll to all that the source shows: at its address, at a better one, and in its archive.

Most polls end with the first answer. The others ask for more (`comtoise_crawler.following`): the sitemaps of an
index, the feed that a page announces, the archive when the window was replaced whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise.model import Entry, Source, SourceKind
from comtoise.store.addresses import NOWHERE_ELSE, Address
from comtoise.store.known import ReadSitemap
from comtoise.store.sources import PollState
from comtoise_crawler import discovery, sitemaps
from comtoise_crawler.answer import Answer
from comtoise_crawler.failures import Failure, of_answer, of_unreadable
from comtoise_crawler.following import Steps, fetch
from comtoise_crawler.kinds import READERS, Listed
from comtoise_crawler.moves import own_list, permanent_target, redirected, same_site, unread
from comtoise_crawler.repair import Repaired, repair, window_replaced

ANNOUNCED_AGAIN = timedelta(days=1)  #: between two looks at the feeds that a page announces in a feed's place

NOTHING = Listed(entries=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a poll brought. The store is asked nothing more but to keep it."""

    answer: Answer  #: the one whose validators count
    kind: SourceKind  #: how it was read
    address: Address
    listed: Listed = NOTHING
    failure: Failure | None = None  #: nothing of the source could be read
    first_read: tuple[Entry, ...] = ()  #: of sitemaps never read before: what is old in them is no news
    sitemaps: Mapping[str, ReadSitemap] | None = None  #: those of an index that were read
    repaired: Repaired | None = None  #: the window had been replaced whole
    elsewhere: bool = False  #: not at the card's address: what it shows may be known by other names


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What gathering may ask of the store."""

    known: Callable[[Sequence[Entry], bool], frozenset[int]]  #: positions shown before; True: by title also
    anything_known: Callable[[], bool]
    taken: Callable[[str], bool]  #: another source is polled at an address
    sitemaps_read: Callable[[], Mapping[str, ReadSitemap]]
    sitemaps_named: Callable[[str], Sequence[str]]  #: by the robots.txt of an address's host


class _Unread(Exception):
    """An answer in which the source cannot be read."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.text)
        self.failure = failure


def gather(card: Source, state: PollState, first: Answer, *, desk: Desk, now: datetime) -> Steps[Gathered]:
    """All that *card* shows at this poll. A source that cannot be read is no exception but a `failure`."""
    found = yield from _list(card, state, first, desk, now)
    if found.failure is not None:
        return found
    if found.listed.children:
        before = desk.sitemaps_read()
        followed = yield from sitemaps.follow(found.listed.children, before=before, now=now)
        if not followed.answered:
            return replace(
                found, failure=Failure("content", _("Aucun des plans de site de cet index n’a pu être lu."))
            )
        return replace(
            found,
            listed=replace(found.listed, entries=followed.entries),
            first_read=followed.first_read,
            sitemaps=followed.read,
        )
    windowed = found.kind in (SourceKind.FEED, SourceKind.WORDPRESS)
    if not windowed or not state.seeded or not found.listed.entries:
        return found
    entries = found.listed.entries
    if _replaced(entries, found.elsewhere, desk):
        repaired = yield from repair(
            card,
            found.kind,
            found.answer,
            found.listed,
            known=lambda some: desk.known(some, found.elsewhere),
            since=state.last_success_at,
            sitemaps=desk.sitemaps_named(found.answer.url),
            now=now,
        )
        return replace(found, repaired=repaired)
    return found


def _replaced(entries: Sequence[Entry], elsewhere: bool, desk: Desk) -> bool:
    """Whether nothing of the list was shown before. Most lists begin or end with something known: these are first."""
    ends = (entries[0], entries[-1])
    return (
        not desk.known(ends, elsewhere)
        and window_replaced(desk.known(entries, elsewhere), len(entries))
        and desk.anything_known()
    )


def _list(card: Source, state: PollState, first: Answer, desk: Desk, now: datetime) -> Steps[Gathered]:
    """The source's list: in the answer, or at an address that it leads to."""
    address = state.address
    kind = address.kind or card.kind

    def known(some: Sequence[Entry]) -> int:
        return len(desk.known(some, True) if desk.anything_known() else some)

    look = discovery.Look(
        card=card,
        now=now,
        taken=desk.taken,
        known=known if state.seeded else None,
        most=bool(first.hops),
    )
    try:
        listed = _read(kind, first, card, now)
        address = _arrived(card, state, first, listed, desk, now)
    except _Unread as bad:
        address = unread(address, first.status, now)
        failed = Gathered(answer=first, kind=kind, address=address, failure=bad.failure)
        if first.status not in (200, 404, 410):  # the host is in trouble, the address may be right
            return failed
        if address.url is not None:  # it is no more where it was found: perhaps its card is right again
            back = yield from _back(card, state, desk, now)
            if back is not None:
                return back
        return (yield from _instead(look, state, failed))
    if discovery.is_due(card, address, now):
        better = yield from discovery.find(look, first, usual_places=True)
        if better is not None:
            return _at(better, now)
        address = replace(address, how="none", looked_at=now)
    return Gathered(
        answer=first, kind=kind, address=address, listed=listed, elsewhere=_host(first.url) != _host(card.url)
    )


def _read(kind: SourceKind, answer: Answer, card: Source, now: datetime) -> Listed:
    if answer.status != 200:
        raise _Unread(of_answer(answer))
    try:
        return READERS[kind](answer, card, now)
    except SourceError as error:
        raise _Unread(of_unreadable(answer, kind, error)) from error


def _arrived(
    card: Source, state: PollState, answer: Answer, listed: Listed, desk: Desk, now: datetime
) -> Address:
    """The address after a list was read: a redirect on the way may count as a confirmation that it moved.

    Raises:
        _Unread: the way leads to another site's list, in which nothing is the source's: a parked name, an error page.
    """
    address = state.address
    if not answer.hops:
        return redirected(address, card_url=card.url, target=None, taken=False, now=now)
    own = same_site(state.url, answer.url)
    if not own and state.seeded and desk.anything_known():
        known = len(desk.known(listed.entries, True))
        own = own_list(from_url=state.url, to_url=answer.url, shown=len(listed.entries), known=known)
        if not known and listed.entries:
            raise _Unread(
                Failure("elsewhere", _("L’adresse renvoie vers un autre site, où rien de connu ne paraît."))
            )
    target = permanent_target(state.url, answer.hops, answer.url) if own and listed.entries else None
    taken = target is not None and desk.taken(target)
    return redirected(address, card_url=card.url, target=target, taken=taken, now=now)


def _back(card: Source, state: PollState, desk: Desk, now: datetime) -> Steps[Gathered | None]:
    """The card's own address, when the found one answers no more."""
    own = yield from fetch(card.url, "card")
    if own is None:
        return None
    try:
        listed = _read(card.kind, own, card, now)
    except _Unread:
        return None
    if state.seeded and desk.anything_known() and not desk.known(listed.entries, True):
        return None
    return Gathered(answer=own, kind=card.kind, address=NOWHERE_ELSE, listed=listed, elsewhere=True)


def _instead(look: discovery.Look, state: PollState, failed: Gathered) -> Steps[Gathered]:
    """The feed of a source whose address answers something else, or *failed* when none is found.

    A page that announces feeds in the place of one is looked at every day. The home page of a source that was never
    read, or whose address is no more, is looked at every month.
    """
    card, now, address, first = look.card, look.now, failed.address, failed.answer
    if card.kind not in (SourceKind.FEED, SourceKind.LISTING) or card.selectors is not None:
        return failed
    page: Answer | None = None
    if first.status == 200 and discovery.announced(first):
        if address.looked_at is not None and now - address.looked_at < ANNOUNCED_AGAIN:
            return failed
        page = first
    elif first.status == 200 and discovery.is_due(card, address, now):
        page = first
    elif discovery.rested(address, now) and card.homepage and (first.status != 200 or not state.seeded):
        page = yield from fetch(card.homepage, "page")
    else:
        return failed
    if page is not None:
        better = yield from discovery.find(look, page, usual_places=True)
        if better is not None:
            return _at(better, now)
    return replace(failed, address=replace(address, how=address.how or "none", looked_at=now))


def _at(better: discovery.Discovered, now: datetime) -> Gathered:
    return Gathered(
        answer=better.answer,
        kind=better.kind,
        address=Address(url=better.url, kind=better.kind, how=better.how, found_at=now, looked_at=now),
        listed=better.listed,
        elsewhere=True,
    )


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
