"""The administrators' commands, against a real config.yaml and a real database."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from comtoise.config import load_config
from comtoise.demo import botapi
from comtoise.demo.botapi import BotApiServer
from comtoise.model import Channel, Source, SourceKind
from comtoise.polling.health import Episode, Trouble
from comtoise.service.bot import BotProcess, Teller
from comtoise.service.newsroom import FileNewsroom
from comtoise.store import Database, audit, notices, readers, sources, versions
from comtoise_bot.desk import BotDesk
from comtoise_bot.talk import BotApplication
from support.talking import ANNE, says, settled, taps

CHIEF, OTHER = 11, 12
CONFIG = """\
# La veille du Doubs
zone:
  departements: [25]
administrateurs: 11
sources:
  paquet: non
  ajouter:
    - id: gazette
      nom: La Gazette du Doubs
      adresse: https://g.example/rss
      departements: [25]
poles:
  paquet: non
entreprises:
  paquet: non
filieres:
  microtechniques:
    nom: Microtechniques
    mots_forts: |
      décolletage, micromécanique
  plasturgie:
    nom: Plasturgie
    mots_forts: |
      # les procédés
      injection plastique, thermoformage
"""


@pytest.fixture
def config_path(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    return path


@pytest.fixture
def desk(desk: BotDesk, store: Database, config_path: Path, server: BotApiServer) -> BotDesk:
    config = load_config(config_path)
    desk.cards = desk.bureau.cards = {card.id: card for card in config.sources()}
    desk.bureau.administrators = frozenset(config.admins)
    desk.bureau.newsroom = FileNewsroom(store, config_path, now=desk.bureau.now)
    server.open_chat(CHIEF)
    return desk


def deeds(store: Database) -> list[tuple[str, str]]:
    with store.read() as tx:
        return [(deed.who, deed.what.replace("\u00a0", " ")) for deed in audit.last(tx)]


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("command", ["/etat", "/source gazette", "/motcle plasturgie injection", "/valider"])
async def test_nobody_else_is_answered(server: BotApiServer, store: Database, command: str) -> None:
    assert "réservée à la rédaction" in (await says(server, command)).text
    server.open_chat(-100, admins={CHIEF})
    assert "en privé" in (await says(server, command, -100, user=CHIEF)).text
    callback = await server.user_taps(
        ANNE, server.chat(ANNE).last.message_id, "s:ad:poll:gazette", forged=True
    )
    await server.until(lambda: callback in server.toasts)
    assert "réservée" in server.toasts[callback]
    assert deeds(store) == []


@pytest.mark.usefixtures("running")
async def test_the_state_tells_figures_troubles_versions_and_deeds(
    server: BotApiServer, store: Database, desk: BotDesk, publish: Callable[..., int]
) -> None:
    publish("Orlova ouvre un atelier")
    now = desk.bureau.now()
    blocked = Episode(
        trouble=Trouble(kind="blocked", text="Le site refuse nos visites."), since=now, told_at=now
    )
    with store.write() as tx:
        readers.register(tx, Channel.TELEGRAM, "5", now=now)
        sources.record(
            tx, sources.PollOutcome(source_id="gazette", at=now, next_due_at=now, ok=False, episode=blocked)
        )
        audit.note(tx, who="telegram 11", what="une chose faite", now=now)
    shown = (await says(server, "/etat", CHIEF)).text.replace("\u00a0", " ")
    for words in (
        "1 source lue, dernière relève le 25 novembre à 10 h",
        "1 article en 24 h, 0 à comprendre",
        "1 lecteur actif",
        "Envois en attente : 0",
        "libres sur le disque",
        "python-telegram-bot 22",
        "gazette — Le site refuse nos visites.",
        "telegram 11 · une chose faite",
    ):
        assert words in shown
    await taps(server, "gazette", CHIEF)
    assert "Le site refuse nos visites." in server.chat(CHIEF).last.text


@pytest.mark.usefixtures("running", "publish")
async def test_a_source_is_read_now_or_left_alone(
    server: BotApiServer, store: Database, desk: BotDesk
) -> None:
    def due() -> timedelta:
        with store.read() as tx:
            return sources.states(tx)[0].next_due_at - desk.bureau.now()

    assert "Vous vouliez peut-être dire gazette" in (await says(server, "/source gazete", CHIEF)).text
    assert "La Gazette du Doubs" in (await says(server, "/source gazette", CHIEF)).text
    await taps(server, "7 jours", CHIEF)
    assert due() == timedelta(days=7)
    assert "le 2\u00a0décembre" in server.chat(CHIEF).last.text
    await taps(server, "Relever", CHIEF)
    assert due() == timedelta(0)
    assert deeds(store) == [
        ("telegram 11", "gazette : relève demandée"),
        ("telegram 11", "gazette : en pause, 7 j"),
    ]


@pytest.mark.usefixtures("running")
async def test_a_word_is_tried_written_and_taken_out(
    server: BotApiServer, store: Database, config_path: Path, publish: Callable[..., int]
) -> None:
    publish("Varlet investit dans le rotomoulage")
    shown = await says(server, "/motcle plasturgie rotomoulage", CHIEF)
    assert "1 article de plus" in shown.text.replace("\u00a0", " ")
    assert "Varlet investit" in shown.text
    await taps(server, "comme mot à confirmer", CHIEF)
    assert "0 article de plus" in server.chat(CHIEF).last.text.replace("\u00a0", " ")
    await taps(server, "comme mot fort", CHIEF)
    assert config_path.read_text("utf-8") == CONFIG, "nothing is written before a tap"
    await taps(server, "Enregistrer", CHIEF)
    assert load_config(config_path).knowledge().sectors[1].strong == (
        "injection plastique", "thermoformage", "rotomoulage",
    )  # fmt: skip
    assert "# les procédés" in config_path.read_text("utf-8"), "remarks stay"
    with store.read() as tx:
        assert [version.who for version in versions.history(tx)] == ["telegram 11", versions.BY_HAND]

    assert "Retirer Rotomoulage" in (await says(server, "/motcle plasturgie Rotomoulage", CHIEF)).text
    await taps(server, "Retirer ce mot", CHIEF)
    assert config_path.read_text("utf-8") == CONFIG
    assert deeds(store) == [
        ("telegram 11", "plasturgie : « Rotomoulage » retiré"),
        ("telegram 11", "plasturgie : « rotomoulage » ajouté"),
    ]


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("command", "words"),
    [
        pytest.param("/motcle", "Filières : microtechniques, plasturgie", id="nothing"),
        pytest.param("/motcle chimie chlore", "Filières : microtechniques, plasturgie", id="unknown-sector"),
        pytest.param("/motcle plasturgie NON", "NON ou PROCHE", id="unreadable"),
        pytest.param("/valider", "Rien n’attend", id="nothing-waits"),
        pytest.param("/source", "identifiant d’une source", id="which-source"),
    ],
)
async def test_what_is_missing_is_said(server: BotApiServer, command: str, words: str) -> None:
    assert words in (await says(server, command, CHIEF)).text.replace("\u00a0", " ")


@pytest.mark.usefixtures("running")
async def test_a_word_of_a_broken_file_is_refused_with_the_reason(
    server: BotApiServer, config_path: Path
) -> None:
    config_path.write_text(CONFIG + "\nzonne: 3\n", "utf-8")
    assert "zonne" in (await says(server, "/motcle plasturgie rotomoulage", CHIEF)).text


@pytest.mark.usefixtures("running")
async def test_a_waiting_configuration_is_accepted_with_what_it_takes_away(
    server: BotApiServer, store: Database, config_path: Path, desk: BotDesk
) -> None:
    with store.write() as tx:
        versions.keep(tx, CONFIG, who=versions.BY_HAND, now=desk.bureau.now())
    shorter = CONFIG.replace("      injection plastique, thermoformage\n", "      thermoformage\n").replace(
        "décolletage, micromécanique", "décolletage"
    )
    config_path.write_text(shorter, "utf-8")
    shown = await says(server, "/valider", CHIEF)
    assert "Elle retire 2 mots" in shown.text.replace("\u00a0", " ")
    config_path.write_text(shorter + "# autre\n", "utf-8")
    await taps(server, "Accepter", CHIEF)
    assert "a changé depuis" in server.chat(CHIEF).last.text
    await says(server, "/valider", CHIEF)
    await taps(server, "Accepter", CHIEF)
    with store.read() as tx:
        assert versions.accepted(tx, versions.fingerprint(shorter + "# autre\n"))
    assert deeds(store) == [("telegram 11", "nouvelle configuration acceptée")]
    assert "Rien n’attend" in (await says(server, "/valider", CHIEF)).text


@pytest.mark.usefixtures("running")
async def test_two_administrators_accept_the_same_version_at_once(
    server: BotApiServer, store: Database, config_path: Path, desk: BotDesk
) -> None:
    desk.bureau.administrators = frozenset({CHIEF, OTHER})
    with store.write() as tx:
        versions.keep(tx, CONFIG, who=versions.BY_HAND, now=desk.bureau.now())
    shorter = CONFIG.replace("      injection plastique, thermoformage\n", "      thermoformage\n").replace(
        "décolletage, micromécanique", "décolletage"
    )
    config_path.write_text(shorter, "utf-8")
    for chief in (CHIEF, OTHER):
        await says(server, "/valider", chief)
    await asyncio.gather(*(taps(server, "Accepter", chief) for chief in (CHIEF, OTHER)))
    for chief in (CHIEF, OTHER):
        await server.until(lambda chief=chief: "C’est accepté" in server.chat(chief).last.text)  # type: ignore[misc]
    with store.read() as tx:
        assert versions.accepted(tx, versions.fingerprint(shorter))
        assert [version.text for version in versions.history(tx)].count(shorter) == 1


async def test_administrators_have_their_menu(
    server: BotApiServer, desk: BotDesk, running: BotApplication
) -> None:
    del desk, running
    assert [c["command"] for c in server.commands[f"chat:{CHIEF}"]][-4:] == [
        "etat",
        "source",
        "motcle",
        "valider",
    ]
    assert "etat" not in [c["command"] for c in server.commands["all_private_chats fr"]]


@pytest.mark.usefixtures("running")
async def test_the_help_of_administrators_names_their_commands(server: BotApiServer) -> None:
    assert "/motcle" in (await says(server, "/aide", CHIEF)).text
    assert "/motcle" not in (await says(server, "/aide")).text


# --- what they must be told ---


class Said:
    """What was said to whom, through the bot and the server."""

    def __init__(self, running: BotApplication) -> None:
        self._bot = running.bot

    async def __call__(self, administrator: int, text: str) -> None:
        await self._bot.send_message(administrator, text)


def heard(server: BotApiServer, chat: int) -> list[str]:
    return [message.text for message in server.chat(chat).from_bot]


async def test_each_administrator_is_told_each_thing_once(
    server: BotApiServer, store: Database, desk: BotDesk, running: BotApplication
) -> None:
    desk.bureau.administrators = frozenset({CHIEF, OTHER, 13})  # 13 never wrote to the bot
    server.open_chat(OTHER)
    with store.write() as tx:
        notices.give(tx, "config:1", "La nouvelle version attend.", now=desk.bureau.now())
    teller, say = Teller(store, desk), Said(running)
    server.fail(botapi.too_many_requests(3), chat=OTHER)
    assert await teller.round(say) == 0, "the second could not be told yet"
    assert await teller.round(say) == 1
    assert await teller.round(say) == 0
    assert heard(server, CHIEF) == heard(server, OTHER) == ["La nouvelle version attend."]


async def test_a_notice_that_nobody_could_be_told_waits(
    server: BotApiServer, store: Database, desk: BotDesk, running: BotApplication
) -> None:
    await server.user_blocks(CHIEF)
    await settled(server, running)
    with store.write() as tx:
        notices.give(tx, "config:1", "La nouvelle version attend.", now=desk.bureau.now())
    teller, say = Teller(store, desk), Said(running)
    assert await teller.round(say) == 0
    await server.user_unblocks(CHIEF)
    assert await teller.round(say) == 1
    assert heard(server, CHIEF) == ["La nouvelle version attend."]


async def test_a_source_that_needs_somebody_is_told_once_an_episode(
    server: BotApiServer, store: Database, desk: BotDesk, running: BotApplication
) -> None:
    now = desk.bureau.now()

    def trouble(days: int) -> sources.PollOutcome:
        since = now + timedelta(days=days)
        episode = Episode(
            trouble=Trouble(kind="blocked", text="Le site refuse nos visites."), since=since, told_at=since
        )
        return sources.PollOutcome(source_id="gazette", at=now, next_due_at=now, ok=False, episode=episode)

    card = Source(id="gazette", name="La Gazette", kind=SourceKind.FEED, url="https://g.example/rss")
    teller, say = Teller(store, desk), Said(running)
    for days, expected in ((0, 1), (0, 0), (5, 1)):
        with store.write() as tx:
            sources.sync_cards(tx, [card], now)
            sources.record(tx, trouble(days))
        assert await teller.round(say) == expected
    told = heard(server, CHIEF)[0].replace("\u00a0", " ").replace("\u202f", " ")
    assert "« La Gazette du Doubs » demande que quelqu’un regarde : Le site refuse nos visites." in told
    assert told.endswith("/source gazette")


async def test_the_bot_tells_what_waits_when_it_comes_up(
    server: BotApiServer, store: Database, desk: BotDesk
) -> None:
    with store.write() as tx:
        notices.give(tx, "config:1", "Une version\nattend <b>.", now=desk.bureau.now())
    stop = asyncio.Event()
    process = BotProcess(server.token, desk, base_url=server.url, teller=Teller(store, desk))
    working = asyncio.create_task(process.run(stop))
    await server.until(lambda: server.chat(CHIEF).from_bot)
    stop.set()
    await working
    assert heard(server, CHIEF) == ["Une version\nattend <b>."]
    with store.read() as tx:
        assert notices.waiting(tx) == []
