"""How tests talk with the bot: through the loopback Bot API server, as people do."""

from comtoise.demo.botapi import BotApiServer, Shown
from comtoise_bot.talk import BotApplication

ANNE = 101


async def says(server: BotApiServer, text: str, chat: int = ANNE, **more: int) -> Shown:
    """Write to the bot and wait for its next message."""
    before = len(server.chat(chat).from_bot)
    await server.user_says(chat, text, **more)
    await server.until(lambda: len(server.chat(chat).from_bot) > before)
    return server.chat(chat).last


async def taps(server: BotApiServer, words: str, chat: int = ANNE, user: int | None = None) -> str:
    """Tap a button of the latest message; return the toast once the screen was redrawn."""
    edits = len([call for call in server.calls if call.method.startswith("edit")])
    toast = await server.taps(chat, words, user=user)
    await server.until(lambda: len([c for c in server.calls if c.method.startswith("edit")]) > edits)
    return toast


async def settled(server: BotApiServer, running: BotApplication) -> None:
    """Wait until the bot has taken all updates and worked on them."""
    await server.until(lambda: server.pending == 0)
    await running.update_queue.join()
