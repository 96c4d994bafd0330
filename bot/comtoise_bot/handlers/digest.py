"""/digest: the news now, and the pages of a digest already sent."""

from telegram import Update
from telegram.constants import ChatAction
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise_bot import rendering
from comtoise_bot.callbacks import SETTINGS, Pages, Setting, pattern, read
from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes, settings, welcome
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, may_change, redraw, tapped, toast, where


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and the pages."""

    async def digest(update: Update, _context: Context) -> None:
        place = where(update)
        if await desk.profile(place) is None:
            await answer(update, welcome.welcome(desk.catalogue))
            return
        if update.effective_chat is not None:
            await update.effective_chat.send_action(ChatAction.TYPING, message_thread_id=place.thread_id)
        found = await desk.digest_now(place)
        await answer(update, rendering.digest(found[1], digest_id=found[0]) if found else notes.nothing_new())

    async def page(update: Update, _context: Context) -> None:
        query, _choice = tapped(update)
        wanted = read(query.data)
        if not isinstance(wanted, Pages):
            await toast(query, notes.outdated())
            return
        stored = await desk.stored_digest(where(update), wanted.digest_id)
        if stored is None:
            await toast(query, notes.digest_gone())
            return
        await toast(query)
        await redraw(query, rendering.digest(stored, wanted.page, digest_id=wanted.digest_id))

    async def change(update: Update, _context: Context) -> None:
        if not await may_change(update):
            return
        query, _choice = tapped(update)
        known = await desk.profile(where(update))
        await toast(query)
        await answer(
            update,
            settings.overview(desk.catalogue, known, desk.schedule) if known else notes.no_reader_yet(),
        )

    return [
        CommandHandler("digest", digest, COMMANDS),
        CallbackQueryHandler(page, pattern(Pages)),
        CallbackQueryHandler(change, pattern(Setting, SETTINGS)),
    ]
