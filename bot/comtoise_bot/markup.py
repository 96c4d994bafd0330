"""From a `Message` to what python-telegram-bot sends."""

from collections.abc import Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from comtoise_bot.message import Row


def markup(rows: Iterable[Row]) -> InlineKeyboardMarkup | None:
    """The keyboard of these rows of buttons; none when there are none."""
    keyboard = [
        [
            InlineKeyboardButton(each.text, url=each.url)
            if each.url
            else InlineKeyboardButton(each.text, callback_data=each.data)
            for each in row
        ]
        for row in rows
    ]
    return InlineKeyboardMarkup(keyboard) if keyboard else None
