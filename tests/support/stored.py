"""Makers of small stored things, shared by the tests."""

from comtoise.model import Entry, Evidence, Match, Part, Source, SourceKind, TopicKind
from comtoise.store import articles


def card(source_id: str = "gazette", url: str = "https://gazette.example/feed") -> Source:
    """A card of a fictional paper."""
    return Source(id=source_id, name=source_id.title(), kind=SourceKind.FEED, url=url)


def found(
    number: int, *, title: str = "", guid: str | None = None, url: str | None = None, wants_page: bool = False
) -> articles.Found:
    """An entry ready to be kept."""
    address = url or f"https://gazette.example/{number}"
    return articles.Found(
        entry=Entry(url=address, guid=guid or f"g{number}", title=title or f"Titre {number}"),
        canonical=address,
        address=address,
        extract=f"Chapô {number}",
        text=f"Texte {number}",
        wants_page=wants_page,
    )


def sector_match(topic: str = "plasturgie", score: float = 0.9) -> Match:
    """A match with one piece of evidence."""
    evidence = Evidence(words="injection", part=Part.TEXT, start=0, end=9, why="strong")
    return Match(kind=TopicKind.SECTOR, topic=topic, score=score, evidence=(evidence,), label=topic.title())
