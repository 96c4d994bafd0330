"""What a newcomer types and gets wrong: one French sentence each, with what to do next."""

import asyncio
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from comtoise.cli import main
from support.server import ScriptedServer

CONFIG = """\
zone: {departements: [Doubs]}
sources: {paquet: non}
"""


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


Typed = Callable[..., Done]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types a command in a folder where there is only a config.yaml; what it prints and its status."""
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMTOISE_CONFIG", str(tmp_path / "config.yaml"))
    for name in ("DATABASE_URL", "SMTP_URL", "TELEGRAM_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["comtoise", *arguments])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    return run


# Files


@pytest.mark.parametrize(
    "command",
    [
        "classify dossier", "stories dossier", "evaluate dossier", "feed dossier --url https://g.example/",
        "extract dossier --url https://g.example/", "canonical dossier", "dates dossier", "explain dossier",
        "sources import dossier", "check --config dossier", "config accept --config dossier",
    ],
)  # fmt: skip
def test_a_folder_in_the_place_of_a_file(typed: Typed, tmp_path: Path, command: str) -> None:
    (tmp_path / "dossier").mkdir()
    done = typed(*command.split())
    assert (done.status, done.out) == (1, "")
    assert "c’est un dossier" in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        "classify rien", "explain rien", "sources import rien", "evaluate - --predictions rien", "mail bounces rien",
        "check --config rien", "config accept --config rien", "config diff 1 --config rien",
    ],
)  # fmt: skip
def test_a_file_that_is_not_there(typed: Typed, command: str) -> None:
    done = typed(*command.split())
    assert (done.status, done.out) == (1, "")
    assert "rien : le fichier n’existe pas" in done.err.replace("« rien »", "rien")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    ["db backup nulle/part.sqlite", "export --format xlsx --output nulle/part.xlsx"],
)
def test_a_file_to_write_in_a_folder_that_is_not_there(typed: Typed, command: str) -> None:
    assert typed("db", "upgrade").status == 0
    done = typed(*command.split())
    assert done.status == 1
    assert "son dossier n’existe pas ; créez-le, ou choisissez un autre endroit." in done.err
    assert len(done.err.splitlines()) == 1


def test_a_folder_for_the_demo_that_cannot_be_made(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    done = typed("demo", "--output", "fichier/sorties")
    assert done.status == 1
    assert "son dossier n’existe pas" in done.err


def test_a_folder_of_mails_that_is_no_mailbox(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "courrier").mkdir()
    done = typed("mail", "bounces", "courrier")
    assert (done.status, done.err) == (1, "« courrier » est un dossier, mais pas une boîte Maildir.\n")


def test_a_database_that_is_a_folder(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "comtoise.sqlite").mkdir()
    done = typed("outbox")
    assert done.status == 1
    assert "c’est un dossier" in done.err


def test_a_place_to_write_what_goes_to_the_screen(typed: Typed) -> None:
    done = typed("export", "--output", "histoires.csv")
    assert done.status == 2
    assert "> histoires.csv" in done.err


# Lines of JSON


@pytest.mark.parametrize(
    ("command", "line", "told"),
    [
        pytest.param("classify", "bonjour", "ce n’est pas un objet JSON", id="no-json"),
        pytest.param("classify", "[1]", "ce n’est pas un objet JSON", id="a-list"),
        pytest.param("classify", '{"title": "x"}', "il manque « id » : un texte.", id="no-id"),
        pytest.param("classify", '{"id": 1, "title": "x"}', "« id » vaut 1 ; il faut un texte.", id="number"),
        pytest.param(
            "stories", '{"id": "1", "title": null}', "« title » vaut null ; il faut un texte.", id="null"
        ),
        pytest.param("dates", '{"text": "hier", "now": "demain"}', "2026-11-25T08:00:00", id="no-date"),
        pytest.param(
            "evaluate", '{"id": "1", "title": "x", "sectors": "bois"}', "une liste de textes", id="no-list"
        ),
        pytest.param(
            "evaluate", '{"id": "1", "title": "x", "worth": "x"}', "un nombre entier", id="no-number"
        ),
    ],
)
def test_a_line_that_cannot_be_read(typed: Typed, tmp_path: Path, command: str, line: str, told: str) -> None:
    (tmp_path / "lignes.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    done = typed(command, "lignes.jsonl")
    first, last = done.err.splitlines()
    assert (done.status, last) == (1, "1 ligne illisible ; les autres ont été traitées.")
    assert first.startswith("Ligne 2 : ")
    assert told in first


def test_a_line_in_another_encoding(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "lignes.jsonl").write_bytes('{"id": "1", "title": "été"}\n'.encode("latin-1"))
    assert "enregistrez le fichier dans cet encodage" in typed("classify", "lignes.jsonl").err


@pytest.mark.parametrize("command", ["classify", "stories", "evaluate"])
def test_the_other_lines_are_served(typed: Typed, tmp_path: Path, command: str) -> None:
    good = json.dumps({"id": "1", "title": "Une scierie investit", "sectors": ["bois"]})
    (tmp_path / "lignes.jsonl").write_text(f"\ufeff{good}\nbonjour\n", encoding="utf-8")
    done = typed(command, "lignes.jsonl")
    assert (done.status, bool(done.out)) == (1, True)
    assert "Ligne 2 : " in done.err


def test_predictions_that_are_none(typed: Typed, tmp_path: Path) -> None:
    (tmp_path / "lignes.jsonl").write_text(
        '{"id": "1", "title": "x", "sectors": ["bois"]}\n', encoding="utf-8"
    )
    (tmp_path / "dites.jsonl").write_text('{"id": "1", "sectors": 5}\n', encoding="utf-8")
    done = typed("evaluate", "lignes.jsonl", "--predictions", "dites.jsonl")
    assert done.status == 1
    assert "Ligne 1 : « sectors » vaut 5 ; il faut une liste de textes" in done.err


# Before anything was collected


@pytest.mark.parametrize(
    "command",
    [
        "sources health", "outbox", "readers list", "story show 1", "export", "digest preview", "digest draft",
        "config history", "config diff 1", "keywords try scie --filiere bois", "keywords report",
        "reclassify --since 2026-10-01", "readers remove a@gazette.example",
    ],
)  # fmt: skip
def test_before_the_first_run_every_reading_command_says_how_to_begin(
    typed: Typed, tmp_path: Path, command: str
) -> None:
    done = typed(*command.split())
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("Rien n’a encore été collecté : lancez « comtoise run »")
    assert not (tmp_path / "comtoise.sqlite").exists(), "looking makes no database"


# Numbers


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("outbox --limit -1", "-1 est trop petit : écrivez 1 ou plus."),
        ("keywords report --jours 9999", "9999 est trop grand : écrivez 3650 au plus."),
        ("story show douze", "« douze » n’est pas un nombre entier."),
        ("story show -1", "Un nombre précédé de « - » n’a pas de sens ici."),
        ("outbox retry 4 -3", "Un nombre précédé de « - » n’a pas de sens ici."),
        ("config undo -12", "Un nombre précédé de « - » n’a pas de sens ici."),
    ],
)
def test_a_number_that_cannot_be(typed: Typed, command: str, told: str) -> None:
    done = typed(*command.split())
    assert (done.status, done.out) == (2, "")
    assert told in done.err


def test_an_option_that_does_not_exist_is_still_told(typed: Typed) -> None:
    assert "« -x » n’existe pas" in typed("outbox", "-x").err.replace("\u202f", " ")


@pytest.mark.parametrize(("command", "near"), [("chek", "check"), ("sources helth", "health")])
def test_a_command_that_does_not_exist_names_the_nearest(typed: Typed, command: str, near: str) -> None:
    done = typed(*command.split())
    assert done.status == 2
    assert f"Vouliez-vous dire '{near}'" in done.err


@pytest.mark.parametrize("written", ["hier", "2026-13-01", "32/11/2026", "2026"])
def test_a_day_that_is_none(typed: Typed, written: str) -> None:
    done = typed("export", "--since", written)
    assert done.status == 2
    assert f"« {written} » n’est pas une date : écrivez-la comme 2026-11-25." in done.err


@pytest.mark.parametrize("written", ["2026-11-25", "25/11/2026"])
def test_a_day_is_written_either_way(typed: Typed, written: str) -> None:
    assert typed("db", "upgrade").status == 0
    assert typed("export", "--since", written).status == 0


# Pages


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:1/", "le site refuse la connexion."),
        ("https://", "l’adresse n’est pas entière"),
        ("http://127.0.0.1:port/", "l’adresse n’est pas entière"),
    ],
)
def test_a_page_that_cannot_be_explained(typed: Typed, address: str, told: str) -> None:
    done = typed("explain", address)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(f"La page {address} ne peut être lue : {told}")


async def test_a_page_that_the_site_refuses_is_told(typed: Typed) -> None:
    site = ScriptedServer()  # no route: every page is a 404
    await site.start()
    done = await asyncio.to_thread(typed, "explain", site.url("/article"))
    await site.stop()
    assert "le site répond par une erreur (404)." in done.err


def test_a_full_disk(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "comtoise", "canonical", "-"],
            cwd=tmp_path,
            input="https://g.example/a\n",
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=300,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "Tout n’est pas écrit : le disque est plein.\n")


# Help


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("config undo", "[OPTIONS] [NUMÉRO]"),
        ("config diff", "[OPTIONS] AVANT [APRÈS]"),
        ("digest draft say", "[OPTIONS] [TEXTE]"),
        ("digest draft undo", "[OPTIONS] [NUMÉRO]"),
        ("digest draft promote", "[OPTIONS] NUMÉRO..."),
    ],
)
def test_the_usage_tells_what_may_be_left_out(typed: Typed, command: str, usage: str) -> None:
    assert f"{command} {usage}\n" in typed(*command.split(), "--help").out


@pytest.mark.parametrize(
    "group",
    [
        "",
        "config",
        "db",
        "digest",
        "digest draft",
        "keywords",
        "mail",
        "outbox",
        "readers",
        "sources",
        "story",
    ],
)
def test_no_line_of_a_help_is_cut(typed: Typed, group: str) -> None:
    shown = typed(*group.split(), "--help").out
    assert not any(line.endswith("...") for line in shown.splitlines()[1:])
    assert max(map(len, shown.splitlines())) <= 80


# Names


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("sources test gazete", "Source inconnue : gazete ; voyez « comtoise sources list »."),
        ("crawl --once --source gazete", "Source inconnue : gazete ; voyez « comtoise sources list »."),
        (
            "digest preview --sector plasturgi",
            "Filière inconnue : plasturgi ; vouliez-vous dire `plasturgie` ?",
        ),
        (
            "digest preview --sector zzz",
            "Filière inconnue : zzz ; écrivez l’un de : microtechniques, plasturgie",
        ),
        ("digest preview --cluster pm", "Pôle inconnu : pm ; vouliez-vous dire `pmt` ?"),
        ("export --topic boi", "Sujet inconnu : boi ; vouliez-vous dire `bois` ?"),
    ],
)
def test_a_name_that_leads_nowhere(typed: Typed, command: str, told: str) -> None:
    assert typed("db", "upgrade").status == 0
    done = typed(*command.split())
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith(told)


@pytest.mark.parametrize("topic", ["bois", "pmt", "recrutement", "25", "25056", "acrotec"])
def test_a_topic_of_every_kind_can_be_exported(typed: Typed, topic: str) -> None:
    assert typed("db", "upgrade").status == 0
    assert typed("export", "--topic", topic).status == 0


# What programs read


@pytest.mark.parametrize(
    "command",
    [
        "keywords list --json", "keywords try scierie --filiere bois --retirer --json",
        "keywords report --filiere bois --json", "evaluate lignes.jsonl --json",
        "reclassify --since 2026-10-01 --json", "classify lignes.jsonl", "stories lignes.jsonl", "export --format jsonl",
        "sources list", "sources health --json", "outbox", "readers list",
    ],
)  # fmt: skip
def test_machine_output_is_json_and_nothing_else(typed: Typed, tmp_path: Path, command: str) -> None:
    assert typed("db", "upgrade").status == 0
    line = json.dumps({"id": "1", "title": "Une scierie investit", "sectors": ["bois"]})
    (tmp_path / "lignes.jsonl").write_text(f"{line}\nbonjour\n", encoding="utf-8")
    for row in typed(*command.split()).out.splitlines():
        assert isinstance(json.loads(row), dict)


def test_one_is_told_in_the_singular(typed: Typed) -> None:
    told = typed("check").out
    assert "1 département suivi : 25\n" in told
    assert "0 source\n" in told


# Questions


@pytest.mark.parametrize(
    ("answers", "written"),
    [
        pytest.param("oui", True, id="oui"),
        pytest.param("O", True, id="o"),
        pytest.param("non", False, id="non"),
        pytest.param("", False, id="enter-alone-changes-nothing"),
        pytest.param("peut-être\noui", True, id="asked-again"),
    ],
)
def test_a_question_is_answered_in_french(tmp_path: Path, answers: str, written: bool) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(CONFIG + "filieres: {bois: {nom: Bois, mots_forts: scierie}}\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "comtoise", "keywords", "add", "madrier", "--filiere", "bois"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as typing:
        os.write(ours, f"{answers}\n".encode())
        typing.communicate(timeout=300)
    os.close(theirs)
    os.close(ours)
    assert typing.returncode == 0
    assert ("madrier" in file.read_text("utf-8")) is written
