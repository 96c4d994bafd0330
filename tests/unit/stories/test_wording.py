"""What is read in the words of an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise.stories.wording import content_words, read_wording


@pytest.mark.parametrize(
    ("title", "text", "names"),
    [
        pytest.param(
            "Lomont embauche", "Le patron de Lomont Vis espère.", {"lomont", "vis"}, id="in-a-sentence"
        ),
        pytest.param(
            "Une usine", "Faute de pièces, elle ferme. Hier encore, tout allait.", set(), id="heads-are-none"
        ),
        pytest.param("Doubs : Aubrisse ferme", "", {"aubriss"}, id="after-a-colon"),
        pytest.param("La reprise", "SV Industries attend.", {"sv", "industri"}, id="capitals-and-neighbour"),
        pytest.param("UNE USINE FERME À VAUX", "", set(), id="a-shouted-title-tells-nothing"),
        pytest.param("Le 3 mars", "Ce Lundi et en Mars.", set(), id="days-and-months-are-none"),
    ],
)
def test_names(title: str, text: str, names: set[str]) -> None:
    assert set(read_wording(title, text).names) == names


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("Il paie 600 000 euros.", {"eur:600000"}, id="money"),
        pytest.param("Elle garde 51 des 71 salariés.", {"people:51"}, id="people"),
        pytest.param("Un bâtiment de 22 000 m2.", {"22000"}, id="thousands"),
        pytest.param("Une hausse de 17,4 % en 2026.", {"17,4"}, id="percentage-without-the-year"),
        pytest.param(
            "Un homme de 22 ans, le 13 octobre, à 8 heures.", {"22:ans"}, id="age-without-day-and-hour"
        ),
    ],
)
def test_numbers(text: str, numbers: set[str]) -> None:
    assert set(read_wording("", text).numbers) == numbers


def test_days_and_hearings() -> None:
    read = read_wording(
        "Sursis", "Le tribunal l'a décidé le 16 décembre. Les offres étaient attendues pour le 1er février."
    )
    assert read.days == ("02-01", "12-16")
    assert read.hearings == ("12-16",)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("le 8 juillet", "07-08"),
        ("on July 8", "07-08"),
        ("8 July", "07-08"),
        ("am 13. Mai", "05-13"),
        ("04/10", "10-04"),
    ],
)
def test_a_day_in_each_language(text: str, day: str) -> None:
    assert read_wording("", text).days == (day,)


@pytest.mark.parametrize(
    ("title", "mask", "edition"),
    [
        ("Le point - 27/09", "le point", ("27", "9")),
        ("Grève, jour 1087", "greve jour", ("1087",)),
        ("Le point du mercredi 4 octobre", "le point du", ("4", "10")),
        ("La 32e foire", "la foire", ("32",)),
    ],
)
def test_what_numbers_an_edition_is_taken_out_of_the_title(
    title: str, mask: str, edition: tuple[str, ...]
) -> None:
    read = read_wording(title, "")
    assert (read.mask, read.edition) == (mask, edition)


def test_stages_and_follow_ups() -> None:
    assert read_wording("Aubrisse : liquidation judiciaire", "").stages == ("liquidation",)
    assert read_wording("", "Une semaine après l'annonce, la ville réagit.").follows
    assert not read_wording("", "Trois semaines après avoir levé des fonds, elle achète.").follows


def test_inflection_and_small_words_do_not_count() -> None:
    assert content_words("Les salariées de l'usine") == content_words("un salarié et des usines")


@given(st.text(max_size=300), st.text(max_size=300))
def test_reading_is_total_and_repeatable(title: str, text: str) -> None:
    assert read_wording(title, text) == read_wording(title, text)
