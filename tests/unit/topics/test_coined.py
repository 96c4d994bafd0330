"""A firm's coined name tells its trade, beside words of the life of firms; surnames and places tell none."""

from collections.abc import Callable

import pytest

from comtoise.knowledge import load
from comtoise.topics.coined import MORPHEMES

Read = Callable[..., set[str]]
CLOSING = "Le tribunal a nommé un administrateur. La société emploie cinquante salariés."


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("Plastilor", "plasturgie"),
        ("Vosgeplast", "plasturgie"),
        ("Pharmavesle", "sante"),
        ("Usinovac", "metallurgie-mecanique"),
        ("Rhinmétal", "metallurgie-mecanique"),
        ("Fromajura", "agroalimentaire"),
        ("Belfotronic", "numerique"),
        ("Carrossud", "vehicules-mobilite"),
    ],
)
def test_a_name_tells_the_trade(sectors_of: Read, name: str, sector: str) -> None:
    assert sectors_of(f"{name} en redressement judiciaire", CLOSING) == {sector}


def test_a_name_without_a_trade_tells_none(sectors_of: Read) -> None:
    assert not sectors_of("Valdorex en redressement judiciaire", CLOSING)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Lucien Métaldi prend sa retraite", "Le facteur du village quitte la société de pêche."),
        ("Plastilor, un chien pas comme les autres", "Il a retrouvé seul le chemin de la maison."),
        ("L'Aéroport rouvre", "La société qui le gère attend un vol par jour."),
        ("Microsoft et la mairie", "La société a donné vingt tablettes à l'école."),
    ],
)
def test_people_and_other_news_tell_none(sectors_of: Read, title: str, text: str) -> None:
    assert not sectors_of(title, text)


def test_every_sector_has_its_morphemes() -> None:
    assert set(MORPHEMES) == {sector.id for sector in load().sectors}
