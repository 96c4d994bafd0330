"""Telegram as a way to readers: one delivery in, one outcome out."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, InvalidToken, TelegramError

from comtoise.delivery.channel import Leaves, unnoted
from comtoise.delivery.zones import zone_of
from comtoise.i18n import _
from comtoise.model import Channel, Delivery, DeliveryKind, Moved, Outcome, Refused, Sent
from comtoise_bot import rendering
from comtoise_bot.addresses import place
from comtoise_bot.markup import markup
from comtoise_bot.message import Message
from comtoise_bot.outcomes import outcome, says
from comtoise_bot.words import say

log = logging.getLogger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


class TelegramChannel:
    """Sends deliveries with a bot that is already initialised. Pacing and retries belong to the outbox."""

    channel = Channel.TELEGRAM

    def __init__(self, bot: Bot, *, now: Callable[[], datetime] = _utc_now) -> None:
        self._bot = bot
        self._now = now

    async def send(self, delivery: Delivery, leaves: Leaves = unnoted) -> Outcome:
        """Try once; whatever Telegram answers is an outcome."""
        message = self._render(delivery)
        if message is None:
            return Refused("nothing left to tell")
        await leaves()
        try:
            return Sent(await self._hand_over(delivery, message))
        except TelegramError as error:
            if isinstance(error, InvalidToken):
                log.critical("Telegram refuses the bot's token: nothing can be sent until it is replaced")
            if says(error, "message thread not found"):
                return await self._leave_topic(delivery)
            return outcome(error, now=self._now(), attempts=delivery.attempts, message_ref=_edited(delivery))

    def _render(self, delivery: Delivery) -> Message | None:
        if delivery.kind is DeliveryKind.DIGEST:
            if delivery.digest is None:
                return None
            return rendering.digest(
                delivery.digest, digest_id=delivery.digest_id, maybe_repeat=delivery.maybe_repeat
            )
        if delivery.story is None:
            return None
        repeat = (
            delivery.maybe_repeat and delivery.kind is not DeliveryKind.UPDATE
        )  # an edit repeats harmlessly
        return rendering.alert(
            delivery.story, zone=zone_of(delivery.reader), maybe_repeat=repeat, news=delivery.news
        )

    async def _hand_over(self, delivery: Delivery, message: Message) -> str:
        """Send or edit; return the message's number. Text whose formatting is refused goes plain, once."""
        try:
            return await self._call(delivery, message.html, message, formatted=True)
        except BadRequest as error:
            if not (says(error, "can't parse entities") or says(error, "message is too long")):
                raise
            log.error("Telegram refused the formatting of delivery %s: %s", delivery.id, error)
            plain = message.plain[: MessageLimit.MAX_TEXT_LENGTH // 2]  # whatever the unit of the limit
            return await self._call(delivery, plain, message, formatted=False)

    async def _call(self, delivery: Delivery, text: str, message: Message, *, formatted: bool) -> str:
        here = place(delivery.reader.address)
        mode = ParseMode.HTML if formatted else None
        preview = LinkPreviewOptions(is_disabled=True)
        reference = int(delivery.message_ref) if delivery.message_ref else None
        if delivery.kind is DeliveryKind.UPDATE and reference is not None:
            await self._bot.edit_message_text(
                text,
                chat_id=here.chat_id,
                message_id=reference,
                parse_mode=mode,
                reply_markup=markup(message.rows),
                link_preview_options=preview,
            )
            return str(reference)
        follows = ReplyParameters(reference, allow_sending_without_reply=True) if reference else None
        sent = await self._bot.send_message(
            here.chat_id,
            text,
            parse_mode=mode,
            message_thread_id=here.thread_id,
            reply_markup=markup(message.rows),
            link_preview_options=preview,
            reply_parameters=follows,
        )
        return str(sent.message_id)

    async def _leave_topic(self, delivery: Delivery) -> Outcome:
        """The topic was deleted: say so in the chat itself, and deliver there from now on."""
        chat_id = place(delivery.reader.address).chat_id
        note = say(
            _(
                "Le sujet de discussion où j’écrivais n’existe plus : je continue ici. "
                "Pour choisir un autre sujet, écrivez-y /ici."
            )
        )
        try:
            await self._bot.send_message(chat_id, note)
        except TelegramError as error:
            return outcome(error, now=self._now(), attempts=delivery.attempts)
        return Moved(str(chat_id))


def _edited(delivery: Delivery) -> str | None:
    return delivery.message_ref if delivery.kind is DeliveryKind.UPDATE else None
