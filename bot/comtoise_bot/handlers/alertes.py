"""/alertes: the rhythm, the hours of silence, how many alerts a day."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise_bot.callbacks import Setting, pattern
from comtoise_bot.desk import BotDesk
from comtoise_bot.handlers.choosing import keep_choice
from comtoise_bot.screens import notes, settings, welcome
from comtoise_bot.screens.parts import RHYTHM
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, redraw, toast, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and its buttons."""

    async def alertes(update: Update, _context: Context) -> None:
        known = await desk.profile(where(update))
        await answer(
            update,
            settings.rhythm(known.subscription, desk.schedule) if known else welcome.welcome(desk.catalogue),
        )

    async def chose(update: Update, _context: Context) -> None:
        kept = await keep_choice(update, desk)
        if kept is None:
            return
        query, choice, subscriber = kept
        wanted = subscriber.subscription
        last_kept = choice.what == "rhythm" and wanted.rhythms == {choice.value}
        await toast(query, notes.one_rhythm_stays() if last_kept else notes.noted())
        await redraw(query, settings.rhythm(wanted, desk.schedule))

    return [
        CommandHandler("alertes", alertes, COMMANDS),
        CallbackQueryHandler(chose, pattern(Setting, RHYTHM)),
    ]
