"""/aide: what the bot can do."""

from telegram import Update
from telegram.ext import CommandHandler

from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, in_group


def handlers(desk: BotDesk) -> list[Handler]:
    """The command, also under the name that Telegram asks of every bot."""

    async def aide(update: Update, _context: Context) -> None:
        user = update.effective_user
        is_desk = user is not None and user.id in desk.bureau.administrators and not in_group(update)
        await answer(update, notes.help_(in_group=in_group(update), desk=is_desk))

    return [CommandHandler(["aide", "help"], aide, COMMANDS)]
