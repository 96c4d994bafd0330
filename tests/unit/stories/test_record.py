"""What a story knows, and what of a new article is worth telling again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from comtoise.model import Amount, Jobs, Match, SignalSlots, Story, StoryArticle, StoryFact, TopicKind
from comtoise.stories import merged_facts, merged_matches, news_of, shown
from unit.stories.made import NOON


def event(topic: str = "investissement", **slots: object) -> Match:
    return Match(kind=TopicKind.SIGNAL, topic=topic, score=0.9, evidence=(), slots=SignalSlots(**slots))  # type: ignore[arg-type]


MONEY = Amount(value=12.5e6, currency="EUR")
ANNOUNCED = event(company="lomont-vis", place="25900")
WITH_MONEY = event(company="lomont-vis", amount=MONEY)
OTHER_SUM = event(amount=Amount(value=13e6, currency="EUR"))
OPENED, JUDGED = event("procedure-collective"), event("procedure-collective", status="done")


def test_each_fact_names_the_article_that_gave_it_first() -> None:
    facts = merged_facts([("1", [ANNOUNCED]), ("2", [WITH_MONEY]), ("3", [OTHER_SUM])])
    assert [(fact.name, fact.value, fact.article_id) for fact in facts] == [
        ("company", "lomont-vis", "1"),
        ("place", "25900", "1"),
        ("amount", "12500000.0 EUR", "2"),
    ]


def test_a_denied_event_tells_no_fact() -> None:
    assert merged_facts([("1", [event(negated=True, amount=MONEY)])]) == ()


@pytest.mark.parametrize(
    ("known", "found", "news"),
    [
        pytest.param([ANNOUNCED], [WITH_MONEY], ("amount",), id="first-amount"),
        pytest.param([WITH_MONEY], [OTHER_SUM], (), id="corrected-amount"),
        pytest.param([ANNOUNCED], [event(jobs=Jobs(count=40, role="created"))], ("jobs",), id="first-jobs"),
        pytest.param([ANNOUNCED], [event(jobs=Jobs(count=90, role="headcount"))], (), id="headcount-is-no-news"),
        pytest.param([OPENED], [JUDGED], ("judgment",), id="judgment"),
        pytest.param([ANNOUNCED], [ANNOUNCED], (), id="nothing-new"),
    ],
)  # fmt: skip
def test_what_is_worth_telling_again(known: list[Match], found: list[Match], news: tuple[str, ...]) -> None:
    assert news_of(known, found) == news


def test_a_topic_of_a_story_has_the_slots_of_all_its_articles() -> None:
    surest = event(status="done", place="25900")
    surest = replace(surest, score=0.99)
    (merged,) = merged_matches([[ANNOUNCED], [WITH_MONEY], [OTHER_SUM], [surest]])
    assert merged.slots is not None
    assert (merged.score, merged.slots.status) == (0.99, "done"), "how it stands is said by the surest"
    assert (merged.slots.company, merged.slots.amount) == ("lomont-vis", MONEY)


def test_a_denied_event_lends_and_borrows_nothing() -> None:
    denied = replace(event(negated=True, amount=MONEY), score=0.99)
    assert merged_matches([[ANNOUNCED], [denied]]) == (denied,)
    (merged,) = merged_matches([[replace(ANNOUNCED, score=1.0)], [denied]])
    assert merged.slots is not None
    assert merged.slots.amount is None


def test_what_a_message_shows_changes_with_its_title_outlets_and_facts() -> None:
    def article(source: str, title: str = "Lomont Vis s’agrandit") -> StoryArticle:
        return StoryArticle(
            article_id="1",
            url="https://a.example/1",
            title=title,
            source_id=source,
            source_name=source,
            published=None,
            first_seen=NOON,
        )

    story = Story(id="1", lead=article("a"), first_seen=NOON, last_seen=NOON)
    fact = StoryFact(signal="investissement", name="amount", value="1 EUR", article_id="1")
    seen = [
        shown(story),
        shown(replace(story, others=(article("b"),))),
        shown(replace(story, lead=article("a", "Lomont Vis s’étend"))),
        shown(replace(story, facts=(fact,))),
    ]
    assert len(set(seen)) == 4
    assert shown(replace(story, last_seen=NOON + timedelta(days=1))) == seen[0]
