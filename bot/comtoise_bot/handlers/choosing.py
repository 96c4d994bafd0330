"""What every button of a settings screen does first: may this person, does the button still mean something, keep it."""

from collections.abc import Collection

from telegram import CallbackQuery, Update

from comtoise.store.readers import Subscriber
from comtoise_bot import choices
from comtoise_bot.callbacks import Setting
from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes
from comtoise_bot.talk import may_change, tapped, toast, where


async def keep_choice(
    update: Update, desk: BotDesk, *, joining: Collection[str] = ()
) -> tuple[CallbackQuery, Setting, Subscriber] | None:
    """Keep the choice that was tapped; None when it was not, and the person was told why.

    Args:
        joining: the choices that make a reader of somebody who is none yet.
    """
    if not await may_change(update):
        return None
    query, choice = tapped(update)
    change = choices.of_tap(choice, desk.catalogue) if choice else None
    if choice is None or change is None:
        await toast(query, notes.outdated())
        return None
    subscriber = await (desk.join if choice.what in joining else desk.choose)(where(update), change)
    if subscriber is None:
        await toast(query, notes.start_first(), alert=True)
        return None
    return query, choice, subscriber
