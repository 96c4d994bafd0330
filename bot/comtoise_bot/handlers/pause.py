"""/pause: stop everything, and start again."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise_bot.callbacks import Setting, pattern
from comtoise_bot.desk import BotDesk
from comtoise_bot.message import Message
from comtoise_bot.screens import notes, settings
from comtoise_bot.screens.parts import PAUSE
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, may_change, redraw, tapped, toast, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and its buttons."""

    async def turn(update: Update, *, paused: bool) -> Message:
        subscriber = await desk.pause(where(update), paused=paused)
        if subscriber is None:
            return notes.no_reader_yet()
        return settings.paused() if paused else settings.resumed(subscriber, desk.schedule)

    async def pause(update: Update, _context: Context) -> None:
        if await may_change(update):
            await answer(update, await turn(update, paused=True))

    async def tap(update: Update, _context: Context) -> None:
        if not await may_change(update):
            return
        query, choice = tapped(update)
        what = choice.what if choice else ""
        screen = await turn(update, paused=what in ("pause", "stop"))
        await toast(query, notes.noted())
        if what == "stop":  # from under an alert, whose text stays
            await answer(update, screen)
        else:
            await redraw(query, screen)

    return [
        CommandHandler(["pause", "stop"], pause, COMMANDS),
        CallbackQueryHandler(tap, pattern(Setting, PAUSE)),
    ]
