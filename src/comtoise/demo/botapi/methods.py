"""The methods of the Bot API that a bot like ours calls, and what they change.

Checks and their words are Telegram's, as far as they are documented or were seen.
"""

import itertools
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from comtoise.demo.botapi.calls import Call, Refusal, bad_request
from comtoise.demo.botapi.chats import Button, Chat, Shown
from comtoise.demo.botapi.entities import TEXT_LIMIT, Entity, EntityError, read_html, utf16_length
from comtoise.demo.botapi.faults import Fault, blocked, deactivated, migrated

Json = dict[str, Any]

CALLBACK_DATA_LIMIT = 64  #: bytes
BUTTON_LIMIT = 100
TOAST_LIMIT = 200


_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip


class Methods:
    """The state of the server: chats, menu, profile; one method of this class per method of the API."""

    def __init__(self, *, bot_id: int, username: str, clock: Callable[[], float]) -> None:
        self.chats: dict[int, Chat] = {}
        self.toasts: dict[str, str] = {}
        self.commands: dict[str, list[Json]] = {}
        self.profile: dict[str, str] = {}
        self.actions: list[tuple[int, str]] = []
        self.open_callbacks: set[str] = set()
        self._bot_id = bot_id
        self._username = username
        self._clock = clock
        self._message_ids = itertools.count(1)

    def perform(self, call: Call) -> object:
        """Do what *call* asks and return the result for JSON.

        Raises:
            Refusal: Telegram would refuse it.
        """
        action = self._METHODS.get(call.method)
        if action is None:
            raise Refusal(404, "Not Found: method not found")
        return action(self, call)

    @property
    def me(self) -> Json:
        """The bot, as getMe tells it."""
        return {
            "id": self._bot_id,
            "is_bot": True,
            "first_name": "Comtoise",
            "username": self._username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    @staticmethod
    def person(user: int) -> Json:
        """The shape of the Bot API's User, for somebody who is no bot."""
        return {"id": user, "is_bot": False, "first_name": f"Personne {user}", "language_code": "fr"}

    def membership(self, chat: Chat, old: str, new: str, *, may_post: bool = False) -> Json:
        """The shape of ChatMemberUpdated: the bot's own place in a chat changed."""

        def member(status: str) -> Json:
            extra: Json = {"until_date": 0} if status == "kicked" else {}
            if status == "administrator":
                extra = dict.fromkeys(_RIGHTS, False) | {"can_post_messages": may_post}
            return {"user": self.me, "status": status} | extra

        return {
            "chat": chat.as_json(),
            "from": self.person(abs(chat.id)),
            "date": int(self._clock()),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }

    def message_json(self, chat: Chat, shown: Shown) -> Json:
        """The shape of the Bot API's Message."""
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

    def add(self, chat: Chat, **fields: Any) -> Shown:
        """A new message in a chat, with the next number."""
        shown = Shown(message_id=next(self._message_ids), date=int(self._clock()), **fields)
        chat.messages.append(shown)
        return shown

    # --- methods of the API ---

    def _reachable(self, call: Call) -> Chat:
        chat = self.chats.get(call.chat) if call.chat is not None else None
        if chat is None:
            raise bad_request("chat not found")
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
            raise bad_request(f"this server reads HTML or plain text only, not {mode or 'entities'}")
        try:
            text, entities = read_html(source) if mode else (source, ())
        except EntityError as error:
            raise bad_request(str(error)) from error
        if utf16_length(text) > limit:
            raise bad_request("message is too long" if name == "text" else "message caption is too long")
        return text.strip(), entities

    @staticmethod
    def _rows(params: Mapping[str, str]) -> tuple[tuple[Button, ...], ...]:
        if "reply_markup" not in params:
            return ()
        try:
            markup = json.loads(params["reply_markup"])
        except ValueError as error:
            raise bad_request("can't parse reply keyboard markup JSON object") from error
        rows = tuple(
            tuple(
                Button(text=cell.get("text", ""), url=cell.get("url"), data=cell.get("callback_data"))
                for cell in row
            )
            for row in markup.get("inline_keyboard", [])
        )
        for button in itertools.chain.from_iterable(rows):
            if not button.text.strip():
                raise bad_request("can't parse inline keyboard button: Text must be non-empty")
            if (button.url is None) == (button.data is None):
                raise bad_request("can't parse inline keyboard button: BUTTON_TYPE_INVALID")
            if button.data is not None and not 1 <= len(button.data.encode()) <= CALLBACK_DATA_LIMIT:
                raise bad_request("BUTTON_DATA_INVALID")
            if button.url is not None and not re.match(r"(https?|tg)://[^\s/]+", button.url):
                raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")
        if sum(len(row) for row in rows) > BUTTON_LIMIT:
            raise bad_request("reply markup is too long")
        return rows

    @staticmethod
    def _thread(chat: Chat, params: Mapping[str, str]) -> int | None:
        if "message_thread_id" not in params:
            return None
        thread = int(params["message_thread_id"])
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        return thread

    def _send_message(self, call: Call) -> Json:
        chat = self._reachable(call)
        text, entities = self._text(call.params)
        if not text:
            raise bad_request("message text is empty")
        reply = json.loads(call.params.get("reply_parameters", "{}"))
        reply_to = reply.get("message_id")
        if reply_to is not None and chat.find(reply_to) is None:
            if not reply.get("allow_sending_without_reply"):
                raise bad_request("message to be replied not found")
            reply_to = None
        shown = self.add(
            chat,
            text=text,
            entities=entities,
            rows=self._rows(call.params),
            thread=self._thread(chat, call.params),
            reply_to=reply_to,
            silent=call.params.get("disable_notification") == "true",
            by_bot=True,
        )
        return self.message_json(chat, shown)

    def _send_document(self, call: Call) -> Json:
        chat = self._reachable(call)
        if "document" not in call.files:
            raise bad_request("there is no document in the request")
        caption, entities = self._text(call.params, "caption", 1024)
        shown = self.add(
            chat, text=caption, entities=entities, rows=self._rows(call.params),
            thread=self._thread(chat, call.params), file=call.files["document"], by_bot=True,
        )  # fmt: skip
        return self.message_json(chat, shown)

    def _own(self, call: Call, words: str) -> tuple[Chat, Shown]:
        chat = self._reachable(call)
        shown = chat.find(int(call.params.get("message_id", 0)))
        if shown is None:
            raise bad_request(f"message to {words} not found")
        if not shown.by_bot:
            raise bad_request(f"message can't be {words}{'ed' if words == 'edit' else 'd'}")
        return chat, shown

    def _edit(self, call: Call, *, text_too: bool) -> Json:
        chat, shown = self._own(call, "edit")
        text, entities = self._text(call.params) if text_too else (shown.text, shown.entities)
        rows = self._rows(call.params)
        if not text:
            raise bad_request("message text is empty")
        if (text, entities, rows) == (shown.text, shown.entities, shown.rows):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        if text != shown.text:
            shown.edits.append(shown.text)
        shown.text, shown.entities, shown.rows = text, entities, rows
        return self.message_json(chat, shown)

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
        if callback_id not in self.open_callbacks:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        text = call.params.get("text", "")
        if len(text) > TOAST_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        self.open_callbacks.remove(callback_id)
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
            return {"user": self.person(user), "status": "creator", "is_anonymous": False}
        return {"user": self.person(user), "status": "member"}

    @staticmethod
    def _scope(params: Mapping[str, str]) -> str:
        scope = json.loads(params.get("scope", '{"type": "default"}'))
        place = f"{scope['type']}:{scope['chat_id']}" if "chat_id" in scope else scope["type"]
        return f"{place} {params.get('language_code', '')}".strip()

    def _set_commands(self, call: Call) -> bool:
        commands: list[Json] = json.loads(call.params.get("commands", "[]"))
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
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
            raise bad_request(f"{name} is too long")
        self.profile[f"{name} {call.params.get('language_code', '')}".strip()] = text
        return True

    def _get_profile(self, call: Call) -> Json:
        name = {"getMyName": "name", "getMyDescription": "description",
                "getMyShortDescription": "short_description"}[call.method]  # fmt: skip
        return {name: self.profile.get(f"{name} {call.params.get('language_code', '')}".strip(), "")}

    def _get_me(self, call: Call) -> Json:
        del call
        return self.me

    @staticmethod
    def _agree(server: "Methods", call: Call) -> bool:
        del server, call
        return True

    _METHODS: Mapping[str, Callable[["Methods", Call], object]] = {
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
        "setChatMenuButton": _agree,
        "setWebhook": _agree,
    }
