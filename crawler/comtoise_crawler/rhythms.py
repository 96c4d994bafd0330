"""What the collector knows of each source's rhythm, and when each is polled next.

The store keeps a source's history as it was when its last new item came: it is written with the articles that it
counts, and a poll that found nothing new writes nothing more than its own time. Decay is exponential, so the
silence since then is made good when the collector starts. The rhythm itself is computed when a source brings
something new and once a day for all, with the group and the pace (sooner while a desk is new, and the sources known
double): an unchanged poll only reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from comtoise.i18n import _
from comtoise.model import Entry, Source, SourceKind
from comtoise.polling import Bounds, Groups, Hints, History, Rhythm, budget, next_poll
from comtoise.polling.health import OVERDUE, SILENT, Trouble, changed_layout, silent_from, usual_count
from comtoise.polling.history import HALF_LIFE
from comtoise.polling.sharing import POLLS_LEAST
from comtoise.store.sources import Learned, Lesson

DAY = timedelta(days=1)
WINDOW_LEAST = 3  #: entries; a shorter list is replaced whole by a day like others
LOSS_CAUTION = HALF_LIFE  #: how long the interval stays shortened after a loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one source."""

    rhythm: Rhythm
    history: History | None = None  #: as it was when the last new item came
    good_at: datetime | None = None  #: last good poll
    shown: int | None = None
    shown_usual: float | None = None
    wait_most: timedelta | None = None
    wait_most_until: datetime | None = None
    overdue_at: datetime | None = None  #: silence is then long enough to doubt a server's « unchanged »
    silent_at: datetime | None = None  #: … and then to alarm a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one read list taught; `Rhythms.keep` makes it known, once it is committed."""

    known: Known
    lesson: Lesson
    trouble: Trouble | None
    window_replaced: bool = False  #: nothing of a full list was seen before


