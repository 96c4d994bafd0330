"""/sources: who is read here, and how these sources are doing."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise_bot.callbacks import Watched, pattern, read
from comtoise_bot.desk import BotDesk
from comtoise_bot.rendering import PARIS
from comtoise_bot.screens import finding, notes
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, redraw, tapped, toast


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and its buttons."""

    async def sources(update: Update, _context: Context) -> None:
        await answer(update, finding.watched(desk.catalogue, desk.cards))

    async def turn(update: Update, _context: Context) -> None:
        query, _choice = tapped(update)
        wanted = read(query.data)
        if not isinstance(wanted, Watched):
            await toast(query, notes.outdated())
            return
        await toast(query)
        if wanted.departement:
            states = await desk.sources()
            screen = finding.of_departement(desk.catalogue, desk.cards, states, wanted, zone=PARIS)
        else:
            screen = finding.watched(desk.catalogue, desk.cards)
        await redraw(query, screen)

    return [
        CommandHandler("sources", sources, COMMANDS),
        CallbackQueryHandler(turn, pattern(Watched)),
    ]
