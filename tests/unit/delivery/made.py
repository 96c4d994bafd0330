"""Deliveries made to measure, from the invented week of `support.sample`."""

from dataclasses import replace
from datetime import UTC, datetime

from comtoise.delivery.mail import Links, MailSettings
from comtoise.demo.sample import sample_digest, sample_stories
from comtoise.model import Channel, Delivery, DeliveryKind, Digest, Reader, Section, Story

NOW = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)
LINKS = Links("https://veille.example", b"a secret of the tests")
SETTINGS = MailSettings(
    sender="veille@agence.example",
    sender_name="Comtoise, la veille de l’industrie",
    identity="Agence exemple, 1 rue du Cadran, 25000 Besançon",
    links=LINKS,
)
READER = Reader(id=7, channel=Channel.MAIL, address="lectrice@mairie.example")


def weekly(
    digest: Digest | None = None, *, id_: int = 41, attempts: int = 0, reader: Reader = READER
) -> Delivery:
    """A weekly digest for a reader of mail."""
    return Delivery(
        id=id_, kind=DeliveryKind.DIGEST, reader=reader, digest=digest or sample_digest(), attempts=attempts
    )


def alert(story: Story | None = None, *, reader: Reader = READER) -> Delivery:
    """An alert for a reader of mail."""
    return Delivery(id=42, kind=DeliveryKind.ALERT, reader=reader, story=story or sample_stories()[0])


def retitled(story: Story, title: str, *, extract: str = "") -> Story:
    """The same story under another title."""
    return replace(story, lead=replace(story.lead, title=title, extract=extract))


def crowded(count: int, title: str) -> Digest:
    """A weekly digest of *count* stories with long titles, more than a mail may hold."""
    story = sample_stories()[0]
    many = tuple(
        replace(retitled(story, f"{title} {n}", extract="mot " * 50), id=f"n{n}") for n in range(count)
    )
    return replace(
        sample_digest(),
        title=title,
        highlights=many[:5],
        sections=(Section(topic="plasturgie", label="Plasturgie", stories=many[5:]),),
    )
