"""Search the titles and extracts of articles: full texts are erased, and are not searched.

A word is found in all its forms, whatever its case and accents, on both databases alike: the index folds letters,
the question is folded and its words written out in their forms. What somebody typed never reaches the database as
syntax: only letters and digits are left of it, between quotes of ours.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy import text as sql

from comtoise.store.database import Tx
from comtoise.store.tables import ArticleRow, SourceRow
from comtoise.text.fold import spaced
from comtoise.text.inflection import phrase_forms

WORDS_MAX = 8
LENGTH_MAX = 120  #: characters of a question that are read
INDEX_NAMES = re.compile(
    r"article_search(_\w+)?|ix_article_search"
)  #: made by migration 0009, in no metadata

_QUOTED = re.compile(r'["“”«]\s*([^"“”«»]*?)\s*["“”»]')
_EMPTY_WORDS = frozenset({
    "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "n", "ou", "par", "pour", "qu", "que",
    "s", "sur", "un", "une",
})  # fmt: skip
_LIGATURES = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("ß", "ss"))


def _words() -> str:
    words = "article.title || ' ' || article.extract"
    for ligature, letters in _LIGATURES:
        words = f"replace({words}, '{ligature}', '{letters}')"
    return words


#: The expression of PostgreSQL's index, to the letter: spelt otherwise, every article would be read.
_TSVECTOR = (
    "to_tsvector('simple', "
    rf"regexp_replace(regexp_replace(lower(normalize({_words()}, NFKD)), '[\u0300-\u036f]+', '', 'g'), "
    "'[^[:alnum:]]+', ' ', 'g'))"
)

Term = tuple[
    str, ...
]  #: phrases of folded words, one of which must stand; a final « * » asks for a beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A story found, by the article that says the words first."""

    story_id: int
    title: str
    url: str | None
    source_name: str
    at: datetime  #: printed, or else seen
    paywalled: bool
    others: int  #: articles of the story that say the words too


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of what was found, the newest first."""

    hits: tuple[Hit, ...]
    total: int  #: stories


def terms(question: str) -> tuple[Term, ...]:
    """What a question asks for: each of its words in all forms, each phrase in quotes as it is.

    Nothing is left of a question without a letter or digit. « micro* » asks for what begins so.
    """
    question = question[:LENGTH_MAX]
    asked: list[Term] = [
        (" ".join(words),) for phrase in _QUOTED.findall(question) if (words := spaced(phrase).split())
    ]
    bare = _QUOTED.sub(" ", question)
    loose: list[Term] = []
    for piece in bare.split():
        words = spaced(piece).split()
        if piece.endswith("*") and len("".join(words)) >= 3:
            loose.append((" ".join(words) + "*",))
        else:
            loose += [tuple(phrase_forms(word)) for word in words if word not in _EMPTY_WORDS]
    if not asked and not loose:  # nothing but small words: they are what is asked
        loose = [(word,) for word in spaced(bare).split()]
    return tuple(dict.fromkeys(asked + loose))[:WORDS_MAX]


def find(tx: Tx, question: str, *, limit: int, offset: int = 0) -> Page:
    """The stories worth telling that say all the words of a question, the newest first."""
    asked = terms(question)
    if not asked:
        return Page(hits=(), total=0)
    at = func.coalesce(ArticleRow.published, ArticleRow.first_seen)
    said = [_says(tx, asked), ArticleRow.worth > 0, ArticleRow.story_id.is_not(None)]
    total = tx.scalar(select(func.count(ArticleRow.story_id.distinct())).where(*said)) or 0
    newest = (
        select(ArticleRow.story_id, func.max(at).label("at"), func.count().label("n"))
        .where(*said)
        .group_by(ArticleRow.story_id)
        .order_by(func.max(at).desc(), ArticleRow.story_id.desc())
        .limit(limit)
        .offset(offset)
    )
    found = {story_id: count for story_id, _at, count in tx.execute(newest)}
    rows = tx.execute(
        select(ArticleRow, SourceRow.name)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(*said, ArticleRow.story_id.in_(list(found)))
        .order_by(at, ArticleRow.id)
    )
    hits: dict[int, Hit] = {}
    for row, source_name in rows:
        story_id = row.story_id or 0
        hits.setdefault(
            story_id,
            Hit(
                story_id=story_id,
                title=row.title,
                url=row.url,
                source_name=source_name,
                at=row.published or row.first_seen,
                paywalled=row.paywalled,
                others=found[story_id] - 1,
            ),
        )
    return Page(hits=tuple(hits[story_id] for story_id in found if story_id in hits), total=total)


def _says(tx: Tx, asked: tuple[Term, ...]) -> ColumnElement[bool]:
    if tx.get_bind().dialect.name == "sqlite":
        query = " AND ".join(f"({' OR '.join(map(_fts5, term))})" for term in asked)
        found = sql("SELECT rowid FROM article_search WHERE article_search MATCH :asked").bindparams(
            asked=query
        )
        return ArticleRow.id.in_(found.columns(ArticleRow.id))
    query = " & ".join(f"({' | '.join(map(_tsquery, term))})" for term in asked)
    return literal_column(_TSVECTOR).op("@@", is_comparison=True)(func.to_tsquery("simple", query))


def _fts5(phrase: str) -> str:
    return f'"{phrase[:-1]}"*' if phrase.endswith("*") else f'"{phrase}"'


def _tsquery(phrase: str) -> str:
    *first, last = phrase.removesuffix("*").split()
    words = [*(f"'{word}'" for word in first), f"'{last}'" + (":*" if phrase.endswith("*") else "")]
    return f"({' <-> '.join(words)})"
