"""What readers say of stories, or of one topic of a story: 👍 or « hors sujet »."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from comtoise.model import Evidence, TopicKind
from comtoise.store.database import Tx
from comtoise.store.lists import among
from comtoise.store.tables import ArticleRow, FeedbackRow, MatchRow


class Verdict(StrEnum):
    """What a reader said."""

    USEFUL = "useful"
    OFF_TOPIC = "off-topic"


Topic = tuple[TopicKind, str]  #: kind, and id within the kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A topic that a story was given, and what readers said of it."""

    story_id: int
    kind: TopicKind
    topic: str
    evidence: tuple[Evidence, ...]  #: of all the articles of the story
    useful: int  #: readers
    off_topic: int


def give(
    tx: Tx,
    *,
    reader_id: int,
    story_id: int,
    verdict: Verdict,
    now: datetime,
    topic: Topic | None = None,
) -> bool:
    """Store a verdict, replacing an earlier one on the same; False when it was already this one.

    *topic* is the one the reader speaks of; without it, the verdict is on the story and all its topics.
    """
    kind, name = (topic[0].value, topic[1]) if topic else ("", "")
    row = tx.get(FeedbackRow, (reader_id, story_id, kind, name))
    if row is None:
        tx.add(
            FeedbackRow(
                reader_id=reader_id, story_id=story_id, kind=kind, topic=name, verdict=verdict.value, at=now
            )
        )
        tx.flush()
        return True
    changed = row.verdict != verdict.value
    row.verdict, row.at = verdict.value, now
    return changed


def of_reader(tx: Tx, reader_id: int) -> dict[int, Verdict]:
    """What a reader said of stories as a whole, by story."""
    rows = tx.scalars(select(FeedbackRow).where(FeedbackRow.reader_id == reader_id, FeedbackRow.kind == ""))
    return {row.story_id: Verdict(row.verdict) for row in rows}


def judged(tx: Tx, kinds: Iterable[TopicKind], *, since: datetime | None = None) -> list[Judged]:
    """The topics of the stories that readers judged, those of *kinds*, in order of story.

    A verdict on a story speaks for each of its topics; the same reader's verdict on one topic replaces it there.
    *since* leaves older verdicts out.
    """
    said: dict[int, dict[int, dict[tuple[str, str], str]]] = defaultdict(lambda: defaultdict(dict))
    query = select(FeedbackRow)
    if since is not None:
        query = query.where(FeedbackRow.at >= since)
    for row in tx.scalars(query):
        said[row.story_id][row.reader_id][row.kind, row.topic] = row.verdict
    matches = tx.execute(
        select(ArticleRow.story_id, MatchRow.kind, MatchRow.topic, MatchRow.evidence)
        .join(ArticleRow, ArticleRow.id == MatchRow.article_id)
        .where(
            ArticleRow.story_id.in_(select(FeedbackRow.story_id)),
            MatchRow.kind.in_([kind.value for kind in kinds]),
            MatchRow.accepted,
        )
        .order_by(ArticleRow.story_id, MatchRow.id)
    )
    evidence: dict[tuple[int, str, str], list[Evidence]] = defaultdict(list)
    for story_id, kind, topic, quoted in matches:
        if story_id in said:
            evidence[story_id, kind, topic].extend(quoted)
    found = []
    for (story_id, kind, topic), words in evidence.items():
        verdicts = [
            verdict
            for by_topic in said[story_id].values()
            if (verdict := by_topic.get((kind, topic), by_topic.get(("", "")))) is not None
        ]
        if verdicts:
            useful = verdicts.count(Verdict.USEFUL.value)
            found.append(
                Judged(
                    story_id=story_id,
                    kind=TopicKind(kind),
                    topic=topic,
                    evidence=tuple(words),
                    useful=useful,
                    off_topic=len(verdicts) - useful,
                )
            )
    return found


def tastes(tx: Tx, reader_ids: Sequence[int], *, since: datetime) -> dict[int, dict[str, float]]:
    """What each of these readers showed to like (to 1) and dislike (to -1), by topic; most said nothing.

    A verdict on a story speaks for each of its topics, more softly the more there are on both sides: one is
    a third, five alike are five sevenths. The reader's verdict on one topic replaces it there.
    """
    said: dict[int, dict[int, dict[tuple[str, str], str]]] = defaultdict(lambda: defaultdict(dict))
    for verdict in tx.scalars(
        select(FeedbackRow).where(among(tx, FeedbackRow.reader_id, reader_ids), FeedbackRow.at >= since)
    ):
        said[verdict.reader_id][verdict.story_id][verdict.kind, verdict.topic] = verdict.verdict
    stories = sorted({story for by_story in said.values() for story in by_story})
    topics: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if said:
        for story, kind, topic in tx.execute(
            select(ArticleRow.story_id, MatchRow.kind, MatchRow.topic)
            .distinct()
            .join(MatchRow, MatchRow.article_id == ArticleRow.id)
            .where(among(tx, ArticleRow.story_id, stories), MatchRow.accepted)
            .order_by(ArticleRow.story_id, MatchRow.kind, MatchRow.topic)
        ):
            topics[story or 0].append((kind, topic))
    return {reader: _taste(by_story, topics) for reader, by_story in said.items()}


def _taste(
    said: Mapping[int, Mapping[tuple[str, str], str]], topics: Mapping[int, Sequence[tuple[str, str]]]
) -> dict[str, float]:
    sums: dict[str, list[int]] = defaultdict(list)
    for story, verdicts in said.items():
        for kind, topic in topics.get(story, ()):
            verdict = verdicts.get((kind, topic), verdicts.get(("", "")))
            if verdict is not None:
                sums[topic].append(1 if verdict == Verdict.USEFUL.value else -1)
    return {topic: sum(all_) / (len(all_) + 2) for topic, all_ in sums.items()}
