"""/confidentialite: what is kept, and the rights over it."""

from telegram import Update
from telegram.ext import CommandHandler

from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import personal
from comtoise_bot.talk import COMMANDS, Context, Handler, answer


def handlers(desk: BotDesk) -> list[Handler]:
    """The command."""

    async def confidentialite(update: Update, _context: Context) -> None:
        await answer(update, personal.privacy(desk.operator, desk.privacy_url))

    return [CommandHandler(["confidentialite", "privacy"], confidentialite, COMMANDS)]
