"""/mesdonnees: all that is kept about a reader, in words and as a file."""

import json

from telegram import InputFile, Update
from telegram.ext import CommandHandler

from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes, personal
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, may_change, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The command."""

    async def mesdonnees(update: Update, _context: Context) -> None:
        if not await may_change(update):
            return
        place, chat = where(update), update.effective_chat
        subscriber, data = await desk.profile(place), await desk.data(place)
        if subscriber is None or data is None or chat is None:
            await answer(update, notes.no_reader_yet())
            return
        await answer(update, personal.my_data(data, desk.catalogue, subscriber, desk.schedule))
        content = json.dumps(data, ensure_ascii=False, indent=2).encode()
        await chat.send_document(
            InputFile(content, filename="mes-donnees-comtoise.json"), message_thread_id=place.thread_id
        )

    return [CommandHandler("mesdonnees", mesdonnees, COMMANDS)]
