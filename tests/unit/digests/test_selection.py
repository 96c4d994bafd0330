"""What a digest tells when there is too much."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from comtoise.digests.selection import Limits, section_of, select, worth_points
from comtoise.model import Amount, Rhythm, SignalSlots, Slot, Story, Subscription
from unit.digests.made import NOON, make_story

DAY = Slot(
    rhythm=Rhythm.DAILY, key="2026-11-25", since=NOON - timedelta(hours=12), until=NOON + timedelta(hours=12)
)
ANYTHING = Subscription(reader_id=1)
WIDE = Limits(highlights=3, per_section=99, total=99)


def order(*stories: Story, taste: dict[str, float] | None = None) -> list[str]:
    """The ids of *stories*, best first."""
    return sorted(
        (story.id for story in stories),
        key={story.id: -worth_points(story, DAY, taste or {}) for story in stories}.__getitem__,
    )


def test_worth_counts_most() -> None:
    must = make_story("must", worth=2, seen=DAY.since)
    loud = make_story("loud", worth=1, others=4, seen=DAY.until - timedelta(minutes=1))
    assert order(loud, must) == ["must", "loud"]


def test_then_freshness_outlets_and_figures() -> None:
    money = SignalSlots(amount=Amount(value=5e7, currency="EUR", role="investissement"))
    plain, fresh = make_story("plain", seen=DAY.since), make_story("fresh", seen=NOON)
    shared = make_story("shared", seen=DAY.since, others=3)
    big = make_story("big", "signal:investissement", seen=DAY.since, slots=money)
    assert order(plain, fresh)[0] == "fresh"
    assert order(plain, shared)[0] == "shared"
    assert order(plain, big)[0] == "big"


def test_articles_of_one_outlet_are_one_outlet() -> None:
    story = make_story("s", others=1)
    twice = Story(
        id="t", lead=story.lead, others=(story.lead, story.lead), worth=1, first_seen=NOON, last_seen=NOON
    )
    assert worth_points(twice, DAY, {}) < worth_points(story, DAY, {})


def test_the_readers_own_taste_tips_the_balance() -> None:
    wood, plastics = make_story("wood", "sector:bois"), make_story("plastics", "sector:plasturgie")
    assert order(plastics, wood, taste={"bois": 1.0, "plasturgie": -1.0})[0] == "wood"


def test_highlights_do_not_repeat_a_company() -> None:
    same = [make_story(f"a{n}", "company:aubrisse", "sector:plasturgie", worth=1) for n in range(4)]
    other = make_story("b", "company:microlys", "sector:sante", worth=1, seen=DAY.since)
    chosen = select([*same, other], ANYTHING, DAY, WIDE)
    assert "b" in [story.id for story in chosen.highlights]


def test_a_must_is_not_lost_for_variety() -> None:
    musts = [make_story(f"m{n}", "company:aubrisse", worth=2) for n in range(2)]
    minor = make_story("minor", "company:autre", worth=1, seen=DAY.since)
    chosen = select([*musts, minor], ANYTHING, DAY, Limits(highlights=2, per_section=5, total=2))
    assert {story.id for story in chosen.highlights} == {"m0", "m1"}
    assert chosen.cut == 1


def test_a_full_section_leaves_the_rest_out_and_counts_it() -> None:
    stories = [make_story(f"s{n}", "sector:plasturgie") for n in range(10)]
    chosen = select(stories, ANYTHING, DAY, Limits(highlights=2, per_section=3, total=99))
    assert [len(section) for section in chosen.sections.values()] == [3]
    assert chosen.cut == 5


def test_a_story_is_told_under_a_followed_sector_even_if_another_is_surer() -> None:
    story = make_story("s", "sector:sante@0.9", "sector:plasturgie@0.6")
    assert section_of(story, ANYTHING) == "sante"
    assert section_of(story, Subscription(reader_id=1, sectors=frozenset({"plasturgie"}))) == "plasturgie"
    assert section_of(story, Subscription(reader_id=1, sectors=frozenset({"bois"}))) == "autres"
    assert section_of(make_story("t"), ANYTHING) == "autres"


stories_ = st.lists(
    st.builds(
        lambda n, worth, hours, sector, source, others: (n, worth, hours, sector, source, others),
        st.integers(0, 10_000), st.integers(0, 2), st.integers(-2, 25),
        st.sampled_from(["bois", "sante", "plasturgie"]), st.sampled_from(["a", "b"]), st.integers(0, 3),
    ),
    max_size=40,
    unique_by=lambda made: made[0],
)  # fmt: skip


@given(made=stories_, highlights=st.integers(1, 5), section=st.integers(0, 4), total=st.integers(1, 12))
def test_nothing_is_told_twice_and_everything_is_counted(
    made: list[tuple[int, int, int, str, str, int]], highlights: int, section: int, total: int
) -> None:
    stories = [
        make_story(
            str(n), f"sector:{sector}", worth=worth, seen=DAY.since + timedelta(hours=hours), source=source,
            others=others,
        )
        for n, worth, hours, sector, source, others in made
    ]  # fmt: skip
    limits = Limits(highlights=highlights, per_section=section, total=max(total, highlights))
    chosen = select(stories, ANYTHING, DAY, limits)
    told = [s.id for s in chosen.highlights] + [s.id for part in chosen.sections.values() for s in part]
    fitting = [s for s in stories if s.worth >= 1 and DAY.since <= s.first_seen < DAY.until]
    assert len(told) == len(set(told)) <= limits.total
    assert set(told) <= {s.id for s in fitting}
    assert len(told) + chosen.cut == len(fitting)
    assert len(chosen.highlights) == min(highlights, len(fitting))
    assert all(len(part) <= section for part in chosen.sections.values())
    assert select(list(reversed(stories)), ANYTHING, DAY, limits) == chosen
