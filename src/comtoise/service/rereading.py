"""Stored articles understood again with today's words; nobody is told, unless that is asked for.

Each article is read outside any transaction and written in one of its own, only if something changed, so that the
service may run meanwhile; how far the work has come is kept with each batch. Killed at any point, it goes on from
there; run twice, it changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from comtoise.model import Match, TopicKind, Understanding
from comtoise.service.understanding import Understander
from comtoise.store import Database, rereading
from comtoise.store.rereading import Understood
from comtoise.stories import candidate_keys, features, key_number
from comtoise.topics import understand
from comtoise.topics.remembered import Decided, Memory

BATCH: Final = 100
_TRIES: Final = 3  #: for an article that is edited while it is read

Watch = Callable[[Iterator[Understood], int], Iterator[Understood]]


@dataclass(slots=True)
class Reread:
    """What a piece of work did, so far."""

    articles: int = 0  #: read
    without_text: int = 0  #: of them, those of which the title and the extract are left
    changed: int = 0  #: got or lost a topic, or changed in worth
    rewritten: int = 0  #: say the same by other words, or more or less surely
    to_alert: int = 0  #: of the changed ones, those handed to the service because alerts were asked for
    gained: Counter[str] = field(default_factory=Counter)  #: articles, by sector
    lost: Counter[str] = field(default_factory=Counter)
    resumed_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be read again, and how."""

    since: datetime
    until: datetime
    alerting: bool = (
        False  #: fresh articles that change are handed to the service, which alerts as it always does
    )
    dry: bool = False  #: count, write nothing

    def name(self, words: str) -> str:
        """A short name for this work done with these *words* (the text of the configuration, say)."""
        said = repr((self.since.isoformat(), self.until.isoformat(), self.alerting, words))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def reread(
    database: Database,
    understander: Understander,
    work: Work,
    *,
    words: str,
    alert_max_age: timedelta,
    clock: Callable[[], datetime],
    watch: Watch = lambda items, _total: items,
) -> Reread:
    """Do *work* from where it was left, or from its beginning when the *words* are not those it began with.

    *watch* is given the articles as they are read, and how many there are left, to show how far it is.
    """
    name, done = work.name(words), Reread()
    with database.read() as tx:
        done.resumed_from = None if work.dry else rereading.reached(tx, name)
    since = max(work.since, done.resumed_from or work.since)
    until = min(work.until, clock())  # what comes while we work is read with today's words anyway
    if not work.dry and done.resumed_from is None:
        with database.write() as tx:
            rereading.finish(tx)
    with database.read() as tx:
        total = rereading.count(tx, since=since, until=until)
    desk = _Desk(database, understander, work, alert_max_age, clock, done)
    for item in watch(_articles(database, since, until, None if work.dry else name), total):
        desk.take(item)
    if not work.dry:
        with database.write() as tx:
            rereading.finish(tx)
    return done


def _articles(database: Database, since: datetime, until: datetime, name: str | None) -> Iterator[Understood]:
    """The articles of a period; those of a batch are done when the next one is asked for, and noted under *name*."""
    after: tuple[datetime, int] | None = None
    while True:
        with database.read() as tx:
            found = rereading.batch(tx, since=since, until=until, after=after, limit=BATCH)
        if not found:
            return
        yield from found
        after = found[-1].first_seen, int(found[-1].item.article.id)
        if name is not None:
            with database.write() as tx:
                rereading.reach(tx, name, after[0])


class _Desk:
    """One set of words for the whole work."""

    def __init__(
        self,
        database: Database,
        understander: Understander,
        work: Work,
        alert_max_age: timedelta,
        clock: Callable[[], datetime],
        done: Reread,
    ) -> None:
        self._database = database
        self._rules, self._cards = understander.rules, understander.cards
        self._memory = Memory(self._rules)
        self._work = work
        self._alert_max_age = alert_max_age
        self._clock = clock
        self._done = done

    def take(self, stored: Understood) -> None:
        """Understand an article again, and keep what changed."""
        now: Understood | None = stored
        for _try in range(_TRIES):
            if now is None:
                break  # erased, or edited and left to the service
            found = self._understand(now)
            if not _differs(now, found) or self._work.dry or self._keep(now, found):
                self._count(now, found)
                break
            with self._database.read() as tx:
                now = rereading.again(tx, int(stored.item.article.id))

    def _understand(self, stored: Understood) -> Understanding:
        item = stored.item
        source = self._cards.get(item.source_id)
        if stored.has_text:
            return understand(item.article, self._rules, source=source)
        decided = Decided(matches=stored.matches, near_misses=stored.near_misses, worth=stored.worth)
        return self._memory.understand(item.article, decided, source=source)

    def _keep(self, stored: Understood, found: Understanding) -> bool:
        now, item = self._clock(), stored.item
        if self._is_to_alert(stored, found, now):
            with self._database.write() as tx:
                handed = rereading.hand_over(tx, item)
            self._done.to_alert += handed
            return handed
        facts = features(item.article, found) if stored.has_text else None
        with self._database.write() as tx:
            return rereading.write(
                tx,
                item,
                found,
                features=None if facts is None else facts.to_text(),
                keys=() if facts is None else [key_number(key) for key in candidate_keys(facts)],
                placed_at=min(item.article.published or stored.first_seen, stored.first_seen),
                now=now,
            )

    def _is_to_alert(self, stored: Understood, found: Understanding, now: datetime) -> bool:
        fresh = stored.first_seen >= now - self._alert_max_age
        more = _topics(found.matches) - _topics(stored.matches) or found.worth > stored.worth
        return self._work.alerting and fresh and stored.has_text and bool(more) and not stored.item.silent

    def _count(self, stored: Understood, found: Understanding) -> None:
        done = self._done
        done.articles += 1
        done.without_text += not stored.has_text
        old, new = _topics(stored.matches), _topics(found.matches)
        if old != new or stored.worth != found.worth:
            done.changed += 1
        elif _differs(stored, found):
            done.rewritten += 1
        done.gained.update(topic for kind, topic in new - old if kind is TopicKind.SECTOR)
        done.lost.update(topic for kind, topic in old - new if kind is TopicKind.SECTOR)


def _topics(matches: tuple[Match, ...]) -> set[tuple[TopicKind, str]]:
    return {(match.kind, match.topic) for match in matches}


def _differs(stored: Understood, found: Understanding) -> bool:
    return (
        stored.worth != found.worth
        or stored.matches != found.matches
        or stored.near_misses != found.near_misses
    )
