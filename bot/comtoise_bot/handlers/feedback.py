"""👍 and « Hors sujet » under an alert."""

from telegram import Chat, Update
from telegram.ext import CallbackQueryHandler

from comtoise.store.feedback import Verdict
from comtoise_bot.callbacks import Feedback, pattern, read
from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes
from comtoise_bot.talk import Context, Handler, may_change, tapped, tick, toast, where

_VERDICTS = {"u": Verdict.USEFUL, "o": Verdict.OFF_TOPIC}


def handlers(desk: BotDesk) -> list[Handler]:
    """The buttons."""

    async def judged(update: Update, _context: Context) -> None:
        # What a channel is told is chosen by those who run it, not by whoever reads it.
        chat = update.effective_chat
        if chat is not None and chat.type == Chat.CHANNEL and not await may_change(update):
            return
        query, _choice = tapped(update)
        given = read(query.data)
        if not isinstance(given, Feedback):
            await toast(query, notes.outdated())
            return
        if not await desk.judge(where(update), int(given.story_id), _VERDICTS[given.verdict]):
            await toast(query, notes.story_gone())
            return
        await toast(query, notes.thanks())
        await tick(query, given.verdict)

    return [CallbackQueryHandler(judged, pattern(Feedback))]
