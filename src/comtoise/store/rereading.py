"""Articles read again with other words: taken by the batch, written one by one, and how far the work has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from comtoise.model import Match, Understanding
from comtoise.store import articles, stories
from comtoise.store.articles import Pending
from comtoise.store.database import Tx
from comtoise.store.tables import ArticleRow, MarkRow, MatchRow, StoryRow

_MARK = "reread:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """An article in its story, and what was decided of it."""

    item: Pending  #: its text is the extract when the full text has been erased
    has_text: bool  #: what was read is still all there
    first_seen: datetime
    matches: tuple[Match, ...]
    near_misses: tuple[Match, ...]
    worth: int


def count(tx: Tx, *, since: datetime, until: datetime) -> int:
    """How many understood articles were first seen in a period."""
    query = select(func.count()).select_from(ArticleRow)
    return tx.scalar(query.where(*_within(since, until))) or 0


def batch(
    tx: Tx, *, since: datetime, until: datetime, after: tuple[datetime, int] | None, limit: int
) -> list[Understood]:
    """The next articles of a period, in the order they were first seen; *after* is the last one's time and id.

    Those that wait to be understood are left to the service, which reads them with today's words anyway.
    """
    query = select(ArticleRow).where(*_within(since, until))
    if after is not None:
        at, id_ = after
        query = query.where(
            (ArticleRow.first_seen > at) | ((ArticleRow.first_seen == at) & (ArticleRow.id > id_))
        )
    rows = tx.scalars(query.order_by(ArticleRow.first_seen, ArticleRow.id).limit(limit)).all()
    return _understood(tx, rows)


def again(tx: Tx, article_id: int) -> Understood | None:
    """An article as it is now; None when it is gone, or waits to be understood."""
    row = tx.get(ArticleRow, article_id)
    if row is None or row.understood_at is None or row.story_id is None:
        return None
    return _understood(tx, [row])[0]


def write(
    tx: Tx,
    item: Pending,
    understanding: Understanding,
    *,
    features: str | None,
    keys: Iterable[int],
    placed_at: datetime,
    now: datetime,
) -> bool:
    """Put an understanding in the place of the one before; False when the article changed meanwhile.

    The article stays in its story, whose worth is that of its best article. Nothing is sent for it.

    Args:
        features: What the article is compared by; None, without *keys*: as before, its text being gone.
        placed_at: Since when its story is to be told, if it was not worth it before.
    """
    article_id = int(item.article.id)
    if not articles.still(tx, item):
        return False
    row = tx.get_one(ArticleRow, article_id)
    if row.understood_at is None or row.story_id is None:
        return False
    articles.understood(
        tx,
        article_id,
        understanding,
        story_id=row.story_id,
        because=row.because,
        features=row.features or "" if features is None else features,
        at=now,
    )
    if features is not None:
        stories.index(tx, article_id, row.story_id, keys, at=placed_at)
    _weigh(tx, row.story_id, placed_at)
    return True


def hand_over(tx: Tx, item: Pending) -> bool:
    """Have the service understand an article again, as one just edited; False when it changed meanwhile."""
    if not articles.still(tx, item):
        return False
    tx.get_one(ArticleRow, int(item.article.id)).understood_at = None
    tx.flush()
    return True


def reached(tx: Tx, work: str) -> datetime | None:
    """Up to when the articles of a piece of work were read, if it was left unfinished."""
    row = tx.get(MarkRow, _MARK + work)
    return None if row is None else row.at


def reach(tx: Tx, work: str, at: datetime) -> None:
    """Keep how far a piece of work has come."""
    row = tx.get(MarkRow, _MARK + work)
    if row is None:
        tx.add(MarkRow(name=_MARK + work, at=at))
    else:
        row.at = at
    tx.flush()


def finish(tx: Tx) -> None:
    """Forget what was left unfinished: a piece of work is done, or its words are no longer today's."""
    tx.execute(delete(MarkRow).where(MarkRow.name.startswith(_MARK, autoescape=True)))


def _within(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ArticleRow.first_seen >= since,
        ArticleRow.first_seen < until,
        ArticleRow.understood_at.is_not(None),
        ArticleRow.story_id.is_not(None),
    )


def _understood(tx: Tx, rows: Iterable[ArticleRow]) -> list[Understood]:
    rows = list(rows)
    found: dict[tuple[int, bool], list[Match]] = {}
    for match in tx.scalars(
        select(MatchRow)
        .where(MatchRow.article_id.in_([row.id for row in rows]))
        .order_by(MatchRow.article_id, MatchRow.id)
    ):
        found.setdefault((match.article_id, match.accepted), []).append(articles.match_of(match))
    return [
        Understood(
            item=articles.pending_of(row),
            has_text=row.text is not None,
            first_seen=row.first_seen,
            matches=tuple(found.get((row.id, True), ())),
            near_misses=tuple(found.get((row.id, False), ())),
            worth=row.worth,
        )
        for row in rows
    ]


def _weigh(tx: Tx, story_id: int, placed_at: datetime) -> None:
    story = tx.get_one(StoryRow, story_id, with_for_update=True)
    story.worth = tx.scalar(select(func.max(ArticleRow.worth)).where(ArticleRow.story_id == story_id)) or 0
    if story.worth == 0:
        story.tellable_at = None
    elif story.tellable_at is None:
        story.tellable_at = placed_at
    tx.flush()
