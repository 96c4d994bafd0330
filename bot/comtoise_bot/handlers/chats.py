"""What happens to chats: the bot is blocked or let in again, a group becomes a supergroup."""

from telegram import Chat, ChatMember, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from comtoise_bot.addresses import Place
from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import welcome
from comtoise_bot.talk import Context, Handler, answer, where

_OUT = (ChatMember.BANNED, ChatMember.LEFT)


def handlers(desk: BotDesk) -> list[Handler]:
    """The handlers of service messages."""

    async def membership(update: Update, _context: Context) -> None:
        change = update.my_chat_member
        if change is None:
            return
        if change.new_chat_member.status in _OUT:
            await desk.gone(where(update), "blocked" if change.chat.type == Chat.PRIVATE else "removed")
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
