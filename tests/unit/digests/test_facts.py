"""The fact of a story in one line."""

import pytest

from comtoise.digests.facts import fact_line, facts, figures, subject
from comtoise.model import Amount, Jobs, SignalSlots
from comtoise.text.typography import NARROW, NBSP
from unit.digests.made import make_story

INVESTMENT = SignalSlots(
    amount=Amount(value=12.5e6, currency="EUR", role="investissement"),
    jobs=Jobs(count=40, role="created"),
    company="aubrisse",
    place="01283",
)
TOPICS = ("signal:investissement:Investissement", "company:aubrisse:Aubrisse", "commune:01283:Oyonnax")


def seen(text: str | None) -> str:
    return (text or "").replace(NARROW, "_").replace(NBSP, "~")


def test_company_figures_and_place_make_the_line() -> None:
    story = make_story("s", *TOPICS, slots=INVESTMENT)
    assert seen(fact_line(story)) == "Aubrisse~: investissement de 12,5~M€, 40~emplois créés (Oyonnax)"


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        pytest.param(56, "Aubrisse~: investissement de 12,5~M€, 40~emplois créés", id="place-goes-first"),
        pytest.param(40, "Aubrisse~: investissement de 12,5~M€", id="then-jobs"),
        pytest.param(20, "", id="then-nothing-is-left"),
    ],
)
def test_a_short_line_keeps_the_biggest_figure(limit: int, expected: str) -> None:
    assert seen(fact_line(make_story("s", *TOPICS, slots=INVESTMENT), limit)) == expected


@pytest.mark.parametrize(
    "slots",
    [
        pytest.param(SignalSlots(company="aubrisse"), id="no-figure"),
        pytest.param(SignalSlots(amount=INVESTMENT.amount, negated=True), id="denied"),
        pytest.param(SignalSlots(amount=INVESTMENT.amount, status="cancelled"), id="cancelled"),
        pytest.param(
            SignalSlots(amount=Amount(value=9e6, currency="EUR", role="chiffre-affaires")), id="turnover"
        ),
        pytest.param(SignalSlots(amount=Amount(value=9e6, currency="EUR")), id="role-unknown"),
        pytest.param(SignalSlots(jobs=Jobs(count=300, role="headcount")), id="headcount"),
    ],
)
def test_without_a_sure_figure_the_publishers_title_speaks(slots: SignalSlots) -> None:
    story = make_story("s", *TOPICS, slots=slots, title="Aubrisse fait parler d’elle")
    assert fact_line(story) is None
    assert subject(story) == "Aubrisse fait parler d’elle"


def test_without_a_company_there_is_no_fact_line() -> None:
    slots = SignalSlots(amount=INVESTMENT.amount)
    assert fact_line(make_story("s", "signal:investissement", slots=slots)) is None
    two = make_story("s", "signal:investissement", "company:a", "company:b", slots=slots)
    assert fact_line(two) is None


def test_jobs_cut_are_said_as_cut() -> None:
    slots = SignalSlots(jobs=Jobs(count=1, role="cut"), company="Valserine")
    (fact,) = facts(make_story("s", "signal:suppression-emplois", slots=slots))
    assert [seen(figure) for figure in figures(fact)] == ["1~emploi supprimé"]
    assert fact.company == "Valserine"


def test_a_long_title_is_cut_at_a_word_for_a_subject() -> None:
    title = "Un titre de presse qui court bien au-delà de ce qu’un téléphone montre d’un objet"
    line = subject(make_story("s", title=title))
    assert len(line) <= 60
    assert line.endswith("…")
    assert title.startswith(line[:-1])
