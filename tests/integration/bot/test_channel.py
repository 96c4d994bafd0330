"""One delivery, one outcome: what each answer of Telegram means, over real HTTP."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from comtoise.demo import botapi
from comtoise.demo.botapi import BotApiServer, Fault
from comtoise.model import (
    Channel,
    Deferred,
    Delivery,
    DeliveryKind,
    Digest,
    MaybeSent,
    Moved,
    Reader,
    Refused,
    Rhythm,
    Section,
    Sent,
    Slot,
    Story,
)
from comtoise_bot.channel import TelegramChannel

ANNE = 101
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
MakeStory = Callable[..., Story]


@pytest.fixture
def channel(bot: Bot) -> TelegramChannel:
    return TelegramChannel(bot, now=lambda: NOW)


def delivery(story: Story | None = None, *, address: str = str(ANNE), **more: Any) -> Delivery:
    reader = Reader(id=1, channel=Channel.TELEGRAM, address=address)
    fields: dict[str, Any] = {"id": 1, "kind": DeliveryKind.ALERT, "reader": reader, "story": story}
    return Delivery(**(fields | more))


async def test_an_alert_arrives_with_its_buttons(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory
) -> None:
    outcome = await channel.send(delivery(make_story()))
    shown = server.chat(ANNE).last
    assert outcome == Sent(str(shown.message_id))
    assert shown.text.startswith("📰 Orlova ouvre un atelier")
    assert shown.button("Lire").url == "https://gazette.example/orlova"
    assert [button.data for button in shown.buttons[1:]] == ["f:u:42", "f:o:42", "m:42::"]


async def test_a_growing_story_edits_its_alert_in_place(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory
) -> None:
    first = await channel.send(delivery(make_story()))
    assert isinstance(first, Sent)
    grown = delivery(make_story(others=3), kind=DeliveryKind.UPDATE, message_ref=first.message_ref)
    assert await channel.send(grown) == first
    assert "Aussi chez Lettre 0, Lettre 1 et Lettre 2" in server.chat(ANNE).last.text
    assert len(server.chat(ANNE).from_bot) == 1
    assert await channel.send(grown) == first, "an edit that changes nothing has succeeded"


async def test_an_alert_that_was_removed_needs_no_update(
    channel: TelegramChannel, make_story: MakeStory
) -> None:
    gone = delivery(make_story(), kind=DeliveryKind.UPDATE, message_ref="999")
    assert await channel.send(gone) == Sent("999")


async def test_a_follow_up_answers_the_first_alert(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory
) -> None:
    first = await channel.send(delivery(make_story()))
    assert isinstance(first, Sent)
    await channel.send(delivery(make_story("Orlova recrute"), message_ref=first.message_ref))
    assert str(server.chat(ANNE).last.reply_to) == first.message_ref
    await channel.send(delivery(make_story("Orlova s’étend"), message_ref="999"))
    assert server.chat(ANNE).last.reply_to is None


async def test_a_digest_is_one_message_with_pages(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory
) -> None:
    stories = tuple(make_story(f"Sujet {n}") for n in range(20))
    digest = Digest(
        slot=Slot(rhythm=Rhythm.DAILY, key="2026-11-25", since=NOW, until=NOW),
        title="Sujet 0", period="mercredi 25 novembre 2026", zone="Ain", highlights=stories[:3],
        sections=(Section(topic="s", label="Microtechniques", stories=stories[3:]),),
    )  # fmt: skip
    outcome = await channel.send(delivery(kind=DeliveryKind.DIGEST, digest=digest, digest_id=7))
    assert isinstance(outcome, Sent)
    assert [button.data for button in server.chat(ANNE).last.buttons] == [
        "p:7:2",
        "p:7:1",
        "p:7:2",
        "s:re:open:",
    ]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        pytest.param(botapi.too_many_requests(43838), Deferred(NOW + timedelta(seconds=43838), ""), id="429"),
        pytest.param(botapi.blocked(), Refused("", reader_gone=True), id="blocked"),
        pytest.param(botapi.deactivated(), Refused("", reader_gone=True), id="deactivated"),
        pytest.param(
            botapi.answers(403, "Forbidden: bot was kicked from the group chat"),
            Refused("", reader_gone=True), id="kicked",
        ),
        pytest.param(
            botapi.answers(403, "Forbidden: bot is not a member of the channel chat"),
            Refused("", reader_gone=True), id="no-member",
        ),
        pytest.param(botapi.unreachable_user(), Refused("", reader_doubtful=True), id="403-that-may-pass"),
        pytest.param(botapi.chat_not_found(), Refused("", reader_doubtful=True), id="chat-not-found"),
        pytest.param(botapi.migrated(-1001), Moved("-1001"), id="migrated"),
        pytest.param(
            botapi.answers(401, "Unauthorized"), Deferred(NOW + timedelta(minutes=15), ""), id="401"
        ),
        pytest.param(botapi.drops_the_connection(), MaybeSent(""), id="connection-lost"),
    ],
)  # fmt: skip
async def test_what_an_answer_means(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory, fault: Fault, expected: object
) -> None:
    server.fail(fault)
    outcome = await channel.send(delivery(make_story()))
    assert type(outcome) is type(expected)
    for name in ("until", "reader_gone", "address"):
        assert getattr(outcome, name, None) == getattr(expected, name, None)
    if isinstance(outcome, Refused | Deferred | MaybeSent):
        assert outcome.reason
    assert len(server.called("sendMessage")) == 1, "one try, whatever happens"


async def test_a_delay_may_come_as_a_timedelta(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    server.fail(botapi.too_many_requests(30))
    outcome = await channel.send(delivery(make_story()))
    assert isinstance(outcome, Deferred)
    assert outcome.until == NOW + timedelta(seconds=30)


@pytest.mark.parametrize("fault", [botapi.answers(500), botapi.answers(502, "Bad Gateway")])
async def test_a_server_in_trouble_is_left_alone_longer_each_time(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory, fault: Fault
) -> None:
    server.fail(fault, times=None)
    waits = []
    for attempts in (0, 3, 9):
        outcome = await channel.send(delivery(make_story(), attempts=attempts))
        assert isinstance(outcome, Deferred)
        waits.append((outcome.until - NOW).total_seconds())
    assert waits == sorted(waits)
    assert 3 < waits[0] < 7
    assert waits[-1] <= 750


async def test_an_answer_that_never_comes_may_have_been_a_yes(
    server: BotApiServer, make_story: MakeStory
) -> None:
    server.fail(botapi.accepts_then_hangs())
    request = HTTPXRequest(read_timeout=1.0)
    async with Bot(server.token, base_url=f"{server.url}/bot", request=request) as hasty:
        outcome = await TelegramChannel(hasty, now=lambda: NOW).send(delivery(make_story()))
    assert isinstance(outcome, MaybeSent)
    await server.until(lambda: server.chat(ANNE).from_bot)
    assert len(server.chat(ANNE).from_bot) == 1


async def test_what_never_left_is_only_deferred(
    server: BotApiServer, bot: Bot, make_story: MakeStory
) -> None:
    channel = TelegramChannel(bot, now=lambda: NOW)
    await server.stop()
    assert isinstance(await channel.send(delivery(make_story())), Deferred)


async def test_a_bot_that_was_stopped_only_defers(server: BotApiServer, make_story: MakeStory) -> None:
    async with Bot(server.token, base_url=f"{server.url}/bot") as stopped:
        pass
    assert isinstance(await TelegramChannel(stopped, now=lambda: NOW).send(delivery(make_story())), Deferred)
    assert server.called("sendMessage") == []


async def test_a_full_connection_pool_is_only_deferred(server: BotApiServer, make_story: MakeStory) -> None:
    server.fail(botapi.accepts_then_hangs())
    request = HTTPXRequest(connection_pool_size=1, pool_timeout=0.05, read_timeout=30)
    async with Bot(server.token, base_url=f"{server.url}/bot", request=request) as narrow:
        stuck = asyncio.create_task(narrow.send_message(ANNE, "occupe la seule connexion"))
        await server.until(lambda: server.called("sendMessage"))
        outcome = await TelegramChannel(narrow, now=lambda: NOW).send(delivery(make_story()))
        stuck.cancel()
    assert isinstance(outcome, Deferred)


async def test_refused_formatting_goes_out_plain_once(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory
) -> None:
    server.fail(botapi.answers(400, "Bad Request: can't parse entities: Unsupported start tag"))
    outcome = await channel.send(delivery(make_story("Orlova <b>grandit</b>")))
    assert isinstance(outcome, Sent)
    assert server.chat(ANNE).last.text.startswith("📰 Orlova <b>grandit</b>")
    assert server.chat(ANNE).last.entities == ()
    server.fail(botapi.answers(400, "Bad Request: can't parse entities: again"), times=2)
    assert isinstance(await channel.send(delivery(make_story())), Refused)


@pytest.mark.parametrize(
    "title",
    ["<b>&\"'</b>", "🏭" * 900, "x" * 5000, "Usine \u202egnp.exe", "a\nb\x00c", "&nbsp;&laquo;"],
    ids=["markup", "emoji", "5000-characters", "direction-override", "control-characters", "named-entities"],
)
async def test_hostile_titles_pass_the_first_time(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory, title: str
) -> None:
    assert isinstance(await channel.send(delivery(make_story(title))), Sent)
    assert len(server.called("sendMessage")) == 1
    assert title[:9].split("\n")[0].split("\u202e")[0] in server.chat(ANNE).last.text


async def test_a_topic_of_a_forum_receives_its_own(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory
) -> None:
    server.open_chat(-100, topics={7})
    assert isinstance(await channel.send(delivery(make_story(), address="-100:7")), Sent)
    assert server.chat(-100).last.thread == 7


async def test_a_deleted_topic_is_told_and_left(
    server: BotApiServer, channel: TelegramChannel, make_story: MakeStory
) -> None:
    server.open_chat(-100, topics={8})
    assert await channel.send(delivery(make_story(), address="-100:7")) == Moved("-100")
    assert "/ici" in server.chat(-100).last.text
    assert isinstance(await channel.send(delivery(make_story(), address="-100")), Sent)


async def test_nothing_to_tell_is_refused_without_a_call(
    server: BotApiServer, channel: TelegramChannel
) -> None:
    assert isinstance(await channel.send(delivery(None)), Refused)
    assert isinstance(await channel.send(delivery(None, kind=DeliveryKind.DIGEST)), Refused)
    assert server.called("sendMessage") == []
