"""Words of readers' own, and where they stand in the articles.

They are found once, when an article is understood and its text is there; a digest finds them later, when the
text is erased. They are kept apart from the topics, which everybody sees: what a reader looks for is his own
affair, and another one is never shown it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete, exists, func, insert, select

from comtoise.model import Match, Story, TopicKind
from comtoise.store.database import Tx
from comtoise.store.lists import among, insert_new, is_sqlite
from comtoise.store.tables import ArticleRow, Base, FollowRow, WordHitRow, WordRow
from comtoise.store.watch import EXCLUSION

_OWN = (TopicKind.WORD.value, EXCLUSION)
_HITS = Base.metadata.tables[WordHitRow.__tablename__]
_WORDS = Base.metadata.tables[WordRow.__tablename__]

Revision = tuple[int, int]  #: of the words in use: it changes whenever they do


def use(tx: Tx, texts: Iterable[str]) -> None:
    """Have words looked for, from the next article on."""
    from sqlalchemy.dialects import postgresql, sqlite

    rows = [{"text": text} for text in sorted(set(texts))]
    if not rows:
        return
    made = sqlite.insert(_WORDS) if is_sqlite(tx) else postgresql.insert(_WORDS)
    # An update that changes nothing waits for who is about to forget the word, and then makes it anew.
    again = made.on_conflict_do_update(index_elements=["text"], set_={"text": made.excluded.text})
    tx.execute(again, rows)


def forget_unused(tx: Tx, texts: Iterable[str]) -> None:
    """Erase those of *texts* that no reader has any more, and where they stood."""
    names = sorted(set(texts))
    if not names:
        return
    tx.execute(select(WordRow.id).where(WordRow.text.in_(names)).order_by(WordRow.id).with_for_update())
    tx.execute(
        delete(_WORDS).where(
            _WORDS.c.text.in_(names),
            ~exists().where(FollowRow.kind.in_(_OWN), FollowRow.topic == _WORDS.c.text),
        )
    )


def revision(tx: Tx) -> Revision:
    """Which words are in use. Ids are never used again: one more raises the last, one less the number."""
    last, count = tx.execute(select(func.max(WordRow.id), func.count(WordRow.id))).one()
    return last or 0, count


def in_use(tx: Tx) -> list[str]:
    """All words that readers follow or exclude."""
    return list(tx.scalars(select(WordRow.text)))


def stand(tx: Tx, article_id: int, found: Sequence[Match], *, again: bool) -> None:
    """Keep which words stand in an article; *again*: in the place of those that did."""
    if again:
        tx.execute(delete(_HITS).where(_HITS.c.article_id == article_id))
    if not found:
        return
    evidence = {match.topic: match.evidence for match in found}
    known = tx.execute(select(WordRow.text, WordRow.id).where(WordRow.text.in_(list(evidence))))
    rows = [
        {"article_id": article_id, "word_id": word_id, "evidence": evidence[text]} for text, word_id in known
    ]
    if rows:
        tx.execute(insert(_HITS), rows)


def stood(tx: Tx, found: Mapping[int, Sequence[Match]]) -> None:
    """Keep where a word that is new to us stands in articles understood before, by article id.

    What is kept already stays. An article erased meanwhile is passed over.
    """
    there = set(tx.scalars(select(ArticleRow.id).where(ArticleRow.id.in_(list(found)))))
    known = dict(
        tx.execute(
            select(WordRow.text, WordRow.id).where(
                WordRow.text.in_({match.topic for matches in found.values() for match in matches})
            )
        ).all()
    )
    rows = [
        {"article_id": article_id, "word_id": known[match.topic], "evidence": match.evidence}
        for article_id, matches in found.items()
        for match in matches
        if article_id in there and match.topic in known
    ]
    if rows:
        tx.execute(insert_new(tx, _HITS), rows)


def enriched(tx: Tx, stories: Sequence[Story], *, only: Collection[str] | None = None) -> tuple[Story, ...]:
    """*stories* with the readers' words that stand in them among their matches.

    Args:
        only: Just these words, when the stories are for one reader.
    """
    if not stories or (only is not None and not only):
        return tuple(stories)
    of_article = {
        int(article.article_id): number
        for number, story in enumerate(stories)
        for article in (story.lead, *story.others)
    }
    found: dict[int, dict[str, Match]] = {}
    query = (
        select(WordHitRow.article_id, WordRow.text, WordHitRow.evidence)
        .join(WordRow, WordRow.id == WordHitRow.word_id)
        .where(among(tx, WordHitRow.article_id, sorted(of_article)))
        .order_by(WordHitRow.article_id, WordRow.text)
    )
    if only is not None:
        query = query.where(WordRow.text.in_(list(only)))
    for article, text, evidence in tx.execute(query):
        found.setdefault(of_article[article], {}).setdefault(
            text, Match(kind=TopicKind.WORD, topic=text, score=1.0, evidence=evidence, label=text)
        )
    return tuple(
        replace(story, matches=(*story.matches, *found[number].values())) if number in found else story
        for number, story in enumerate(stories)
    )
