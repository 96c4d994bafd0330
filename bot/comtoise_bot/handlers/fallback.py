"""What no other handler wants: a message that is no command we know, a button that has had its day."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes
from comtoise_bot.talk import Context, Handler, answer, tapped, toast


def handlers(_desk: BotDesk) -> list[Handler]:
    """The last handlers; in groups the bot does not answer what is not for it."""

    async def lost(update: Update, _context: Context) -> None:
        await answer(update, notes.lost())

    async def outdated(update: Update, _context: Context) -> None:
        query, _choice = tapped(update)
        await toast(query, notes.outdated())

    to_us = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL
    return [MessageHandler(to_us, lost), CallbackQueryHandler(outdated)]
