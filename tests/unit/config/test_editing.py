"""A change of config.yaml touches what it changes, or nothing."""

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml.comments import CommentedMap

from comtoise.config import ConfigFileError, parse_config
from comtoise.config.editing import append, content_hash, edit_config
from comtoise.config.reading import read_tree
from comtoise.errors import ConfigError, InputError

SHIPPED = Path(__file__).parents[3] / "config.yaml"
ADD = ("sources", "ajouter")
PAPER = {"id": "gazette", "nom": "La Gazette : d’ici", "adresse": "https://gazette.example/feed"}
SMALL = 'zone: {departements: ["01"]}\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def adding(**more: object) -> Callable[[CommentedMap], None]:
    return lambda document: append(document, ADD, PAPER | more)


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_the_shipped_file_gains_four_lines_and_keeps_all_others(file: Path) -> None:
    before = SHIPPED.read_text(encoding="utf-8")
    file.write_text(before, encoding="utf-8")
    edit = edit_config(file, adding(departements=("01", "25")))
    after = file.read_text(encoding="utf-8")
    assert (edit.before, edit.after) == (before, after)
    start = after.index("    - id: gazette\n")
    added = after[start : after.index("  #  - id: mon-journal")]
    assert after.replace(added, "", 1) == before
    assert edit.config.sources()[-1].departements == ("01", "25")
    assert edit.difference().count("\n+") == 5  # with the line that names the file


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SMALL + "sources:\n  paquet: non\n", id="no-list"),
        pytest.param(SMALL + "sources:\n  ajouter: []\n  # fin\n", id="empty-list"),
        pytest.param(
            SMALL + "sources:\n    ajouter:\n    # - id: exemple\n    modifier:\n", id="empty-value"
        ),
        pytest.param(
            SMALL + "sources:\n    ajouter:\n    - id:   a   # le premier\n      nom: A\n"
            "      adresse: https://a.example/   # vue\n\n    # ce qui suit\n    modifier:\n    retirer: []\n",
            id="wide-indent-dashes-at-the-key",
        ),
        pytest.param(
            SMALL + "sources:\n  ajouter:\n  - nom: A\n    id: a\n    adresse: https://a.example/\n"
            "    departements: [01,   25]  # deux\n# la suite\nalertes: {par_jour: 3}\n",
            id="ends-in-a-flow-list",
        ),
        pytest.param(
            SMALL + "sources:\n  ajouter:\n    - id: a\n      nom: A\n      genre: page\n"
            "      adresse: https://a.example/\n      reperes:\n        element: li  # puce\n\n# ---- suite\n"
            "envois:\n  quotidien: {heure: 07:30}\n",
            id="ends-in-a-mapping",
        ),
    ],
)
def test_layout_and_remarks_stay_as_the_person_wrote_them(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    for number in (1, 2):
        edit_config(
            file, adding(id=f"gazette-{number}", genre="page", reperes={"element": "h2", "lien": "a"})
        )
    after = file.read_text(encoding="utf-8")
    gone, _new = lines_changed(text, after)
    assert [line for line in gone if "ajouter: []" not in line] == []
    remarks = [line for line in text.splitlines() if line.strip().startswith("#")]
    assert [line for line in after.splitlines() if line.strip().startswith("#")] == remarks
    for remark in remarks:
        assert after.index("gazette-2") < after.index(remark), "what follows the list still follows it"
    assert [new.id for new in parse_config(after.encode(), "c").sources_section.add][-2:] == [
        "gazette-1",
        "gazette-2",
    ]


def test_a_layout_that_the_writer_cannot_keep_still_gets_the_right_values(file: Path) -> None:
    file.write_text(SMALL + "sources:\n  retirer:\n    est-republicain,\n    macommune\n", encoding="utf-8")
    config = edit_config(file, adding()).config
    assert config.sources_section.remove == ("est-republicain", "macommune")
    assert config.sources()[-1].id == "gazette"


def test_words_in_a_block_change_one_line(file: Path) -> None:
    text = (
        SMALL
        + "filieres:\n  plasturgie:\n    nom: Plasturgie\n    mots_forts: |\n      plasturgie,\n      injection\n"
    )
    file.write_text(text, encoding="utf-8")

    def one_word_more(document: CommentedMap) -> None:
        sector = document["filieres"]["plasturgie"]
        sector["mots_forts"] = type(sector["mots_forts"])(
            sector["mots_forts"].rstrip("\n") + ",\nrotomoulage\n"
        )

    edit_config(file, one_word_more)
    assert file.read_text(encoding="utf-8") == text.replace("injection\n", "injection,\n      rotomoulage\n")


def test_codes_and_hours_stay_text(file: Path) -> None:
    text = "zone:\n  departements: [01]\nenvois:\n  quotidien:\n    heure: 07:30\nadministrateurs: 0012\n"
    file.write_text(text, encoding="utf-8")
    edit_config(file, adding())
    assert file.read_text(encoding="utf-8").startswith(text)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        pytest.param(SMALL.replace("\n", "\r\n").encode(), b"\r\n", id="windows-lines"),
        pytest.param(b"\xef\xbb\xbf" + SMALL.encode(), b"\xef\xbb\xbf", id="byte-order-mark"),
    ],
)
def test_the_marks_of_other_systems_stay(file: Path, data: bytes, kept: bytes) -> None:
    file.write_bytes(data)
    edit_config(file, adding())
    after = file.read_bytes()
    assert after.startswith(data)
    assert after.count(kept) == after.count(b"\n") if kept == b"\r\n" else after.count(kept) == 1


