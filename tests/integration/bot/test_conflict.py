"""Two programs with one token: the one that is shut out says so in a sentence."""

import contextlib
import logging

import pytest
from telegram import Bot
from telegram.error import TelegramError

from comtoise.demo.botapi import BotApiServer
from comtoise_bot.talk import BotApplication


async def test_409_is_one_clear_sentence_and_loses_nothing(
    server: BotApiServer, bot: Bot, running: BotApplication, caplog: pytest.LogCaptureFixture
) -> None:
    assert running.running
    await server.until(lambda: server.called("getUpdates"))
    said = "Un autre programme utilise le même jeton Telegram"
    with caplog.at_level(logging.CRITICAL):
        for _ in range(20):
            with contextlib.suppress(TelegramError):  # the other program: each shuts the other out
                await bot.get_updates(timeout=1)
            if any(said in record.getMessage() for record in caplog.records):
                break
    assert any(said in record.getMessage() for record in caplog.records)
    await server.user_says(101, "/aide")
    await server.until(lambda: server.chat(101).from_bot)
