"""Which stories a reader follows."""

from datetime import timedelta

import pytest

from comtoise.digests import fits, personal, wanted
from comtoise.model import Rhythm, Slot, Subscription
from unit.digests.made import NOON, make_story

DAY = Slot(
    rhythm=Rhythm.DAILY, key="2026-11-25", since=NOON - timedelta(hours=12), until=NOON + timedelta(hours=12)
)
WEEK = Slot(
    rhythm=Rhythm.WEEKLY, key="2026-W48", since=NOON - timedelta(days=6), until=NOON + timedelta(days=1)
)
ANYTHING = Subscription(reader_id=1)


@pytest.mark.parametrize(
    ("subscription", "expected"),
    [
        pytest.param(ANYTHING, True, id="nothing-named-is-everything"),
        pytest.param(Subscription(reader_id=1, sectors=frozenset({"plasturgie"})), True, id="sector"),
        pytest.param(Subscription(reader_id=1, sectors=frozenset({"bois"})), False, id="another-sector"),
        pytest.param(
            Subscription(reader_id=1, sectors=frozenset({"bois"}), companies=frozenset({"aubrisse"})),
            True,
            id="a-company-widens",
        ),
        pytest.param(
            Subscription(reader_id=1, clusters=frozenset({"aubrisse"})), False, id="kinds-do-not-mix"
        ),
        pytest.param(Subscription(reader_id=1, departements=frozenset({"01"})), True, id="departement"),
        pytest.param(
            Subscription(reader_id=1, sectors=frozenset({"plasturgie"}), departements=frozenset({"39"})),
            False,
            id="departement-narrows",
        ),
        pytest.param(Subscription(reader_id=1, worth_min=2), False, id="below-the-readers-bar"),
        pytest.param(Subscription(reader_id=1, words=frozenset({"moule"})), True, id="a-word-of-his-own"),
        pytest.param(Subscription(reader_id=1, words=frozenset({"laser"})), False, id="another-word"),
        pytest.param(
            Subscription(reader_id=1, sectors=frozenset({"bois"}), words=frozenset({"moule"})),
            True,
            id="a-word-widens",
        ),
        pytest.param(Subscription(reader_id=1, exclusions=frozenset({"moule"})), False, id="excluded"),
        pytest.param(
            Subscription(reader_id=1, words=frozenset({"moule"}), exclusions=frozenset({"presse"})),
            False,
            id="an-exclusion-wins",
        ),
    ],
)
def test_a_story_fits_what_is_followed(subscription: Subscription, expected: bool) -> None:
    story = make_story(
        "s", "sector:plasturgie", "company:aubrisse", "departement:01", "word:moule", "word:presse", worth=1
    )
    assert fits(story, subscription) is expected


def test_a_story_without_a_place_does_not_fit_a_departement() -> None:
    assert not fits(
        make_story("s", "sector:plasturgie"), Subscription(reader_id=1, departements=frozenset({"01"}))
    )


def test_a_slot_holds_its_start_and_not_its_end() -> None:
    first, last = make_story("a", seen=DAY.since), make_story("b", seen=DAY.until)
    assert wanted([first, last], ANYTHING, DAY) == (first,)


def test_two_slots_that_follow_share_no_story_and_lose_none() -> None:
    following = Slot(rhythm=Rhythm.DAILY, key="x", since=DAY.until, until=DAY.until + timedelta(days=1))
    stories = [make_story(str(h), seen=DAY.since + timedelta(hours=h)) for h in range(48)]
    told = [wanted(stories, ANYTHING, slot) for slot in (DAY, following)]
    assert [story.id for slot in told for story in slot] == [str(h) for h in range(48)]


def test_news_of_last_month_found_today_is_no_news() -> None:
    old = make_story("old", seen=NOON, published=NOON - timedelta(days=30))
    assert wanted([old], ANYTHING, DAY) == ()


def test_what_was_alerted_is_left_out_of_the_day_and_told_again_in_the_week() -> None:
    story = make_story("s")
    assert wanted([story], ANYTHING, DAY, told={"s"}) == ()
    assert wanted([story], ANYTHING, WEEK, told={"s"}) == (story,)


def test_a_reader_sees_his_own_words_and_nobody_elses() -> None:
    story = make_story("s", "sector:bois", "word:moule", "word:presse")
    (told,) = wanted([story], Subscription(reader_id=1, words=frozenset({"moule"})), DAY)
    assert [match.topic for match in told.matches] == ["bois", "moule"]
    assert [match.topic for match in personal(story, ()).matches] == ["bois"]
