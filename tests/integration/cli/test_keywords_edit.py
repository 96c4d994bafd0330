"""``comtoise keywords add`` and ``remove`` as typed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from comtoise.cli import cli
from comtoise.cli.options import load
from comtoise.config import load_config
from comtoise.errors import InputError
from comtoise.store import Database, articles, sources, versions
from support.stored import card, found

CONFIG = """\
# Ma veille
zone: {departements: ["25"]}
sources: {paquet: non}
base_de_donnees: c.sqlite
filieres:
  foret:
    nom: Forêt
    mots_forts: |
      scierie,
      # une remarque
      merrain
    mots_faibles: grume
  plasturgie:
    nom: Plasturgie
    mots_forts: plasturgie
"""


class Typed(NamedTuple):
    """What a command did."""

    returncode: int
    stdout: str
    stderr: str


class Desk:
    """A folder with a configuration and some articles."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "config.yaml"
        self.database = Database.open(f"sqlite:///{folder / 'c.sqlite'}")
        self.database.upgrade()

    def types(self, *arguments: str) -> Typed:
        """A command, in a pipe: there is no terminal to ask."""
        load.cache_clear()
        done = CliRunner().invoke(cli, ["keywords", *arguments, "--config", str(self.file)])
        if done.exception is not None and not isinstance(done.exception, InputError):
            raise done.exception
        return Typed(done.exit_code, done.stdout, done.stderr or str(done.exception or ""))

    def holds(self, count: int, title: str) -> None:
        at = datetime.now(UTC) - timedelta(hours=3)
        with self.database.write() as tx:
            sources.sync_cards(tx, [card()], at)
            items = [found(number, title=f"{title} {number}") for number in range(count)]
            articles.keep(tx, "gazette", items, now=at, silent=False)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.file.write_text(CONFIG, "utf-8")
    return made


def test_a_word_is_shown_then_written_and_the_history_knows_who(desk: Desk) -> None:
    before = desk.file.read_text("utf-8")
    desk.holds(2, "La tonnellerie Chêne & Fût recrute et investit")
    done = desk.types("add", "tonnellerie", "--filiere", "foret", "--oui")
    assert (done.returncode, done.stderr[:13]) == (0, "C’est écrit. ")
    assert "+ 2 articles de plus" in done.stdout
    assert "-      merrain\n+      merrain,\n+      tonnellerie\n" in done.stdout
    assert desk.file.read_text("utf-8") == before.replace("merrain\n", "merrain,\n      tonnellerie\n")
    with desk.database.read() as tx:
        latest, earlier = versions.history(tx)
    assert (latest.text, earlier.text) == (desk.file.read_text("utf-8"), before)
    assert latest.who != versions.BY_HAND


def test_in_a_pipe_nothing_is_written_without_oui(desk: Desk) -> None:
    before = desk.file.read_bytes()
    done = desk.types("add", "tonnellerie", "--filiere", "foret")
    assert (done.returncode, "--oui" in done.stderr) == (1, True)
    assert "tonnellerie" in done.stdout
    assert desk.file.read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param(
            ("add", "bois", "--filiere", "plasturgi"), "vouliez-vous dire « plasturgie » ?", id="id"
        ),
        pytest.param(("add", "bois", "--filiere", "Foret"), "vouliez-vous dire « foret » ?", id="label"),
        pytest.param(("add", "bois", "--filiere", "zzz"), "écrivez l’une de : foret, plasturgie", id="far"),
        pytest.param(("add", "Scierie", "--filiere", "foret"), "est déjà un mot de la filière", id="there"),
        pytest.param(
            ("add", "grume", "--filiere", "foret"), "déjà dans « mots_faibles »", id="there-as-weak"
        ),
        pytest.param(("add", "bois NON", "--filiere", "foret"), "il manque des mots", id="syntax"),
        pytest.param(("add", "bo*is", "--filiere", "foret"), "l’étoile se met à la fin", id="star"),
        pytest.param(("add", "a, b", "--filiere", "foret"), "un seul mot", id="two"),
        pytest.param(
            ("remove", "bois", "--filiere", "foret"), "« bois » n’est un mot d’aucune filière.", id="nowhere"
        ),
        pytest.param(("remove", "zzz"), "« zzz » n’est un mot d’aucune filière.", id="nowhere-at-all"),
        pytest.param(("remove", "scieri"), "vouliez-vous dire « scierie » ?", id="mistyped"),
        pytest.param(("remove", "scierie", "--filiere", "plasturgie"), "il est dans : foret", id="elsewhere"),
        pytest.param(("add", "bo*", "--filiere", "foret"), "après au moins trois lettres", id="short-star"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_written(
    desk: Desk, typed: tuple[str, ...], said: str
) -> None:
    before = desk.file.read_bytes()
    done = desk.types(*typed, "--oui")
    assert done.returncode == 1
    assert said in done.stderr
    assert "\n" not in done.stderr
    assert desk.file.read_bytes() == before


def test_a_word_taken_out_tells_what_is_lost_first(desk: Desk) -> None:
    desk.holds(3, "Le merrain se vend, l’usine recrute")
    done = desk.types("remove", "MERRAIN", "--oui")
    assert done.returncode == 0, done.stderr
    assert "− 3 articles de moins" in done.stdout
    assert load_config(desk.file).knowledge().sectors[0].strong == ("scierie",)
    assert "# une remarque" in desk.file.read_text("utf-8")


def test_a_word_too_wide_and_one_that_finds_nothing_are_told(desk: Desk) -> None:
    desk.holds(25, "L’usine recrute et investit")
    assert "trop large" in desk.types("add", "usine", "--filiere", "foret").stdout
    assert "dans aucun de ces articles" in desk.types("add", "tonnellerie", "--filiere", "foret").stdout


@pytest.mark.parametrize(
    ("option", "field"),
    [
        ("--faible", "weak"),
        ("--contexte", "context"),
        ("--metier", "occupations"),
        ("--exclusion", "exclusions"),
        ("--sigle", "acronyms"),
    ],
)
def test_each_list_has_its_option(desk: Desk, option: str, field: str) -> None:
    done = desk.types("add", "PEFC", "--filiere", "foret", option, "--oui")
    assert done.returncode == 0, done.stderr
    assert getattr(load_config(desk.file).knowledge().sectors[0], field)[-1] == "PEFC"


def test_a_file_without_filieres_gets_all_the_words_it_lived_with(desk: Desk) -> None:
    desk.file.write_text(CONFIG.partition("filieres:")[0], "utf-8")
    before = load_config(desk.file).knowledge().sectors
    done = desk.types("add", "granulé biosourcé", "--filiere", "plasturgie", "--oui")
    assert done.returncode == 0, done.stderr
    assert "la section « filieres » y sera écrite" in done.stdout
    after = load_config(desk.file).knowledge().sectors
    assert [card.id for card in after] == [card.id for card in before]
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert [card.id for card in changed] == ["plasturgie"]
    assert changed[0].strong[-1] == "granulé biosourcé"
    assert desk.file.read_text("utf-8").startswith("# Ma veille\n")
