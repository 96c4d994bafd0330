"""/recherche: what was published with these words, page by page."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise.store.search import LENGTH_MAX, terms
from comtoise_bot.callbacks import Found, pattern, read
from comtoise_bot.desk import FOUND_PER_PAGE, BotDesk
from comtoise_bot.message import Message, one_line
from comtoise_bot.rendering import PARIS
from comtoise_bot.screens import finding, notes
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, quoted, redraw, tapped, toast


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and the pages."""

    async def found(question: str, page: int) -> Message:
        given = await desk.search(question, page)
        if page > 1 and not given.hits:  # less is found than when the buttons were made
            return await found(question, 1)
        return finding.found(question, given, page, FOUND_PER_PAGE, zone=PARIS)

    async def recherche(update: Update, context: Context) -> None:
        question = one_line(" ".join(context.args or ()))[:LENGTH_MAX].strip()
        await answer(update, await found(question, 1) if terms(question) else finding.how())

    async def page(update: Update, _context: Context) -> None:
        query, _choice = tapped(update)
        wanted, words = read(query.data), quoted(query)
        if not isinstance(wanted, Found) or not words:
            await toast(query, notes.outdated())
            return
        await toast(query)
        await redraw(query, await found(words[0], max(wanted.page, 1)))

    return [
        CommandHandler(["recherche", "chercher", "search"], recherche, COMMANDS),
        CallbackQueryHandler(page, pattern(Found)),
    ]
