"""The bot inside the service: it comes up when Telegram can be reached, and says so when it cannot."""

import asyncio
import contextlib

import structlog
from telegram.error import InvalidToken, TelegramError

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise_bot.application import build_application, polling
from comtoise_bot.channel import TelegramChannel
from comtoise_bot.desk import BotDesk

RETRY_FIRST_S = 2.0
RETRY_MAX_S = 300.0

log = structlog.get_logger("bot")


class BotProcess:
    """Runs the application, and comes back when the way to Telegram was cut at the start."""

    def __init__(self, token: str, desk: BotDesk, *, base_url: str | None = None) -> None:
        self._token = token
        self.desk = desk
        self.application = build_application(token, desk=desk, base_url=base_url)
        self.channel = TelegramChannel(self.application.bot)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer people until *stop* is set.

        Raises:
            InputError: Telegram knows no such token.
        """
        pause = RETRY_FIRST_S
        while not stop.is_set():
            try:
                async with polling(self.application):
                    log.info("bot_answers")
                    await stop.wait()
            except InvalidToken as error:
                raise InputError(
                    _("Telegram refuse le jeton du robot : vérifiez TELEGRAM_BOT_TOKEN auprès de @BotFather.")
                ) from error
            except TelegramError as error:
                log.warning("telegram_out_of_reach", error=type(error).__name__, retry_in_s=pause)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)
                pause = min(pause * 2, RETRY_MAX_S)
