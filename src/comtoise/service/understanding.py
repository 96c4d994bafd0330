"""The desk at work: each new article is understood, grouped, and causes its alerts, in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import structlog

from comtoise.digests import HoldUntil, SendNow, alert_due
from comtoise.errors import StorageError
from comtoise.model import Rhythm, Source, Story
from comtoise.store import Database, Tx, articles, digests, outbox, readers, stories
from comtoise.stories import (
    SAGA_DAYS,
    Candidate,
    Features,
    WordStats,
    candidate_keys,
    features,
    group,
    key_number,
    saga_keys,
)
from comtoise.topics import Rules, understand

WINDOW = timedelta(days=14)  #: how far apart in time two articles of one story may stand
SAGA_WINDOW = timedelta(days=SAGA_DAYS)
TOLD_WITHIN = timedelta(days=8)
BATCH = 25
RETRY_AFTER = timedelta(minutes=30)  #: for an article that a fault of ours kept from being understood
CORPUS = 3000  #: articles whose words are counted, the latest
RECOUNT_EVERY = 200  #: articles


@dataclass(frozen=True, slots=True)
class Step:
    """What one round did."""

    articles: int = 0
    stories: int = 0  #: begun
    alerts: int = 0

    def __bool__(self) -> bool:
        return self.articles > 0


class Understander:
    """Turns kept articles into matches, stories and alerts. One at a time per database."""

    def __init__(
        self,
        database: Database,
        rules: Rules,
        cards: Mapping[str, Source],
        *,
        alert_max_age: timedelta,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self.rules = rules
        self.cards = cards
        self._alert_max_age = alert_max_age
        self._clock = clock
        self._log = structlog.get_logger("desk")
        self._corpus: WordStats | None = None
        self._failed: dict[int, datetime] = {}  #: article id to when it is tried again
        self._counted = 0  #: articles understood since the words were last counted

    def round(self) -> Step:
        """Take up to `BATCH` articles; an empty step means that there is nothing left to do."""
        with self._database.read() as tx:
            self._failed = {id_: until for id_, until in self._failed.items() if until > self._clock()}
            pending = articles.pending(tx, self._clock(), limit=BATCH, skip=self._failed)
        if pending and (self._corpus is None or self._counted >= RECOUNT_EVERY):
            self._recount()
        done = [self._safely(item) for item in pending]
        self._counted += len(done)
        return Step(
            articles=len(done),
            stories=sum(step.stories for step in done),
            alerts=sum(step.alerts for step in done),
        )

    def _safely(self, item: articles.Pending) -> Step:
        """Understand one article; one that cannot be, by a fault of ours, never holds up the others."""
        try:
            return self._one(item)
        except StorageError:
            raise
        except Exception:  # noqa: BLE001 (the loop that must survive: logged, and tried again later)
            self._log.exception("not_understood", article=item.article.id, source=item.source_id)
            self._failed[int(item.article.id)] = self._clock() + RETRY_AFTER
            return Step(articles=1)

    def _recount(self) -> None:
        """Learn again how common each word is."""
        with self._database.read() as tx:
            known = stories.recent_features(tx, limit=CORPUS)
        found = (Features.from_json(text) for text in known)
        self._corpus = WordStats.of(article for article in found if article is not None)
        self._counted = 0

    def _one(self, item: articles.Pending) -> Step:
        """Decide outside the transaction; read the candidates and write everything inside it."""
        rules = self.rules  # one set of rules for the whole article, whatever is edited meanwhile
        understanding = understand(item.article, rules, source=self.cards.get(item.source_id))
        facts = features(item.article, understanding)
        keys = [key_number(key) for key in candidate_keys(facts)]
        now = self._clock()
        published = item.article.published
        found_at = item.article.first_seen or now
        # What a source showed when it was first read is placed when it was printed, not when we came.
        seen = min(published or found_at, found_at) if item.silent else found_at
        at = min(published or found_at, found_at)
        tellable_at = seen if item.silent else now
        with self._database.write() as tx:
            story_id, because, began = item.story_id, None, False
            if story_id is None:
                found = stories.candidates(tx, keys, since=at - WINDOW, until=at + WINDOW)
                # Earlier stages of an affair are looked for further back, by its few telling names.
                affair = [key_number(key) for key in saga_keys(facts)]
                found += stories.candidates(tx, affair, since=at - SAGA_WINDOW, until=at - WINDOW)
                decision = group(facts, _candidates(found), now, self._corpus or WordStats())
                because = decision.because
                if decision.story_id is not None:
                    story_id = int(decision.story_id)
                    stories.join(tx, story_id, seen=seen, worth=understanding.worth, tellable_at=tellable_at)
                else:
                    story_id = stories.start(
                        tx,
                        seen=seen,
                        worth=understanding.worth,
                        saga=decision.saga,
                        tellable_at=tellable_at,
                    )
                    began = True
            else:
                stories.join(tx, story_id, seen=seen, worth=understanding.worth, tellable_at=tellable_at)
            articles.understood(
                tx,
                int(item.article.id),
                understanding,
                story_id=story_id,
                because=because,
                features=facts.to_json(),
                at=now,
            )
            stories.index(tx, int(item.article.id), story_id, keys, at=at)
            alerts = 0
            if not item.silent and understanding.worth > 0:
                (story,) = stories.load(tx, [story_id])
                alerts = self._alert(tx, story, now)
                if not began:
                    outbox.enqueue_update(tx, story_id=story_id, articles=1 + len(story.others), now=now)
        self._log.info(
            "understood",
            article=item.article.id,
            source=item.source_id,
            worth=understanding.worth,
            story=story_id,
            began=began,
            alerts=alerts,
        )
        return Step(articles=1, stories=int(began), alerts=alerts)

    def _alert(self, tx: Tx, story: Story, now: datetime) -> int:
        """Enqueue the alerts of a story; a reader who has it already is not told again."""
        made = 0
        topics = [(match.kind.value, match.topic) for match in story.matches]
        for subscriber in readers.interested(tx, topics, Rhythm.INSTANT):
            if digests.tells(tx, subscriber.reader.id, int(story.id), since=now - TOLD_WITHIN):
                continue  # in a digest already: another outlet is no news
            zone = ZoneInfo(subscriber.reader.timezone)
            sent = outbox.alerts_since(tx, subscriber.reader.id, local_midnight(now, zone))
            decision = alert_due(
                story, subscriber.subscription, now, sent, tz=zone, max_age=self._alert_max_age
            )
            if isinstance(decision, SendNow | HoldUntil):
                not_before = decision.until if isinstance(decision, HoldUntil) else now
                made += outbox.enqueue_alert(
                    tx,
                    reader_id=subscriber.reader.id,
                    story_id=int(story.id),
                    now=now,
                    not_before=not_before,
                )
        return made


def drain(understander: Understander) -> Step:
    """Take all that is pending; return the sum."""
    total = Step()
    while step := understander.round():
        total = Step(
            articles=total.articles + step.articles,
            stories=total.stories + step.stories,
            alerts=total.alerts + step.alerts,
        )
    return total


def local_midnight(now: datetime, zone: tzinfo) -> datetime:
    """When the present day began on the reader's clock."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _candidates(found: Iterable[stories.CandidateArticle]) -> Sequence[Candidate]:
    """The stories behind the articles that share a key, each with the features of all its articles."""
    by_story: dict[int, dict[int, stories.CandidateArticle]] = {}
    for article in found:
        by_story.setdefault(article.story_id, {})[article.article_id] = article
    return [
        Candidate(
            story_id=str(story_id),
            articles=tuple(
                facts
                for article in members.values()
                if (facts := Features.from_json(article.features)) is not None
            ),
            saga=next(iter(members.values())).saga,
        )
        for story_id, members in sorted(by_story.items())
    ]
