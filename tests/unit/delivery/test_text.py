"""The text part: hand-made, whole, 72 columns."""

from dataclasses import replace

import pytest

from comtoise.delivery.letter import SIGNALS_MAX, Footer, item
from comtoise.delivery.text import WIDTH, alert_text, digest_text
from comtoise.demo.sample import sample_digest, sample_stories
from comtoise.digests.composition import PARIS
from comtoise.model import Rhythm
from unit.delivery.made import crowded, retitled

STOP = "https://veille.example/desabonnement/7-abc"
FOOTER = Footer(
    reason="Vous recevez cette lettre parce que vous l’avez demandée.",
    unsubscribe_url=STOP,
    identity="Agence exemple",
)


@pytest.mark.parametrize("key", ["2026-W49", "2026-11-25"])
def test_every_story_is_there_once_with_its_address_in_reading_order(key: str) -> None:
    digest = sample_digest(key)
    lines = [line.strip() for line in digest_text(digest).splitlines()]
    told = [line for line in lines if line.startswith("https://")]
    addresses = [story.lead.url for story in digest.stories]
    assert told[: len(addresses)] == addresses
    assert set(told[len(addresses) :]) <= set(addresses)  # the agenda names some again


@pytest.mark.parametrize(
    "text", [digest_text(sample_digest(), footer=FOOTER), alert_text(sample_stories()[0])]
)
def test_only_addresses_are_wider_than_the_page(text: str) -> None:
    assert [line for line in text.splitlines() if len(line) > WIDTH and "https://" not in line] == []
    assert text.endswith("\n")
    assert "\u202f" not in text


def test_a_long_address_is_never_broken() -> None:
    story = sample_stories()[0]
    url = "https://journal.example/" + "un-titre-tres-long-" * 12
    broken = alert_text(retitled(story, url))
    assert url in broken.splitlines()


def test_the_week_has_its_points_figures_signals_and_what_was_left_out() -> None:
    text = digest_text(sample_digest()).replace("\u00a0", " ")
    assert "L’ESSENTIEL EN 5 POINTS" in text
    assert "14,3 M€ d’investissements annoncés" in text
    assert "Microlys (Besançon) · Levée de fonds · 3,2 M€ · La Gazette des Combes" in text
    assert "312 articles lus n’ont pas été retenus." in text


def test_the_morning_is_short() -> None:
    text = digest_text(sample_digest("2026-11-25"))
    assert "À RETENIR" in text
    assert "SIGNAUX" not in text


def test_an_extract_is_never_longer_than_two_hundred_characters() -> None:
    story = retitled(sample_stories()[0], "Titre", extract="mot " * 200)
    shown = item(story, PARIS, Rhythm.DAILY)
    assert len(shown.extract) <= 200
    assert shown.extract.endswith("[…]")


def test_a_publisher_s_title_is_not_touched() -> None:
    title = 'Ça : "oui" ! l\'usine... <b>&amp;</b>'
    assert item(retitled(sample_stories()[0], title), PARIS, Rhythm.DAILY).title == title


def test_what_was_left_out_is_counted() -> None:
    text = digest_text(replace(sample_digest(), filtered=1, cut=3)).replace("\u00a0", " ")
    assert "1 article lu n’a pas été retenu. 3 autres sujets qui vous concernent" in text


def test_the_table_of_signals_ends_somewhere() -> None:
    text = digest_text(crowded(40, "Titre")).replace("\u00a0", " ")
    assert text.count("Titre ") == 40
    assert text.count("Aubrisse Plasturgie (Oyonnax) · Investissement") == SIGNALS_MAX


def test_the_footer_comes_after_the_mark_that_mail_programs_fold() -> None:
    head, foot = digest_text(sample_digest(), footer=FOOTER).split("\n-- \n")
    assert STOP not in head
    assert STOP in foot.splitlines()
    assert "\n-- \n" not in digest_text(sample_digest())
