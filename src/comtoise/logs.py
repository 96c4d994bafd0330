"""Logs: one line per event, for people on a terminal and as JSON elsewhere; no secret in any of them."""

import logging
import re
import sys
from typing import Any

import structlog

_SECRETS = (
    (re.compile(r"(?:bot)?\d{6,12}:[A-Za-z0-9_-]{30,}"), "[token]"),
    (re.compile(r"(://[^/\s:@]*:)[^@\s/]+@"), r"\1[password]@"),
    # « New chat id: -100… », as python-telegram-bot words an error; 'chat_id': …, as a value is shown.
    (re.compile(r"(chat(?:[ _]id)?['\"]?\s*[:=]?\s*)-?\d{5,}", re.IGNORECASE), r"\1[chat]"),
    (re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"), "[address]"),
)


def redact(text: str) -> str:
    """*text* without bot tokens, passwords in addresses, e-mail addresses and numbers of chats."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


class _Redacting(logging.Formatter):
    """Redacts the whole line last, so that a traceback or an argument cannot carry a secret past it."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._inner.format(record))


def set_up(level: str = "info", *, stream: Any = None) -> None:
    """Send the logs of this process, ours and the libraries', to *stream* (stderr)."""
    stream = stream or sys.stderr
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    terminal = bool(getattr(stream, "isatty", lambda: False)())
    renderer: Any = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if terminal
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if not terminal:
        last.append(structlog.processors.format_exc_info)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        _Redacting(
            structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[*last, renderer])
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # httpx writes each address, bot token included, at INFO; telegram, at DEBUG, who says what to the bot; watchfiles
    # each change beside config.yaml, that of a journal kept there included, hence another change.
    for chatty in (
        "telegram",
        "sqlalchemy",
        "httpx",
        "httpcore",
        "apscheduler",
        "scrapy",
        "aiohttp",
        "trafilatura",
        "htmldate",
        "alembic",
        "watchfiles",
    ):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # Warnings about choices that are meant: a pinned experimental handler, no Referer on redirects.
    for known in ("scrapy.core.downloader.handlers._base_streaming", "scrapy.downloadermiddlewares.redirect"):
        logging.getLogger(known).setLevel(logging.ERROR)
