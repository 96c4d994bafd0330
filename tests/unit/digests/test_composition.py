"""A digest composed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from comtoise.digests import Limits, Schedule, compose, slot_named
from comtoise.digests.composition import period
from comtoise.model import Digest, Story, Subscription
from comtoise.text.typography import NBSP
from unit.digests.made import NOON, make_story

PARIS = ZoneInfo("Europe/Paris")
DAY = slot_named("2026-11-25", schedule=Schedule(), tz=PARIS)
WEEK = slot_named("2026-W49", schedule=Schedule(), tz=PARIS)
LABELS = {"sante": "Santé", "plasturgie": "Plasturgie"}
ONE_HIGHLIGHT = Limits(highlights=1, per_section=5, total=20)


def composed(*stories: Story, limits: Limits | None = ONE_HIGHLIGHT) -> Digest:
    digest = compose(
        stories, Subscription(reader_id=1), DAY, labels=LABELS, filtered=12, zone="Jura", limits=limits
    )
    assert digest is not None
    return digest


def test_an_empty_day_gives_no_digest() -> None:
    assert compose([], Subscription(reader_id=1), DAY, labels={}, filtered=80, zone="Jura") is None


def test_sections_come_in_the_order_of_the_labels_and_the_rest_last() -> None:
    digest = composed(
        make_story("top", worth=2),
        make_story("a", "sector:bois:Bois"),
        make_story("b", "sector:plasturgie"),
        make_story("c"),
        make_story("d", "sector:sante"),
    )
    assert [(section.topic, section.label) for section in digest.sections] == [
        ("sante", "Santé"),
        ("plasturgie", "Plasturgie"),
        ("bois", "Bois"),
        ("autres", "Autres sujets"),
    ]
    assert [story.id for story in digest.stories] == ["top", "d", "b", "a", "c"]


def test_the_best_story_gives_the_subject() -> None:
    digest = composed(make_story("a", title="Petit"), make_story("b", title="Grand", worth=2))
    assert digest.title == "Grand"
    assert digest.filtered == 12


def test_what_is_cut_is_counted() -> None:
    digest = composed(
        *(make_story(str(n)) for n in range(8)), limits=Limits(highlights=1, per_section=2, total=9)
    )
    assert (len(digest.stories), digest.cut) == (3, 5)


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        pytest.param(DAY, f"mercredi 25{NBSP}novembre 2026", id="day"),
        pytest.param(WEEK, f"semaine du 23 au 29{NBSP}novembre 2026", id="week"),
    ],
)
def test_a_period_is_named_by_the_readers_clock(slot: object, expected: str) -> None:
    assert period(slot, PARIS) == expected  # type: ignore[arg-type]


def test_the_same_stories_in_another_order_give_the_same_digest() -> None:
    stories = [make_story(str(n), f"sector:{'bois' if n % 2 else 'sante'}", others=n % 3) for n in range(12)]
    assert composed(*stories, limits=None) == composed(*reversed(stories), limits=None)


def test_a_story_seen_before_the_slot_is_not_told() -> None:
    early = make_story("early", seen=datetime(2026, 11, 24, 6, 29, tzinfo=UTC))
    assert [s.id for s in composed(early, make_story("in", seen=NOON + timedelta(hours=1))).stories] == ["in"]
