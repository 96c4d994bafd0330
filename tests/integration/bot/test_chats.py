"""Channels, menus and languages, and who comes back after he was forgotten."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from comtoise.demo.botapi import BotApiServer
from comtoise.digests.mutes import Mute
from comtoise.model import Channel, Rhythm
from comtoise.store import Database, feedback, mutes, readers
from comtoise_bot.desk import BotDesk
from comtoise_bot.talk import BotApplication
from support import due
from support.talking import ANNE, says, settled, taps

CHANNEL = -1009

pytestmark = pytest.mark.usefixtures("running")


def following(store: Database, address: str) -> frozenset[Rhythm] | None:
    with store.read() as tx:
        reader = readers.find(tx, Channel.TELEGRAM, address)
        return readers.subscription(tx, reader.id).rhythms if reader else None


async def test_a_channel_that_lets_the_bot_post_becomes_a_reader_and_its_owner_is_told(
    server: BotApiServer, store: Database
) -> None:
    server.open_chat(CHANNEL, kind="channel", title="Industrie du Doubs", admins={ANNE})
    await server.user_promotes(CHANNEL, by=ANNE)
    await server.until(lambda: server.chat(ANNE).from_bot)
    assert "Je publierai dans « Industrie du Doubs »" in server.chat(ANNE).last.text.replace("\u00a0", " ")
    assert server.chat(CHANNEL).from_bot == (), "subscribers see no settings"
    assert following(store, str(CHANNEL)) == frozenset({Rhythm.DAILY})
    assert "Votre rythme" in (await says(server, "/alertes", CHANNEL)).text
    await taps(server, "Tout de suite", CHANNEL, user=ANNE)
    assert following(store, str(CHANNEL)) == frozenset({Rhythm.DAILY, Rhythm.INSTANT})
    assert "administrateurs" in await server.taps(CHANNEL, "Tout de suite", user=5)


async def test_a_channel_where_the_bot_may_not_post_is_no_reader(
    server: BotApiServer, store: Database
) -> None:
    server.open_chat(CHANNEL, kind="channel", title="Muet")
    await server.user_promotes(CHANNEL, by=ANNE, may_post=False)
    await server.until(lambda: server.chat(ANNE).from_bot)
    assert "pas le droit de publier" in server.chat(ANNE).last.text
    assert following(store, str(CHANNEL)) is None


async def test_a_channel_whose_owner_cannot_be_told_works_all_the_same(
    server: BotApiServer, running: BotApplication, store: Database
) -> None:
    server.open_chat(CHANNEL, kind="channel")
    await server.user_promotes(CHANNEL, by=999)
    await settled(server, running)
    assert following(store, str(CHANNEL)) == frozenset({Rhythm.DAILY})


async def test_menus_are_set_for_each_scope_and_language(server: BotApiServer) -> None:
    scopes = {"default", *(f"{scope} {language}".strip() for scope in ("all_private_chats", "all_group_chats")
              for language in ("", "fr", "en"))}  # fmt: skip
    assert scopes <= set(server.commands)
    french = {c["command"]: c["description"] for c in server.commands["all_private_chats fr"]}
    english = {c["command"]: c["description"] for c in server.commands["all_private_chats en"]}
    assert french.keys() == english.keys() >= {"recherche", "mots", "sources", "digest"}
    assert french["digest"] == "Les nouvelles, tout de suite"
    assert english["digest"] != french["digest"]


async def test_who_was_forgotten_and_writes_start_is_no_longer_kept_away(
    server: BotApiServer, store: Database
) -> None:
    def trace() -> str | None:
        with store.read() as tx:
            return readers.forgotten(tx, Channel.TELEGRAM, str(ANNE), key=b"a key of the tests")

    await says(server, "/start r27")
    await says(server, "/oubliez_moi")
    await taps(server, "Effacer mes données")
    await taps(server, "Oui, tout effacer")
    assert trace() == readers.ERASED
    await says(server, "/aide")
    assert trace() == readers.ERASED, "only /start says that he comes back"
    await says(server, "/start")
    assert trace() is None


async def test_my_data_tell_what_was_sent_and_what_is_muted(
    server: BotApiServer, store: Database, desk: BotDesk, publish: Callable[..., int]
) -> None:
    story = publish("Orlova ouvre un atelier")
    await says(server, "/start r27")
    now = desk.bureau.now()
    with store.write() as tx:
        reader = readers.find(tx, Channel.TELEGRAM, str(ANNE))
        assert reader is not None
        due.alert(tx, reader_id=reader.id, story_id=story, now=now)
        mutes.save(tx, reader.id, Mute("source", "radio", None))
    await says(server, "/mesdonnees")
    await server.until(lambda: server.chat(ANNE).last.file)
    words, file = server.chat(ANNE).from_bot[-2:]
    assert "1 envoi" in words.text.replace("\u00a0", " ")
    assert file.file is not None
    data = json.loads(file.file[1])
    assert data["moins_de"] == [{"sorte": "source", "sujet": "radio", "jusqu_a": None}]
    assert data["envois"] == [
        {"sorte": "alert", "etat": "waiting", "le": now.isoformat(), "nouvelle": story, "digest": None}
    ]


async def test_after_erasure_no_file_holds_a_trace(
    server: BotApiServer, store: Database, desk: BotDesk, publish: Callable[..., int], tmp_path: Path
) -> None:
    chat, word = 987_654_321, "motquineditrien"

    def traces() -> list[str]:
        return [
            file.name
            for file in tmp_path.iterdir()
            if any(each.encode() in file.read_bytes() for each in (str(chat), word))
        ]

    story = publish("Orlova ouvre un atelier")
    await says(server, "/start r27", chat)
    await says(server, f"/mots {word}", chat)
    await taps(server, "Enregistrer", chat)
    await says(server, "/digest", chat)
    now = desk.bureau.now()
    with store.write() as tx:
        reader = readers.find(tx, Channel.TELEGRAM, str(chat))
        assert reader is not None
        due.alert(tx, reader_id=reader.id, story_id=story, now=now)
        feedback.give(tx, reader_id=reader.id, story_id=story, verdict=feedback.Verdict.USEFUL, now=now)
        mutes.save(tx, reader.id, Mute("source", "gazette", None))
    assert traces()
    await says(server, "/oubliez_moi", chat)
    await taps(server, "Effacer mes données", chat)
    await taps(server, "Oui, tout effacer", chat)
    assert traces() == []
    with store.read() as tx:
        for table in (
            "reader",
            "follow",
            "watch",
            "word",
            "word_hit",
            "mute",
            "feedback",
            "delivery",
            "digest",
        ):
            assert tx.scalar(sql(f"SELECT count(*) FROM {table}")) == 0
        assert tx.scalar(sql("SELECT count(*) FROM forgotten")) == 1
