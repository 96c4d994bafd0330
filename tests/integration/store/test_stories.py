"""Stories as they are stored and found again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from comtoise.store import Database, articles, stories
from comtoise.stories.grouping import HITS, SHORTLIST
from support.stored import found

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
        members = stories.members(tx, [story_id])
        assert [c.story_id for c in members] == [story_id, story_id], "a story comes with all its articles"
        assert stories.found_by(tx, late) == []
        assert stories.found_by(tx, late, stories.Trail([keys[0]], now - DAY, now, 5)) == [story_id]
        assert stories.found_by(tx, near, stories.Trail([keys[0]], now - DAY, now, 5)) == [story_id], "once"
        assert stories.found_by(tx, stories.Search([], now - DAY, now)) == []
        assert stories.members(tx, []) == []


def test_of_half_the_news_the_rare_key_finds_the_story(
    desk: Database, make_story: Callable[..., int], now: datetime
) -> None:
    told = make_story(1)
    famous, rare = 7, 1000 + told
    with desk.write() as tx:
        crowd = [found(number) for number in range(2, HITS + 3)]
        ids = articles.keep(tx, "gazette", crowd, now=now, silent=False).new
        for article_id in ids:
            stories.index(tx, article_id, 10_000 + article_id, [famous], at=now)
    with desk.read() as tx:
        both = stories.found_by(tx, stories.Search([famous, rare], now - DAY, now + DAY))
        alone = stories.found_by(tx, stories.Search([famous], now - DAY, now + DAY))
        last = stories.found_by(tx, stories.Search([], now, now), stories.Trail([famous], now - DAY, now, 3))
    assert both == [told], "what everybody is told of is not followed"
    assert last == [10_000 + article for article in (ids[-1], ids[-2], ids[-3])], (
        "the last stages of an affair"
    )
    assert len(alone) == SHORTLIST, "unless there is nothing else"


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
