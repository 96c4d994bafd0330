"""A reader's own words: what is asked for after /mots, and what a word would have found. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from comtoise.digests import fits
from comtoise.model import Article, Story, Subscription
from comtoise.topics import OwnWords
from comtoise_bot.choices import Change

DAYS = 7  #: that a preview looks back
TITLES = 3
WORDS_MAX = 30  #: of one reader, exclusions included

_WITHOUT = re.compile(r"^(?:sans\s+|[-−–]\s*)(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a word would have found in the last days, where the reader looks."""

    word: str
    stories: int
    titles: tuple[str, ...]  #: of some, the latest first


def asked(text: str) -> tuple[str, bool]:
    """The word of « décolletage », and whether it is to be excluded: « sans football », « -football »."""
    bare = _WITHOUT.sub("", text.strip(), count=1)
    return bare, bare != text.strip()


def preview(
    word: str, stories: Iterable[Story], articles: Iterable[Article], wanted: Subscription
) -> Preview:
    """Look for *word* in the stories of the last days, first to last, in the départements of *wanted*.

    Args:
        articles: Those of the stories, as far as their words are kept.
    """
    compiled = OwnWords([word])
    standing = {article.id: found for article in articles if (found := compiled.find(article))}
    own = Subscription(reader_id=wanted.reader_id, departements=wanted.departements, words=frozenset({word}))
    titles = []
    for story in stories:
        members = (story.lead, *story.others)
        found = next((standing[each.article_id] for each in members if each.article_id in standing), ())
        if found and fits(replace(story, matches=(*story.matches, *found)), own):
            titles.append(story.lead.title)
    return Preview(word=word, stories=len(titles), titles=tuple(reversed(titles))[:TITLES])


def keep(word: str, *, excluding: bool) -> Change:
    """Follow a word, or exclude it; it is never both."""

    def change(wanted: Subscription) -> Subscription:
        words, exclusions = wanted.words - {word}, wanted.exclusions - {word}
        if excluding:
            return replace(wanted, words=words, exclusions=exclusions | {word})
        return replace(wanted, words=words | {word}, exclusions=exclusions)

    return change


def drop(word: str) -> Change:
    """Neither follow a word nor exclude it."""
    return lambda wanted: replace(wanted, words=wanted.words - {word}, exclusions=wanted.exclusions - {word})
