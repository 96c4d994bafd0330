"""News of firms is given its nearest sector when nothing names the trade outright."""

from collections.abc import Callable

import pytest

Read = Callable[..., set[str]]


@pytest.mark.parametrize(
    ("title", "text", "sector"),
    [
        (
            "Un atelier de moules à l'arrêt près d'Oyonnax",
            "La société Vermolin fait de l'injection depuis 1978. Ses 30 salariés attendent des commandes.",
            "plasturgie",
        ),
        (
            "Comté : un éleveur à la tête de l'interprofession",
            "Il a recueilli trente voix sur quarante.",
            "agroalimentaire",
        ),
    ],
)
def test_two_weak_words_of_one_trade_are_enough(sectors_of: Read, title: str, text: str, sector: str) -> None:
    assert sectors_of(title, text) == {sector}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Le pain du bourg", "La boulangerie du village ferme, le restaurant aussi ; la farine manquait."),
        ("Le lait coulera au marché", "Les éleveurs en offriront aux enfants de la commune, dimanche."),
        ("Le bois, décor de théâtre", "Une forêt de planches, des bûcherons et une scie sur scène."),
    ],
)
def test_weak_words_of_other_news_are_not(sectors_of: Read, title: str, text: str) -> None:
    assert not sectors_of(title, text)
