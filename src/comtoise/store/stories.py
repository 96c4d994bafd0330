"""Stories: the articles about one event, and the keys under which a new article finds them.

A look-up costs the same on a watch of a year and of ten: it follows the keys within a window, up to a bound, beyond
which the rare ones only, and reads the articles of the few stories that these speak for.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy import text as sql

from comtoise.model import Match, Story, StoryArticle, TopicKind
from comtoise.store.articles import matches_of
from comtoise.store.database import Tx
from comtoise.store.lists import is_sqlite
from comtoise.store.prepared import Prepared, packed, unrolled, written
from comtoise.store.tables import ArticleRow, Base, MatchRow, SourceRow, StoryKeyRow, StoryRow
from comtoise.stories import HITS, merged_facts, merged_matches, shortlist, telling_keys

ARTICLES_OF_STORY = 12  #: the first ones, that a new article is compared with

# What each arrival asks and writes: see `comtoise.store.prepared` for `{list}` and `{among}`.
_COUNTS = """
    SELECT {place}, wanted.value, (SELECT count(*) FROM (
        SELECT 1 FROM story_key WHERE fortnight IN ({window}) AND key = wanted.value LIMIT :most) AS found)
    FROM {list} AS wanted
"""
# A cross join keeps SQLite from beginning with the whole window (https://sqlite.org/optoverview.html).
_HITS = """
    SELECT {place}, story_key.key, story_key.story_id FROM {list} AS wanted
    CROSS JOIN story_key WHERE fortnight IN ({window}) AND key = wanted.value LIMIT :most
"""
_LAST = """
    SELECT {place}, key, story_id FROM story_key
    WHERE fortnight IN ({window}) AND key = CAST(:key_{place} AS bigint)
    ORDER BY fortnight DESC, article_id DESC LIMIT :last_{place}
"""
_MEMBERS = """
    SELECT found.story_id, found.id, story.saga, found.features
    FROM (
        SELECT story_id, id, features, first_seen,
               row_number() OVER (PARTITION BY story_id ORDER BY first_seen, id) AS place
        FROM article WHERE story_id {among} AND features IS NOT NULL
    ) AS found JOIN story ON story.id = found.story_id
    WHERE found.place <= :most ORDER BY found.first_seen, found.id
"""
_ADD_KEYS = """
    INSERT INTO story_key (fortnight, key, article_id, story_id)
    SELECT :fortnight, wanted.value, :article_id, :story_id FROM {list} AS wanted
