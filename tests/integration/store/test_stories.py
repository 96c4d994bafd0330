"""Stories as they are stored and found again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from comtoise.store import Database, stories

DAY = timedelta(days=1)


def test_a_story_is_found_by_its_keys_within_the_window(
    desk: Database, make_story: Callable[..., int], now: datetime
) -> None:
    story_id = make_story(1)
    make_story(2, story_id=story_id, source="radio")
    make_story(3)
    with desk.read() as tx:
        keys = [1000 + story_id, 7]
        near, late = (
            stories.Search(keys, now - DAY, now + DAY),
            stories.Search(keys, now + 40 * DAY, now + 60 * DAY),
        )
        assert stories.found_by(tx, near) == [story_id]
        found = stories.members(tx, [story_id])
        assert [c.story_id for c in found] == [story_id, story_id], "a story comes with all its articles"
        assert stories.found_by(tx, late) == []
        assert stories.found_by(tx, late, near) == [story_id], "all searches count, whatever their order"
        assert stories.found_by(tx, stories.Search([], now - DAY, now)) == []
        assert stories.members(tx, []) == []


def test_the_first_article_leads_and_the_others_say_why(
    desk: Database, make_story: Callable[..., int], now: datetime
) -> None:
    story_id = make_story(1)
    make_story(2, story_id=story_id, source="radio")
    with desk.read() as tx:
        (story,) = stories.load(tx, [story_id, 999])
    assert story.lead.source_id == "gazette"
    assert [(other.source_id, other.because) for other in story.others] == [("radio", "même événement")]
    assert len(story.matches) == 1, "the matches of its articles are merged"


def test_stories_of_a_period_by_worth(desk: Database, make_story: Callable[..., int], now: datetime) -> None:
    good = make_story(1, worth=2)
    make_story(2, worth=0)
    with desk.read() as tx:
        assert [s.id for s in stories.between(tx, now, now + DAY, worth_min=1)] == [str(good)]
        assert stories.between(tx, now - DAY, now) == []
