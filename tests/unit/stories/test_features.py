"""What is kept of an article, and how."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.model import Amount, Article, Evidence, Jobs, Match, Part, SignalSlots, TopicKind, Understanding
from comtoise.stories import Features, Period, WordStats, features
from unit.stories.made import NOON, facts, told

NOTHING = Understanding()


def article(**changes: object) -> Article:
    values: dict[str, object] = {"id": "a", "url": None, "title": "Titre", "text": "", "published": NOON}
    return Article(**{**values, **changes})  # type: ignore[arg-type]


def found(
    kind: TopicKind, topic: str, start: int, part: Part = Part.TEXT, slots: SignalSlots | None = None
) -> Match:
    evidence = Evidence(words="x", part=part, start=start, end=start + 1, why="company")
    return Match(kind=kind, topic=topic, score=0.9, evidence=(evidence,), slots=slots)


@given(st.text(max_size=200), st.text(max_size=200))
def test_features_come_back_as_they_were(title: str, text: str) -> None:
    kept = facts(told("a", title, text, company="Lomont Vis", signals=("investissement",), commune="25900"))
    assert Features.from_text(kept.to_text()) == kept


def test_no_text_is_kept() -> None:
    sentence = "La direction espère ouvrir les nouveaux ateliers avant la fin du printemps prochain."
    kept = facts(told("a", "Un chantier", sentence)).to_text()
    assert "nouveaux ateliers" not in kept
    assert "avant la fin" not in kept


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param("", id="nothing"),
        pytest.param("{}", id="json-without-version"),
        pytest.param('{"v":0,"print":[0,""]}', id="json-of-another-version"),
        pytest.param("3\n", id="lines-of-another-version"),
        pytest.param("2\n739945\t739945", id="lines-that-were-cut"),
    ],
)
def test_features_in_an_unknown_form_are_none(kept: str) -> None:
    assert Features.from_text(kept) is None


def test_features_stored_as_json_before_are_still_read() -> None:
    kept = (
        '{"v":1,"period":[739945,739945],"source":"gazette","title":["lomont","investi"],"mask":"lomont investit",'
        '"words":["lomont","vis"],"names":["lomont"],"head":"lomont","subjects":["company:lomont"],'
        '"labels":[["company:lomont","Lomont"]],"quantities":[["jobs:hired",40.0]],"follows":true,'
        '"print":[-37,"AQACAA=="]}'
    )
    read = Features.from_text(kept)
    assert read is not None
    assert (read.period, read.title, read.days) == (Period(739945, 739945), ("lomont", "investi"), ())
    assert (read.quantities, read.print.content, read.print.signature) == (
        (("jobs:hired", 40.0),),
        -37,
        (1, 2),
    )
    assert Features.from_text(read.to_text()) == read


def test_a_label_on_two_lines_is_kept_on_one() -> None:
    understanding = Understanding(
        matches=(
            Match(kind=TopicKind.COMPANY, topic="lomont", label="Lomont\n\tVis", score=0.9, evidence=()),
        )
    )
    read = Features.from_text(features(article(), understanding).to_text())
    assert read is not None
    assert ("company:lomont", "Lomont  Vis") in read.labels


def test_a_company_of_the_first_lines_is_a_subject_one_below_is_not() -> None:
    understanding = Understanding(
        matches=(
            found(TopicKind.COMPANY, "lomont", 0, Part.TITLE),
            found(TopicKind.COMPANY, "aubrisse", 90),
            found(TopicKind.COMPANY, "verrerie", 2000),
        )
    )
    kept = features(article(), understanding)
    assert kept.subjects == ("company:aubrisse", "company:lomont")
    assert kept.others == ("company:verrerie",)


def test_a_negated_signal_is_not_kept() -> None:
    denied = found(TopicKind.SIGNAL, "suppression-emplois", 0, slots=SignalSlots(negated=True))
    assert features(article(), Understanding(matches=(denied,))).signals == ()


def test_amounts_and_jobs_are_kept_by_role() -> None:
    slots = SignalSlots(amount=Amount(value=12.5e6, currency="EUR"), jobs=Jobs(count=40, role="created"))
    kept = features(
        article(), Understanding(matches=(found(TopicKind.SIGNAL, "investissement", 0, slots=slots),))
    )
    assert kept.quantities == (("investissement:EUR", 12.5e6), ("jobs:created", 40.0))


@pytest.mark.parametrize(
    ("published", "day"),
    [
        pytest.param(NOON - timedelta(days=3), "2026-11-22", id="as-printed"),
        pytest.param(None, "2026-11-25", id="missing"),
        pytest.param(NOON + timedelta(days=40), "2026-11-25", id="to-come"),
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), "1970-01-01", id="far-past"),
    ],
)
def test_the_day_of_an_article(published: datetime | None, day: str) -> None:
    assert features(article(published=published, first_seen=NOON), NOTHING).period == Period.parse(day)


def test_the_day_is_that_of_paris() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert features(article(published=late), NOTHING).period == Period.parse("2026-11-26")


@pytest.mark.parametrize(
    ("text", "days"),
    [("2026", 365), ("2026-02", 28), ("2026-11-25", 1), ("2026-11-25T08:00:00Z", 1), ("2026-11-25 08:00", 1)],
)
def test_a_period_is_as_long_as_its_date_is_vague(text: str, days: int) -> None:
    period = Period.parse(text)
    assert period is not None
    assert period.days == days


@pytest.mark.parametrize("text", [None, "", "hier", "2026-13", "2026-02-30", "2026-11-25T99:00"])
def test_what_is_no_date_is_no_period(text: str | None) -> None:
    assert Period.parse(text) is None


def test_gaps() -> None:
    november, day = Period.parse("2026-11"), Period.parse("2026-12-04")
    assert november is not None
    assert day is not None
    assert november.gap(day) == day.gap(november) == 4
    assert november.gap(november) == 0


def test_a_common_word_is_less_rare_than_a_name() -> None:
    corpus = WordStats.of(
        facts(told(str(n), f"Usine {n}", f"L'usine numéro {n} de Lomont embauche.")) for n in range(9)
    )
    assert corpus.rarity("embauch") < corpus.rarity("verreri")
    assert WordStats().rarity("usin") < WordStats().rarity("verreri")
