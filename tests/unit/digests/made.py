"""Stories made to measure."""

from datetime import UTC, datetime, timedelta

from comtoise.model import Match, SignalSlots, Story, StoryArticle, TopicKind

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def make_story(
    id_: str = "s1",
    *topics: str,
    worth: int = 1,
    seen: datetime = NOON,
    published: datetime | None = None,
    source: str = "gazette",
    others: int = 0,
    title: str = "Un titre",
    slots: SignalSlots | None = None,
    saga: str | None = None,
) -> Story:
    """Build a story.

    Topics are written « kind:topic » or « kind:topic:label »; their score is 0.9 unless « @0.5 » ends them.
    """
    articles = [
        StoryArticle(
            article_id=f"{id_}-{n}",
            url=f"https://{source}.example/{id_}-{n}",
            title=title,
            source_id=source if n == 0 else f"autre-{n}",
            source_name=source.capitalize() if n == 0 else f"Autre {n}",
            published=published if n == 0 else None,
            first_seen=seen + timedelta(minutes=n),
            because="même événement" if n else None,
        )
        for n in range(others + 1)
    ]
    return Story(
        id=id_,
        lead=articles[0],
        others=tuple(articles[1:]),
        matches=tuple(_match(topic, slots) for topic in topics),
        worth=worth,
        first_seen=seen,
        last_seen=seen,
        saga=saga,
    )


def _match(spec: str, slots: SignalSlots | None) -> Match:
    spec, _at, score = spec.partition("@")
    kind, topic, *label = spec.split(":")
    return Match(
        kind=TopicKind(kind),
        topic=topic,
        score=float(score or 0.9),
        evidence=(),
        label=label[0] if label else topic.capitalize(),
        slots=slots if kind == "signal" else None,
    )
