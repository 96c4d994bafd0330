"""How handlers speak: answer a command, redraw a screen, confirm a tap; and who may change what."""

from collections.abc import Iterable
from typing import Any

from telegram import (
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MessageEntity,
    Update,
)
from telegram import Message as TelegramMessage
from telegram.constants import ChatMemberStatus, ParseMode
from telegram.error import BadRequest
from telegram.ext import Application, BaseHandler, ContextTypes, filters

from comtoise_bot.addresses import Place
from comtoise_bot.callbacks import Feedback, Setting, read
from comtoise_bot.markup import markup
from comtoise_bot.message import Message, Row
from comtoise_bot.outcomes import says
from comtoise_bot.screens import notes

Context = ContextTypes.DEFAULT_TYPE
Handler = BaseHandler[Update, Context, None]
BotApplication = Application[Any, Any, Any, Any, Any, Any]  #: six parameters that nobody reads

#: Where a command may be written: chats, and channels, whose administrators speak without a name.
COMMANDS = filters.UpdateType.MESSAGES | filters.UpdateType.CHANNEL_POST
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TICK = "✓ "


def where(update: Update) -> Place:
    """The place an update comes from.

    Raises:
        ValueError: it comes from no chat.
    """
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        raise ValueError(f"update {update.update_id} has no chat")
    in_topic = isinstance(message, TelegramMessage) and message.is_topic_message
    return Place(chat.id, message.message_thread_id if message is not None and in_topic else None)


def in_group(update: Update) -> bool:
    """Whether several people read this chat."""
    return update.effective_chat is not None and update.effective_chat.type != Chat.PRIVATE


async def answer(update: Update, message: Message) -> None:
    """Answer where the person wrote."""
    place = where(update)
    chat = update.effective_chat
    if chat is not None:
        await chat.send_message(
            message.html,
            parse_mode=ParseMode.HTML,
            message_thread_id=place.thread_id,
            reply_markup=markup(message.rows),
            link_preview_options=_NO_PREVIEW,
        )


async def redraw(query: CallbackQuery, message: Message) -> None:
    """Show *message* in the place of the one whose button was tapped; the same one again is no error."""
    try:
        await query.edit_message_text(
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(message.rows),
            link_preview_options=_NO_PREVIEW,
        )
    except BadRequest as error:
        if not says(error, "message is not modified"):
            raise


async def rekey(query: CallbackQuery, rows: Iterable[Row]) -> None:
    """Change the buttons of the message whose button was tapped, leaving its text alone."""
    try:
        await query.edit_message_reply_markup(markup(rows))
    except BadRequest as error:
        if not says(error, "message is not modified"):
            raise


def quoted(query: CallbackQuery) -> tuple[str, ...]:
    """What the message whose button was tapped sets in fixed-width letters: the words it is about.

    Nothing of it is stored: the message itself remembers. Empty when Telegram no longer hands it over.
    """
    shown = query.message
    if not isinstance(shown, TelegramMessage):
        return ()
    return tuple(shown.parse_entities([MessageEntity.CODE]).values())


async def toast(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Confirm a tap, so that the button stops spinning; a tap that waited too long is let go."""
    try:
        await query.answer(text or None, show_alert=alert)
    except BadRequest as error:
        if not says(error, "query is too old"):
            raise


async def tick(query: CallbackQuery, verdict: str) -> None:
    """Mark the verdict given on the buttons of an alert, leaving its text alone."""
    shown = query.message
    if not isinstance(shown, TelegramMessage) or shown.reply_markup is None:
        return
    rows = [[_tick(button, verdict) for button in row] for row in shown.reply_markup.inline_keyboard]
    try:
        await query.edit_message_reply_markup(InlineKeyboardMarkup(rows))
    except BadRequest as error:
        if not says(error, "message is not modified"):
            raise


def _tick(button: InlineKeyboardButton, verdict: str) -> InlineKeyboardButton:
    given = read(button.callback_data if isinstance(button.callback_data, str) else None)
    if not isinstance(given, Feedback):
        return button
    text = button.text.removeprefix(_TICK)
    return InlineKeyboardButton(
        _TICK + text if given.verdict == verdict else text, callback_data=button.callback_data
    )


def tapped(update: Update) -> tuple[CallbackQuery, Setting | None]:
    """The tap, and the choice it stands for; None for a button that has had its day.

    Raises:
        ValueError: the update is no tap.
    """
    query = update.callback_query
    if query is None:
        raise ValueError(f"update {update.update_id} is no tap")
    choice = read(query.data)
    return query, choice if isinstance(choice, Setting) else None


async def may_change(update: Update) -> bool:
    """Whether the person may change this chat's choices; in a group, only its administrators; says no itself.

    Telegram shows commands and buttons to everyone, so this is checked each time.
    """
    chat, user = update.effective_chat, update.effective_user
    if chat is None or chat.type == Chat.PRIVATE:
        return True
    if update.channel_post is not None:
        return True  # only administrators write there
    message = update.message
    if message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id:
        return True  # an administrator who stays anonymous
    if user is not None:
        member = await chat.get_member(user.id)
        if member.status in (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR):
            return True
    if update.callback_query is not None:
        await toast(update.callback_query, notes.admins_only(), alert=True)
    else:
        await answer(update, notes.as_message(notes.admins_only()))
    return False
