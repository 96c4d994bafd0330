"""The loopback server, driven by the real python-telegram-bot."""

import asyncio

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from comtoise.demo import botapi
from comtoise.demo.botapi import BotApiServer, Fault

ANNE = 101


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(f"bouton {d}", callback_data=d) for d in data]])


async def test_it_says_who_the_bot_is(server: BotApiServer, bot: Bot) -> None:
    assert bot.username == server.username


async def test_a_message_is_seen_and_its_edit_replaces_it(server: BotApiServer, bot: Bot) -> None:
    sent = await bot.send_message(ANNE, "<b>Bonjour</b>", parse_mode="HTML", reply_markup=keyboard("a"))
    assert (server.chat(ANNE).last.text, server.chat(ANNE).last.button("bouton").data) == ("Bonjour", "a")
    await bot.edit_message_text("Rebonjour", chat_id=ANNE, message_id=sent.message_id)
    assert [m.text for m in server.chat(ANNE).messages] == ["Rebonjour"]
    assert server.chat(ANNE).last.edits == ["Bonjour"]
    assert server.chat(ANNE).last.buttons == ()


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot) -> None:
    sent = await bot.send_message(ANNE, "Bonjour", reply_markup=keyboard("a"))
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text(
            "Bonjour", chat_id=ANNE, message_id=sent.message_id, reply_markup=keyboard("a")
        )
    await bot.edit_message_reply_markup(ANNE, sent.message_id, reply_markup=keyboard("b"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("<p>x</p>", "can't parse entities", id="forbidden-tag"),
        pytest.param("<b></b> ", "message text is empty", id="nothing-to-show"),
        pytest.param("é" * 4097, "message is too long", id="too-long"),
        pytest.param("😀" * 2049, "message is too long", id="too-long-in-utf16"),
    ],
)
async def test_a_text_that_telegram_refuses(bot: Bot, text: str, words: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.send_message(ANNE, text, parse_mode="HTML")


async def test_tags_do_not_count_in_the_length(bot: Bot) -> None:
    await bot.send_message(ANNE, f"<b>{'x' * 4096}</b>", parse_mode="HTML")


async def test_callback_data_is_at_most_64_bytes(bot: Bot) -> None:
    await bot.send_message(ANNE, "x", reply_markup=keyboard("d" * 64))
    with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
        await bot.send_message(ANNE, "x", reply_markup=keyboard("é" * 33))


async def test_a_stranger_cannot_be_written_to(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(999, "x")


async def test_topics_of_a_forum(server: BotApiServer, bot: Bot) -> None:
    server.open_chat(-100, topics={7})
    await bot.send_message(-100, "dans le sujet", message_thread_id=7)
    assert server.chat(-100).last.thread == 7
    with pytest.raises(BadRequest, match=r"(?i)message thread not found"):
        await bot.send_message(-100, "nulle part", message_thread_id=8)


async def test_a_callback_is_answered_once(server: BotApiServer, bot: Bot) -> None:
    sent = await bot.send_message(ANNE, "x", reply_markup=keyboard("a"))
    callback = await server.user_taps(ANNE, sent.message_id, "a")
    await bot.answer_callback_query(callback, "Noté")
    assert server.toasts == {callback: "Noté"}
    with pytest.raises(BadRequest, match=r"(?i)query ID is invalid"):
        await bot.answer_callback_query(callback)


async def test_people_tap_only_what_they_see(server: BotApiServer, bot: Bot) -> None:
    sent = await bot.send_message(ANNE, "x", reply_markup=keyboard("a"))
    with pytest.raises(LookupError):
        await server.user_taps(ANNE, sent.message_id, "b")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(botapi.too_many_requests(43838), RetryAfter, id="429"),
        pytest.param(botapi.blocked(), Forbidden, id="blocked"),
        pytest.param(botapi.chat_not_found(), BadRequest, id="chat-not-found"),
        pytest.param(botapi.migrated(-1001), ChatMigrated, id="migrated"),
        pytest.param(botapi.answers(500), NetworkError, id="500"),
        pytest.param(botapi.answers(502, "Bad Gateway"), NetworkError, id="502"),
        pytest.param(botapi.answers(401, "Unauthorized"), InvalidToken, id="401"),
        pytest.param(botapi.drops_the_connection(), NetworkError, id="dropped"),
    ],
)
async def test_a_fault_on_request_then_a_normal_answer(
    server: BotApiServer, bot: Bot, fault: Fault, error: type[Exception]
) -> None:
    server.fail(fault, chat=ANNE)
    server.open_chat(102)
    await bot.send_message(102, "une autre personne n'en souffre pas")
    with pytest.raises(error):
        await bot.send_message(ANNE, "x")
    assert server.chat(ANNE).from_bot == ()
    await bot.send_message(ANNE, "y")
    assert [message.text for message in server.chat(ANNE).from_bot] == ["y"]


