"""What is asked for after /mots, and what a word would have found."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from comtoise.model import Article, Match, Story, StoryArticle, Subscription, TopicKind
from comtoise_bot.own_words import asked, drop, keep, preview

MakeStory = Callable[..., Story]
ANNE = Subscription(reader_id=1)


@pytest.mark.parametrize(
    ("written", "word", "excluding"),
    [
        pytest.param("décolletage", "décolletage", False, id="word"),
        pytest.param("sans football", "football", True, id="without"),
        pytest.param("-football", "football", True, id="minus"),
        pytest.param("- football", "football", True, id="minus-and-space"),
        pytest.param("Sans abri fiscal", "abri fiscal", True, id="capital"),
        pytest.param("sans", "sans", False, id="the-word-itself"),
        pytest.param("sans-abri", "sans-abri", False, id="a-word-that-begins-so"),
        pytest.param("  ", "", False, id="nothing"),
    ],
)
def test_what_is_asked(written: str, word: str, excluding: bool) -> None:
    assert asked(written) == (word, excluding)


def test_a_word_is_followed_or_excluded_never_both() -> None:
    followed = keep("laser", excluding=False)(ANNE)
    assert followed.words == {"laser"}
    assert not followed.exclusions
    excluded = keep("laser", excluding=True)(followed)
    assert excluded.exclusions == {"laser"}
    assert not excluded.words
    assert drop("laser")(excluded) == ANNE


def test_a_preview_counts_the_stories_of_the_readers_own_départements(make_story: MakeStory) -> None:
    def told(number: str, title: str, departement: str) -> tuple[Story, Article]:
        story = make_story(title=title)
        place = Match(kind=TopicKind.DEPARTEMENT, topic=departement, score=1, evidence=())
        lead: StoryArticle = replace(story.lead, article_id=number, title=title)
        article = Article(id=number, url=None, title=title, text="")
        return replace(story, id=number, lead=lead, matches=(place,)), article

    found = [
        told("1", "Un atelier de décolletage ouvre", "25"),
        told("2", "Les décolleteurs embauchent", "25"),
        told("3", "Décolletage : trois ateliers", "39"),
        told("4", "Le décolletage en fête", "25"),
    ]
    stories, articles = zip(*found, strict=True)
    everywhere = preview("décolletage", stories, articles, ANNE)
    assert (everywhere.stories, everywhere.titles[0]) == (3, "Le décolletage en fête")
    doubs = preview("décolletage", stories, articles, replace(ANNE, departements=frozenset({"25"})))
    assert doubs.titles == ("Le décolletage en fête", "Un atelier de décolletage ouvre")
