"""/etat, /source, /motcle, /valider: the administrators' commands.

Who they are stands in config.yaml, and is asked at each message and at each tap.
"""

import difflib

from telegram import CallbackQuery, Update
from telegram.constants import ChatAction
from telegram.ext import CallbackQueryHandler, CommandHandler

from comtoise.errors import ComtoiseError
from comtoise_bot.callbacks import Setting, brief, pattern
from comtoise_bot.desk import BotDesk
from comtoise_bot.message import Message, one_line
from comtoise_bot.rendering import PARIS
from comtoise_bot.screens import bureau as screens
from comtoise_bot.screens import notes
from comtoise_bot.screens.parts import DESK
from comtoise_bot.talk import COMMANDS, Context, Handler, answer, in_group, quoted, redraw, tapped, toast

WORD_MAX = 100


def handlers(desk: BotDesk) -> list[Handler]:
    """The commands and their buttons."""
    bureau = desk.bureau

    async def who(update: Update) -> str | None:
        """The administrator who speaks, as the audit names him; None when it is none, who was told."""
        user = update.effective_user
        if user is None or user.id not in bureau.administrators:
            words = screens.not_yours()
        elif in_group(update):
            words = screens.in_private()
        else:
            return f"telegram {user.id}"
        if update.callback_query is not None:
            await toast(update.callback_query, words, alert=True)
        else:
            await answer(update, notes.as_message(words))
        return None

    async def etat(update: Update, _context: Context) -> None:
        if await who(update):
            given = await bureau.standing()
            await answer(update, screens.standing(given, bureau.versions(given), PARIS, bureau.now()))

    async def source(update: Update, context: Context) -> None:
        if not await who(update):
            return
        asked = " ".join(context.args or ())
        if not asked:
            standing = await bureau.standing()
            near = [state.source_id for state in standing.needing[:3]]
            await answer(update, screens.which_source(near))
            return
        await answer(update, await about(asked))

    async def about(source_id: str) -> Message:
        health = await bureau.source(source_id)
        if health is None:
            return screens.which_source(difflib.get_close_matches(source_id, list(bureau.cards), n=3))
        return screens.source(bureau.cards[source_id], health, PARIS, bureau.now())

    async def motcle(update: Update, context: Context) -> None:
        if not await who(update):
            return
        arguments = context.args or []
        sectors = desk.catalogue.labels()
        if len(arguments) < 2 or arguments[0] not in sectors:
            await answer(update, screens.how_word(sectors))
            return
        word = one_line(" ".join(arguments[1:]))[:WORD_MAX]
        if update.effective_chat is not None:  # thirty days of articles are read twice
            await update.effective_chat.send_action(ChatAction.TYPING)
        await answer(update, await tried(arguments[0], word, "fort"))

    async def tried(sector: str, word: str, place: str) -> Message:
        try:
            given = await bureau.try_word(sector, word, place)
        except ComtoiseError as error:
            return screens.refused(str(error))
        return screens.trial(given) if given else screens.no_newsroom()

    async def valider(update: Update, _context: Context) -> None:
        if not await who(update):
            return
        try:
            screen = screens.waiting(await bureau.waiting())
        except ComtoiseError as error:
            screen = screens.refused(str(error))
        await answer(update, screen)

    async def tap(update: Update, _context: Context) -> None:
        administrator = await who(update)
        if administrator is None:
            return
        query, choice = tapped(update)
        screen = await done(query, choice, administrator) if choice else None
        if screen is None:
            await toast(query, notes.outdated())
            return
        await toast(query, notes.noted() if choice and choice.what in _DEEDS else "")
        await redraw(query, screen)

    async def done(query: CallbackQuery, choice: Setting, administrator: str) -> Message | None:
        words = quoted(query)
        source_id = next((each for each in bureau.cards if choice.value in (each, brief(each))), None)
        try:
            match choice.what:
                case "source" if source_id:
                    return await about(source_id)
                case "poll" if source_id:
                    await bureau.poll(source_id, who=administrator)
                    return await about(source_id)
                case "rest1" | "rest7" if source_id:
                    await bureau.rest(source_id, int(choice.what[-1]), who=administrator)
                    return await about(source_id)
                case "try-fort" | "try-faible" if words:
                    return await tried(choice.value, words[0], choice.what.removeprefix("try-"))
                case "add-fort" | "add-faible" | "del" if words:
                    removing = choice.what == "del"
                    place = "fort" if removing else choice.what.removeprefix("add-")
                    await bureau.change_word(
                        choice.value, words[0], place, removing=removing, who=administrator
                    )
                    return screens.word_done(removing=removing)
                case "accept":
                    return screens.accepted(done=await bureau.accept(choice.value, who=administrator))
                case "no":
                    return screens.unchanged()
        except ComtoiseError as error:
            return screens.refused(str(error))
        return None

    return [
        CommandHandler("etat", etat, COMMANDS),
        CommandHandler("source", source, COMMANDS),
        CommandHandler("motcle", motcle, COMMANDS),
        CommandHandler("valider", valider, COMMANDS),
        CallbackQueryHandler(tap, pattern(Setting, DESK)),
    ]


_DEEDS = ("poll", "rest1", "rest7", "add-fort", "add-faible", "del", "accept")
