"""/ici: in a forum, write in this topic from now on."""

from telegram import Update
from telegram.ext import CommandHandler

from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, in_group, may_change, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The command."""

    async def ici(update: Update, _context: Context) -> None:
        if not in_group(update):
            await answer(update, notes.here_is_for_groups())
        elif await may_change(update):
            bound = await desk.bind(where(update))
            await answer(update, notes.here(known=bound is not None))

    return [CommandHandler("ici", ici, COMMANDS)]
