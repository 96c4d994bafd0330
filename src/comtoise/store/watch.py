"""The inverted index of the subscriptions: from a story to the readers who are to have its alert.

A reader stands behind one door for each thing followed in each département: (sector, plasturgie, 01), or
(sector, plasturgie, —) when no département is named. A story knocks at the doors of its own topics in its own
départements, and nobody stands behind these who does not follow it. So what a story costs grows with those who
follow it, and not with those who do not: not even with those who follow everything elsewhere.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b

from sqlalchemy import bindparam, delete, insert, select

from comtoise.model import Rhythm, Story, Subscription, TopicKind
from comtoise.store.database import Tx
from comtoise.store.lists import among, no_row
from comtoise.store.tables import Base, FollowRow, WatchRow

EVERYTHING = ("all", "*")  #: followed by who names no sector, cluster, signal, company or word
EXCLUSION = "exclusion"  #: kind of a word that must not stand in the story
#: What can be followed, with the singular that the rows say.
FOLLOWED: Mapping[str, str] = {
    "sectors": TopicKind.SECTOR.value,
    "clusters": TopicKind.CLUSTER.value,
    "signals": TopicKind.SIGNAL.value,
    "companies": TopicKind.COMPANY.value,
    "words": TopicKind.WORD.value,
}
_ANYWHERE = ""
_ROWS = Base.metadata.tables[WatchRow.__tablename__]
_FORGET = delete(_ROWS).where(_ROWS.c.reader_id == bindparam("of"))
_ADD = insert(_ROWS)


def doors_of(wanted: Subscription) -> frozenset[int]:
    """The doors behind which a reader stands; none for who wants no alerts."""
    if Rhythm.INSTANT not in wanted.rhythms:
        return frozenset()
    topics = [(kind, topic) for name, kind in FOLLOWED.items() for topic in getattr(wanted, name)]
    return frozenset(
        _door(kind, topic, place)
        for kind, topic in topics or [EVERYTHING]
        for place in wanted.departements or (_ANYWHERE,)
    )


def doors_to(story: Story) -> frozenset[int]:
    """The doors at which a story knocks."""
    topics = [(match.kind.value, match.topic) for match in story.matches if match.kind in FOLLOWED.values()]
    places = [match.topic for match in story.matches if match.kind is TopicKind.DEPARTEMENT]
    return frozenset(
        _door(kind, topic, place) for kind, topic in (*topics, EVERYTHING) for place in (*places, _ANYWHERE)
    )


def index(tx: Tx, wanted: Subscription) -> None:
    """Put a reader behind his doors, and behind no others."""
    tx.execute(_FORGET, {"of": wanted.reader_id})
    rows = [
        {"door": door, "worth_min": wanted.worth_min, "reader_id": wanted.reader_id}
        for door in sorted(doors_of(wanted))
    ]
    if rows:
        tx.execute(_ADD, rows)


def followers(tx: Tx, story: Story) -> Sequence[int]:
    """The readers who want alerts, and whose subscription *story* fits, by id; paused and absent ones too.

    The words that stand in the story are among its matches: `comtoise.store.words.enriched`.
    """
    query = (
        select(WatchRow.reader_id)
        .where(among(tx, WatchRow.door, sorted(doors_to(story))), WatchRow.worth_min <= story.worth)
        .distinct()
    )
    words = [match.topic for match in story.matches if match.kind is TopicKind.WORD]
    if words:
        query = query.where(
            no_row(
                FollowRow.reader_id,
                FollowRow.kind == EXCLUSION,
                FollowRow.topic.in_(words),
                FollowRow.reader_id == WatchRow.reader_id,
            )
        )
    return array("q", sorted(tx.execute(query, execution_options={"yield_per": 10_000}).scalars()))


def chunks(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """*ids* in parts of at most *size*."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _door(kind: str, topic: str, place: str) -> int:
    """The same as in the migration that fills the index."""
    digest = blake2b(f"{kind}\n{topic}\n{place}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def without(ids: Sequence[int], others: Collection[int]) -> Sequence[int]:
    """*ids* but for the *others*."""
    return ids if not others else array("q", sorted(set(ids).difference(others)))
