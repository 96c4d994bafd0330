"""How each source is doing: all that is stored of it, and what its rhythm makes of it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from comtoise.model import Source
from comtoise.polling import Groups
from comtoise.polling.health import silence
from comtoise.store import sources
from comtoise.store.addresses import Address
from comtoise.store.database import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The state of one source."""

    source: str
    name: str
    kind: str
    url: str  #: where it is polled
    address: Address  #: why that is not its card's address, where it may move to, whether it is gone
    error_kind: str | None  #: of the trouble that lasts, or of the last poll
    error_text: str | None  #: one French sentence
    trouble_since: datetime | None
    needs_person_since: datetime | None
    failures: int  #: in a row
    polls: int
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_new_at: datetime | None
    expected_per_day: float  #: items
    known: bool  #: False: its rhythm is that of sources like it
    silent_since: datetime | None  #: its last item, when it is silent for longer than is like it
    probability: float | None  #: that it would be silent for so long and be well
    window: int | None  #: entries shown at once; None: it was seen to drop nothing
    losses: int  #: windows that were replaced whole
    last_loss_at: datetime | None
    recovered: int  #: entries found in archives afterwards
    next_due_at: datetime
    set_apart_until: datetime | None
    robots: str | None
    tdm_reserved: bool | None
    rights_checked_at: datetime | None
    rights_why: tuple[str, ...]  #: « where: what », every sign that the publisher gives


def report(tx: Tx, cards: Mapping[str, Source], now: datetime) -> list[Health]:
    """The health of every active source that has a card, by id."""
    learned, rights = sources.learned(tx), sources.rights(tx, now)
    groups = Groups.of(
        (cards[source_id].kind, found.history)
        for source_id, found in learned.items()
        if found.history is not None and source_id in cards
    )
    return [
        _health(state, cards[state.source_id], learned[state.source_id], rights[state.source_id], groups, now)
        for state in sources.states(tx)
        if state.source_id in cards
    ]


def _health(
    state: sources.PollState,
    card: Source,
    learned: sources.Learned,
    rights: sources.SourceRights,
    groups: Groups,
    now: datetime,
) -> Health:
    history, episode = learned.history, state.episode
    carried = history
    if history is not None and learned.last_success_at is not None:
        carried = history.seen((), now=learned.last_success_at)
    silent = episode is not None and episode.trouble.kind == "silent"
    return Health(
        source=state.source_id,
        name=card.name,
        kind=card.kind,
        url=state.url,
        address=state.address,
        error_kind=episode.trouble.kind if episode is not None else state.error_kind,
        error_text=episode.trouble.text if episode is not None else state.error_text,
        trouble_since=episode.since if episode is not None else None,
        needs_person_since=episode.told_at if episode is not None else None,
        failures=state.failures,
        polls=state.polls,
        last_polled_at=state.last_polled_at,
        last_success_at=state.last_success_at,
        last_new_at=state.last_new_at,
        expected_per_day=groups.rhythm(card.kind, carried).per_day,
        known=history is not None,
        silent_since=history.latest if silent and history is not None else None,
        probability=silence(history, groups.rhythm(card.kind, history), now) if history is not None else None,
        window=history.window if history is not None else None,
        losses=learned.losses,
        last_loss_at=learned.last_loss_at,
        recovered=state.recovered,
        next_due_at=state.next_due_at,
        set_apart_until=state.set_apart_until,
        robots=rights.robots,
        tdm_reserved=rights.reserved,
        rights_checked_at=rights.checked_at,
        rights_why=tuple(f"{sign.where}: {sign.says}" for sign in rights.signs),
    )
