"""A Bot API server on loopback: the real protocol over HTTP, chats one can look into, faults on request.

The demo and the tests talk to it with the same python-telegram-bot code that talks to Telegram. It is
strict where Telegram forgives (an unknown named entity, a nested quote), so that a doubtful message
fails here first.
"""

from comtoise.demo.botapi.calls import Call
from comtoise.demo.botapi.chats import Button, Chat, Shown
from comtoise.demo.botapi.faults import (
    Fault,
    accepts_then_hangs,
    answers,
    blocked,
    chat_not_found,
    deactivated,
    drops_the_connection,
    migrated,
    too_many_requests,
    unreachable_user,
)
from comtoise.demo.botapi.server import BotApiServer

__all__ = [
    "BotApiServer",
    "Button",
    "Call",
    "Chat",
    "Fault",
    "Shown",
    "accepts_then_hangs",
    "answers",
    "blocked",
    "chat_not_found",
    "deactivated",
    "drops_the_connection",
    "migrated",
    "too_many_requests",
    "unreachable_user",
]
