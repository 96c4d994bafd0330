"""Stories split and merged by hand: remembered as pairs of articles, and never undone by grouping.

What was sent stays sent: a story split off counts as told to whoever was sent the one it comes from, a merged
one to whoever was sent either.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, delete, insert, or_, select, update

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.model import DeliveryKind, DeliveryState
from comtoise.store import fanout
from comtoise.store.database import Tx
from comtoise.store.prepared import packed, written
from comtoise.store.tables import ArticleRow, DeliveryRow, StoryKeyRow, StoryRow, StoryVerdictRow

_APART = """
    SELECT DISTINCT one.story_id, other.story_id
    FROM story_verdict AS kept
    JOIN article AS one ON one.id = kept.one_id
    JOIN article AS other ON other.id = kept.other_id
    WHERE NOT kept.together AND one.story_id {among} AND other.story_id {among}
"""
_UNSENT = (DeliveryState.WAITING.value, DeliveryState.MERGED.value, DeliveryState.FAILED.value)


def split(tx: Tx, story_id: int, article_ids: Collection[int], *, now: datetime) -> int:
    """Take articles out of a story into one of their own, for good; return its id.

    Raises:
        InputError: there is no such story, an article is not in it, or none would remain.
    """
    story = _story(tx, story_id)
    members = _articles(tx, story_id)
    moved = sorted(set(article_ids))
    strangers = sorted(set(moved) - members.keys())
    if strangers:
        raise InputError(
            _("L’article {article} n’est pas dans l’histoire {story}.").format(
                article=strangers[0], story=story_id
            )
        )
    staying = sorted(members.keys() - set(moved))
    if not moved or not staying:
        raise InputError(
            _("Pour séparer une histoire, nommez une partie de ses articles : il doit en rester.")
        )
    made = StoryRow(
        first_seen=min(members[each].first_seen for each in moved),
        last_seen=max(members[each].first_seen for each in moved),
        worth=max(members[each].worth for each in moved),
        saga=story.saga,
        split_from=story_id,
    )
    made.tellable_at = story.tellable_at if made.worth else None
    tx.add(made)
    tx.flush()
    story.last_seen = max(members[each].first_seen for each in staying)
    story.worth = max(members[each].worth for each in staying)
    _move(tx, [members[each] for each in moved], made.id, _("Mis ensemble à la main."))
    _decide(tx, moved, staying, together=False, now=now)
    _count_as_told(tx, story_id, made.id, now)
    fanout.update(tx, story_id, f"split-{made.id}", now=now)
    return made.id


def merge(tx: Tx, story_id: int, other_id: int, *, now: datetime) -> None:
    """Bring the articles of another story into a story, for good; the other's id leads here from now on.

    Raises:
        InputError: there is no such story, or the two are one.
    """
    if story_id == other_id:
        raise InputError(_("Une histoire ne peut être réunie à elle-même."))
    story, other = _story(tx, story_id), _story(tx, other_id)
    here, there = _articles(tx, story_id), _articles(tx, other_id)
    _decide(tx, sorted(here), sorted(there), together=True, now=now)
    story.first_seen = min(story.first_seen, other.first_seen)
    story.last_seen = max(story.last_seen, other.last_seen)
    story.worth = max(story.worth, other.worth)
    moments = [moment for moment in (story.tellable_at, other.tellable_at) if moment is not None]
    story.tellable_at = min(moments, default=None)
    other.merged_into, other.tellable_at, other.worth = story_id, None, 0
    _move(tx, list(there.values()), story_id, _("Réuni à la main."))
    tx.execute(update(StoryRow).where(StoryRow.merged_into == other_id).values(merged_into=story_id))
    tx.execute(update(StoryRow).where(StoryRow.saga == str(other_id)).values(saga=str(story_id)))
    _share_alerts(tx, story_id, other_id)
    fanout.update(tx, story_id, f"merge-{other_id}", now=now)


def kept_apart(tx: Tx, story_ids: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Of these stories, the pairs of which a person separated articles, the lower id first."""
    ids = sorted(set(story_ids))
    if len(ids) < 2:
        return frozenset()
    rows = written(tx, _APART).rows(tx, {"ids": packed(tx, ids)})
    return frozenset((min(a, b), max(a, b)) for a, b in rows if a != b)


