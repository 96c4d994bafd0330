"""Stories: the articles about one event, and the keys under which a new article finds them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from comtoise.model import Match, Story, StoryArticle, TopicKind
from comtoise.store.articles import matches_of
from comtoise.store.database import Tx
from comtoise.store.tables import ArticleRow, SourceRow, StoryKeyRow, StoryRow

CANDIDATES = 40  #: stories looked at for one article
ARTICLES_OF_STORY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateArticle:
    """An article of a story that a new one might join."""

    story_id: int
    article_id: int
    saga: str | None
    first_seen: datetime
    features: str  #: JSON of comtoise.stories


def candidates(
    tx: Tx, keys: Iterable[int], *, since: datetime, until: datetime, limit: int = CANDIDATES
) -> list[CandidateArticle]:
    """The articles of the stories that share most keys with a new article, within a window of time.

    A story comes with its articles, the first ones of a long one: grouping looks at all of them, not only at
    the one that shares a key. The window is rounded up to whole fortnights.
    """
    wanted = list(keys)
    if not wanted:
        return []
    nearest = tx.scalars(
        select(StoryKeyRow.story_id)
        .where(
            StoryKeyRow.fortnight.in_(range(_fortnight(since), _fortnight(until) + 1)),
            StoryKeyRow.key.in_(wanted),
        )
        .group_by(StoryKeyRow.story_id)
        .order_by(func.count().desc(), StoryKeyRow.story_id.desc())
        .limit(limit)
    ).all()
    rows = tx.execute(
        select(ArticleRow.story_id, ArticleRow.id, StoryRow.saga, ArticleRow.first_seen, ArticleRow.features)
        .join(StoryRow, StoryRow.id == ArticleRow.story_id)
        .where(ArticleRow.story_id.in_(nearest), ArticleRow.features.is_not(None))
        .order_by(ArticleRow.first_seen, ArticleRow.id)
    )
    taken: Counter[int] = Counter()
    found = []
    for story_id, article_id, saga, seen, features in rows:
        taken[story_id or 0] += 1
        if taken[story_id or 0] <= ARTICLES_OF_STORY:
            found.append(
                CandidateArticle(
                    story_id=story_id or 0,
                    article_id=article_id,
                    saga=saga,
                    first_seen=seen,
                    features=features or "",
                )
            )
    return found


def _fortnight(moment: datetime) -> int:
    return moment.date().toordinal() // 14


def recent_features(tx: Tx, *, limit: int) -> list[str]:
    """The features of the articles understood last."""
    rows = tx.scalars(
        select(ArticleRow.features)
        .where(ArticleRow.features.is_not(None))
        .order_by(ArticleRow.id.desc())
        .limit(limit)
    )
    return [features for features in rows if features]


def start(
    tx: Tx, *, seen: datetime, worth: int, saga: str | None, tellable_at: datetime | None = None
) -> int:
    """Begin a story; return its id.

    *tellable_at* says which digest slot tells it: when it was understood, or when it was printed if it was
    there before we came. It may be understood after the slot in which it was seen was struck.
    """
    row = StoryRow(
        first_seen=seen,
        last_seen=seen,
        worth=worth,
        saga=saga,
        tellable_at=(tellable_at or seen) if worth > 0 else None,
    )
    tx.add(row)
    tx.flush()
    return row.id


def join(tx: Tx, story_id: int, *, seen: datetime, worth: int, tellable_at: datetime | None = None) -> None:
    """Let a story grow by an article seen at a moment; one that becomes worth telling is told from then on."""
    row = tx.get_one(StoryRow, story_id)
    row.first_seen = min(row.first_seen, seen)
    row.last_seen = max(row.last_seen, seen)
    row.worth = max(row.worth, worth)
    if row.worth > 0 and row.tellable_at is None:
        row.tellable_at = tellable_at or seen


def index(tx: Tx, article_id: int, story_id: int, keys: Iterable[int], *, at: datetime) -> None:
    """Replace the keys under which an article's story is found, at the time it is placed at."""
    tx.execute(delete(StoryKeyRow).where(StoryKeyRow.article_id == article_id))
    fortnight = _fortnight(at)
    tx.add_all(
        StoryKeyRow(fortnight=fortnight, key=key, article_id=article_id, story_id=story_id)
        for key in sorted(set(keys))
    )
    tx.flush()


def load(tx: Tx, story_ids: Sequence[int]) -> list[Story]:
    """The stories of these ids, in this order; an id that is gone is left out."""
    if not story_ids:
        return []
    rows = {row.id: row for row in tx.scalars(select(StoryRow).where(StoryRow.id.in_(list(story_ids))))}
    articles: dict[int, list[tuple[ArticleRow, str]]] = {}
    found = tx.execute(
        select(ArticleRow, SourceRow.name)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(ArticleRow.story_id.in_(list(rows)))
        .order_by(ArticleRow.first_seen, ArticleRow.id)
    )
    for article, source_name in found:
        articles.setdefault(article.story_id or 0, []).append((article, source_name))
    matches = matches_of(tx, [article.id for members in articles.values() for article, _ in members])
    return [
        _story(rows[story_id], articles[story_id], matches)
        for story_id in story_ids
        if story_id in rows and story_id in articles
    ]


def between(tx: Tx, since: datetime, until: datetime, *, worth_min: int = 0) -> list[Story]:
    """The stories that became worth telling (or, for noise, began) in a period, the first first."""
    at = func.coalesce(StoryRow.tellable_at, StoryRow.first_seen)
    ids = tx.scalars(
        select(StoryRow.id)
        .where(at >= since, at < until, StoryRow.worth >= worth_min)
        .order_by(at, StoryRow.id)
    ).all()
    return load(tx, ids)


def _story(
    row: StoryRow, members: list[tuple[ArticleRow, str]], matches: dict[int, tuple[Match, ...]]
) -> Story:
    # The first publisher leads: by the time it printed when that is known and not after we saw it.
    ordered = sorted(
        members, key=lambda m: (min(m[0].published or m[0].first_seen, m[0].first_seen), m[0].id)
    )
    (lead, lead_source), others = ordered[0], ordered[1:]
    merged: dict[tuple[TopicKind, str], Match] = {}
    for article, _ in ordered:
        for match in matches.get(article.id, ()):
            known = merged.get((match.kind, match.topic))
            if known is None or match.score > known.score:
                merged[match.kind, match.topic] = match
    return Story(
        id=str(row.id),
        lead=_member(lead, lead_source),
        others=tuple(_member(article, name) for article, name in others),
        matches=tuple(merged.values()),
        worth=row.worth,
        first_seen=row.tellable_at or row.first_seen,
        last_seen=row.last_seen,
        saga=row.saga,
    )


def _member(row: ArticleRow, source_name: str) -> StoryArticle:
    return StoryArticle(
        article_id=str(row.id),
        url=row.url or "",
        title=row.title,
        source_id=row.source_id,
        source_name=source_name,
        published=row.published,
        first_seen=row.first_seen,
        extract=row.extract,
        paywalled=row.paywalled,
        because=row.because,
    )
