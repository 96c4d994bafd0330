"""« Moins de ça… » under an alert, and what it does to the digests that follow."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from telegram import InlineKeyboardMarkup

from comtoise.demo.botapi import BotApiServer
from comtoise.digests.mutes import Mute
from comtoise.model import Channel
from comtoise.store import Database, mutes, readers, stories
from comtoise_bot import rendering
from comtoise_bot.desk import BotDesk
from comtoise_bot.markup import markup
from comtoise_bot.talk import BotApplication
from support.talking import ANNE, says, taps


def muted_by_anne(store: Database) -> tuple[Mute, ...]:
    with store.read() as tx:
        reader = readers.find(tx, Channel.TELEGRAM, str(ANNE))
        return mutes.of_reader(tx, reader.id) if reader else ()


async def alert(running: BotApplication, store: Database, story_id: int) -> None:
    with store.read() as tx:
        (story,) = stories.load(tx, [story_id])
    message = rendering.alert(story)
    keyboard: InlineKeyboardMarkup | None = markup(message.rows)
    await running.bot.send_message(ANNE, message.html, parse_mode="HTML", reply_markup=keyboard)


async def test_a_sector_is_muted_for_a_week_and_heard_of_again_from_the_same_message(
    server: BotApiServer, running: BotApplication, store: Database, desk: BotDesk, publish: Callable[..., int]
) -> None:
    story = publish("Orlova ouvre un atelier")
    publish("Varlet moule une pièce", "plasturgie")
    await says(server, "/start r27")
    await alert(running, store, story)
    text = server.chat(ANNE).last.text
    await taps(server, "Moins de ça")
    assert [button.text for button in server.chat(ANNE).last.buttons] == [
        "La filière Microtechniques", "La source La Gazette du Doubs", "Tout mettre en pause", "‹ Retour",
    ]  # fmt: skip
    await taps(server, "Microtechniques")
    assert [button.text.replace("\u00a0", " ") for button in server.chat(ANNE).last.buttons] == [
        "1 jour", "7 jours", "Toujours", "‹ Retour",
    ]  # fmt: skip
    toast = await taps(server, "7\u00a0jours")
    assert "plus rien sur Microtechniques pendant 7 jours" in toast.replace("\u00a0", " ")
    week = desk.bureau.now() + timedelta(days=7)
    assert muted_by_anne(store) == (Mute("sector", "microtechniques", week),)
    assert server.chat(ANNE).last.text == text, "the alert itself stays"
    assert server.chat(ANNE).last.button("Utile")

    digest = await says(server, "/digest")
    assert "Varlet" in digest.text
    assert "Orlova" not in digest.text

    before = server.chat(ANNE).from_bot[-2]
    again = before.button("Annuler")
    callback = await server.user_taps(ANNE, before.message_id, again.data or "")
    await server.until(lambda: callback in server.toasts)
    assert "à nouveau Microtechniques" in server.toasts[callback]
    assert muted_by_anne(store) == ()


async def test_what_is_muted_for_good_is_shown_as_such(
    server: BotApiServer, running: BotApplication, store: Database, publish: Callable[..., int]
) -> None:
    story = publish("Orlova ouvre un atelier")
    await says(server, "/start r27")
    await alert(running, store, story)
    await taps(server, "Utile")
    await taps(server, "Moins de ça")
    await taps(server, "source")
    await taps(server, "Toujours")
    assert muted_by_anne(store) == (Mute("source", "gazette", None),)
    assert server.chat(ANNE).last.button("✓ 👍 Utile"), "the verdict given is still ticked"
    await taps(server, "Moins de ça")
    await taps(server, "à nouveau La Gazette")
    assert muted_by_anne(store) == ()
    await taps(server, "Moins de ça")
    await taps(server, "Retour")
    assert server.chat(ANNE).last.button("Lire")


@pytest.mark.parametrize("data", ["m:999::", "m:999:abc:7", "m:x::", "m:1:abc:9"])
async def test_an_old_or_forged_button_changes_nothing(
    server: BotApiServer, running: BotApplication, store: Database, data: str
) -> None:
    del running
    await says(server, "/start r27")
    callback = await server.user_taps(ANNE, server.chat(ANNE).last.message_id, data, forged=True)
    await server.until(lambda: callback in server.toasts)
    assert server.toasts[callback]
    assert muted_by_anne(store) == ()


async def test_in_a_group_only_administrators_mute(
    server: BotApiServer, running: BotApplication, store: Database, publish: Callable[..., int]
) -> None:
    story = publish("Orlova ouvre un atelier")
    server.open_chat(-100, admins={7})
    await says(server, "/start r27", -100, user=7)
    with store.read() as tx:
        (found,) = stories.load(tx, [story])
    rows = rendering.alert(found).rows
    await running.bot.send_message(-100, "Orlova", reply_markup=markup(rows))
    toast = await server.taps(-100, "Moins de ça", user=8)
    assert "administrateurs" in toast


async def test_pause_is_two_taps_away_from_an_alert_and_from_a_digest(
    server: BotApiServer, running: BotApplication, store: Database, publish: Callable[..., int]
) -> None:
    def is_paused() -> bool:
        with store.read() as tx:
            reader = readers.find(tx, Channel.TELEGRAM, str(ANNE))
            return reader is not None and reader.paused

    story = publish("Orlova ouvre un atelier")
    await says(server, "/start r27")
    await alert(running, store, story)
    text = server.chat(ANNE).last.text
    await taps(server, "Moins de ça")
    await server.taps(ANNE, "Tout mettre en pause")
    await server.until(lambda: "en pause" in server.chat(ANNE).last.text)
    assert is_paused()
    assert server.chat(ANNE).from_bot[-2].text == text, "the alert stays"
    await taps(server, "Reprendre")

    await says(server, "/digest")
    await server.taps(ANNE, "Réglages")
    await server.until(lambda: "Vos réglages" in server.chat(ANNE).last.text)
    await taps(server, "Mettre en pause")
    assert is_paused()
