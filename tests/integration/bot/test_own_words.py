"""/mots: a word is tried before it is kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from comtoise.demo.botapi import BotApiServer
from comtoise.model import Channel, Subscription
from comtoise.store import Database, readers
from support.talking import ANNE, says, taps

pytestmark = pytest.mark.usefixtures("running")


def wanted(store: Database) -> Subscription:
    with store.read() as tx:
        reader = readers.find(tx, Channel.TELEGRAM, str(ANNE))
        assert reader is not None
        return readers.subscription(tx, reader.id)


async def test_a_word_is_shown_with_what_it_would_have_found_then_kept_and_removed(
    server: BotApiServer, store: Database, publish: Callable[..., int]
) -> None:
    publish("Décolletage : Orlova ouvre un atelier")
    publish("Une presse à décolleter ancienne", ago=timedelta(days=9))
    publish("Varlet moule une pièce", "plasturgie")
    await says(server, "/start r27_plasturgie")
    assert "pas encore de mot" in (await says(server, "/mots")).text
    shown = await says(server, "/mots decolletage")
    assert "aurait trouvé 1 nouvelle ces 7 jours" in shown.text.replace("\u00a0", " ")
    assert "Orlova ouvre un atelier" in shown.text
    assert wanted(store).words == set(), "nothing is kept before a tap"
    assert await taps(server, "Enregistrer") == "C’est noté."
    assert wanted(store).words == {"decolletage"}
    assert wanted(store).sectors == {"plasturgie"}
    await taps(server, "Retirer « decolletage »".replace(" ", "\u00a0").replace("Retirer\u00a0", "Retirer "))
    assert wanted(store).words == set()


async def test_a_word_is_excluded(server: BotApiServer, store: Database, publish: Callable[..., int]) -> None:
    publish("Décolletage : Orlova ouvre un atelier")
    await says(server, "/start r27")
    assert "aurait écarté 1" in (await says(server, "/mots sans Orlova")).text.replace("\u00a0", " ")
    await taps(server, "Enregistrer")
    assert wanted(store).exclusions == {"Orlova"}
    assert "J’écarte" in server.chat(ANNE).last.text
    assert "Rien de neuf" in (await says(server, "/digest")).text


async def test_a_preview_can_be_turned_and_given_up(server: BotApiServer, store: Database) -> None:
    await says(server, "/start r27")
    shown = await says(server, "/mots football")
    assert "vous suivez toutes les filières" in shown.text
    await taps(server, "Écarter plutôt")
    assert "aurait écarté 0" in server.chat(ANNE).last.text.replace("\u00a0", " ")
    await taps(server, "Annuler")
    assert wanted(store).words == wanted(store).exclusions == set()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param("NON", "NON ou PROCHE", id="operator-without-words"),
        pytest.param("a*", "étoile", id="too-short-a-beginning"),
        pytest.param("<b>&", "aurait trouvé", id="marks-are-text"),
        pytest.param("presse PROCHE(5) injecter", "aurait trouvé", id="the-language-of-the-desk"),
        pytest.param("mot " * 60, "100 caractères", id="too-long"),
    ],
)
async def test_what_cannot_be_read_is_explained(server: BotApiServer, written: str, words: str) -> None:
    await says(server, "/start r27_plasturgie")
    assert words in (await says(server, f"/mots {written}")).text.replace("\u00a0", " ")


async def test_words_before_any_choice(server: BotApiServer) -> None:
    assert "/start" in (await says(server, "/mots fonderie")).text


async def test_a_forged_tap_keeps_no_word_that_could_not_be_written(
    server: BotApiServer, store: Database
) -> None:
    await says(server, "/start r27_plasturgie")
    shown = await says(server, f"/recherche {'x' * 119}")
    callback = await server.user_taps(ANNE, shown.message_id, "s:mo:add:", forged=True)
    await server.until(lambda: callback in server.toasts)
    await server.until(lambda: "100" in server.chat(ANNE).last.text)
    assert wanted(store).words == set()
