"""/oubliez_moi: erase everything, after two taps."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise_bot.callbacks import Setting, pattern
from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes, personal
from comtoise_bot.screens.parts import ERASE
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, may_change, redraw, tapped, toast, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and its buttons. « /oubliez-moi » reaches Telegram as « /oubliez »."""

    async def oubliez_moi(update: Update, _context: Context) -> None:
        if await may_change(update):
            known = await desk.profile(where(update))
            await answer(update, personal.erase_first() if known else notes.no_reader_yet())

    async def tap(update: Update, _context: Context) -> None:
        if not await may_change(update):
            return
        query, choice = tapped(update)
        match choice.what if choice else "":
            case "sure":
                screen = personal.erase_sure()
            case "yes":
                erased = await desk.forget(where(update))
                screen = personal.erased() if erased else notes.no_reader_yet()
            case _:
                screen = personal.kept()
        await toast(query)
        await redraw(query, screen)

    return [
        CommandHandler(["oubliez_moi", "oubliez"], oubliez_moi, COMMANDS),
        CallbackQueryHandler(tap, pattern(Setting, ERASE)),
    ]
