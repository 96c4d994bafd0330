"""What taps and links change, and that every screen can be shown, however much is watched."""

from datetime import UTC, datetime, time

import pytest

from comtoise.digests.slots import Schedule
from comtoise.model import Channel, Reader, Rhythm, Subscription
from comtoise.store.readers import Subscriber
from comtoise_bot import choices
from comtoise_bot.callbacks import Setting
from comtoise_bot.catalogue import Catalogue, Choice, Zone
from comtoise_bot.message import Message
from comtoise_bot.screens import notes, personal, settings, welcome

NOBODY = Subscription(reader_id=1)
COMTE = Zone("r27", "Bourgogne-Franche-Comté", (Choice("25", "Doubs"), Choice("39", "Jura")))
AIN = Zone("d01", "Ain", (Choice("01", "Ain"),))
SMALL = Catalogue(sectors=(Choice("sante", "Santé"), Choice("bois", "Bois")), zones=(COMTE, AIN))
#: As much as France has: 18 régions, 101 départements, 13 sectors with long names.
LARGE = Catalogue(
    sectors=tuple(Choice(f"filiere-au-nom-long-{n}", f"Une filière au nom long {n}") for n in range(13)),
    zones=tuple(
        Zone(f"r{r}", f"Région {r}", tuple(Choice(f"{r:02d}{d}", f"Département {r}-{d}") for d in range(6)))
        for r in range(18)
    ),
)


def tap(
    what: str, value: str = "", start: Subscription = NOBODY, catalogue: Catalogue = SMALL
) -> Subscription:
    change = choices.of_tap(Setting("x", what, value), catalogue)
    assert change is not None
    return change(start)


def test_a_second_tap_undoes_the_first() -> None:
    assert tap("sector", "bois", tap("sector", "bois")) == NOBODY
    assert tap("place", "25", tap("place", "25")) == NOBODY


def test_all_départements_one_by_one_are_everywhere() -> None:
    chosen = NOBODY
    for code in ("25", "39", "01"):
        chosen = tap("place", code, chosen)
    assert chosen.departements == frozenset()


def test_the_last_rhythm_stays() -> None:
    assert tap("rhythm", "daily").rhythms == {Rhythm.DAILY}
    assert tap("rhythm", "instant").rhythms == {Rhythm.DAILY, Rhythm.INSTANT}


def test_silence_and_number_of_alerts() -> None:
    quiet = tap("quiet", "2200-0700")
    assert (quiet.quiet_from, quiet.quiet_to) == (time(22), time(7))
    assert tap("quiet", "never").quiet_to is None
    assert tap("cap", "10").alerts_per_day == 10
    assert tap("weekend").quiet_weekend
    assert tap("weekend", start=tap("weekend")) == NOBODY
    assert tap("empty").empty_days


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("zone", "r99"),
        ("place", "75"),
        ("sector", "x"),
        ("done", "x"),
        ("rhythm", "x"),
        ("cap", "7"),
        ("y", ""),
    ],
)
def test_what_is_not_offered_is_not_chosen(what: str, value: str) -> None:
    assert choices.of_tap(Setting("x", what, value), SMALL) is None


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        pytest.param(set(), "Bourgogne-Franche-Comté et Ain", id="everywhere"),
        pytest.param({"25", "39"}, "Bourgogne-Franche-Comté", id="a-region"),
        pytest.param({"39", "01"}, "Ain et Jura", id="a-zone-and-a-part"),
        pytest.param({"99"}, "Territoire à choisir", id="no-longer-watched"),
    ],
)
def test_a_territory_in_words(codes: set[str], words: str) -> None:
    assert SMALL.territory(Subscription(reader_id=1, departements=frozenset(codes))) == words


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("Santé : dispositifs médicaux, pharmacie", "Santé"),
        ("Bois, ameublement, papier", "Bois"),
        ("Aéronautique et défense", "Aéronautique"),
        ("Plasturgie", "Plasturgie"),
    ],
)
def test_a_button_shows_what_fits(label: str, short: str) -> None:
    assert Choice("x", label).short == short


def test_many_départements_are_counted() -> None:
    codes = frozenset(f"{r:02d}0" for r in range(5))
    assert LARGE.territory(Subscription(reader_id=1, departements=codes)) == "5 départements"


def screens(catalogue: Catalogue, wanted: Subscription) -> list[Message]:
    schedule = Schedule()
    reader = Reader(id=1, channel=Channel.TELEGRAM, address="1")
    someone = Subscriber(reader=reader, subscription=wanted, since=datetime(2026, 11, 25, tzinfo=UTC))
    return [
        welcome.welcome(catalogue),
        welcome.welcome_places(catalogue, wanted),
        welcome.welcome_topics(catalogue, wanted, schedule),
        welcome.welcome_rhythm(schedule),
        welcome.settled(catalogue, someone, schedule),
        welcome.already_here(catalogue, someone, schedule),
        settings.topics(catalogue, wanted),
        settings.places(catalogue, wanted),
        settings.rhythm(tap("rhythm", "instant", wanted), schedule),
        settings.paused(),
        settings.resumed(someone, schedule),
        personal.erase_first(),
        personal.erase_sure(),
        personal.privacy("Une rédaction", "https://x.example/vos-donnees"),
        notes.help_(in_group=True),
    ]


@pytest.mark.parametrize("catalogue", [SMALL, LARGE], ids=["a-region", "all-of-france"])
def test_every_screen_fits_and_shows_no_straight_apostrophe(catalogue: Catalogue) -> None:
    wanted = choices.zone(catalogue.zones[0])(NOBODY)
    for screen in screens(catalogue, wanted):
        buttons = [button for row in screen.rows for button in row]
        assert len(buttons) <= 100
        assert all(len(row) <= 8 for row in screen.rows)
        assert screen.units <= 1000, "a screen is read at a glance"
        assert "'" not in screen.plain
        assert not any(mark in screen.plain for mark in (" :", " ?", " ;", " !", "« ", " »"))


def test_the_menu_keeps_to_what_telegram_takes() -> None:
    menu = notes.commands(in_group=True)
    assert all(name.replace("_", "").isalnum() and len(name) <= 32 for name in menu)
    assert all(3 <= len(words) <= 256 for words in menu.values())


@pytest.mark.parametrize(
    "toast",
    [
        notes.admins_only(),
        notes.incident("ABCDEF"),
        notes.digest_gone(),
        notes.one_rhythm_stays(),
        notes.outdated(),
    ],
)
def test_a_toast_is_short(toast: str) -> None:
    assert len(toast) <= 200
