"""The bot as people meet it: real python-telegram-bot, real HTTP, a real database."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from comtoise.demo import botapi
from comtoise.demo.botapi import BotApiServer
from comtoise.model import Channel, Rhythm, Story, Subscription
from comtoise.store import Database, feedback, readers, stories
from comtoise_bot import rendering
from comtoise_bot.addresses import Place
from comtoise_bot.desk import BotDesk
from comtoise_bot.markup import markup
from comtoise_bot.message import Message, block
from comtoise_bot.talk import BotApplication
from support.talking import says, settled, taps

ANNE, GROUP, CHIEF, MEMBER = 101, -100, 7, 8
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("running")


@pytest.fixture
def following(store: Database) -> Callable[[str], Subscription | None]:
    """What the reader at an address follows, read from the database."""

    def read(address: str = str(ANNE)) -> Subscription | None:
        with store.read() as tx:
            reader = readers.find(tx, Channel.TELEGRAM, address)
            return readers.subscription(tx, reader.id) if reader else None

    return read


async def welcomed(server: BotApiServer) -> None:
    """A reader of everything in Bourgogne-Franche-Comté, each morning."""
    await says(server, "/start r27")


# --- the welcome ---


async def test_a_newcomer_is_served_in_three_taps(
    server: BotApiServer, publish: Callable[..., int], following: Callable[..., Subscription | None]
) -> None:
    publish("Orlova ouvre un atelier")
    first = await says(server, "/start")
    assert "1/3" in first.text
    assert following() is None, "nothing is kept before a choice"

    await taps(server, "Bourgogne")
    first_choice = following()
    assert first_choice is not None
    assert first_choice.departements == {"25", "39"}
    assert first_choice.rhythms == {Rhythm.DAILY}, "stopping here leaves a working daily digest"
    assert "7 h 30" in server.chat(ANNE).last.text.replace("\u00a0", " ")

    await taps(server, "Continuer")
    assert "3/3" in server.chat(ANNE).last.text
    await taps(server, "Chaque matin")
    await server.until(lambda: len(server.chat(ANNE).from_bot) == 2)
    settled, sample = server.chat(ANNE).from_bot
    assert settled.text.startswith("C’est en place.")
    assert "Orlova ouvre un atelier" in sample.text
    assert len(server.called("sendMessage")) == 2, "one screen that changes, then a digest: no flood"


async def test_a_newcomer_picks_départements_sectors_and_a_rhythm(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    await says(server, "/start")
    await taps(server, "Choisir des départements")
    await taps(server, "Jura")
    await taps(server, "Continuer")
    await taps(server, "Plasturgie")
    await taps(server, "Santé")
    assert [b.text for b in server.chat(ANNE).last.buttons][:4] == [
        "Toutes les filières", "Microtechniques", "✅ Plasturgie", "✅ Santé",
    ]  # fmt: skip
    await taps(server, "Continuer")
    await taps(server, "Tout de suite")
    await server.until(lambda: len(server.chat(ANNE).from_bot) == 2)
    chosen = following()
    assert chosen is not None
    assert chosen.departements == {"39"}
    assert chosen.sectors == {"plasturgie", "sante"}
    assert chosen.rhythms == {Rhythm.INSTANT, Rhythm.DAILY}
    assert "Aucune nouvelle récente" in server.chat(ANNE).last.text


@pytest.mark.parametrize(
    ("link", "departements", "sectors"),
    [
        pytest.param("r27_microtechniques", {"25", "39"}, {"microtechniques"}, id="region-and-sector"),
        pytest.param("d01", {"01"}, set(), id="departement"),
        pytest.param("sante_plasturgie", set(), {"sante", "plasturgie"}, id="two-sectors"),
        pytest.param("r27_gone", {"25", "39"}, set(), id="a-sector-no-longer-known"),
    ],
)
async def test_a_link_chooses_in_advance(
    server: BotApiServer, following: Callable[..., Subscription | None],
    link: str, departements: set[str], sectors: set[str],
) -> None:  # fmt: skip
    assert "2/3" in (await says(server, f"/start {link}")).text
    chosen = following()
    assert chosen is not None
    assert chosen.departements == departements
    assert chosen.sectors == sectors


async def test_a_link_that_says_nothing_is_a_plain_welcome(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    assert "1/3" in (await says(server, "/start anything-else")).text
    assert following() is None


async def test_start_again_shows_what_is_followed(server: BotApiServer) -> None:
    await welcomed(server)
    shown = await says(server, "/start")
    assert "Vous recevez déjà" in shown.text
    assert "Bourgogne-Franche-Comté" in shown.text
    await taps(server, "Territoire")
    assert "Votre territoire" in server.chat(ANNE).last.text


# --- settings ---


async def test_sectors_are_added_and_removed(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    await welcomed(server)
    await says(server, "/sujets")
    assert await taps(server, "Plasturgie") == "C’est noté."
    assert following().sectors == {"plasturgie"}  # type: ignore[union-attr]
    await taps(server, "✅ Plasturgie")
    assert following().sectors == set()  # type: ignore[union-attr]
    assert server.chat(ANNE).last.button("Toutes").text.startswith("✅")


async def test_the_territory_is_changed_by_région_or_département(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    await welcomed(server)
    await says(server, "/sujets")
    await taps(server, "Territoire")
    await taps(server, "Ain")
    assert following().departements == {"25", "39", "01"}  # type: ignore[union-attr]
    assert "Bourgogne-Franche-Comté et Ain" in server.chat(ANNE).last.text
    await taps(server, "Grand Est")
    assert following().departements == {"67", "68"}  # type: ignore[union-attr]
    await taps(server, "Tout le territoire")
    assert following().departements == set()  # type: ignore[union-attr]


async def test_rhythm_silence_and_number_of_alerts(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    await welcomed(server)
    assert "jour" not in (await says(server, "/alertes")).text, "no alerts, no settings for them"
    await taps(server, "Tout de suite")
    await taps(server, "Silence de 22")
    await taps(server, "10")
    chosen = following()
    assert chosen is not None
    assert chosen.rhythms == {Rhythm.INSTANT, Rhythm.DAILY}
    assert (chosen.quiet_from, chosen.quiet_to) == (time(22), time(7))
    assert chosen.alerts_per_day == 10
    await taps(server, "À toute heure")
    assert following().quiet_from is None  # type: ignore[union-attr]


async def test_the_last_rhythm_stays(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    await welcomed(server)
    await says(server, "/alertes")
    toast = await server.taps(ANNE, "Chaque matin")
    assert "/pause" in toast
    assert following().rhythms == {Rhythm.DAILY}  # type: ignore[union-attr]


async def test_pause_and_resume_in_one_tap_each(server: BotApiServer, store: Database) -> None:
    def is_paused() -> bool:
        with store.read() as tx:
            reader = readers.find(tx, Channel.TELEGRAM, str(ANNE))
            return reader is not None and reader.paused

    await welcomed(server)
    await says(server, "/pause")
    assert is_paused()
    await taps(server, "Reprendre")
    assert not is_paused()
    assert "reparti" in server.chat(ANNE).last.text
    await taps(server, "pause")
    assert is_paused()


@pytest.mark.parametrize("command", ["/sujets", "/alertes", "/digest"])
async def test_a_command_before_any_choice_starts_the_welcome(server: BotApiServer, command: str) -> None:
    assert "1/3" in (await says(server, command)).text


@pytest.mark.parametrize("command", ["/pause", "/mesdonnees", "/oubliez_moi"])
async def test_a_command_about_nothing_says_where_to_begin(server: BotApiServer, command: str) -> None:
    assert "/start" in (await says(server, command)).text


# --- digest and feedback ---


async def test_the_digest_now_and_its_pages(server: BotApiServer, publish: Callable[..., int]) -> None:
    for number in range(18):
        publish(f"Nouvelle {number}", ("microtechniques", "plasturgie", "sante")[number % 3])
    await welcomed(server)
    shown = await says(server, "/digest")
    first = shown.text
    assert shown.text.startswith("Comtoise · mercredi 25")
    assert shown.button("1/2")
    await taps(server, "›")
    assert server.chat(ANNE).last.button("2/2")
    assert server.chat(ANNE).last.text != first
    await taps(server, "›")
    assert server.chat(ANNE).last.text == first
    assert (ANNE, "typing") in server.actions


async def test_a_quiet_day_shows_the_week(server: BotApiServer, publish: Callable[..., int]) -> None:
    publish("Une nouvelle de lundi", ago=timedelta(days=2))
    await welcomed(server)
    shown = await says(server, "/digest")
    assert shown.text.startswith("La semaine")
    assert "Une nouvelle de lundi" in shown.text


async def test_a_quiet_week_is_said(server: BotApiServer) -> None:
    await welcomed(server)
    assert "Rien de neuf" in (await says(server, "/digest")).text


async def test_a_page_of_a_digest_that_is_gone(server: BotApiServer, publish: Callable[..., int]) -> None:
    for number in range(18):
        publish(f"Nouvelle {number}", ("microtechniques", "plasturgie", "sante")[number % 3])
    await welcomed(server)
    shown = await says(server, "/digest")
    callback = await server.user_taps(ANNE, shown.message_id, "p:999:1", forged=True)
    await server.until(lambda: callback in server.toasts)
    assert "n’est plus conservé" in server.toasts[callback]


async def test_a_verdict_is_kept_ticked_and_changed(
    server: BotApiServer, running: BotApplication, store: Database, publish: Callable[..., int]
) -> None:
    story = publish("Orlova ouvre un atelier")
    await welcomed(server)
    rows = rendering.alert_buttons(_story(store, story))
    alert = Message(blocks=(block("Orlova"),), rows=rows)
    await running.bot.send_message(ANNE, alert.html, reply_markup=markup(alert.rows))
    await taps(server, "Utile")
    assert [button.text for button in server.chat(ANNE).last.buttons][1:3] == ["✓ 👍 Utile", "Hors sujet"]
    assert server.chat(ANNE).last.button("Lire").url
    await taps(server, "Hors sujet")
    assert [button.text for button in server.chat(ANNE).last.buttons][1:3] == ["👍 Utile", "✓ Hors sujet"]
    with store.read() as tx:
        reader = readers.find(tx, Channel.TELEGRAM, str(ANNE))
        assert reader is not None
        assert feedback.of_reader(tx, reader.id) == {story: feedback.Verdict.OFF_TOPIC}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param("f:u:999", "n’est plus conservée", id="story-gone"),
        pytest.param("f:u:abc", "n’a plus cours", id="no-story"),
        pytest.param("s:su:sector:gone", "n’a plus cours", id="sector-gone"),
        pytest.param("s:al:rhythm:hourly", "n’a plus cours", id="no-such-rhythm"),
        pytest.param("s:we:zone:r99", "n’a plus cours", id="no-such-zone"),
        pytest.param("p:1", "n’a plus cours", id="no-page"),
        pytest.param("x" * 64, "n’a plus cours", id="anything"),
    ],
)
async def test_old_and_forged_buttons_are_answered_politely(
    server: BotApiServer, data: str, words: str
) -> None:
    await welcomed(server)
    callback = await server.user_taps(ANNE, server.chat(ANNE).last.message_id, data, forged=True)
    await server.until(lambda: callback in server.toasts)
    assert words in server.toasts[callback]


# --- words only ---


@pytest.mark.parametrize(
    ("command", "words"),
    [
        pytest.param("/aide", "/mesdonnees · Voir ce que je garde sur vous", id="help"),
        pytest.param("/help", "/digest", id="the-name-telegram-asks-for"),
        pytest.param("/confidentialite", "La rédaction, contact@x.example", id="privacy"),
        pytest.param("/ici", "dans un groupe", id="ici-in-private"),
        pytest.param("bonjour", "/aide", id="no-command"),
        pytest.param("/inconnue", "/aide", id="unknown-command"),
    ],
)
async def test_short_answers(server: BotApiServer, command: str, words: str) -> None:
    assert words in (await says(server, command)).text


async def test_the_menu_is_set_for_people_and_for_groups(server: BotApiServer) -> None:
    assert [c["command"] for c in server.commands["default"]][:3] == ["digest", "sujets", "alertes"]
    assert server.commands["all_group_chats"][-1]["command"] == "ici"
    assert "territoire" in server.profile["description"]


# --- data and erasure ---


async def test_my_data_in_words_and_as_a_file(server: BotApiServer) -> None:
    await welcomed(server)
    await says(server, "/mesdonnees")
    await server.until(lambda: server.chat(ANNE).last.file)
    words, file = server.chat(ANNE).from_bot[-2:]
    assert "Bourgogne-Franche-Comté" in words.text
    assert file.file is not None
    data = json.loads(file.file[1])
    assert (data["telegram"], data["departements"], data["rythmes"]) == (str(ANNE), ["25", "39"], ["daily"])
    assert data["depuis"] == NOW.isoformat()


async def test_erasure_takes_two_taps_and_is_whole(
    server: BotApiServer, store: Database, publish: Callable[..., int],
    following: Callable[..., Subscription | None],
) -> None:  # fmt: skip
    publish("Orlova ouvre un atelier")
    await welcomed(server)
    await says(server, "/digest")
    settings = await says(server, "/sujets")
    await says(server, "/oubliez_moi")
    await taps(server, "Effacer mes données")
    assert following() is not None, "one tap erases nothing"
    await taps(server, "Oui, tout effacer")
    assert following() is None
    assert "effacé" in server.chat(ANNE).last.text
    with store.read() as tx:
        assert readers.everyone(tx) == []

    callback = await server.user_taps(ANNE, settings.message_id, "s:su:sector:sante")
    await server.until(lambda: callback in server.toasts)
    assert "/start" in server.toasts[callback]
    assert following() is None, "an old button brings nobody back"


async def test_erasure_can_be_given_up(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    await welcomed(server)
    await says(server, "/oubliez-moi")
    await taps(server, "Ne rien effacer")
    assert following() is not None


# --- chats ---


async def test_who_blocks_is_left_alone_and_who_comes_back_is_found_again(
    server: BotApiServer,
    running: BotApplication,
    store: Database,
    desk: BotDesk,
    following: Callable[..., Subscription | None],
) -> None:
    async def disabled() -> str | None:
        known = await desk.profile(Place(ANNE))
        return known.reader.disabled_reason if known else "nobody"

    await welcomed(server)
    await server.user_blocks(ANNE)
    await settled(server, running)
    assert await disabled() == "blocked"
    await server.user_unblocks(ANNE)
    await settled(server, running)
    assert await disabled() is None
    assert following().departements == {"25", "39"}  # type: ignore[union-attr]


async def test_a_group_that_adds_the_bot_is_welcomed_and_run_by_its_administrators(
    server: BotApiServer, running: BotApplication, following: Callable[..., Subscription | None]
) -> None:
    server.open_chat(GROUP, admins={CHIEF})
    await server.user_unblocks(GROUP)
    await server.until(lambda: server.chat(GROUP).from_bot)
    assert "1/3" in server.chat(GROUP).last.text
    refusal = await server.taps(GROUP, "Ain", user=MEMBER)
    assert "administrateurs" in refusal
    assert following(str(GROUP)) is None
    await taps(server, "Ain", GROUP, user=CHIEF)
    assert following(str(GROUP)).departements == {"01"}  # type: ignore[union-attr]
    assert "administrateurs" in (await says(server, "/pause", GROUP, user=MEMBER)).text
    await server.user_blocks(GROUP, status="left")
    await settled(server, running)


async def test_a_topic_of_a_forum_becomes_the_place_of_the_group(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    server.open_chat(GROUP, topics={7}, admins={CHIEF})
    await says(server, "/start d01", GROUP, user=CHIEF)
    shown = await says(server, "/ici", GROUP, user=CHIEF, thread=7)
    assert shown.thread == 7
    assert following(f"{GROUP}:7").departements == {"01"}  # type: ignore[union-attr]
    assert following(str(GROUP)) is None
    assert (await says(server, "/sujets", GROUP, user=CHIEF, thread=7)).thread == 7


async def test_a_group_that_moves_takes_its_choices_along(
    server: BotApiServer, running: BotApplication, following: Callable[..., Subscription | None]
) -> None:
    server.open_chat(-5, kind="group", admins={CHIEF})
    await says(server, "/start d01", -5, user=CHIEF)
    await server.group_migrates(-5, -1005)
    await settled(server, running)
    assert following("-5") is None
    assert following("-1005").departements == {"01"}  # type: ignore[union-attr]


async def test_in_a_group_the_bot_does_not_answer_what_is_not_for_it(
    server: BotApiServer, running: BotApplication
) -> None:
    server.open_chat(GROUP)
    await server.user_says(GROUP, "bonjour à tous")
    await settled(server, running)
    assert server.chat(GROUP).from_bot == ()


# --- trouble ---


async def test_an_incident_has_a_code_and_no_details(
    server: BotApiServer, desk: BotDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await welcomed(server)
    menu = await says(server, "/sujets")

    async def fail(*_arguments: object) -> None:
        raise RuntimeError("the disk is on fire")

    for name in ("profile", "choose"):
        monkeypatch.setattr(desk, name, fail)
    with caplog.at_level(logging.DEBUG):
        shown = await says(server, "/sujets")
        code = shown.text.split()[-1].rstrip(".")
        assert "fire" not in shown.text
        assert any(code in r.getMessage() and r.exc_info for r in caplog.records)
        callback = await server.user_taps(ANNE, menu.message_id, "s:su:sector:sante")
        await server.until(lambda: callback in server.toasts)
        assert "incident" in server.toasts[callback]
    assert server.token not in caplog.text


async def test_a_passing_trouble_of_telegram_does_not_stop_the_bot(
    server: BotApiServer, running: BotApplication
) -> None:
    server.fail(botapi.answers(502, "Bad Gateway"), method="getUpdates")
    server.fail(botapi.blocked())
    await server.user_says(ANNE, "/aide")
    await settled(server, running)
    assert "Ce que je sais faire" in (await says(server, "/aide")).text


async def test_quick_taps_of_one_person_keep_their_order(
    server: BotApiServer, following: Callable[..., Subscription | None]
) -> None:
    await welcomed(server)
    menu = await says(server, "/sujets")
    order = ["sante", "plasturgie", "microtechniques", "sante", "plasturgie"]
    callbacks = [await server.user_taps(ANNE, menu.message_id, f"s:su:sector:{name}") for name in order]
    await server.until(lambda: all(callback in server.toasts for callback in callbacks))
    assert list(server.toasts) == callbacks
    assert following().sectors == {"microtechniques"}  # type: ignore[union-attr]


def _story(store: Database, story_id: int) -> Story:
    with store.read() as tx:
        (story,) = stories.load(tx, [story_id])
    return story