"""
_KEYS = Base.metadata.tables[StoryKeyRow.__tablename__]
_STORY = Base.metadata.tables[StoryRow.__tablename__]
_ARTICLE = Base.metadata.tables[ArticleRow.__tablename__]
_MATCH = Base.metadata.tables[MatchRow.__tablename__]
_KNOWN = Prepared(
    select(_MATCH.c.topic, _MATCH.c.score, _MATCH.c.slots)
    .join(_ARTICLE, _ARTICLE.c.id == _MATCH.c.article_id)
    .where(
        _ARTICLE.c.story_id == bindparam("of"),
        _MATCH.c.accepted,
        _MATCH.c.kind == TopicKind.SIGNAL.value,
        _MATCH.c.slots.is_not(None),
    )
)
_FORGET_KEYS = Prepared(delete(_KEYS).where(_KEYS.c.article_id == bindparam("id")))
_SPAN = ("first_seen", "last_seen", "worth", "tellable_at")
_START = Prepared(insert(_STORY).returning(_STORY.c.id), *_SPAN, "saga")
_GROWING = Prepared(
    select(_STORY.c.id, _STORY.c.merged_into, *(_STORY.c[name] for name in _SPAN))
    .where(_STORY.c.id == bindparam("of"))
    .with_for_update()
)
_GROW = Prepared(update(_STORY).where(_STORY.c.id == bindparam("of")), *_SPAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateArticle:
    """An article of a story that a new one might join."""

    story_id: int
    article_id: int
    saga: str | None
    features: str  #: as comtoise.stories.Features writes itself


@dataclass(frozen=True, slots=True)
class Search:
    """Where stories are looked for: among the articles of a window of time that have one of these keys."""

    keys: Sequence[int]
    since: datetime
    until: datetime

    @property
    def window(self) -> range:
        """The fortnights that hold it."""
        return range(_fortnight(self.since), _fortnight(self.until) + 1)


@dataclass(frozen=True, slots=True)
class Trail(Search):
    """Where the earlier stages of an affair are looked for: the last articles of a window with its only key."""

    last: int  #: articles


def found_by(tx: Tx, near: Search, *trails: Trail) -> list[int]:
    """The stories that a new article might join, the likeliest first, then those that it might follow.

    Windows are rounded up to whole fortnights. One statement finds them all, unless so many articles have the keys
    that only the rare ones are followed.
    """
    hits, *followed = _hits(tx, near, *trails)
    if len(hits) > HITS:
        counts = {key: count for _, key, count in _asked(tx, _COUNTS, [near]) if count}
        (hits,) = _hits(tx, replace(near, keys=telling_keys(counts)))
    ranked = [shortlist(hits[:HITS]), *([story for _, story in trail] for trail in followed)]
    return list(dict.fromkeys(story for stories in ranked for story in stories))


def members(tx: Tx, story_ids: Collection[int]) -> list[CandidateArticle]:
    """The first articles of stories: grouping looks at all of them, not only at the one that shares a key."""
    if not story_ids:
        return []
    asked = {"ids": packed(tx, story_ids), "most": ARTICLES_OF_STORY}
    rows = written(tx, _MEMBERS).rows(tx, asked)
    return [
        CandidateArticle(story_id=story_id, article_id=article_id, saga=saga, features=features)
        for story_id, article_id, saga, features in rows
    ]


def _hits(tx: Tx, *searches: Search) -> list[list[tuple[int, int]]]:
    """For each search the keys with the stories they lead to, one more at most than are followed."""
    rows = _asked(tx, _HITS, searches)
    return [[(key, story_id) for at, key, story_id in rows if at == place] for place in range(len(searches))]


def _asked(tx: Tx, query: str, searches: Sequence[Search]) -> Sequence[Sequence[int]]:
    """The rows of a query made for each search that has keys, after its place among them; a trail has its own."""
    wanted = [(place, search) for place, search in enumerate(searches) if search.keys]
    if not wanted:
        return ()
    asked: dict[str, object] = {"most": HITS + 1}
    for place, search in wanted:
        if isinstance(search, Trail):
            asked |= {f"key_{place}": search.keys[0], f"last_{place}": search.last}
        else:
            asked[f"keys_{place}"] = packed(tx, search.keys)
    parts = tuple((_LAST if isinstance(each, Trail) else query, place, each.window) for place, each in wanted)
    return _of_each(parts, is_sqlite(tx)).rows(tx, asked)


@lru_cache(maxsize=64)  # windows move on every fortnight
def _of_each(parts: tuple[tuple[str, int, range], ...], sqlite: bool) -> Prepared:
    written_out = [
        query.format(
            place=place, window=", ".join(map(str, window)), list=unrolled(f"keys_{place}", sqlite=sqlite)
        )
        for query, place, window in parts
    ]
    return Prepared(
        sql(" UNION ALL ".join(f"SELECT * FROM ({part}) AS part_{n}" for n, part in enumerate(written_out)))
    )


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
    begun = {
        "first_seen": seen,
        "last_seen": seen,
        "worth": worth,
        "saga": saga,
        "tellable_at": (tellable_at or seen) if worth > 0 else None,
    }
    return int(_START.rows(tx, begun)[0][0])


def join(tx: Tx, story_id: int, *, seen: datetime, worth: int, tellable_at: datetime | None = None) -> int:
    """Let a story grow by an article seen at a moment; one that becomes worth telling is told from then on.

    Return the story's id: another one when it was merged meanwhile.
    """
    ((id_, into, *span),) = _GROWING.rows(tx, {"of": story_id})
    if into is not None:
        ((id_, into, *span),) = _GROWING.rows(tx, {"of": into})
    first_seen, last_seen, known_worth, told_since = span
    worth = max(known_worth, worth)
    grown = {
        "of": id_,
        "first_seen": min(first_seen, seen),
        "last_seen": max(last_seen, seen),
        "worth": worth,
        "tellable_at": told_since or ((tellable_at or seen) if worth > 0 else None),
    }
    _GROW.run(tx, grown)
    return int(id_)


def known(tx: Tx, story_id: int) -> tuple[Match, ...]:
    """The events that the articles of a story tell of, without the evidence: to see what is news in another."""
    return tuple(
        Match(kind=TopicKind.SIGNAL, topic=topic, score=score, evidence=(), slots=slots)
        for topic, score, slots in _KNOWN.rows(tx, {"of": story_id})
    )


def index(
    tx: Tx, article_id: int, story_id: int, keys: Iterable[int], *, at: datetime, again: bool = True
) -> None:
    """Replace the keys under which an article's story is found, at the time it is placed at.

    *again* says that it may have some already.
    """
    if again:
        _FORGET_KEYS.run(tx, {"id": article_id})
    wanted = sorted(set(keys))
    if wanted:
        row = {"fortnight": _fortnight(at), "article_id": article_id, "story_id": story_id}
        written(tx, _ADD_KEYS).run(tx, {"ids": packed(tx, wanted), **row})


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
