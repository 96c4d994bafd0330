"""Scores that mean something, without a change of order or decision."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.model import Article, Match, TopicKind
from comtoise.topics import Rules, understand
from comtoise.topics.calibration import BAR, LEAST, Table, apply, calibrated, fit, packaged
from comtoise.topics.understand import decide

TABLE = Table(below=((0.2, 0.1), (0.4, 0.3)), above=((0.6, 0.8), (0.9, 0.95)))


@pytest.mark.parametrize(
    ("score", "share"),
    [
        pytest.param(0.2, 0.1, id="a-point"),
        pytest.param(0.3, 0.2, id="half-way-between-two"),
        pytest.param(0.75, 0.875, id="half-way-above-the-bar"),
        pytest.param(0.5, 0.795, id="at-the-bar"),
        pytest.param(0.49, 0.3045, id="just-under-the-bar"),
        pytest.param(1.0, 0.955, id="beyond-the-last-point"),
    ],
)
def test_a_score_becomes_a_share(score: float, share: float) -> None:
    assert apply(TABLE, score) == pytest.approx(share)


def test_a_kind_without_table_keeps_its_scores() -> None:
    match = Match(kind=TopicKind.COMMUNE, topic="25056", score=0.77, evidence=())
    assert calibrated(match) == match
    assert apply(Table(), 0.33) == 0.33


def test_the_table_of_outcomes_is_their_shares() -> None:
    outcomes = [(0.3, False)] * 16 + [(0.7, True)] * 6 + [(0.7, False)] * 6 + [(0.9, True)] * 12
    table = fit(outcomes)
    assert table == Table(below=((0.3, round(1 / 18, 3)),), above=((0.7, 0.5), (0.9, round(13 / 14, 3))))


def test_neighbours_that_would_fall_are_joined() -> None:
    outcomes = [(0.6, True)] * 12 + [(0.8, False)] * 12
    assert fit(outcomes).above == ((0.7, 0.5),)


def test_few_outcomes_make_no_table() -> None:
    assert fit([(0.7, True)] * (LEAST - 1)) == Table()


_OUTCOMES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=120)


@given(outcomes=_OUTCOMES, scores=st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_no_order_and_no_decision_changes(outcomes: list[tuple[float, bool]], scores: list[float]) -> None:
    table = fit(outcomes)
    ranked = sorted(scores)
    shown = [apply(table, score) for score in ranked]
    if table.below and table.above:
        assert shown == sorted(shown)
    assert all(0 <= share <= 1 for share in shown)
    assert [share >= BAR for share in shown] == [score >= BAR for score in ranked]


def test_the_packaged_tables_rise(rules: Rules) -> None:
    assert TopicKind.SECTOR in packaged()
    for table in packaged().values():
        shown = [apply(table, number / 1000) for number in range(1001)]
        assert all(low < high for low, high in pairwise(shown))


def test_an_article_is_given_the_same_topics_in_the_same_order(rules: Rules) -> None:
    article = Article(
        id="1",
        url=None,
        title="Besançon : le décolleteur Vaudrey et un plasturgiste recrutent",
        text="L’usine investit 3 M€ dans des presses à injecter ; la scierie voisine attend.",
    )
    own, shown = decide(article, rules), understand(article, rules)
    assert [(m.kind, m.topic) for m in own.matches] == [(m.kind, m.topic) for m in shown.matches]
    assert [m.score for m in own.of(TopicKind.SECTOR)] != [m.score for m in shown.of(TopicKind.SECTOR)]
