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

from comtoise.demo.botapi.chats import Button, Chat, Shown
from comtoise.demo.botapi.entities import TEXT_LIMIT, Entity, EntityError, read_html, utf16_length
from comtoise.demo.botapi.faults import Fault, blocked, deactivated, migrated

Json = dict[str, Any]
T = TypeVar("T")

DEMO_TOKEN = "42:demo-token-of-the-bot-on-loopback"
CALLBACK_DATA_LIMIT = 64  #: bytes
BUTTON_LIMIT = 100
TOAST_LIMIT = 200
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(@\w+)?")
_BY_DEFAULT_LEFT_OUT = {"chat_member", "message_reaction", "message_reaction_count"}


class Refusal(Exception):
    """The answer is an error of the Bot API."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.parameters = dict(parameters or {})


def _bad_request(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


@dataclass(slots=True, kw_only=True)
class Call:
    """One request of the bot, as received."""

    method: str
    params: dict[str, str]
    files: dict[str, tuple[str, bytes]]
    at: float  #: seconds, monotonic
    status: int | None = None  #: of the answer; None while it is not given, or never

    @property
    def chat(self) -> int | None:
        """The chat the call is about, if any."""
        try:
            return int(self.params["chat_id"])
        except (KeyError, ValueError):
            return None


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
        self.chats: dict[int, Chat] = {}
        self.toasts: dict[str, str] = {}  #: answered callback → its text, "" when none was given
        self.commands: dict[str, list[Json]] = {}  #: « scope language » → commands
        self.profile: dict[str, str] = {}  #: « description fr » → text
        self.actions: list[tuple[int, str]] = []  #: « is typing… » per chat
        self.plan: Callable[[Call], Fault | None] | None = None  #: asked for each call, after `fail`
        self._clock = clock
        self._planned: list[_Planned] = []
        self._updates: list[Json] = []
        self._allowed: set[str] | None = None
        self._update_ids = itertools.count(1000)
        self._message_ids = itertools.count(1)
        self._callback_ids = itertools.count(7_000_000)
        self._open_callbacks: set[str] = set()
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

    async def until(self, condition: Callable[[], T], *, timeout_s: float = 5.0) -> T:
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
        shown = self._add(chat, text=text, entities=entities, by_bot=False, thread=thread)
        message = self._message_json(chat, shown)
        if chat.type == "channel":
            await self._push("channel_post", message)
        else:
            await self._push("message", message | {"from": self._person(user or abs(chat_id))})
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
        self._open_callbacks.add(callback_id)
        query: Json = {
            "id": callback_id,
            "from": self._person(user or abs(chat_id)),
            "chat_instance": str(chat_id),
            "data": data,
        }
        if shown is not None:
            query["message"] = self._message_json(chat, shown)
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
        await self._push("my_chat_member", self._membership(chat, "member", status))

    async def user_unblocks(self, chat_id: int) -> None:
        """The person lets the bot write again, or a group adds it back."""
        chat = self.open_chat(chat_id)
        chat.blocked = False
        await self._push("my_chat_member", self._membership(chat, "kicked", "member"))

    async def group_migrates(self, old: int, new: int) -> None:
        """A group becomes a supergroup: service messages in both chats, and the old address answers so."""
        was, now = self.open_chat(old), self.open_chat(new)
        was.migrated_to = new
        for chat, note in ((was, {"migrate_to_chat_id": new}), (now, {"migrate_from_chat_id": old})):
            shown = self._add(chat, text="", by_bot=False)
            message = self._message_json(chat, shown)
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
        if call.method == "getUpdates":
            return await self._get_updates(call.params)
        action = self._METHODS.get(call.method)
        if action is None:
            raise Refusal(404, "Not Found: method not found")
        return action(self, call)

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

    # --- shapes ---

    @property
    def me(self) -> Json:
        """The bot, as getMe tells it."""
        return {
            "id": int(self.token.split(":")[0]),
            "is_bot": True,
            "first_name": "Comtoise",
            "username": self.username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    @staticmethod
    def _person(user: int) -> Json:
        return {"id": user, "is_bot": False, "first_name": f"Personne {user}", "language_code": "fr"}

    def _membership(self, chat: Chat, old: str, new: str) -> Json:
        def member(status: str) -> Json:
            extra = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.me, "status": status} | extra

        return {
            "chat": chat.as_json(),
            "from": self._person(abs(chat.id)),
            "date": int(self._clock()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }

    def _message_json(self, chat: Chat, shown: Shown) -> Json:
        message: Json = {
            "message_id": shown.message_id,
            "date": shown.date,
            "chat": chat.as_json(),
            "text": shown.text,
        }
        if shown.by_bot:
            message["from"] = self.me
        if shown.entities:
            message["entities"] = [entity.as_json() for entity in shown.entities]
        if shown.rows:
            message["reply_markup"] = {
                "inline_keyboard": [[button.as_json() for button in row] for row in shown.rows]
            }
        if shown.thread is not None:
            message |= {"message_thread_id": shown.thread, "is_topic_message": True}
        if shown.edits:
            message["edit_date"] = int(self._clock())
        if shown.file is not None:
            name, content = shown.file
            message["document"] = {
                "file_id": f"file-{shown.message_id}",
                "file_unique_id": f"u{shown.message_id}",
                "file_name": name,
                "file_size": len(content),
            }
            message["caption"] = message.pop("text")
        return message

    def _add(self, chat: Chat, **fields: Any) -> Shown:
        shown = Shown(message_id=next(self._message_ids), date=int(self._clock()), **fields)
        chat.messages.append(shown)
        return shown

    # --- methods of the API ---

    def _reachable(self, call: Call) -> Chat:
        chat = self.chats.get(call.chat) if call.chat is not None else None
        if chat is None:
            raise _bad_request("chat not found")
        for happened, fault in (
            (chat.migrated_to is not None, migrated(chat.migrated_to or 0)),
            (chat.deactivated, deactivated()),
            (chat.blocked and chat.type == "private", blocked()),
            (
                chat.blocked,
                Fault(status=403, description=f"Forbidden: bot was kicked from the {chat.type} chat"),
            ),
        ):
            if happened:
                raise Refusal(fault.status, fault.description, fault.parameters)
        return chat

    @staticmethod
    def _text(
        params: Mapping[str, str], name: str = "text", limit: int = TEXT_LIMIT
    ) -> tuple[str, tuple[Entity, ...]]:
        source = params.get(name, "")
        mode = params.get("parse_mode")
        if mode not in (None, "HTML") or "entities" in params:
            raise _bad_request(f"this server reads HTML or plain text only, not {mode or 'entities'}")
        try:
            text, entities = read_html(source) if mode else (source, ())
        except EntityError as error:
            raise _bad_request(str(error)) from error
        if utf16_length(text) > limit:
            raise _bad_request("message is too long" if name == "text" else "message caption is too long")
        return text.strip(), entities

    @staticmethod
    def _rows(params: Mapping[str, str]) -> tuple[tuple[Button, ...], ...]:
        if "reply_markup" not in params:
            return ()
        try:
            markup = json.loads(params["reply_markup"])
        except ValueError as error:
            raise _bad_request("can't parse reply keyboard markup JSON object") from error
        rows = tuple(
            tuple(
                Button(text=cell.get("text", ""), url=cell.get("url"), data=cell.get("callback_data"))
                for cell in row
            )
            for row in markup.get("inline_keyboard", [])
        )
        for button in itertools.chain.from_iterable(rows):
            if not button.text.strip():
                raise _bad_request("can't parse inline keyboard button: Text must be non-empty")
            if (button.url is None) == (button.data is None):
                raise _bad_request("can't parse inline keyboard button: BUTTON_TYPE_INVALID")
            if button.data is not None and not 1 <= len(button.data.encode()) <= CALLBACK_DATA_LIMIT:
                raise _bad_request("BUTTON_DATA_INVALID")
            if button.url is not None and not re.match(r"(https?|tg)://[^\s/]+", button.url):
                raise _bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")
        if sum(len(row) for row in rows) > BUTTON_LIMIT:
            raise _bad_request("reply markup is too long")
        return rows

    @staticmethod
    def _thread(chat: Chat, params: Mapping[str, str]) -> int | None:
        if "message_thread_id" not in params:
            return None
        thread = int(params["message_thread_id"])
        if thread not in chat.topics:
            raise _bad_request("message thread not found")
        return thread

    def _send_message(self, call: Call) -> Json:
        chat = self._reachable(call)
        text, entities = self._text(call.params)
        if not text:
            raise _bad_request("message text is empty")
        reply = json.loads(call.params.get("reply_parameters", "{}"))
        reply_to = reply.get("message_id")
        if reply_to is not None and chat.find(reply_to) is None:
            if not reply.get("allow_sending_without_reply"):
                raise _bad_request("message to be replied not found")
            reply_to = None
        shown = self._add(
            chat,
            text=text,
            entities=entities,
            rows=self._rows(call.params),
            thread=self._thread(chat, call.params),
            reply_to=reply_to,
            silent=call.params.get("disable_notification") == "true",
            by_bot=True,
        )
        return self._message_json(chat, shown)

    def _send_document(self, call: Call) -> Json:
        chat = self._reachable(call)
        if "document" not in call.files:
            raise _bad_request("there is no document in the request")
        caption, entities = self._text(call.params, "caption", 1024)
        shown = self._add(
            chat, text=caption, entities=entities, rows=self._rows(call.params),
            thread=self._thread(chat, call.params), file=call.files["document"], by_bot=True,
        )  # fmt: skip
        return self._message_json(chat, shown)

    def _own(self, call: Call, words: str) -> tuple[Chat, Shown]:
        chat = self._reachable(call)
        shown = chat.find(int(call.params.get("message_id", 0)))
        if shown is None:
            raise _bad_request(f"message to {words} not found")
        if not shown.by_bot:
            raise _bad_request(f"message can't be {words}{'ed' if words == 'edit' else 'd'}")
        return chat, shown

    def _edit(self, call: Call, *, text_too: bool) -> Json:
        chat, shown = self._own(call, "edit")
        text, entities = self._text(call.params) if text_too else (shown.text, shown.entities)
        rows = self._rows(call.params)
        if not text:
            raise _bad_request("message text is empty")
        if (text, entities, rows) == (shown.text, shown.entities, shown.rows):
            raise _bad_request(
                "message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        if text != shown.text:
            shown.edits.append(shown.text)
        shown.text, shown.entities, shown.rows = text, entities, rows
        return self._message_json(chat, shown)

    def _edit_text(self, call: Call) -> Json:
        return self._edit(call, text_too=True)

    def _edit_markup(self, call: Call) -> Json:
        return self._edit(call, text_too=False)

    def _delete(self, call: Call) -> bool:
        chat, shown = self._own(call, "delete")
        chat.messages.remove(shown)
        return True

    def _pin(self, call: Call) -> bool:
        chat, shown = self._own(call, "pin")
        chat.pinned.add(shown.message_id)
        return True

    def _unpin(self, call: Call) -> bool:
        self._reachable(call).pinned.discard(int(call.params.get("message_id", 0)))
        return True

    def _answer_callback(self, call: Call) -> bool:
        callback_id = call.params.get("callback_query_id", "")
        if callback_id not in self._open_callbacks:
            raise _bad_request("query is too old and response timeout expired or query ID is invalid")
        text = call.params.get("text", "")
        if len(text) > TOAST_LIMIT:
            raise _bad_request("MESSAGE_TOO_LONG")
        self._open_callbacks.remove(callback_id)
        self.toasts[callback_id] = text
        return True

    def _chat_action(self, call: Call) -> bool:
        self.actions.append((self._reachable(call).id, call.params.get("action", "")))
        return True

    def _get_chat(self, call: Call) -> Json:
        chat = self._reachable(call)
        return chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": {
            "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False,
            "premium_subscription": False, "gifts_from_channels": False,
        }}  # fmt: skip

    def _get_member(self, call: Call) -> Json:
        chat, user = self._reachable(call), int(call.params.get("user_id", 0))
        if user in chat.admins:
            return {"user": self._person(user), "status": "creator", "is_anonymous": False}
        return {"user": self._person(user), "status": "member"}

    @staticmethod
    def _scope(params: Mapping[str, str]) -> str:
        scope = json.loads(params.get("scope", '{"type": "default"}'))
        place = f"{scope['type']}:{scope['chat_id']}" if "chat_id" in scope else scope["type"]
        return f"{place} {params.get('language_code', '')}".strip()

    def _set_commands(self, call: Call) -> bool:
        commands: list[Json] = json.loads(call.params.get("commands", "[]"))
        if len(commands) > 100:
            raise _bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
                raise _bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise _bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[self._scope(call.params)] = commands
        return True

    def _get_commands(self, call: Call) -> list[Json]:
        return self.commands.get(self._scope(call.params), [])

    def _delete_commands(self, call: Call) -> bool:
        self.commands.pop(self._scope(call.params), None)
        return True

    def _set_profile(self, call: Call) -> bool:
        limits = {"setMyName": ("name", 64), "setMyDescription": ("description", 512),
                  "setMyShortDescription": ("short_description", 120)}  # fmt: skip
        name, limit = limits[call.method]
        text = call.params.get(name, "")
        if len(text) > limit:
            raise _bad_request(f"{name} is too long")
        self.profile[f"{name} {call.params.get('language_code', '')}".strip()] = text
        return True

    def _get_profile(self, call: Call) -> Json:
        name = {"getMyName": "name", "getMyDescription": "description",
                "getMyShortDescription": "short_description"}[call.method]  # fmt: skip
        return {name: self.profile.get(f"{name} {call.params.get('language_code', '')}".strip(), "")}

    def _get_me(self, call: Call) -> Json:
        del call
        return self.me

    def _webhook_info(self, call: Call) -> Json:
        del call
        return {"url": "", "has_custom_certificate": False, "pending_update_count": len(self._updates)}

    def _delete_webhook(self, call: Call) -> bool:
        if call.params.get("drop_pending_updates") == "true":
            self._updates.clear()
        return True

    @staticmethod
    def _agree(server: "BotApiServer", call: Call) -> bool:
        del server, call
        return True

    _METHODS: Mapping[str, Callable[["BotApiServer", Call], object]] = {
        "getMe": _get_me,
        "sendMessage": _send_message,
        "sendDocument": _send_document,
        "editMessageText": _edit_text,
        "editMessageReplyMarkup": _edit_markup,
        "deleteMessage": _delete,
        "pinChatMessage": _pin,
        "unpinChatMessage": _unpin,
        "answerCallbackQuery": _answer_callback,
        "sendChatAction": _chat_action,
        "getChat": _get_chat,
        "getChatMember": _get_member,
        "setMyCommands": _set_commands,
        "getMyCommands": _get_commands,
        "deleteMyCommands": _delete_commands,
        "setMyName": _set_profile,
        "setMyDescription": _set_profile,
        "setMyShortDescription": _set_profile,
        "getMyName": _get_profile,
        "getMyDescription": _get_profile,
        "getMyShortDescription": _get_profile,
        "getWebhookInfo": _webhook_info,
        "deleteWebhook": _delete_webhook,
        "setChatMenuButton": _agree,
    }
