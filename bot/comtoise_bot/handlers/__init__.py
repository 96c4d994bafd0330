"""One file per command: its handler, and those of the buttons it shows.

Each module gives ``handlers(desk)``. A handler reads its arguments, calls the desk, shows a screen.
"""

from collections.abc import Callable, Sequence

from comtoise_bot.desk import BotDesk
from comtoise_bot.handlers import (
    aide,
    alertes,
    bureau,
    chats,
    confidentialite,
    digest,
    fallback,
    feedback,
    ici,
    mesdonnees,
    moins,
    mots,
    oubliez_moi,
    pause,
    recherche,
    sources,
    start,
    sujets,
)
from comtoise_bot.talk import Handler

#: In order: the first handler that wants an update has it, so the fallback comes last.
_ALL: Sequence[Callable[[BotDesk], list[Handler]]] = (
    start.handlers,
    digest.handlers,
    sujets.handlers,
    alertes.handlers,
    pause.handlers,
    aide.handlers,
    mesdonnees.handlers,
    oubliez_moi.handlers,
    confidentialite.handlers,
    ici.handlers,
    mots.handlers,
    recherche.handlers,
    sources.handlers,
    feedback.handlers,
    moins.handlers,
    bureau.handlers,
    chats.handlers,
    fallback.handlers,
)


def all_handlers(desk: BotDesk) -> list[Handler]:
    """Every handler of the bot."""
    return [handler for handlers in _ALL for handler in handlers(desk)]
