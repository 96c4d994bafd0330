"""What happens to chats: the bot is blocked or let in again, a group becomes a supergroup."""

import logging

from telegram import Chat, ChatMember, ChatMemberAdministrator, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from comtoise_bot import choices
from comtoise_bot.addresses import Place
from comtoise_bot.desk import BotDesk
from comtoise_bot.message import one_line
from comtoise_bot.screens import welcome
from comtoise_bot.talk import Context, Handler, answer, where

log = logging.getLogger(__name__)

_OUT = (ChatMember.BANNED, ChatMember.LEFT)


def handlers(desk: BotDesk) -> list[Handler]:
    """The handlers of service messages."""

    async def channel(update: Update, context: Context) -> None:
        """The bot may post in a channel: a public thread, whose administrators choose what it tells."""
        change = update.my_chat_member
        if change is None:
            return
        member = change.new_chat_member
        may_post = isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
        subscriber = await desk.join(where(update), choices.unchanged) if may_post else None
        title = one_line(change.chat.title or "")
        screen = (
            welcome.channel(title, desk.catalogue, subscriber, desk.schedule)
            if subscriber
            else welcome.channel_mute(title)
        )
        try:
            await context.bot.send_message(change.from_user.id, screen.html, parse_mode=ParseMode.HTML)
        except (
            BadRequest,
            Forbidden,
        ) as error:  # who added it never wrote to it: the channel works all the same
            log.info("who let the bot into a channel could not be told: %s", error)

    async def membership(update: Update, context: Context) -> None:
        change = update.my_chat_member
        if change is None:
            return
        if change.new_chat_member.status in _OUT:
            await desk.gone(where(update), "blocked" if change.chat.type == Chat.PRIVATE else "removed")
            return
        if change.chat.type == Chat.CHANNEL:
            await channel(update, context)
            return
        known = await desk.back(where(update))
        is_group = change.chat.type in (Chat.GROUP, Chat.SUPERGROUP)
        if is_group and change.old_chat_member.status in _OUT and not known:
            await answer(update, welcome.welcome(desk.catalogue))

    async def migrated(update: Update, _context: Context) -> None:
        message = update.effective_message
        if message is not None and message.migrate_to_chat_id is not None:
            await desk.moved(where(update), Place(message.migrate_to_chat_id))

    return [
        ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, migrated),
    ]
