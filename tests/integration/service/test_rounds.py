"""The desk's rounds on both databases: understand, group, alert; strike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from comtoise.digests import Schedule
from comtoise.knowledge import Company, load
from comtoise.model import Article, Channel, DeliveryKind, Entry, Rhythm, Source, Subscription, Understanding
from comtoise.service.striking import DigestDesk, Striker
from comtoise.service.understanding import RETRY_AFTER, Understander, drain
from comtoise.store import Database, articles, outbox, readers, sources, stories
from comtoise.topics import Rules, compile_rules, understand
from support.stored import card

TITLE = "Plasturgie : Moulabelle investit 6 M€ et embauche vingt régleurs à Oyonnax"
TEXT = (
    "À Oyonnax (Ain), le plasturgiste Moulabelle investit 6 millions d’euros dans quatre presses à injecter. "
    "Vingt régleurs seront embauchés d’ici au printemps, annonce l’entreprise de plasturgie."
)
OTHER = "L’injection plastique de Moulabelle : six millions d’euros et vingt embauches à Oyonnax"


@pytest.fixture(scope="session")
def rules() -> Rules:
    known = load()
    firm = Company(
        id="horlimont", name="Horlimont", sector="horlogerie-luxe", commune="Besançon", departement="25"
    )
    return compile_rules(replace(known, companies=(*known.companies, firm)))


class Moment:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(now: datetime) -> Moment:
    return Moment(now)


@pytest.fixture
def desk(database: Database, now: datetime) -> Database:
    with database.write() as tx:
        sources.sync_cards(tx, [card(), card("radio", "https://radio.example/rss")], now)
        reader, _ = readers.register(tx, Channel.CONSOLE, "console", now=now - timedelta(days=9))
        readers.save(
            tx, Subscription(reader_id=reader.id, rhythms=frozenset(Rhythm), quiet_from=None, quiet_to=None)
        )
    return database


@pytest.fixture
def understander(desk: Database, rules: Rules, clock: Moment) -> Understander:
    return Understander(desk, rules, {}, alert_max_age=timedelta(hours=72), clock=clock)


Publish = Callable[..., None]


@pytest.fixture
def publish(desk: Database, clock: Moment) -> Publish:
    def publish(
        *,
        title: str = TITLE,
        source: str = "gazette",
        url: str = "https://gazette.example/1",
        text: str = TEXT,
        published: datetime | None = None,
        silent: bool = False,
    ) -> None:
        found = articles.Found(
            entry=Entry(url=url, guid=url, title=title, published=published),
            canonical=url,
            address=url,
            extract=text[:100],
            text=text,
            wants_page=False,
        )
        with desk.write() as tx:
            articles.keep(tx, source, [found], now=clock.now, silent=silent)

    return publish


def kinds(desk: Database) -> list[DeliveryKind]:
    with desk.read() as tx:
        return [line.kind for line in outbox.lines(tx)]


def test_an_event_alerts_once(desk: Database, understander: Understander, publish: Publish) -> None:
    publish()
    assert drain(understander).alerts == 1
    assert drain(understander).articles == 0
    assert kinds(desk) == [DeliveryKind.ALERT]


@pytest.mark.parametrize("why", ["first-poll", "older-than-72-hours"])
def test_what_was_there_before_or_is_old_never_alerts(
    desk: Database, understander: Understander, publish: Publish, now: datetime, why: str
) -> None:
    publish(silent=why == "first-poll", published=now - timedelta(hours=73 if why != "first-poll" else 1))
    step = drain(understander)
    assert (step.articles, step.stories, step.alerts) == (1, 1, 0)
    assert kinds(desk) == []


def test_an_edited_title_is_read_again_and_alerts_nobody_twice(
    desk: Database, understander: Understander, publish: Publish
) -> None:
    publish()
    drain(understander)
    publish(title=TITLE + " (actualisé)")
    assert drain(understander).articles == 1
    assert kinds(desk).count(DeliveryKind.ALERT) == 1


def test_the_same_news_elsewhere_joins_the_story_and_says_why(
    desk: Database, understander: Understander, publish: Publish, clock: Moment
) -> None:
    publish()
    drain(understander)
    clock.now += timedelta(hours=2)
    publish(title=OTHER, source="radio", url="https://radio.example/9")
    step = drain(understander)
    assert (step.stories, step.alerts) == (0, 0)
    with desk.read() as tx:
        (story,) = stories.between(tx, clock.now - timedelta(days=1), clock.now)
    assert story.lead.source_id == "gazette"
    assert [other.source_id for other in story.others] == ["radio"]
    assert story.others[0].because


def test_a_later_stage_of_an_affair_is_a_story_of_its_own_linked_to_the_first(
    desk: Database, understander: Understander, publish: Publish, clock: Moment
) -> None:
    publish(
        title="Horlimont placé en redressement judiciaire à Besançon",
        text="Le tribunal de commerce a placé Horlimont, fabricant de composants horlogers, en redressement.",
        published=clock.now,
    )
    drain(understander)
    clock.now += timedelta(days=60)
    publish(
        title="Horlimont : le tribunal prononce la liquidation judiciaire",
        text="À Besançon, le tribunal de commerce a prononcé la liquidation de Horlimont, composants horlogers.",
        url="https://gazette.example/2",
        published=clock.now,
    )
    assert drain(understander).stories == 1
    with desk.read() as tx:
        first, second = stories.between(tx, clock.now - timedelta(days=90), clock.now + timedelta(days=1))
    assert second.saga == first.id


def test_an_alert_already_sent_is_brought_up_to_date(
    desk: Database, understander: Understander, publish: Publish, now: datetime
) -> None:
    from comtoise.model import Sent

    publish()
    drain(understander)
    with desk.write() as tx:
        (delivery,) = outbox.claim(tx, now, limit=1)
        outbox.settle(tx, delivery.id, Sent("42"), now=now)
    publish(title=OTHER, source="radio", url="https://radio.example/9")
    drain(understander)
    assert kinds(desk) == [DeliveryKind.UPDATE, DeliveryKind.ALERT]


def test_an_article_that_cannot_be_understood_holds_up_nobody(
    desk: Database,
    understander: Understander,
    publish: Publish,
    monkeypatch: pytest.MonkeyPatch,
    clock: Moment,
) -> None:
    place = "comtoise.service.understanding.understand"

    def faulty(article: Article, rules: Rules, *, source: Source | None = None) -> Understanding:
        if "Poison" in article.title:
            raise ZeroDivisionError
        return understand(article, rules, source=source)

    monkeypatch.setattr(place, faulty)
    publish(title="Poison : une page que nous ne savons pas lire", url="https://gazette.example/0")
    publish()
    assert drain(understander).alerts == 1
    monkeypatch.setattr(place, understand)
    assert drain(understander).articles == 0
    clock.now += RETRY_AFTER
    assert drain(understander).articles == 1, "and it is not lost"


def test_noise_is_kept_and_told_to_nobody(
    desk: Database, understander: Understander, publish: Publish
) -> None:
    publish(
        title="Handball : victoire des Bisontines", text="Un match disputé au palais des sports, 28 à 27."
    )
    step = drain(understander)
    assert (step.articles, step.alerts) == (1, 0)


def striker(desk: Database, clock: Moment) -> Striker:
    return Striker(
        desk, DigestDesk(schedule=Schedule(), labels={"plasturgie": "Plasturgie"}, zone="Ain"), clock=clock
    )


def test_a_slot_is_struck_once_and_only_its_own_news(
    desk: Database, understander: Understander, publish: Publish, clock: Moment
) -> None:
    paris = ZoneInfo("Europe/Paris")
    clock.now = datetime(2026, 11, 24, 10, tzinfo=paris)
    publish(silent=True, published=clock.now - timedelta(hours=1))
    drain(understander)
    assert striker(desk, clock).round() == 0, "today's slot was struck before this news, with nothing to say"
    clock.now = datetime(2026, 11, 25, 7, 31, tzinfo=paris)
    assert striker(desk, clock).round() == 1
    assert striker(desk, clock).round() == 0, "also after a restart"
    clock.now += timedelta(days=1)
    assert striker(desk, clock).round() == 0, "an empty day sends nothing"


def test_a_newcomer_is_owed_no_earlier_slot(desk: Database, clock: Moment, now: datetime) -> None:
    with desk.write() as tx:
        for subscriber in readers.everyone(tx):
            readers.forget(tx, subscriber.reader.id, key=b"k", now=now)
        readers.register(tx, Channel.CONSOLE, "new", now=now)
    clock.now = now + timedelta(minutes=1)
    assert striker(desk, clock).round() == 0
    with desk.read() as tx:
        assert outbox.lines(tx) == []


def test_a_story_told_in_a_digest_alerts_no_more_when_another_outlet_joins(
    desk: Database, understander: Understander, publish: Publish, clock: Moment
) -> None:
    paris = ZoneInfo("Europe/Paris")
    clock.now = datetime(2026, 11, 24, 22, 0, tzinfo=paris)
    with desk.write() as tx:
        (subscriber,) = readers.everyone(tx)
        night = replace(subscriber.subscription, quiet_from=time(20), quiet_to=time(7, 30))
        readers.save(tx, night)
    publish()
    assert drain(understander).alerts == 0, "at night, it is left to the morning"
    clock.now = datetime(2026, 11, 25, 7, 31, tzinfo=paris)
    assert striker(desk, clock).round() == 1
    clock.now = datetime(2026, 11, 25, 9, 0, tzinfo=paris)
    publish(title=OTHER, source="radio", url="https://radio.example/9")
    step = drain(understander)
    assert (step.stories, step.alerts) == (0, 0)
