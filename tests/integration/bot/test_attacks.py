"""Who asks too much, or for what is not his; and words that should not pass."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot

from comtoise.delivery.sender import Sender
from comtoise.demo.botapi import BotApiServer
from comtoise.demo.botapi.faults import too_many_requests
from comtoise.model import Channel, Delivery, DeliveryKind, Digest, Reader, Rhythm, Section, Sent, Slot, Story
from comtoise.service.wiring import StoredOutbox
from comtoise.store import Database, feedback, readers
from comtoise_bot.application import GROUP, PERSON, build_application, polling
from comtoise_bot.catalogue import Catalogue, Choice
from comtoise_bot.channel import TelegramChannel
from comtoise_bot.desk import BotDesk
from comtoise_bot.talk import BotApplication
from support import due
from support.talking import ANNE, says, settled, taps

BRUNO, CROWD, CHIEF = 102, -100_500, 7
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.mark.usefixtures("running")
async def test_two_hundred_commands_at_once_get_a_few_answers_and_hold_nobody_up(
    server: BotApiServer, running: BotApplication
) -> None:
    server.open_chat(BRUNO)
    for _ in range(100):
        await server.user_says(ANNE, "/aide")
        await server.user_says(ANNE, "/digest")
    await says(server, "/start", BRUNO)
    await settled(server, running)
    assert PERSON.burst <= len(server.chat(ANNE).from_bot) <= PERSON.burst + 5
    assert len(server.chat(BRUNO).from_bot) == 1


@pytest.mark.usefixtures("running")
async def test_a_crowd_gets_no_more_answers_than_a_group_may_be_told(
    server: BotApiServer, running: BotApplication
) -> None:
    server.open_chat(CROWD, admins=[CHIEF])
    for member in range(1000, 1100):
        await server.user_says(CROWD, "/sujets", user=member)
    await settled(server, running)
    assert GROUP.burst <= len(server.chat(CROWD).from_bot) <= GROUP.burst + 3


@pytest.mark.usefixtures("running")
async def test_who_blocks_after_a_flood_is_heard(
    server: BotApiServer, store: Database, running: BotApplication
) -> None:
    await says(server, "/start r27")
    for _ in range(100):
        await server.user_says(ANNE, "/aide")
    await server.user_blocks(ANNE)
    await settled(server, running)
    with store.read() as tx:
        (found,) = readers.everyone(tx)
    assert found.reader.disabled_reason is not None


@pytest.mark.usefixtures("running")
async def test_an_answer_that_telegram_wants_later_is_not_followed_by_an_apology(
    server: BotApiServer, running: BotApplication
) -> None:
    server.fail(too_many_requests(30))
    await server.user_says(ANNE, "/aide")
    await settled(server, running)
    assert len(server.called("sendMessage")) == 1


@pytest.mark.usefixtures("running")
async def test_the_digest_of_somebody_else_is_not_shown(
    server: BotApiServer, store: Database, publish: Callable[..., int]
) -> None:
    server.open_chat(BRUNO)
    publish("Orlova ouvre un atelier")
    await says(server, "/start r27")
    await says(server, "/digest")
    with store.read() as tx:
        anne = readers.find(tx, Channel.TELEGRAM, str(ANNE))
        assert anne is not None
        hers = due.last_digest(tx, anne.id)
    assert hers is not None
    await says(server, "/start r27", BRUNO)
    shown = server.chat(BRUNO).last
    callback = await server.user_taps(BRUNO, shown.message_id, f"p:{hers[0]}:1", forged=True)
    await server.until(lambda: callback in server.toasts)
    assert "n’est plus conservé" in server.toasts[callback]
    assert server.chat(BRUNO).last == shown


@pytest.mark.usefixtures("running")
async def test_a_verdict_counts_for_who_taps_whatever_message_he_names(
    server: BotApiServer, store: Database, publish: Callable[..., int]
) -> None:
    server.open_chat(BRUNO)
    story = publish("Orlova ouvre un atelier")
    await says(server, "/start r27")
    await says(server, "/start r27", BRUNO)
    callback = await server.user_taps(BRUNO, 1, f"f:o:{story}", forged=True)
    await server.until(lambda: callback in server.toasts)
    with store.read() as tx:
        by_address = {
            found.reader.address: feedback.of_reader(tx, found.reader.id) for found in readers.everyone(tx)
        }
    assert by_address == {str(ANNE): {}, str(BRUNO): {story: feedback.Verdict.OFF_TOPIC}}


UNSEEN = ["\u200f\u200e", "\u200b\u200d", "\u202e\u2066", "\ufe0f", "\u00ad", "\u3164", " ", "\u0301\u0301"]


@pytest.mark.parametrize("title", [*UNSEEN, "🚀🚀🚀", "\u202eeriaffa", "e" + "\u0301" * 4000])
async def test_a_title_that_shows_nothing_still_has_something_to_tap(
    server: BotApiServer, make_story: Callable[..., Story], title: str
) -> None:
    story = make_story(title)
    slot = Slot(rhythm=Rhythm.DAILY, key="2026-11-25", since=NOW - timedelta(days=1), until=NOW)
    digest = Digest(
        slot=slot,
        title="Orlova",
        period="mercredi",
        zone="Doubs",
        highlights=(story,),
        sections=(Section(topic="microtechniques", label='<b>Micro & "co"</b>', stories=(story,)),),
        filtered=0,
    )
    reader = Reader(id=1, channel=Channel.TELEGRAM, address=str(ANNE))
    async with Bot(server.token, base_url=f"{server.url}/bot") as bot:
        channel = TelegramChannel(bot, now=lambda: NOW)
        alert = Delivery(id=1, kind=DeliveryKind.ALERT, reader=reader, story=story)
        assert isinstance(await channel.send(alert), Sent)
        shown = server.chat(ANNE).last
        assert ("Sans titre" in shown.text) is (title in UNSEEN)
        told = Delivery(id=2, kind=DeliveryKind.DIGEST, reader=reader, digest=digest, digest_id=1)
        assert isinstance(await channel.send(told), Sent)
        assert '<b>Micro & "co"</b>' in server.chat(ANNE).last.text
    assert len(server.called("sendMessage")) == 2, "taken as it was, the first time"


@pytest.fixture
def catalogue(catalogue: Catalogue) -> Catalogue:
    """With a filière named to break what shows it."""
    return replace(catalogue, sectors=(*catalogue.sectors, Choice("x", "<b>&amp;</i> \"'\u202e")))


async def test_a_topic_named_in_html_is_shown_as_text(server: BotApiServer, desk: BotDesk) -> None:
    async with polling(build_application(server.token, desk=desk, base_url=server.url)):
        await says(server, "/start r27")
        await taps(server, "<b>&amp;</i>")
        await says(server, "/sujets")
        assert "<b>&amp;</i>" in server.chat(ANNE).last.text
    assert all(call.status == 200 for call in server.called("sendMessage"))


async def test_a_reader_erased_between_claim_and_request_is_not_written_to(
    server: BotApiServer, store: Database, publish: Callable[..., int]
) -> None:
    story = publish("Orlova ouvre un atelier")
    with store.write() as tx:
        reader, _ = readers.register(tx, Channel.TELEGRAM, str(ANNE), now=NOW)
        due.alert(tx, reader_id=reader.id, story_id=story, now=NOW)

    class ErasedMeanwhile(StoredOutbox):
        def leaves(self, delivery_id: int, now: datetime) -> bool:
            with store.write() as tx:
                readers.forget(tx, reader.id, key=b"k", now=now)
            return super().leaves(delivery_id, now)

    async with Bot(server.token, base_url=f"{server.url}/bot") as bot, asyncio.timeout(10):
        outbox = ErasedMeanwhile(store, [Channel.TELEGRAM])
        await Sender(outbox, [TelegramChannel(bot)], clock=lambda: NOW).drain()
    assert server.called("sendMessage") == []
