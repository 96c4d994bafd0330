"""The archive read at length: every stored article of a period, and the sectors it was given.

Columns, not rows of the session: fifty thousand articles are read in a second or two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from comtoise.model import Article, Evidence, TopicKind
from comtoise.store.database import Tx
from comtoise.store.tables import ArticleRow, MatchRow

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """An article as it is still kept."""

    article: Article  #: its text is the extract when the full text has been erased
    has_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A sector given to an article, with the words that spoke for it."""

    article_id: int
    story_id: int | None
    sector: str
    evidence: tuple[Evidence, ...]


def count(tx: Tx, *, since: datetime) -> int:
    """How many articles were first seen since a moment."""
    return tx.scalar(select(func.count()).where(ArticleRow.first_seen >= since)) or 0


def oldest(tx: Tx) -> datetime | None:
    """When the first article still kept was found; None for an empty archive."""
    return tx.scalar(select(func.min(ArticleRow.first_seen)))


def articles(tx: Tx, *, since: datetime) -> Iterator[Archived]:
    """The articles first seen since a moment, the first first."""
    rows = tx.execute(
        select(
            ArticleRow.id,
            ArticleRow.url,
            ArticleRow.title,
            ArticleRow.extract,
            ArticleRow.text,
            ArticleRow.source_id,
            ArticleRow.language,
            ArticleRow.published,
            ArticleRow.first_seen,
        )
        .where(ArticleRow.first_seen >= since)
        .order_by(ArticleRow.first_seen, ArticleRow.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for id_, url, title, extract, text, source, language, published, first_seen in rows:
        article = Article(
            id=str(id_),
            url=url,
            title=title,
            text=text or extract,
            source=source,
            language=language,
            published=published,
            first_seen=first_seen,
        )
        yield Archived(article=article, has_text=bool(text))


def sectors_given(tx: Tx, *, since: datetime, sector: str | None = None) -> Iterator[Given]:
    """The sectors given to the articles first seen since a moment; of one sector when it is named."""
    query = (
        select(ArticleRow.id, ArticleRow.story_id, MatchRow.topic, MatchRow.evidence)
        .join(MatchRow, MatchRow.article_id == ArticleRow.id)
        .where(
            MatchRow.kind == TopicKind.SECTOR.value,
            MatchRow.accepted,
            ArticleRow.first_seen >= since,
        )
        .order_by(ArticleRow.id, MatchRow.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    if sector is not None:
        query = query.where(MatchRow.topic == sector)
    for article_id, story_id, topic, evidence in tx.execute(query):
        yield Given(article_id=article_id, story_id=story_id, sector=topic, evidence=evidence)
