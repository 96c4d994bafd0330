"""The bot as a python-telegram-bot application, started and stopped inside the service's own loop.

The application keeps nothing: no persistence file, no job queue; what matters is in the database.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Chat,
    Update,
)
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, BaseUpdateProcessor
from telegram.request import HTTPXRequest

from comtoise.delivery.throttle import Rate, Throttle
from comtoise.i18n import LANGUAGES, _
from comtoise_bot.desk import BotDesk
from comtoise_bot.handlers import all_handlers
from comtoise_bot.screens import notes
from comtoise_bot.talk import BotApplication, Context, answer, toast
from comtoise_bot.words import say

log = logging.getLogger(__name__)

ALLOWED_UPDATES = [Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
ADMINISTRATORS = "administrators"
AT_ONCE = 16  #: updates worked on together; a chat's own come one after the other
WAITING_MAX = 2_000  #: updates taken in, of all chats
#: What is answered of one chat. Telegram lets a bot say one thing a second to a person, twenty a minute to a group;
#: choosing among buttons comes in bursts.
PERSON = Rate(burst=30, every_s=1.0)
GROUP = Rate(burst=18, every_s=60 / 18)


def build_application(token: str, *, desk: BotDesk, base_url: str | None = None) -> BotApplication:
    """Build the application; nothing is sent yet.

    Args:
        base_url: The root of another Bot API server, in the place of ``https://api.telegram.org``.
    """
    # httpx writes each address, token included, at INFO.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    builder = (
        Application.builder()
        .token(token)
        .job_queue(None)
        .concurrent_updates(ChatByChat(AT_ONCE))
        .request(HTTPXRequest(connection_pool_size=32, connect_timeout=10, read_timeout=20, pool_timeout=5))
        .get_updates_request(HTTPXRequest(connection_pool_size=2, connect_timeout=10, read_timeout=10))
    )
    if base_url is not None:
        root = base_url.rstrip("/")
        builder = builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
    application = builder.build()
    application.add_handlers(all_handlers(desk))
    application.bot_data[ADMINISTRATORS] = desk.bureau.administrators
    application.add_error_handler(on_error)
    return application


@asynccontextmanager
async def polling(application: BotApplication, *, poll_timeout_s: int = 30) -> AsyncIterator[BotApplication]:
    """The bot at work inside the block: initialised, introduced, answering; stopped cleanly after it.

    Raises:
        telegram.error.InvalidToken: the token is not, or no longer, one.
        telegram.error.NetworkError: Telegram cannot be reached.
    """
    async with answering(application):
        updater = application.updater
        if updater is None:
            raise ValueError("this application was built without an updater")
        await updater.start_polling(
            timeout=poll_timeout_s, allowed_updates=ALLOWED_UPDATES, error_callback=_poll_error
        )
        try:
            yield application
        finally:
            await updater.stop()


@asynccontextmanager
async def answering(application: BotApplication) -> AsyncIterator[BotApplication]:
    """The bot ready to answer what is put in its queue; whoever opens the block brings the updates.

    Raises as `polling` does.
    """
    async with application:
        await introduce(application)
        await application.start()
        try:
            yield application
        finally:
            await application.stop()


async def introduce(application: BotApplication) -> None:
    """Tell Telegram the menus of commands and what the bot is for. Done again at each start, harmlessly.

    Who gets the menu of the administrators is what ``bot_data`` says under `ADMINISTRATORS`.
    """
    administrators: frozenset[int] = application.bot_data.get(ADMINISTRATORS, frozenset())
    bot = application.bot
    try:
        await bot.set_my_commands(_menu(notes.commands()))
        for language in (None, *LANGUAGES):
            await bot.set_my_commands(
                _menu(notes.commands(language=language)),
                scope=BotCommandScopeAllPrivateChats(),
                language_code=language,
            )
            await bot.set_my_commands(
                _menu(notes.commands(in_group=True, language=language)),
                scope=BotCommandScopeAllGroupChats(),
                language_code=language,
            )
        for administrator in sorted(administrators):
            await _set_desk_menu(bot, administrator, _menu(notes.commands() | notes.desk_commands()))
        await bot.set_my_description(
            say(
                _(
                    "La veille de l’industrie près de chez vous : investissements, emplois, implantations, "
                    "difficultés. Chaque nouvelle une seule fois, avec le lien vers l’article. Touchez "
                    "« Démarrer », puis choisissez votre territoire."
                )
            )
        )
        await bot.set_my_short_description(
            say(_("La veille de l’industrie près de chez vous, chaque nouvelle une seule fois."))
        )
    except TelegramError as error:
        # The menu is a comfort; Telegram limits how often it may be changed.
        log.warning("the menu of the bot could not be set: %s", error)


def _menu(commands: Mapping[str, str]) -> list[BotCommand]:
    return [BotCommand(name, words) for name, words in commands.items()]


async def _set_desk_menu(bot: Bot, administrator: int, menu: list[BotCommand]) -> None:
    try:
        await bot.set_my_commands(menu, scope=BotCommandScopeChat(administrator))
    except BadRequest as error:  # he has never written to the bot: he gets his menu at the next start
        log.info("an administrator has no conversation with the bot yet: %s", error)


class ChatByChat(BaseUpdateProcessor):
    """Works on several chats at once, and on the updates of one chat in their order.

    Two quick taps of one person must not overtake each other; a slow answer must not hold others up. Nor must a
    chat that asks more than it can be told: what is too much is let go, in silence, since saying so is saying more.
    What Telegram tells by itself (blocked, added, moved) is always heard.
    """

    def __init__(self, at_once: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(WAITING_MAX)
        self._working = asyncio.Semaphore(at_once)
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._clock = clock
        self._people, self._groups = Throttle(PERSON), Throttle(GROUP)

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Wait for the chat's turn, then work on the update."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None or not isinstance(update, Update):
            await coroutine
            return
        if self._is_too_much(update, chat):
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            return
        lock = self._locks.setdefault(chat.id, asyncio.Lock())
        async with lock, self._working:
            await coroutine

    def _is_too_much(self, update: Update, chat: Chat) -> bool:
        told = update.message is not None and not (update.message.text or update.message.caption)
        if update.my_chat_member is not None or told:
            return False
        throttle = self._people if chat.type == Chat.PRIVATE else self._groups
        too_much = throttle.wait_s(str(chat.id), self._clock()) > 0
        if too_much:
            log.info("an update was let go: its chat asks too much")
        return too_much

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""


async def on_error(update: object, context: Context, *, new_code: Callable[[], str] | None = None) -> None:
    """Log what a handler could not do under a code, and tell the person that code, never the details."""
    error = context.error
    if isinstance(error, RetryAfter):
        log.warning("Telegram asks for a pause; an answer was not given: %s", error)
        return
    if not isinstance(update, Update):
        log.warning("trouble while talking to Telegram: %s", error)
        return
    code = (new_code or _incident_code)()
    log.error("incident %s while answering update %s", code, update.update_id, exc_info=error)
    try:
        if update.callback_query is not None:
            await toast(update.callback_query, notes.incident(code), alert=True)
        elif update.message is not None:
            await answer(update, notes.as_message(notes.incident(code)))
    except TelegramError as second:
        log.warning("the apology for incident %s could not be delivered: %s", code, second)


def _incident_code() -> str:
    return secrets.token_hex(3).upper()


def _poll_error(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.critical(
            say(
                _(
                    "Un autre programme utilise le même jeton Telegram : arrêtez l’un des deux. "
                    "Rien n’est perdu."
                )
            )
        )
    elif isinstance(error, NetworkError):
        log.warning("Telegram cannot be reached, trying again: %s", error)
    else:
        log.error("Telegram refuses to give its updates: %s", error)