class Rhythms:
    """The rhythm of every source. To be used by one thread; `overdue` may be asked by any."""

    def __init__(
        self, cards: Mapping[str, Source], bounds: Bounds, *, fixed: timedelta | None = None
    ) -> None:
        self._cards = cards
        self._bounds = bounds
        self._fixed = fixed
        self._known: dict[str, Known] = {}
        self._groups = Groups()
        self._pace = 0.0
        self._set_at: datetime | None = None
        self._counted = 0  #: sources with a history, when group and pace were set
        self._joined = 0  #: … and since

    def load(self, learned: Mapping[str, Learned], now: datetime) -> None:
        """Take over what the store knows, and set group and pace."""
        self._known = {source_id: self._remembered(learned.get(source_id)) for source_id in self._cards}
        self._set(now)

    def next_poll(
        self, card: Source, *, now: datetime, hints: Hints, failures: int = 0, known: Known | None = None
    ) -> datetime:
        """The moment of the next poll of a source.

        Args:
            known: What this poll taught and is not committed yet; None goes by what is known.
        """
        if self._set_at is None or abs(now - self._set_at) >= DAY or self._joined > self._counted:
            self._set(now)
        known = known or self._known[card.id]
        bounds = self._bounds
        if known.wait_most is not None and known.wait_most_until is not None and now < known.wait_most_until:
            # A list that lost items is not left alone for as long as its server says that it stays fresh.
            bounds = replace(bounds, longest=max(min(bounds.longest, known.wait_most), bounds.shortest))
            hints = replace(hints, fresh_s=None)
        return next_poll(
            card.id,
            now=now,
            bounds=bounds,
            hints=hints,
            failures=failures,
            fixed=self._interval_of(card),
            rhythm=known.rhythm,
            window=known.history.window if known.history is not None else None,
            weight=card.weight,
            pace=self._pace,
        )

    def read(
        self,
        card: Source,
        entries: Sequence[Entry],
        listed: Sequence[Entry],
        *,
        now: datetime,
        first: bool,
        kind: SourceKind,
        whole: bool = True,
        repaired: bool = False,
    ) -> Reading:
        """Learn from a list that was read.

        Args:
            entries: What the source shows.
            listed: What it had never listed, of these and of those found in its archive.
            first: It was never read before.
            kind: How it was read.
            whole: *entries* are all that it shows; False: only lists that changed were read.
            repaired: Its archive was read back until something known was met: a window replaced whole lost nothing.
        """
        before = self._known[card.id]
        never = set(map(_key, listed))
        shown, new = len(entries), sum(_key(entry) in never for entry in entries)
        history = None if first else before.history
        usual = None if first else before.shown_usual
        trouble = _trouble(kind, usual, shown) if whole else None
        replaced = (
            history is not None
            and history.window is not None
            and bool(before.shown)
            and WINDOW_LEAST <= shown == new
            and whole
            and trouble is None
        )
        if history is None:
            dated = [entry.published for entry in entries if entry.published is not None]
            history = History.of(dated, now=now) if shown else None
        elif listed:
            history = history.seen(_appeared(listed, history, before.good_at, now), now=now)
        if history is not None and new:
            window = (
                _window(before, shown, new, first=first) if whole and kind is not SourceKind.SITEMAP else None
            )
            history = replace(history, window=window)
        known = Known(
            history=history,
            rhythm=before.rhythm,
            good_at=now,
            shown=shown if whole else before.shown,
            shown_usual=usual_count(usual, shown) if whole else usual,
            wait_most=before.wait_most,
            wait_most_until=before.wait_most_until,
            overdue_at=before.overdue_at,
            silent_at=before.silent_at,
        )
        if history is not before.history:
            known = self._judged(known, card)
        if replaced:
            gap = now - (before.good_at or now)
            known = replace(
                known,
                wait_most=max(gap / 2, self._bounds.shortest),
                wait_most_until=now + LOSS_CAUTION,
            )
        return Reading(
            known=known,
            lesson=Lesson(
                shown=known.shown,
                shown_usual=known.shown_usual,
                history=history if history is not before.history else None,
                wait_most_s=int(known.wait_most.total_seconds()) if replaced and known.wait_most else None,
                lost=replaced and not repaired,
            ),
            trouble=trouble or self.silent(card.id, now, known=known),
            window_replaced=replaced,
        )

    def remade(self, source_id: str, kind: SourceKind, shown: int) -> bool:
        """Whether a page was made anew: what it lists may be its menus, and alerts nobody."""
        trouble = _trouble(kind, self._known[source_id].shown_usual, shown)
        return trouble is not None and trouble.kind == "layout"

    def keep(self, source_id: str, reading: Reading) -> None:
        """A reading was committed."""
        if self._known[source_id].history is None and reading.known.history is not None:
            self._joined += 1
        self._known[source_id] = reading.known

    def unchanged(self, source_id: str, now: datetime) -> None:
        """A good poll that showed what was known was committed. Never after a failure: it saw nothing."""
        self._known[source_id] = replace(self._known[source_id], good_at=now)

    def overdue(self, source_id: str, now: datetime) -> bool:
        """Whether a source is silent for so long that an « unchanged » deserves doubt."""
        known = self._known.get(source_id)
        return known is not None and known.overdue_at is not None and now >= known.overdue_at

    def silent(self, source_id: str, now: datetime, *, known: Known | None = None) -> Trouble | None:
        """The trouble of a source that is silent for longer than is like it."""
        known = known or self._known[source_id]
        if known.silent_at is None or now < known.silent_at or known.history is None:
            return None
        latest = known.history.latest or known.history.until
        return Trouble(
            kind="silent",
            text=_(
                "Plus rien de neuf depuis le {day} : cette source n’est jamais muette si longtemps."
            ).format(day=f"{latest:%d/%m/%Y}"),
        )

    def polls_per_minute(self) -> float:
        """How many polls all sources together make in a minute, in the mean."""
        usual = max(DAY / self._bounds.usual, POLLS_LEAST)
        fixed = (self._interval_of(card) for card in self._cards.values())
        daily = sum(usual if interval is None else DAY / interval for interval in fixed)
        return daily / (DAY / timedelta(minutes=1))

    # Inside

    def _interval_of(self, card: Source) -> timedelta | None:
        return timedelta(seconds=card.interval_s) if card.interval_s else self._fixed

    def _remembered(self, learned: Learned | None) -> Known:
        nothing = self._groups.rhythm("", None)  # `_set` follows
        if learned is None:
            return Known(rhythm=nothing)
        lost = learned.last_loss_at
        return Known(
            rhythm=nothing,
            history=learned.history,
            good_at=learned.last_success_at,
            shown=learned.shown,
            shown_usual=learned.shown_usual,
            wait_most=timedelta(seconds=learned.wait_most_s) if learned.wait_most_s is not None else None,
            wait_most_until=lost + LOSS_CAUTION if lost is not None else None,
        )

    def _set(self, now: datetime) -> None:
        """Set group, pace and every rhythm from what is known now."""
        self._set_at = now
        self._counted, self._joined = sum(k.history is not None for k in self._known.values()), 0
        carried = {source_id: _carried(known) for source_id, known in self._known.items()}
        self._groups = Groups.of(
            (self._cards[source_id].kind, history)
            for source_id, history in carried.items()
            if history is not None
        )
        for source_id, known in self._known.items():
            card = self._cards[source_id]
            judged = self._judged(known, card) if known.silent_at is None else known
            self._known[source_id] = replace(
                judged, rhythm=self._groups.rhythm(card.kind, carried[source_id])
            )
        self._pace = budget(
            (
                (self._known[card.id].rhythm, card.weight)
                for card in self._cards.values()
                if self._interval_of(card) is None
            ),
            DAY / self._bounds.usual,
            most=DAY / self._bounds.shortest,
        )

    def _judged(self, known: Known, card: Source) -> Known:
        """With the rhythm of its history, and the moments at which its silence tells something."""
        rhythm, history = self._groups.rhythm(card.kind, known.history), known.history
        return replace(
            known,
            rhythm=rhythm,
            overdue_at=silent_from(history, rhythm, chance=OVERDUE) if history is not None else None,
            silent_at=silent_from(history, rhythm, chance=SILENT) if history is not None else None,
        )