async def test_accepted_then_no_answer(server: BotApiServer, bot: Bot) -> None:
    server.fail(botapi.accepts_then_hangs())
    with pytest.raises(TimedOut):
        await bot.send_message(ANNE, "x", read_timeout=0.2)
    await server.until(lambda: server.chat(ANNE).from_bot)
    assert [message.text for message in server.chat(ANNE).from_bot] == ["x"]


async def test_a_plan_of_faults_sees_each_call(server: BotApiServer, bot: Bot) -> None:
    server.plan = lambda call: botapi.blocked() if call.params.get("text") == "2" else None
    await bot.send_message(ANNE, "1")
    with pytest.raises(Forbidden):
        await bot.send_message(ANNE, "2")


async def test_who_blocked_the_bot_gets_nothing(server: BotApiServer, bot: Bot) -> None:
    await server.user_blocks(ANNE)
    with pytest.raises(Forbidden, match=r"(?i)blocked by the user"):
        await bot.send_message(ANNE, "x")
    await server.user_unblocks(ANNE)
    await bot.send_message(ANNE, "x")
    updates = await bot.get_updates(allowed_updates=["my_chat_member"])
    assert [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member] == [
        "kicked",
        "member",
    ]


async def test_a_group_that_became_a_supergroup(server: BotApiServer, bot: Bot) -> None:
    server.open_chat(-5, kind="group")
    await server.group_migrates(-5, -1005)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(-5, "x")
    assert caught.value.new_chat_id == -1005
    updates = await bot.get_updates()
    assert [u.message.migrate_to_chat_id for u in updates if u.message] == [-1005, None]


async def test_updates_are_confirmed_by_the_offset(server: BotApiServer, bot: Bot) -> None:
    await server.user_says(ANNE, "un")
    await server.user_says(ANNE, "deux")
    first, second = await bot.get_updates()
    assert [u.update_id for u in await bot.get_updates()] == [first.update_id, second.update_id]
    assert [u.update_id for u in await bot.get_updates(offset=second.update_id)] == [second.update_id]
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_a_long_poll_answers_when_someone_speaks(server: BotApiServer, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await server.until(lambda: server.called("getUpdates"))
    assert not waiting.done()
    await server.user_says(ANNE, "bonjour")
    (update,) = await waiting
    assert update.message is not None
    assert update.message.text == "bonjour"


async def test_two_pollers_are_one_too_many(server: BotApiServer, bot: Bot) -> None:
    async with Bot(server.token, base_url=f"{server.url}/bot") as other:
        first = asyncio.create_task(other.get_updates(timeout=30))
        await server.until(lambda: server.called("getUpdates"))
        assert await bot.get_updates() == ()
        with pytest.raises(Conflict):
            await first


async def test_a_wrong_token_is_refused(server: BotApiServer) -> None:
    with pytest.raises(InvalidToken):
        await Bot("42:another", base_url=f"{server.url}/bot").initialize()


async def test_commands_by_scope_and_language(server: BotApiServer, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("aide", "L’aide")], language_code="fr")
    assert [c.command for c in await bot.get_my_commands(language_code="fr")] == ["aide"]
    assert await bot.get_my_commands() == ()
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([("oubliez-moi", "trait d’union interdit")])
    await bot.delete_my_commands(language_code="fr")
    assert await bot.get_my_commands(language_code="fr") == ()


async def test_what_the_profile_says(bot: Bot) -> None:
    await bot.set_my_description("La veille industrielle", language_code="fr")
    assert (await bot.get_my_description("fr")).description == "La veille industrielle"
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("x" * 121)


async def test_a_document_is_received_whole(server: BotApiServer, bot: Bot) -> None:
    await bot.send_document(ANNE, InputFile(b'{"a": 1}', filename="donnees.json"), caption="Vos données")
    assert server.chat(ANNE).last.file == ("donnees.json", b'{"a": 1}')
    assert server.chat(ANNE).last.text == "Vos données"


async def test_a_whole_application_polls_answers_and_stops(server: BotApiServer) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(f"Bonjour {context.args}", reply_markup=keyboard("a"))

    async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("ok")
        await update.callback_query.edit_message_text("Touché")

    application = (
        Application.builder().token(server.token).base_url(f"{server.url}/bot").job_queue(None).build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(tapped))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        await server.user_says(ANNE, "/start r27")
        await server.until(lambda: server.chat(ANNE).from_bot)
        assert await server.taps(ANNE, "bouton") == "ok"
        await server.until(lambda: server.chat(ANNE).last.edits)
        await application.updater.stop()
        await application.stop()
    assert list(server.chat(ANNE).transcript())[:2] == ["[Vous]", "  /start r27"]
    assert server.chat(ANNE).last.text == "Touché"
