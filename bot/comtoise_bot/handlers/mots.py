"""/mots: words of one's own, tried on the last days before they are kept."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise.errors import InputError
from comtoise.store.readers import Subscriber
from comtoise.topics import read_word
from comtoise_bot import own_words
from comtoise_bot.addresses import Place
from comtoise_bot.callbacks import Setting, brief, pattern
from comtoise_bot.desk import BotDesk
from comtoise_bot.message import Message, one_line
from comtoise_bot.screens import notes
from comtoise_bot.screens import own_words as screens
from comtoise_bot.screens.parts import WORDS
from comtoise_bot.talk import (
    COMMANDS,
    Context,
    Handler,
    answer,
    may_change,
    quoted,
    redraw,
    tapped,
    toast,
    where,
)


def handlers(desk: BotDesk) -> list[Handler]:
    """The command and its buttons."""

    async def mots(update: Update, context: Context) -> None:
        if not await may_change(update):
            return
        known = await desk.profile(where(update))
        if known is None:
            await answer(update, notes.no_reader_yet())
            return
        word, excluding = own_words.asked(one_line(" ".join(context.args or ())))
        screen = await tried(known, word, excluding=excluding) if word else screens.own(known.subscription)
        await answer(update, screen)

    async def tried(known: Subscriber, written: str, *, excluding: bool) -> Message:
        wanted = known.subscription
        try:
            word = read_word(written)
        except InputError as error:
            return notes.as_message(str(error))
        if len(wanted.words | wanted.exclusions | {word}) > own_words.WORDS_MAX:
            return screens.too_many()
        return screens.preview(await desk.try_word(wanted, word), wanted, excluding=excluding)

    async def kept(place: Place, written: str, *, excluding: bool) -> Message:
        try:
            word = read_word(written)  # again: any client can tap any button under any message
        except InputError as error:
            return notes.as_message(str(error))
        saved = await desk.keep_word(place, word, excluding=excluding)
        return screens.own(saved.subscription) if saved else notes.no_reader_yet()

    async def tap(update: Update, _context: Context) -> None:
        if not await may_change(update):
            return
        query, choice = tapped(update)
        place, words = where(update), quoted(query)
        known = await desk.profile(place)
        if known is None:
            await toast(query, notes.start_first(), alert=True)
            return
        what, value = (choice.what, choice.value) if choice else ("", "")
        wanted = known.subscription
        named = next((each for each in (*wanted.words, *wanted.exclusions) if brief(each) == value), None)
        match what:
            case "try-add" | "try-not" if words:
                await toast(query)
                await redraw(query, await tried(known, words[0], excluding=what == "try-not"))
            case "add" | "not" if words:
                await toast(query, notes.noted())
                await redraw(query, await kept(place, words[0], excluding=what == "not"))
            case "del":
                saved = await desk.choose(place, own_words.drop(named)) if named else known
                await toast(query, screens.removed())
                await redraw(query, screens.own(saved.subscription) if saved else notes.no_reader_yet())
            case "no":
                await toast(query)
                await redraw(query, screens.own(wanted))
            case _:
                await toast(query, notes.outdated())

    return [
        CommandHandler(["mots", "mot"], mots, COMMANDS),
        CallbackQueryHandler(tap, pattern(Setting, WORDS)),
    ]
