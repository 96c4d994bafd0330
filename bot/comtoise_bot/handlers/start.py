"""/start: the welcome in three taps, and what a link can choose in advance."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise_bot import choices, rendering
from comtoise_bot.callbacks import Setting, pattern
from comtoise_bot.desk import BotDesk
from comtoise_bot.handlers.choosing import keep_choice
from comtoise_bot.screens import notes, welcome
from comtoise_bot.screens.parts import WELCOME
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, may_change, redraw, toast, where

_FIRST = ("zone", "places", "place")  #: the choices that make a reader


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and its buttons."""

    async def start(update: Update, context: Context) -> None:
        if not await may_change(update):
            return
        place = where(update)
        await desk.returned(place)
        wanted = choices.deep_link("_".join(context.args or ()), desk.catalogue)
        if wanted is not None:
            subscriber = await desk.join(place, wanted)
            screen = welcome.welcome_topics(desk.catalogue, subscriber.subscription, desk.schedule)
        elif known := await desk.profile(place):
            await desk.back(place)
            screen = welcome.already_here(desk.catalogue, known, desk.schedule)
        else:
            screen = welcome.welcome(desk.catalogue)
        await answer(update, screen)

    async def chose(update: Update, _context: Context) -> None:
        kept = await keep_choice(update, desk, joining=_FIRST)
        if kept is None:
            return
        query, choice, subscriber = kept
        catalogue = desk.catalogue
        match choice.what:
            case "zone" | "topics" | "sector":
                screen = welcome.welcome_topics(catalogue, subscriber.subscription, desk.schedule)
            case "places" | "place":
                screen = welcome.welcome_places(catalogue, subscriber.subscription)
            case "rhythm":
                screen = welcome.welcome_rhythm(desk.schedule)
            case _:
                screen = welcome.settled(catalogue, subscriber, desk.schedule)
        await toast(query, notes.noted() if choice.value else "")
        await redraw(query, screen)
        if choice.what == "done":
            found = await desk.digest_now(where(update))
            await answer(
                update,
                rendering.digest(found[1], digest_id=found[0])
                if found
                else welcome.first_digest_empty(desk.schedule),
            )

    return [
        CommandHandler("start", start, COMMANDS),
        CallbackQueryHandler(chose, pattern(Setting, WELCOME)),
    ]
