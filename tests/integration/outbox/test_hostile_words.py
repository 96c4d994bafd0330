"""Titles that would break a message: taken by the server's own reading of HTML at the first try, shown as text."""

from datetime import UTC, datetime

import pytest

from comtoise.demo.botapi.entities import utf16_length
from comtoise.model import (
    Channel,
    Delivery,
    DeliveryKind,
    Digest,
    Reader,
    Rhythm,
    Section,
    Sent,
    Slot,
    Story,
    StoryArticle,
)
from comtoise_bot import rendering
from comtoise_bot.channel import TelegramChannel
from comtoise_bot.markup import markup
from integration.outbox.conftest import ANNE, Post

SEEN = datetime(2026, 11, 25, 8, 5, tzinfo=UTC)
HOSTILE = [
    pytest.param("""<b>&"'</b> <a href="https://x.example">""", "<b>&\"'</b>", id="markup"),
    pytest.param("🏭" * 900 + " à Dole", "🏭🏭🏭", id="emoji"),
    pytest.param("Une usine " + "x" * 5000, "Une usine", id="5000-characters"),
    pytest.param("Usine \u202egnp.exe\u2066 ouvre", "Usine", id="direction-override"),
    pytest.param("Une usine\nouvre\r\n\tà Dole\x00", "Une usine", id="newlines"),
    pytest.param("&nbsp;&laquo;&#x202e;</blockquote>", "&nbsp;&laquo;", id="entities"),
]
UNITS, ENTITIES, CALLBACK_BYTES = 3500, 90, 64


def story(words: str, number: int = 1) -> Story:
    """A story all of whose words are hostile."""
    lead = StoryArticle(
        article_id=str(number),
        url=f"https://gazette.example/{number}?a=1&b=<2>",
        title=words,
        source_id="gazette",
        source_name=words[:200],
        published=SEEN,
        first_seen=SEEN,
        extract=words[:200],
    )
    return Story(id=str(number), lead=lead, worth=2, first_seen=SEEN, last_seen=SEEN)


def digest(words: str, count: int = 60) -> Digest:
    stories = [story(words, number) for number in range(1, count + 1)]
    return Digest(
        slot=Slot(rhythm=Rhythm.DAILY, key="2026-11-25", since=SEEN, until=SEEN),
        title=words,
        period="mercredi 25 novembre 2026",
        zone="Ain",
        highlights=tuple(stories[:3]),
        sections=tuple(
            Section(topic=f"s{n}", label=f"Secteur {n}", stories=tuple(stories[3 + 19 * n : 22 + 19 * n]))
            for n in range(3)
        ),
        cut=4,
        filtered=99,
    )


def delivery(kind: DeliveryKind, **what: object) -> Delivery:
    reader = Reader(id=1, channel=Channel.TELEGRAM, address=str(ANNE))
    return Delivery(id=1, kind=kind, reader=reader, maybe_repeat=True, **what)  # type: ignore[arg-type]


@pytest.mark.parametrize(("words", "shown"), HOSTILE)
async def test_alerts_and_follow_ups(post: Post, words: str, shown: str) -> None:
    post.reader()
    channel = TelegramChannel(post.bot)
    first = await channel.send(delivery(DeliveryKind.ALERT, story=story(words)))
    assert isinstance(first, Sent)
    reply = delivery(
        DeliveryKind.FOLLOW_UP, story=story(words), message_ref=first.message_ref, news=("amount",)
    )
    assert isinstance(await channel.send(reply), Sent)
    grown = delivery(DeliveryKind.UPDATE, story=story(words, 2), message_ref=first.message_ref)
    assert isinstance(await channel.send(grown), Sent)
    assert len(post.server.called("sendMessage")) == 2, "no message was refused and sent again as plain text"
    for message in post.server.chat(ANNE).from_bot:
        assert shown in message.text
        assert "\u202e" not in message.text
        assert len(message.text) <= rendering.ALERT_LIMIT


@pytest.mark.parametrize(("words", "shown"), HOSTILE)
async def test_a_digest_of_sixty_page_by_page(post: Post, words: str, shown: str) -> None:
    post.reader()
    content = digest(words)
    sent = await TelegramChannel(post.bot).send(
        delivery(DeliveryKind.DIGEST, digest=content, digest_id=10**12)
    )
    assert isinstance(sent, Sent)
    assert sent.message_ref is not None
    pages = len(rendering.digest_pages(content))
    assert pages > 1
    links = 0
    for number in range(1, pages + 1):
        if number > 1:
            page = rendering.digest(content, number, digest_id=10**12)
            await post.bot.edit_message_text(
                page.html, ANNE, int(sent.message_ref), parse_mode="HTML", reply_markup=markup(page.rows)
            )
        message = post.server.chat(ANNE).last
        assert utf16_length(message.text) <= UNITS
        assert len(message.entities) <= ENTITIES
        assert all(len((button.data or "").encode()) <= CALLBACK_BYTES for button in message.buttons)
        assert "\u202e" not in message.text
        links += sum(entity.type == "text_link" for entity in message.entities)
        assert number > 1 or shown in message.text
    assert links == 60, "every item keeps its link, on one page or another"
    assert len(post.server.called("sendMessage")) == 1
