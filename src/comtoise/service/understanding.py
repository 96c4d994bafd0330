"""The desk at work: each new article is understood, grouped, and causes its alerts, in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

import structlog

from comtoise.digests import (
    AlertDecision,
    HoldUntil,
    LeaveToDigest,
    Why,
    alert_due,
    quiet_until,
)
from comtoise.errors import StorageError
from comtoise.model import Match, Source, Story, Subscription, Understanding
from comtoise.store import (
    Database,
    Tx,
    articles,
    fanout,
    stories,
    verdicts,
    watch,
    words,
)
from comtoise.stories import (
    SAGA_DAYS,
    SHORTLIST,
    Candidate,
    Features,
    WordStats,
    candidate_keys,
    features,
    group,
    key_number,
    news_of,
    saga_keys,
    shown,
)
from comtoise.topics import OwnWords, Rules, understand

WINDOW = timedelta(days=14)  #: how far apart in time two articles of one story may stand
SAGA_WINDOW = timedelta(days=SAGA_DAYS)
TOLD_WITHIN = timedelta(days=8)
BATCH = 25
RETRY_AFTER = timedelta(minutes=30)  #: for an article that a fault of ours kept from being understood
CORPUS = 3000  #: articles whose words are counted, the latest
RECOUNT_EVERY = 500  #: articles: a sixth of those counted, a day of a large watch


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
        self._words = (rules, cards)
        self._alert_max_age = alert_max_age
        self._clock = clock
        self._log = structlog.get_logger("desk")
        self._corpus: WordStats | None = None
        self._own: tuple[words.Revision, OwnWords] = ((0, 0), OwnWords(()))  #: the readers' words, compiled
        self._failed: dict[int, datetime] = {}  #: article id to when it is tried again
        self._counted = 0  #: articles understood since the words were last counted

    @property
    def rules(self) -> Rules:
        """The words in use."""
        return self._words[0]

    @property
    def cards(self) -> Mapping[str, Source]:
        """The sources in use, by id."""
        return self._words[1]

    def use(self, rules: Rules, cards: Mapping[str, Source], *, alert_max_age: timedelta) -> None:
        """From the next article on, work with these. May be called from any thread."""
        self._words = (rules, cards)
        self._alert_max_age = alert_max_age

    def round(self) -> Step:
        """Take up to `BATCH` articles; an empty step means that there is nothing left to do."""
        with self._database.read() as tx:
            self._failed = {id_: until for id_, until in self._failed.items() if until > self._clock()}
            pending = articles.pending(tx, self._clock(), limit=BATCH, skip=self._failed)
            if pending:
                self._hear(tx)
        if pending and (self._corpus is None or self._counted >= RECOUNT_EVERY):
            self.recount()
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

    def _hear(self, tx: Tx) -> None:
        """Look for the words that readers have now."""
        revision = words.revision(tx)
        if revision != self._own[0]:
            self._own = (revision, OwnWords(words.in_use(tx)))

    def recount(self) -> None:
        """Learn again how common each word is."""
        with self._database.read() as tx:
            known = stories.recent_features(tx, limit=CORPUS)
        found = (Features.from_text(text) for text in known)
        self._corpus = WordStats.of(article for article in found if article is not None)
        self._counted = 0

    def _one(self, item: articles.Pending) -> Step:
        """Understand outside the transaction."""
        rules, cards = self._words  # one set of rules for the whole article, whatever is edited meanwhile
        understanding = understand(item.article, rules, source=cards.get(item.source_id))
        # Noise is told to nobody, whatever words stand in it.
        own = self._own[1].find(item.article) if understanding.worth > 0 else ()
        return self.place(item, understanding, own)

    def place(self, item: articles.Pending, understanding: Understanding, own: Sequence[Match] = ()) -> Step:
        """Put an article of which all is understood in its story, and ask for what must be sent.

        Candidates are read and everything is written in one transaction. An article that was edited since it
        was taken is left pending. *own* are the readers' words that stand in it.
        """
        facts = features(item.article, understanding)
        keys, kept = [key_number(key) for key in candidate_keys(facts)], facts.to_text()
        now = self._clock()
        with self._database.write() as tx:
            if not articles.still(tx, item):
                return Step(articles=1)
            placed = self._group(tx, item, facts, keys, understanding, now)
            articles.understood(
                tx,
                int(item.article.id),
                understanding,
                story_id=placed.story_id,
                because=placed.because,
                features=kept,
                at=now,
                again=item.story_id is not None,
            )
            stories.index(
                tx,
                int(item.article.id),
                placed.story_id,
                keys,
                at=_placed_at(item, now),
                again=item.story_id is not None,
            )
            words.stand(tx, int(item.article.id), own, again=item.story_id is not None)
            alerts = 0
            if not item.silent and understanding.worth > 0:
                alerts = self._tell(tx, item, placed, now)
        self._log.info(
            "understood",
            article=item.article.id,
            source=item.source_id,
            worth=understanding.worth,
            story=placed.story_id,
            began=placed.began,
            alerts=alerts,
        )
        return Step(articles=1, stories=int(placed.began), alerts=alerts)

    def _group(
        self,
        tx: Tx,
        item: articles.Pending,
        facts: Features,
        keys: Sequence[int],
        understanding: Understanding,
        now: datetime,
    ) -> "_Placed":
        """The story of an article: its own already, one that it joins, or one that it begins."""
        # What a source showed when it was first read is placed when it was printed, not when we came.
        seen = _placed_at(item, now) if item.silent else item.article.first_seen or now
        tellable_at = seen if item.silent else now
        story_id, because, saga = item.story_id, item.because, None
        if story_id is None:
            found = candidates(tx, facts, keys, _placed_at(item, now))
            apart = verdicts.kept_apart(tx, {int(story.story_id) for story in found})
            decision = group(
                facts,
                found,
                now,
                self._corpus or WordStats(),
                separated=[(str(one), str(other)) for one, other in apart],
            )
            story_id = int(decision.story_id) if decision.story_id is not None else None
            because, saga = decision.because, decision.saga
        if story_id is None:
            story_id = stories.start(
                tx, seen=seen, worth=understanding.worth, saga=saga, tellable_at=tellable_at
            )
            return _Placed(story_id=story_id, because=None, began=True)
        # Before it is touched: what of the article is news, and to whom, is judged against it.
        before = () if item.story_id is None else words.enriched(tx, stories.load(tx, [story_id]))
        known = stories.known(tx, story_id)
        story_id = stories.join(tx, story_id, seen=seen, worth=understanding.worth, tellable_at=tellable_at)
        return _Placed(
            story_id=story_id,
            because=because,
            began=False,
            before=before[0] if before else None,
            news=() if item.story_id is not None else news_of(known, understanding.matches),
        )

    def _tell(
        self,
        tx: Tx,
        item: articles.Pending,
        placed: "_Placed",
        now: datetime,
    ) -> int:
        """Ask for alerts, for follow-ups, and for the messages already sent to be brought up to date."""
        (story,) = words.enriched(tx, stories.load(tx, [placed.story_id]))
        alerts = self._alert(tx, story, now, before=placed.before)
        if not placed.began:
            fanout.update(tx, placed.story_id, shown(story), now=now)
        if placed.news:
            alerts += self._follow_up(tx, story, item, placed.news, now)
        return alerts

    def _alert(self, tx: Tx, story: Story, now: datetime, *, before: Story | None) -> int:
        """Enqueue the alerts of a story; a reader who has it already is not told again.

        *before* is the story as it was when what changed is the words of one of its articles: that concerns
        only the readers whom a new topic makes it fit.
        """
        followers = watch.followers(tx, story)
        if before is not None:
            followers = watch.without(followers, watch.followers(tx, before))
        if not followers:
            return 0
        return fanout.alert(
            tx,
            story,
            followers,
            lambda wanted, zone, sent: alert_due(
                story, wanted, now, sent, tz=zone, max_age=self._alert_max_age
            ),
            told_as=verdicts.told_as(tx, int(story.id)),  # in a digest already: another outlet is no news
            told_since=now - TOLD_WITHIN,
            now=now,
        )

    def _follow_up(
        self, tx: Tx, story: Story, item: articles.Pending, news: Sequence[str], now: datetime
    ) -> int:
        """Enqueue what an article adds to a story for those who were alerted of it.

        The same rule as for an alert, but the age is that of the article with the news, and nights only
        put it off: no digest tells a story again to who had its alert.
        """
        seen = item.article.first_seen or now
        fresh = replace(
            story,
            first_seen=seen,
            lead=replace(story.lead, published=item.article.published, first_seen=seen),
        )

        def decide(wanted: Subscription, zone: tzinfo, sent: int) -> AlertDecision:
            decision = alert_due(fresh, wanted, now, sent, tz=zone, max_age=self._alert_max_age)
            morning = _morning(wanted, zone, now)
            if decision == LeaveToDigest(Why.QUIET) and morning is not None:
                return HoldUntil(morning)
            return decision

        return fanout.follow_up(tx, fresh, watch.followers(tx, fresh), news, decide, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """Where an article was put."""

    story_id: int
    because: str | None
    began: bool
    before: Story | None = None  #: the story before its words changed, for an article that was in it
    news: tuple[str, ...] = ()  #: what it adds to the story that is worth telling again


def _placed_at(item: articles.Pending, now: datetime) -> datetime:
    """When an article stands in time: when it was printed, but not after we found it."""
    found_at = item.article.first_seen or now
    return min(item.article.published or found_at, found_at)


def _morning(wanted: Subscription, zone: tzinfo, now: datetime) -> datetime | None:
    return quiet_until(now, wanted.quiet_from, wanted.quiet_to, zone, weekend=wanted.quiet_weekend)


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


def candidates(tx: Tx, facts: Features, keys: Sequence[int], at: datetime) -> Sequence[Candidate]:
    """The stories that an article placed at a moment might join; *keys* are its `candidate_keys`, as numbers."""
    near = stories.Search(keys, at - WINDOW, at + WINDOW)
    # Earlier stages of an affair are looked for before that, by its few telling names: of each the last ones.
    affair = [key_number(key) for key in saga_keys(facts)]
    trails = [
        stories.Trail([key], at - SAGA_WINDOW, at - 2 * WINDOW, SHORTLIST // len(affair)) for key in affair
    ]
    return _stories(stories.members(tx, stories.found_by(tx, near, *trails)))


def _stories(found: Iterable[stories.CandidateArticle]) -> Sequence[Candidate]:
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
                if (facts := Features.from_text(article.features)) is not None
            ),
            saga=next(iter(members.values())).saga,
        )
        for story_id, members in sorted(by_story.items())
    ]
