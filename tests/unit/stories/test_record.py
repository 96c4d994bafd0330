"""What a story knows, and what of a new article is worth telling again."""

import pytest

from comtoise.model import Amount, Jobs, Match, SignalSlots, TopicKind
from comtoise.stories import merged_facts, news_of


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
