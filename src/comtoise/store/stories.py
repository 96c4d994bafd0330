"""Stories: the articles about one event, and the keys under which a new article finds them.

A look-up costs the same on a watch of a year and of ten: it counts the articles of each key within the window,
up to a bound, follows the rare keys only, and reads the articles of the few stories that these speak for.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import TextClause, bindparam, delete, func, insert, select
from sqlalchemy import text as sql

from comtoise.model import Match, Story, StoryArticle, TopicKind
from comtoise.store.articles import matches_of
from comtoise.store.database import Tx
from comtoise.store.tables import ArticleRow, Base, MatchRow, SourceRow, StoryKeyRow, StoryRow
from comtoise.stories import HITS, merged_facts, merged_matches, shortlist, telling_keys

ARTICLES_OF_STORY = 12  #: the first ones, that a new article is compared with


_MEMBERS = sql(
    """
    SELECT found.story_id, found.id, story.saga, found.features
    FROM (
        SELECT story_id, id, features, first_seen,
               row_number() OVER (PARTITION BY story_id ORDER BY first_seen, id) AS place
        FROM article WHERE story_id IN :ids AND features IS NOT NULL
    ) AS found JOIN story ON story.id = found.story_id
    WHERE found.place <= :most ORDER BY found.first_seen, found.id
    """
).bindparams(bindparam("ids", expanding=True))


_KEYS = Base.metadata.tables[StoryKeyRow.__tablename__]  # rows by the dozen: plain statements, made once
_FORGET_KEYS = delete(_KEYS).where(_KEYS.c.article_id == bindparam("id"))
_ADD_KEYS = insert(_KEYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateArticle:
    """An article of a story that a new one might join."""

    story_id: int
    article_id: int
    saga: str | None
    features: str  #: JSON of comtoise.stories


def found_by(tx: Tx, keys: Iterable[int], *, since: datetime, until: datetime) -> list[int]:
    """The stories that a new article might join, the likeliest first, found by its keys within a window of time.

    The window is rounded up to whole fortnights.
    """
    window = range(_fortnight(since), _fortnight(until) + 1)
    rare = telling_keys(_counts(tx, list(keys), window))
    return [
        int(story) for story in shortlist((str(key), str(story)) for key, story in _hits(tx, rare, window))
    ]


def members(tx: Tx, story_ids: Collection[int]) -> list[CandidateArticle]:
    """The first articles of stories: grouping looks at all of them, not only at the one that shares a key."""
    if not story_ids:
        return []
    rows = tx.execute(_MEMBERS, {"ids": list(story_ids), "most": ARTICLES_OF_STORY})
    return [
        CandidateArticle(story_id=story_id, article_id=article_id, saga=saga, features=features)
        for story_id, article_id, saga, features in rows
    ]


def _counts(tx: Tx, keys: Sequence[int], window: range) -> dict[int, int]:
    """How many articles of the window have each key, counted no further than one more than are followed."""
    if not keys:
        return {}
    query = _by_key(
        tx,
        "SELECT wanted.value, (SELECT count(*) FROM (SELECT 1 FROM story_key"
        " WHERE fortnight IN ({window}) AND key = wanted.value LIMIT :most) AS found) FROM {keys}",
        window,
    )
    rows = tx.execute(query, {"keys": _list(tx, keys), "most": HITS + 1})
    return {key: count for key, count in rows if count}


def _hits(tx: Tx, keys: Sequence[int], window: range) -> list[tuple[int, int]]:
    """The keys with the stories they lead to, at most `HITS`."""
    if not keys:
        return []
    query = _by_key(
        tx,
        # A cross join keeps SQLite from beginning with the whole window (https://sqlite.org/optoverview.html).
        "SELECT story_key.key, story_key.story_id FROM {keys}"
        " CROSS JOIN story_key WHERE fortnight IN ({window}) AND key = wanted.value LIMIT :most",
        window,
    )
    rows = tx.execute(query, {"keys": _list(tx, keys), "most": HITS})
    return [(key, story_id) for key, story_id in rows]


def _by_key(tx: Tx, query: str, window: range) -> TextClause:
    """A query over a list of keys, whose text does not depend on how many they are: it is prepared once."""
    made = "json_each(:keys)" if _is_sqlite(tx) else "unnest(CAST(:keys AS bigint[]))"
    keys = f"(SELECT value FROM {made} AS value) AS wanted"
    return sql(query.format(keys=keys, window=", ".join(map(str, window))))


def _list(tx: Tx, keys: Sequence[int]) -> str | list[int]:
    return json.dumps(list(keys)) if _is_sqlite(tx) else list(keys)


def _is_sqlite(tx: Tx) -> bool:
    return tx.get_bind().dialect.name == "sqlite"


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


def join(tx: Tx, story_id: int, *, seen: datetime, worth: int, tellable_at: datetime | None = None) -> int:
    """Let a story grow by an article seen at a moment; one that becomes worth telling is told from then on.

    Return the story's id: another one when it was merged meanwhile.
    """
    row = tx.get_one(StoryRow, story_id, with_for_update=True)
    if row.merged_into is not None:
        row = tx.get_one(StoryRow, row.merged_into, with_for_update=True)
    row.first_seen = min(row.first_seen, seen)
    row.last_seen = max(row.last_seen, seen)
    row.worth = max(row.worth, worth)
    if row.worth > 0 and row.tellable_at is None:
        row.tellable_at = tellable_at or seen
    return row.id


def known(tx: Tx, story_id: int) -> tuple[Match, ...]:
    """What the articles of a story were found to be about, without the evidence: to tell what is news in another."""
    rows = tx.execute(
        select(MatchRow.kind, MatchRow.topic, MatchRow.score, MatchRow.slots)
        .join(ArticleRow, ArticleRow.id == MatchRow.article_id)
        .where(ArticleRow.story_id == story_id, MatchRow.accepted)
    )
    return tuple(
        Match(kind=TopicKind(kind), topic=topic, score=score, evidence=(), slots=slots)
        for kind, topic, score, slots in rows
    )


def index(
    tx: Tx, article_id: int, story_id: int, keys: Iterable[int], *, at: datetime, again: bool = True
) -> None:
    """Replace the keys under which an article's story is found, at the time it is placed at.

    *again* says that it may have some already.
    """
    if again:
        tx.execute(_FORGET_KEYS, {"id": article_id})
    fortnight = _fortnight(at)
    rows = [
        {"fortnight": fortnight, "key": key, "article_id": article_id, "story_id": story_id}
        for key in sorted(set(keys))
    ]
    if rows:
        tx.execute(_ADD_KEYS, rows)


def load(tx: Tx, story_ids: Sequence[int]) -> list[Story]:
    """The stories of these ids, in this order; an id that is gone is left out, a merged one leads to its story."""
    if not story_ids:
        return []
    rows = _rows(tx, story_ids)
    merged = {row.id: row.merged_into for row in rows.values() if row.merged_into is not None}
    if merged:
        story_ids = list(dict.fromkeys(merged.get(id_, id_) for id_ in story_ids))
        rows = _rows(tx, story_ids)
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


def _rows(tx: Tx, story_ids: Sequence[int]) -> dict[int, StoryRow]:
    return {row.id: row for row in tx.scalars(select(StoryRow).where(StoryRow.id.in_(list(story_ids))))}


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
    names = {str(article.id): name for article, name in ordered}
    return Story(
        id=str(row.id),
        lead=replace(_member(lead, lead_source), because=None),
        others=tuple(_member(article, name) for article, name in others),
        matches=merged_matches(matches.get(article.id, ()) for article, _ in ordered),
        worth=row.worth,
        first_seen=row.tellable_at or row.first_seen,
        last_seen=row.last_seen,
        saga=row.saga,
        facts=tuple(
            replace(fact, source_name=names[fact.article_id])
            for fact in merged_facts(
                [(str(article.id), matches.get(article.id, ())) for article, _ in ordered]
            )
        ),
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
