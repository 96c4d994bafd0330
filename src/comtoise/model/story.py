"""A story: the articles about one event; the first one leads."""

from dataclasses import dataclass
from datetime import datetime

from comtoise.model.match import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """One article of a story, as readers may see it."""

    article_id: str
    url: str
    title: str
    source_id: str
    source_name: str
    published: datetime | None
    first_seen: datetime
    extract: str = ""  #: at most 200 characters of the publisher, cut at a word
    paywalled: bool = False
    because: str | None = None  #: why it joined the story; None for the lead


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFact:
    """One fact of a story and the article that gave it first."""

    signal: str
    name: str  #: amount, jobs, company, place, date, status
    value: str  #: as kept: « 12500000.0 EUR », « 40 created », an id, an INSEE code, words
    article_id: str
    source_name: str = ""  #: of that article


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a digest or an alert tells in one line."""

    id: str
    lead: StoryArticle
    others: tuple[StoryArticle, ...] = ()  #: « aussi chez », by first seen
    matches: tuple[Match, ...] = ()  #: merged over the articles
    worth: int = 0
    first_seen: datetime
    last_seen: datetime
    saga: str | None = None  #: id of the story that began the affair, when this one goes on with it
    facts: tuple[StoryFact, ...] = ()  #: merged over the articles, the lead's first