def _carried(known: Known) -> History | None:
    """The history up to the last good poll."""
    if known.history is None or known.good_at is None:
        return known.history
    return known.history.seen((), now=known.good_at)


def _appeared(
    listed: Sequence[Entry], history: History, good_at: datetime | None, now: datetime
) -> list[datetime]:
    """When new entries appeared: their publication time where it lies between the last two good polls, else now.

    A day without time, a wrong zone, an article shown hours after its date: all have appeared since the last poll.
    What is older than all we know is an archive, and no news of the source's rhythm.
    """
    since = good_at or history.until
    moments = [(entry.published or now) for entry in listed]
    return [moment if moment >= since else now for moment in moments if moment >= history.since]


def _key(entry: Entry) -> tuple[str | None, str | None, str]:
    return (entry.guid, entry.url, entry.title)


def _window(before: Known, shown: int, new: int, *, first: bool) -> int | None:
    """How many entries the source shows at once; None when it was seen to drop nothing.

    A first list is taken for a whole window until it has grown.
    """
    if first or before.shown is None or before.shown + new > shown:
        return shown
    return None


def _trouble(kind: SourceKind, usual: float | None, shown: int) -> Trouble | None:
    """What is wrong with a list that could be read."""
    if not shown and usual is not None:
        return Trouble(kind="empty", text=_("La source ne montre plus aucun article."))
    if kind is SourceKind.LISTING and usual is not None and changed_layout(usual, shown):
        return Trouble(
            kind="layout",
            text=_(
                "La page a sans doute changé de mise en page : {shown} liens au lieu de {usual} environ."
            ).format(shown=shown, usual=round(usual)),
        )
    return None
