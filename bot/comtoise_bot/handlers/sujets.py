"""/sujets: the sectors and the territory followed."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise_bot.callbacks import Setting, pattern
from comtoise_bot.desk import BotDesk
from comtoise_bot.handlers.choosing import keep_choice
from comtoise_bot.screens import notes, settings, welcome
from comtoise_bot.screens.parts import PLACES, TOPICS
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, redraw, toast, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and its buttons."""

    async def sujets(update: Update, _context: Context) -> None:
        known = await desk.profile(where(update))
        await answer(
            update,
            settings.topics(desk.catalogue, known.subscription) if known else welcome.welcome(desk.catalogue),
        )

    async def chose(update: Update, _context: Context) -> None:
        kept = await keep_choice(update, desk)
        if kept is None:
            return
        query, choice, subscriber = kept
        wanted = subscriber.subscription
        await toast(query, "" if choice.what == "open" else notes.noted())
        draw = settings.places if choice.screen == PLACES else settings.topics
        await redraw(query, draw(desk.catalogue, wanted))

    return [
        CommandHandler(["sujets", "settings", "reglages"], sujets, COMMANDS),
        CallbackQueryHandler(chose, pattern(Setting, TOPICS, PLACES)),
    ]
