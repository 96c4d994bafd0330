"""What « Moins de ça… » silences, and what it does not."""

from datetime import UTC, datetime, timedelta

import pytest

from comtoise.digests.mutes import SOURCE, Mute, muted
from comtoise.model import Match, Story, StoryArticle, TopicKind

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def article(source: str) -> StoryArticle:
    return StoryArticle(
        article_id=source,
        url="",
        title="",
        source_id=source,
        source_name=source,
        published=NOW,
        first_seen=NOW,
    )


def story(*matches: tuple[TopicKind, str], sources: tuple[str, ...] = ("gazette",)) -> Story:
    lead, *others = map(article, sources)
    return Story(
        id="1", lead=lead, others=tuple(others), first_seen=NOW, last_seen=NOW,
        matches=tuple(
            Match(kind=kind, topic=topic, score=1 - rank / 10, evidence=())
            for rank, (kind, topic) in enumerate(matches)
        ),
    )  # fmt: skip


PLASTICS, HEALTH = (TopicKind.SECTOR, "plasturgie"), (TopicKind.SECTOR, "sante")
ORLOVA, VARLET = (TopicKind.COMPANY, "orlova"), (TopicKind.COMPANY, "varlet")


@pytest.mark.parametrize(
    ("told", "mute", "silent"),
    [
        pytest.param(story(PLASTICS), Mute("sector", "plasturgie", None), True, id="sector"),
        pytest.param(story(PLASTICS, HEALTH), Mute("sector", "plasturgie", None), True, id="surest-sector"),
        pytest.param(story(HEALTH, PLASTICS), Mute("sector", "plasturgie", None), False, id="second-sector"),
        pytest.param(story(ORLOVA, VARLET), Mute("company", "orlova", None), True, id="company-among-others"),
        pytest.param(story(VARLET), Mute("company", "orlova", None), False, id="another-company"),
        pytest.param(story(), Mute(SOURCE, "gazette", None), True, id="source"),
        pytest.param(
            story(sources=("gazette", "radio")), Mute(SOURCE, "gazette", None), False, id="also-elsewhere"
        ),
        pytest.param(story(), Mute("sector", "plasturgie", None), False, id="a-story-without-sector"),
        pytest.param(story(ORLOVA), Mute("company", "orlova", NOW + timedelta(days=1)), True, id="not-over"),
        pytest.param(story(ORLOVA), Mute("company", "orlova", NOW), False, id="over"),
    ],
)
def test_what_is_muted(told: Story, mute: Mute, silent: bool) -> None:
    assert muted(told, [mute], NOW) is silent


def test_all_the_sources_of_a_story_are_muted() -> None:
    both = [Mute(SOURCE, "gazette", None), Mute(SOURCE, "radio", None)]
    assert muted(story(sources=("gazette", "radio")), both, NOW)
