"""A firm's trade, read from its name and from what it is called; products that say a trade together."""

from collections.abc import Callable

import pytest

from comtoise.knowledge import load
from comtoise.model import TopicKind, Understanding
from comtoise.topics import Rules

Read = Callable[..., set[str]]


@pytest.mark.parametrize(
    ("title", "text", "sector"),
    [
        ("Meubles Vaudry ferme ses portes", "Les 40 salariés partent en mai.", "bois"),
        (
            "Lure : un repreneur pour les Biscuits de la Lanterne",
            "La société emploie 60 salariés.",
            "agroalimentaire",
        ),
        ("Le tanneur Morvil embauche", "La société recrute douze personnes.", "textile"),
        ("Tavaux : le chimiste quitte le site", "Les syndicats dénoncent la fermeture.", "chimie-materiaux"),
        (
            "Lons : les deux distillateurs fusionnent",
            "Les sociétés emploient 80 salariés.",
            "agroalimentaire",
        ),
    ],
)
def test_a_name_or_a_trade_tells_the_sector(sectors_of: Read, title: str, text: str, sector: str) -> None:
    assert sector in sectors_of(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Meubles volés : un homme interpellé", "Les gendarmes ont retrouvé le butin dans un garage."),
        ("Biscuits, gâteaux et jeux à la kermesse", "Les parents tiendront la buvette."),
        ("Le charpentier de Dole expose ses dessins", "La galerie ouvre samedi pour le vernissage."),
    ],
)
def test_everyday_things_tell_none(sectors_of: Read, title: str, text: str) -> None:
    assert not sectors_of(title, text)


def test_what_is_strong_in_two_trades_makes_a_firm_of_both(rules: Rules) -> None:
    known = {card.name: card for card in load().companies}
    assert known["Fralsen"].activity.startswith("composants horlogers")
    number = next(n for n, company in enumerate(rules.companies) if company.name == "Fralsen")
    shares = {rules.sectors[sector].id: share for sector, share in rules.company_sectors[number]}
    assert shares["horlogerie-luxe"] == shares["microtechniques"] == 1.0


@pytest.mark.parametrize(
    ("title", "signals"),
    [
        ("Le maire demande une aide de la Région pour le stade", set[str]()),
        ("La verrerie reçoit une aide de la Région de 300 000 euros", {"aide-publique"}),
    ],
)
def test_everyday_news_without_a_sector_tells_no_event(
    read: Callable[..., Understanding], title: str, signals: set[str]
) -> None:
    found = read(title, "Le conseil municipal a voté, malgré l’opposition." if not signals else "")
    assert {match.topic for match in found.of(TopicKind.SIGNAL)} == signals
