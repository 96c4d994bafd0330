"""The server: HTTP on one side, the hands and eyes of people on the other."""

import asyncio
import itertools
import json
import re
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from comtoise.demo.botapi.calls import Call, Refusal
from comtoise.demo.botapi.chats import Chat, Shown
from comtoise.demo.botapi.entities import Entity, utf16_length
from comtoise.demo.botapi.faults import Fault
from comtoise.demo.botapi.methods import Methods

Json = dict[str, Any]
T = TypeVar("T")

DEMO_TOKEN = "42:demo-token-of-the-bot-on-loopback"
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(@\w+)?")
_BY_DEFAULT_LEFT_OUT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True, kw_only=True)
class _Planned:
    fault: Fault
    method: str | None
    chat: int | None
    times: int | None


class BotApiServer:
    """A Bot API server on a free loopback port; use it as an async context manager.

    `user_says` and `user_taps` are what people do; `chat(id).messages` is what they see; `calls` is what
    the bot asked, in order; `fail` and `plan` make the server answer as a bad day would.
    """

    def __init__(
        self,
        *,
        token: str = DEMO_TOKEN,
        username: str = "comtoise_bot",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.username = username
        self.calls: list[Call] = []
        self._api = Methods(bot_id=int(token.split(":")[0]), username=username, clock=clock)
        self.chats = self._api.chats
        self.toasts = self._api.toasts  #: answered callback → its text, "" when none was given
        self.commands = self._api.commands  #: « scope language » → commands
        self.profile = self._api.profile  #: « description fr » → text
        self.actions = self._api.actions  #: « is typing… » per chat
        self.plan: Callable[[Call], Fault | None] | None = None  #: asked for each call, after `fail`
        self._planned: list[_Planned] = []
        self._updates: list[Json] = []
        self._allowed: set[str] | None = None
        self._update_ids = itertools.count(1000)
        self._callback_ids = itertools.count(7_000_000)
        self._poller = 0
        self._changed = asyncio.Condition()
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._port = 0

    # --- life ---

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening; requests left hanging end now."""
        self._closing.set()
        await self._notify()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The root of the API, in the place of ``https://api.telegram.org``."""
        return f"http://127.0.0.1:{self._port}"

    async def until(self, condition: Callable[[], T], *, timeout_s: float = 60.0) -> T:
        """Wait until *condition* gives something true, asked again after every call; return it.

        Raises:
            TimeoutError: naming the last calls received.
        """
        try:
            async with asyncio.timeout(timeout_s), self._changed:
                while not (result := condition()):
                    await self._changed.wait()
                return result
        except TimeoutError:
            last = [(call.method, call.chat, call.status) for call in self.calls[-8:]]
            raise TimeoutError(f"nothing of the kind in {timeout_s} s; last calls: {last}") from None

    # --- what people do ---

    def chat(self, chat_id: int) -> Chat:
        """The chat, opened as a private one when it is new."""
        return self.open_chat(chat_id)

    def open_chat(
        self,
        chat_id: int,
        *,
        kind: str | None = None,
        title: str = "",
        topics: Collection[int] = (),
        admins: Collection[int] = (),
    ) -> Chat:
        """A chat that the bot may write to; by default private when positive, a supergroup otherwise."""
        if chat_id not in self.chats:
            type_ = kind or ("private" if chat_id > 0 else "supergroup")
            self.chats[chat_id] = Chat(
                id=chat_id, type=type_, title=title, topics=set(topics), admins=set(admins)
            )
        return self.chats[chat_id]

    async def user_says(
        self, chat_id: int, text: str, *, user: int | None = None, thread: int | None = None
    ) -> Shown:
        """A person writes *text*; a command is recognised as Telegram recognises it."""
        chat = self.open_chat(chat_id)
        entities = tuple(
            Entity(type="bot_command", offset=utf16_length(text[: found.start()]), length=len(found[0]))
            for found in _COMMAND.finditer(text)
            if found.start() == 0 or text[found.start() - 1].isspace()
        )
        shown = self._api.add(chat, text=text, entities=entities, by_bot=False, thread=thread)
        message = self._api.message_json(chat, shown)
        if chat.type == "channel":
            await self._push("channel_post", message)
        else:
            await self._push("message", message | {"from": self._api.person(user or abs(chat_id))})
        return shown

    async def user_taps(
        self, chat_id: int, message_id: int, data: str, *, user: int | None = None, forged: bool = False
    ) -> str:
        """A person taps the button with *data* under a message; return the callback's id (see `toasts`).

        Raises:
            LookupError: no such button is shown, unless *forged* (a client can send anything).
        """
        chat = self.open_chat(chat_id)
        shown = chat.find(message_id)
        if not forged and (shown is None or data not in [button.data for button in shown.buttons]):
            raise LookupError(f"no button {data!r} under message {message_id}")
        callback_id = str(next(self._callback_ids))
        self._api.open_callbacks.add(callback_id)
        query: Json = {
            "id": callback_id,
            "from": self._api.person(user or abs(chat_id)),
            "chat_instance": str(chat_id),
            "data": data,
        }
        if shown is not None:
            query["message"] = self._api.message_json(chat, shown)
        else:  # too old for Telegram to hand over
            query["message"] = {"chat": chat.as_json(), "message_id": message_id, "date": 0}
        await self._push("callback_query", query)
        return callback_id

    async def taps(self, chat_id: int, words: str, *, user: int | None = None) -> str:
        """Tap the button labelled with *words* under the bot's latest message, and wait for the answer."""
        message = self.chat(chat_id).last
        callback_id = await self.user_taps(
            chat_id, message.message_id, message.button(words).data or "", user=user
        )
        await self.until(lambda: callback_id in self.toasts)
        return self.toasts[callback_id]

    async def user_blocks(self, chat_id: int, *, status: str = "kicked") -> None:
        """A person blocks the bot, or (status ``left``) a group removes it."""
        chat = self.open_chat(chat_id)
        chat.blocked = True
        await self._push("my_chat_member", self._api.membership(chat, "member", status))

    async def user_unblocks(self, chat_id: int) -> None:
        """The person lets the bot write again, or a group adds it back."""
        chat = self.open_chat(chat_id)
        chat.blocked = False
        await self._push("my_chat_member", self._api.membership(chat, "kicked", "member"))

    async def user_promotes(self, chat_id: int, *, by: int, may_post: bool = True) -> None:
        """An administrator of a channel makes the bot one."""
        chat = self.open_chat(chat_id)
        chat.blocked = False
        change = self._api.membership(chat, "left", "administrator", may_post=may_post)
        await self._push("my_chat_member", change | {"from": self._api.person(by)})

    async def group_migrates(self, old: int, new: int) -> None:
        """A group becomes a supergroup: service messages in both chats, and the old address answers so."""
        was, now = self.open_chat(old), self.open_chat(new)
        was.migrated_to = new
        for chat, note in ((was, {"migrate_to_chat_id": new}), (now, {"migrate_from_chat_id": old})):
            shown = self._api.add(chat, text="", by_bot=False)
            message = self._api.message_json(chat, shown)
            del message["text"]
            await self._push("message", message | note)

    # --- bad days ---

    def fail(
        self,
        fault: Fault,
        *,
        method: str | None = "sendMessage",
        chat: int | None = None,
        times: int | None = 1,
    ) -> None:
        """Answer *fault* to the next *times* calls of *method* (any when None) about *chat* (any when None);
        *times* None: from now on."""
        self._planned.append(_Planned(fault=fault, method=method, chat=chat, times=times))

    def recover(self) -> None:
        """Forget the planned faults."""
        self._planned.clear()
        self.plan = None

    def _fault(self, call: Call) -> Fault | None:
        for planned in self._planned:
            if planned.method not in (None, call.method) or planned.chat not in (None, call.chat):
                continue
            if planned.times is not None:
                planned.times -= 1
                if planned.times == 0:
                    self._planned.remove(planned)
            return planned.fault
        return self.plan(call) if self.plan else None

    # --- what the bot asked ---

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed yet."""
        return len(self._waiting())

    def called(self, method: str, *, chat: int | None = None) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method and chat in (None, call.chat)]

    # --- HTTP ---

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        call = await self._read(request)
        self.calls.append(call)
        try:
            if request.match_info["token"] != self.token:
                raise Refusal(401, "Unauthorized")
            fault = self._fault(call)
            if fault is None:
                result = await self._perform(call)
                return self._reply(call, 200, {"ok": True, "result": result})
            if fault.performed:
                await self._perform(call)
            if fault.hangs:
                await self._notify()
                await self._closing.wait()
            if fault.hangs or fault.drops:
                if request.transport is not None:
                    request.transport.close()
                return web.Response()
            raise Refusal(fault.status, fault.description, fault.parameters)
        except Refusal as refusal:
            body: Json = {"ok": False, "error_code": refusal.status, "description": str(refusal)}
            if refusal.parameters:
                body["parameters"] = refusal.parameters
            return self._reply(call, refusal.status, body)
        finally:
            await self._notify()

    def _reply(self, call: Call, status: int, body: Json) -> web.Response:
        call.status = status
        return web.json_response(body, status=status)

    async def _read(self, request: web.Request) -> Call:
        params: dict[str, str] = dict(request.query)
        files: dict[str, tuple[str, bytes]] = {}
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            elif isinstance(value, str):
                params[name] = value
        now = asyncio.get_running_loop().time()
        return Call(method=request.match_info["method"], params=params, files=files, at=now)

    async def _perform(self, call: Call) -> object:
        match call.method:
            case "getUpdates":
                return await self._get_updates(call.params)
            case "getWebhookInfo":
                return {
                    "url": "",
                    "has_custom_certificate": False,
                    "pending_update_count": len(self._updates),
                }
            case "deleteWebhook":
                if call.params.get("drop_pending_updates") == "true":
                    self._updates.clear()
                return True
            case _:
                return self._api.perform(call)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # --- updates ---

    async def _push(self, kind: str, payload: Json) -> None:
        self._updates.append({"update_id": next(self._update_ids), kind: payload})
        await self._notify()

    async def _get_updates(self, params: Mapping[str, str]) -> list[Json]:
        self._poller += 1
        mine = self._poller
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        if "allowed_updates" in params:
            self._allowed = set(json.loads(params["allowed_updates"])) or None
        if offset < 0:
            self._updates = self._updates[offset:]
        else:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]

        def ready() -> bool:
            return bool(self._waiting()) or self._poller != mine or self._closing.is_set()

        await self._notify()  # an earlier poller learns that it is no longer alone
        try:
            async with asyncio.timeout(float(params.get("timeout", 0))), self._changed:
                await self._changed.wait_for(ready)
        except TimeoutError:
            return []
        if self._poller != mine:
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; "
                "make sure that only one bot instance is running",
            )
        return self._waiting()[:limit]

    def _waiting(self) -> list[Json]:
        def wanted(update: Json) -> bool:
            kind = next(key for key in update if key != "update_id")
            return kind in self._allowed if self._allowed else kind not in _BY_DEFAULT_LEFT_OUT

        return [update for update in self._updates if wanted(update)]
