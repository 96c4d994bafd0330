"""What is known of the entries of one poll, looked up for all of them at once.

A poll lists twenty entries, of which one is new on a good day. Three statements find what is known of them all, and
three store what is new and what was seen again: one by one, the same costs more than reading the feed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import bindparam, insert, select, update

from comtoise.store.database import Tx
from comtoise.store.prepared import Among, Prepared
from comtoise.store.tables import ArticleRow, Base, SightingRow

T = TypeVar("T")

AT_ONCE = 400  #: values in one statement

# Plain statements, made once.
_ARTICLE = Base.metadata.tables[ArticleRow.__tablename__]
_SIGHTING = Base.metadata.tables[SightingRow.__tablename__]
_ARTICLES = select(
    _ARTICLE.c.id,
    _ARTICLE.c.identity,
    _ARTICLE.c.source_id,
    _ARTICLE.c.title,
    _ARTICLE.c.extract,
    _ARTICLE.c.page_state,
)
_OF_IDENTITY = Among(lambda asked: _ARTICLES.where(_ARTICLE.c.identity.in_(asked)))
_OF_GUID = Among(
    lambda asked: (
        _ARTICLES.join(_SIGHTING, _SIGHTING.c.article_id == _ARTICLE.c.id)
        .where(_SIGHTING.c.source_id == bindparam("source"), _SIGHTING.c.guid.in_(asked))
        .order_by(_ARTICLE.c.id)
    )
)
_SIGHTINGS = Among(
    lambda asked: (
        select(_SIGHTING.c.id, _SIGHTING.c.guid, _SIGHTING.c.article_id)
        .where(_SIGHTING.c.source_id == bindparam("source"), _SIGHTING.c.article_id.in_(asked))
        .order_by(_SIGHTING.c.article_id, _SIGHTING.c.id)
    )
)
_ADD_SIGHTINGS = Prepared(insert(_SIGHTING), "source_id", "guid", "article_id", "first_seen", "last_seen")
_SEEN_AGAIN = (
    update(_SIGHTING)
    .where(_SIGHTING.c.id.in_(bindparam("asked", expanding=True)))
    .values(last_seen=bindparam("at"))
)


@lru_cache(maxsize=8)
def _adding(*columns: str) -> Prepared:
    return Prepared(insert(_ARTICLE).returning(_ARTICLE.c.id), *columns)


@dataclass(slots=True, eq=False)
class Place:
    """An article, known or just added."""

    id: int | None  #: None until it is stored
    source_id: str
    title: str
    extract: str
    page_state: str
    sightings: dict[str, int | None] = field(default_factory=dict)  #: by guid, of this source


class Shelf:
    """The articles that one poll of a source is about."""

    def __init__(self, tx: Tx, source_id: str, asked: Iterable[tuple[str, str | None]]) -> None:
        """Look up what is known of these identities and, where they are unknown, of these guids."""
        self._tx = tx
        self._source_id = source_id
        self._of_identity: dict[str, Place] = {}
        self._of_guid: dict[str, list[Place]] = {}
        self._new: list[tuple[Place, Mapping[str, Any]]] = []
        self._sighted: list[tuple[Place, str]] = []
        self._again: set[int] = set()
        guids = dict(asked)
        known: dict[int, Place] = {}
        self._load(known, _OF_IDENTITY.rows(tx, guids))
        unknown = [guid for identity, guid in guids.items() if guid and identity not in self._of_identity]
        self._load(known, _OF_GUID.rows(tx, unknown, source=source_id))
        for id_, guid, article_id in _SIGHTINGS.rows(tx, known, source=source_id):
            known[article_id].sightings[guid] = id_
            self._of_guid.setdefault(guid, []).append(known[article_id])

    def of_identity(self, identity: str) -> Place | None:
        """The article of an identity."""
        return self._of_identity.get(identity)

    def of_guid(self, guid: str) -> Sequence[Place]:
        """The articles that the source listed under a guid."""
        return self._of_guid.get(guid, ())

    def add(self, values: Mapping[str, Any]) -> Place:
        """A new article; stored by `store`."""
        place = Place(None, values["source_id"], values["title"], values["extract"], values["page_state"])
        self._of_identity[values["identity"]] = place
        self._new.append((place, values))
        return place

    def sight(self, place: Place, guid: str) -> bool:
        """Note that the source lists an article; return whether it does so for the first time, under any guid."""
        if guid in place.sightings:
            sighting = place.sightings[guid]
            if sighting is not None:
                self._again.add(sighting)
            return False
        first = not place.sightings
        place.sightings[guid] = None
        self._of_guid.setdefault(guid, []).append(place)
        self._sighted.append((place, guid))
        return first

    def store(self, now: datetime) -> tuple[int, ...]:
        """Write what was noted; return the ids of the new articles, in the order they were added."""
        if self._new:
            for place, values in self._new:
                ((place.id,),) = _adding(*values).rows(self._tx, values)
        if self._sighted:
            times = {"source_id": self._source_id, "first_seen": now, "last_seen": now}
            _ADD_SIGHTINGS.run(
                self._tx,
                [{"guid": guid, "article_id": place.id, **times} for place, guid in self._sighted],
            )
        for some in in_lots(self._again):
            self._tx.execute(_SEEN_AGAIN, {"asked": some, "at": now})
        return tuple(place.id for place, _values in self._new if place.id is not None)

    def _load(self, known: dict[int, Place], found: Iterable[tuple[Any, ...]]) -> None:
        for id_, identity, *shown in found:
            if id_ not in known:
                known[id_] = self._of_identity[identity] = Place(id_, *shown)


def in_lots(values: Iterable[T]) -> Iterator[list[T]]:
    """The values, so many at a time as one statement takes."""
    left = iter(values)
    while some := list(islice(left, AT_ONCE)):
        yield some
