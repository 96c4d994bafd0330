"""Invented news of invented companies, with what understanding would say of it."""

from datetime import UTC, datetime

from comtoise.model import Article, Evidence, Match, Part, TopicKind, Understanding
from comtoise.stories import Features, Period, Told, features

NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)


def on(day: str) -> datetime:
    """Noon in Paris of a day."""
    return datetime.fromisoformat(day).replace(hour=11, tzinfo=UTC)


def told(
    article_id: str,
    title: str,
    text: str = "",
    *,
    day: str | None = "2026-11-25",
    source: str = "la-gazette",
    company: str | None = None,
    signals: tuple[str, ...] = (),
    commune: str | None = None,
    period: Period | None = None,
) -> Told:
    """An article. *company* is read in the title when it stands there, else in the text's first words."""
    matches: list[Match] = []
    if company:
        part = Part.TITLE if company in title else Part.TEXT
        seen = Evidence(words=company, part=part, start=0, end=len(company), why="company")
        slug = company.lower().replace(" ", "-")
        matches.append(Match(kind=TopicKind.COMPANY, topic=slug, label=company, score=0.9, evidence=(seen,)))
    matches += [Match(kind=TopicKind.SIGNAL, topic=signal, score=0.9, evidence=()) for signal in signals]
    if commune:
        matches.append(Match(kind=TopicKind.COMMUNE, topic=commune, score=0.9, evidence=()))
    return Told(
        article=Article(
            id=article_id,
            url=f"https://{source}.example/{article_id}",
            title=title,
            text=text,
            source=source,
            published=on(day) if day else None,
        ),
        understanding=Understanding(matches=tuple(matches)),
        period=period,
    )


def facts(article: Told) -> Features:
    """The features of an invented article."""
    return features(article.article, article.understanding, period=article.period)