def told_as(tx: Tx, story_id: int) -> tuple[int, ...]:
    """The ids under which what a story tells may have been told: its own, those merged into it, those it left."""
    found = [story_id]
    for each in found:
        rows = tx.execute(
            select(StoryRow.id, StoryRow.split_from).where(
                or_(StoryRow.id == each, StoryRow.merged_into == each)
            )
        )
        for known in (id_ for row in rows for id_ in row if id_ is not None):
            if known not in found:
                found.append(known)
    return tuple(found)


def _story(tx: Tx, story_id: int) -> StoryRow:
    row = tx.get(StoryRow, story_id, with_for_update=True)
    if row is None:
        raise InputError(_("Il n’y a pas d’histoire {story}.").format(story=story_id))
    if row.merged_into is not None:
        raise InputError(
            _("L’histoire {story} est réunie à l’histoire {other}.").format(
                story=story_id, other=row.merged_into
            )
        )
    return row


def _articles(tx: Tx, story_id: int) -> dict[int, ArticleRow]:
    rows = tx.scalars(
        select(ArticleRow)
        .where(ArticleRow.story_id == story_id)
        .order_by(ArticleRow.first_seen, ArticleRow.id)
    )
    return {row.id: row for row in rows}


def _move(tx: Tx, rows: Sequence[ArticleRow], story_id: int, because: str) -> None:
    for row in rows:
        row.story_id, row.because = story_id, because
    tx.execute(
        update(StoryKeyRow)
        .where(StoryKeyRow.article_id.in_([row.id for row in rows]))
        .values(story_id=story_id)
    )
    tx.flush()


def _decide(tx: Tx, some: Sequence[int], others: Sequence[int], *, together: bool, now: datetime) -> None:
    """Keep the decision for every pair, in the place of an earlier one."""
    pairs = [(min(a, b), max(a, b)) for a in some for b in others]
    for one, other in pairs:
        tx.execute(
            delete(StoryVerdictRow).where(
                and_(StoryVerdictRow.one_id == one, StoryVerdictRow.other_id == other)
            )
        )
    tx.execute(
        insert(StoryVerdictRow),
        [{"one_id": one, "other_id": other, "together": together, "at": now} for one, other in pairs],
    )


def _count_as_told(tx: Tx, story_id: int, made_id: int, now: datetime) -> None:
    """Whoever was sent the alert of the story was told what is split off it: no alert comes of it."""
    rows = tx.scalars(_alerts(story_id).where(DeliveryRow.state.not_in(_UNSENT)))
    for row in rows.all():
        tx.add(
            DeliveryRow(
                key=f"alert:{made_id}:{row.reader_id}",
                kind=row.kind,
                reader_id=row.reader_id,
                story_id=made_id,
                state=DeliveryState.SENT.value,
                not_before=row.not_before,
                created_at=row.created_at,
                settled_at=now,
                reason="split",
            )
        )
    tx.flush()


def _share_alerts(tx: Tx, story_id: int, other_id: int) -> None:
    """Alerts of both stories become those of the one that stays; a reader sent one is not sent the other."""
    mine = {row.reader_id: row for row in tx.scalars(_alerts(story_id))}
    for row in tx.scalars(_alerts(other_id)).all():
        known = mine.get(row.reader_id)
        if known is None:
            row.key = f"alert:{story_id}:{row.reader_id}"
            continue
        for each in (row, known) if row.state not in _UNSENT else (row,):
            if each.state == DeliveryState.WAITING.value:
                each.state, each.reason = DeliveryState.MERGED.value, "merged"
    tx.flush()
    tx.execute(update(DeliveryRow).where(DeliveryRow.story_id == other_id).values(story_id=story_id))


def _alerts(story_id: int) -> Select[DeliveryRow]:
    return select(DeliveryRow).where(
        DeliveryRow.story_id == story_id, DeliveryRow.kind == DeliveryKind.ALERT.value
    )