def test_a_change_of_nothing_writes_nothing(file: Path) -> None:
    file.chmod(0o640)
    state = file.stat()
    edit = edit_config(file, lambda document: None)
    assert not edit.changed
    assert edit.difference() == ""
    assert file.stat() == state


def test_a_trial_leaves_the_file(file: Path) -> None:
    edit = edit_config(file, adding(), write=False)
    assert "gazette" in edit.after
    assert edit.config.sources()[-1].id == "gazette"
    assert file.read_text(encoding="utf-8") == SMALL


def test_permissions_stay_and_a_link_is_followed(file: Path, tmp_path: Path) -> None:
    file.chmod(0o640)
    link = tmp_path / "lien.yaml"
    link.symlink_to(file)
    edit_config(link, adding())
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert "gazette" in file.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".config.yaml.lock", "config.yaml", "lien.yaml",
    ]  # fmt: skip


# Refusals: the file is what it was


def refused(
    file: Path, change: Callable[[CommentedMap], None], *, expected: str | None = None
) -> ConfigError:
    before = file.read_bytes()
    with pytest.raises(ConfigError) as refusal:
        edit_config(file, change, expected=expected)
    assert file.read_bytes() == before
    return refusal.value


def test_a_change_that_the_schema_refuses_says_why_in_french(file: Path) -> None:
    error = refused(file, adding(adresse="gazette"))
    assert isinstance(error, ConfigFileError)
    assert "n’est pas une adresse de page" in str(error)


def test_an_identifier_taken_is_refused(file: Path) -> None:
    edit_config(file, adding())
    assert "« gazette » existe déjà" in str(refused(file, adding()))


def test_a_file_that_is_already_wrong_tells_its_own_problems(file: Path) -> None:
    file.write_text(SMALL + "envois: {quotidien: {heure: 25h}}\n", encoding="utf-8")
    assert "ligne 2" in str(refused(file, adding()))


def test_what_was_shown_must_still_be_there(file: Path) -> None:
    shown = content_hash(file.read_bytes())
    file.write_text(SMALL + "journal: debug\n", encoding="utf-8")
    assert "entre-temps" in str(refused(file, adding(), expected=shown))
    edit_config(file, adding(), expected=content_hash(file.read_bytes()))


def test_an_editor_that_saves_during_the_change_wins(file: Path) -> None:
    def saved_meanwhile(document: CommentedMap) -> None:
        file.write_text(SMALL + "journal: debug\n", encoding="utf-8")
        append(document, ADD, PAPER)

    with pytest.raises(ConfigError, match="entre-temps"):
        edit_config(file, saved_meanwhile)
    assert file.read_text(encoding="utf-8") == SMALL + "journal: debug\n"
    assert not list(file.parent.glob(".config.yaml.[!l]*")), "no half-written file is left"


def test_a_change_that_gives_up_writes_nothing(file: Path) -> None:
    def gives_up(document: CommentedMap) -> None:
        append(document, ADD, PAPER)
        raise InputError("non")

    with pytest.raises(InputError, match="non"):
        edit_config(file, gives_up)
    assert file.read_text(encoding="utf-8") == SMALL


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="n’existe pas"):
        edit_config(tmp_path / "rien.yaml", adding())
    with pytest.raises(ConfigError, match="rien n’est écrit"):
        edit_config(tmp_path / "nulle" / "part.yaml", adding())


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_is_one_sentence(file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        assert "rien n’est écrit" in str(refused(file, adding()))
    finally:
        file.parent.chmod(0o700)


def test_editors_at_the_same_moment_lose_nothing(file: Path) -> None:
    start = threading.Barrier(8)

    def add(number: int) -> None:
        start.wait()
        edit_config(file, adding(id=f"gazette-{number}"))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    config = parse_config(file.read_bytes(), "config.yaml")
    assert sorted(new.id for new in config.sources_section.add) == [f"gazette-{n}" for n in range(8)]


@given(name=st.text(min_size=1, max_size=80))
def test_any_name_is_written_as_it_is_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    file = tmp_path_factory.mktemp("names") / "config.yaml"
    file.write_text(SMALL, encoding="utf-8")
    try:
        edit = edit_config(file, adding(nom=name))
    except ConfigError:
        assert file.read_text(encoding="utf-8") == SMALL
        return
    tree = read_tree(file.read_bytes(), "config.yaml")
    assert edit.config.sources_section.add[0].name == name.strip()
    assert isinstance(tree.value, dict)
