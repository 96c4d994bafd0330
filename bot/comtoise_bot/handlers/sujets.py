"""/sujets: the sectors and the territory followed."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise_bot import choices
from comtoise_bot.callbacks import Setting, pattern
from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes, settings, welcome
from comtoise_bot.screens.parts import PLACES, TOPICS
from comtoise_bot.talk import Context, Handler, answer, may_change, redraw, tapped, toast, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and its buttons."""

    async def sujets(update: Update, _context: Context) -> None:
        known = await desk.profile(where(update))
        await answer(
            update,
            settings.topics(desk.catalogue, known.subscription) if known else welcome.welcome(desk.catalogue),
        )

    async def chose(update: Update, _context: Context) -> None:
        if not await may_change(update):
            return
        query, choice = tapped(update)
        change = choices.of_tap(choice, desk.catalogue) if choice else None
        if choice is None or change is None:
            await toast(query, notes.outdated())
            return
        subscriber = await desk.choose(where(update), change)
        if subscriber is None:
            await toast(query, notes.start_first(), alert=True)
            return
        wanted = subscriber.subscription
        await toast(query, "" if choice.what == "open" else notes.noted())
        draw = settings.places if choice.screen == PLACES else settings.topics
        await redraw(query, draw(desk.catalogue, wanted))

    return [
        CommandHandler(["sujets", "settings", "reglages"], sujets),
        CallbackQueryHandler(chose, pattern(Setting, TOPICS, PLACES)),
    ]
