"""The bot inside the service: it comes up when Telegram can be reached, and says so when it cannot.

It asks Telegram for what people write (long polling), unless an address is given at which Telegram may call: then
it waits there (a webhook). One or the other, and one program at a time: Telegram itself refuses a second poller.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from comtoise.errors import InputError, StorageError
from comtoise.i18n import _
from comtoise.store import Database, notices, sources
from comtoise_bot.application import ALLOWED_UPDATES, answering, build_application, polling
from comtoise_bot.channel import TelegramChannel
from comtoise_bot.desk import BotDesk
from comtoise_bot.screens import notes

RETRY_FIRST_S = 2.0
RETRY_MAX_S = 300.0
TELL_EVERY_S = 30.0
WEBHOOK_PATH = "/telegram/"
BODY_MAX = 1_000_000  #: bytes; an update of Telegram's is a few thousand

log = structlog.get_logger("bot")


class BotProcess:
    """Runs the application, and comes back when the way to Telegram was cut at the start."""

    def __init__(
        self,
        token: str,
        desk: BotDesk,
        *,
        base_url: str | None = None,
        webhook: "Webhook | None" = None,
        teller: "Teller | None" = None,
    ) -> None:
        self._token = token
        self.desk = desk
        self.application = build_application(token, desk=desk, base_url=base_url)
        self.channel = TelegramChannel(self.application.bot)
        self.webhook = webhook
        self._teller = teller

    async def run(self, stop: asyncio.Event) -> None:
        """Answer people until *stop* is set.

        Raises:
            InputError: Telegram knows no such token.
        """
        pause = RETRY_FIRST_S
        while not stop.is_set():
            try:
                async with self._answering():
                    log.info("bot_answers", webhook=self.webhook is not None)
                    await self._until(stop)
            except InvalidToken as error:
                raise InputError(
                    _("Telegram refuse le jeton du robot : vérifiez TELEGRAM_BOT_TOKEN auprès de @BotFather.")
                ) from error
            except TelegramError as error:
                log.warning("telegram_out_of_reach", error=type(error).__name__, retry_in_s=pause)
                await _wait(stop, pause)
                pause = min(pause * 2, RETRY_MAX_S)

    @contextlib.asynccontextmanager
    async def _answering(self) -> AsyncIterator[None]:
        if self.webhook is None:
            async with polling(self.application):
                yield
            return
        async with answering(self.application):
            await self.application.bot.set_webhook(
                self.webhook.address, secret_token=self.webhook.secret, allowed_updates=ALLOWED_UPDATES
            )
            self.webhook.take = self._take
            try:
                yield
            finally:
                self.webhook.take = None

    async def _take(self, data: dict[str, object]) -> None:
        update = Update.de_json(data, self.application.bot)
        await self.application.update_queue.put(update)

    async def _until(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if self._teller is not None:
                try:
                    await self._teller.round(self._say)
                except StorageError:  # the bot answers all the same; what waits is told at the next round
                    log.exception("notices_wait")
            await _wait(stop, TELL_EVERY_S)

    async def _say(self, administrator: int, text: str) -> None:
        await self.application.bot.send_message(administrator, notes.as_message(text).html, parse_mode="HTML")


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


class Webhook:
    """Where Telegram calls, and how it proves that it is Telegram."""

    def __init__(self, root: str, *, key: bytes) -> None:
        """*root* is the public address of the pages; *key* that of the desk, which both names are made from."""
        self.path = WEBHOOK_PATH + _made(key, "path")[:32]
        self.address = root.rstrip("/") + self.path
        self.secret = _made(key, "secret")
        self.take: Callable[[dict[str, object]], Awaitable[None]] | None = None  #: while the bot is at work

    def routes(self) -> list[BaseRoute]:
        """For the service's web application."""
        return [Route(self.path, self._called, methods=["POST"])]

    async def _called(self, request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return Response(status_code=403)
        if self.take is None:
            return Response(status_code=503, headers={"retry-after": "5"})  # Telegram calls again
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_MAX:
                return Response(status_code=413)
        try:
            data = json.loads(body)
        except ValueError:
            return Response(status_code=400)
        if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
            return Response(status_code=400)
        await self.take(data)
        return Response(status_code=200)


def _made(key: bytes, what: str) -> str:
    return hmac.new(key, f"telegram webhook {what}".encode(), hashlib.sha256).hexdigest()


class Teller:
    """Tells the administrators what they must know, each of them each thing once."""

    def __init__(self, database: Database, desk: BotDesk) -> None:
        self._database = database
        self._desk = desk
        self._told: dict[int, set[int]] = {}  #: notice to who has it, until all do

    async def round(self, say: Callable[[int, str], Awaitable[None]]) -> int:
        """Say what waits with *say* (administrator, text); return how many notices are done with.

        An administrator who never wrote to the bot, or blocked it, is passed over; a notice that nobody could be
        told waits. A trouble of Telegram leaves the rest to the next round.
        """
        administrators = sorted(self._desk.bureau.administrators)
        if not administrators:
            return 0
        done = 0
        for notice in await asyncio.to_thread(self._waiting):
            told = self._told.setdefault(notice.id, set())
            for administrator in administrators:
                if administrator in told:
                    continue
                try:
                    await say(administrator, notice.text)
                except (BadRequest, Forbidden) as error:
                    log.warning("administrator_out_of_reach", error=str(error))
                except TelegramError as error:
                    log.warning("notice_waits", notice=notice.id, error=type(error).__name__)
                    return done
                else:
                    told.add(administrator)
            if told:
                await asyncio.to_thread(self._settle, notice.id)
                self._told.pop(notice.id)
                done += 1
        return done

    def _waiting(self) -> list[notices.Notice]:
        """What waits, with the sources that need a person among it."""
        now = self._desk.bureau.now()
        with self._database.write() as tx:
            for state in sources.needing_attention(tx):
                if state.episode is None:
                    continue
                card = self._desk.cards.get(state.source_id)
                notices.give(
                    tx,
                    f"source:{state.source_id}:{state.episode.since.isoformat()}",
                    _(
                        "La source « {name} » demande que quelqu’un regarde : {why} Pour en savoir plus : /source {id}"
                    ).format(
                        name=card.name if card else state.source_id,
                        why=state.episode.trouble.text.rstrip(". ") + ".",
                        id=state.source_id,
                    ),
                    now=now,
                )
            return notices.waiting(tx)

    def _settle(self, notice_id: int) -> None:
        with self._database.write() as tx:
            notices.told(tx, notice_id, now=self._desk.bureau.now())
