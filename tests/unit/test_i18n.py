"""Every message has its translation, and click speaks the language of the house."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from comtoise.i18n import _, chosen_language, ngettext

ROOT = Path(__file__).resolve().parents[2]
_ENGLISH = re.compile(
    r"Usage:|Options:|Commands|COMMAND\b|ARGS|\b(?:Show|this|message|exit|version and|default:|required|TEXT\b|INTEGER|"
    r"PATH|DIRECTORY|Error|Try|for help|Invalid|Missing|No such|Did you mean|Got unexpected|is not)\b"
)


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MESSAGES = _script()


def _catalogue(language: str, domain: str) -> list[Message]:
    with MESSAGES.catalogue_path(language, domain).open("rb") as file:
        return [message for message in read_po(file) if message.id]


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """A message, or its singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def _places(text: str) -> set[str]:
    """The names of the places of a message: ``{n}``, ``%(prog)s``; literal braces count as they are."""
    try:
        braces = {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError:  # a lone brace: the message is never formatted
        braces = set(re.findall(r"\{[^}]*\}?", text))
    return braces | set(re.findall(r"%\(\w+\)s", text))


def _unknown_in(*forms: str) -> Callable[[str], set[str]]:
    known = set().union(*map(_places, forms))
    return lambda told: _places(told) - known


@pytest.mark.parametrize(
    ("language", "domain", "source"),
    [
        pytest.param("en", "comtoise", "ours", id="ours-in-english"),
        pytest.param("fr", "click", "of_click", id="click-in-french"),
    ],
)
class TestCatalogue:
    def test_has_the_messages_of_the_sources_and_no_other(
        self, language: str, domain: str, source: str
    ) -> None:
        extracted = set(getattr(MESSAGES, source)())
        kept = {message.id for message in _catalogue(language, domain)}
        assert len(extracted) > 50
        assert extracted == kept, "run `make messages`, then translate"

    def test_translates_every_message(self, language: str, domain: str, source: str) -> None:
        left = [m.id for m in _catalogue(language, domain) if m.fuzzy or not all(_forms(m.string) or ("",))]
        assert not left

    def test_keeps_the_places_of_every_message(self, language: str, domain: str, source: str) -> None:
        differ = []
        for message in _catalogue(language, domain):
            *singular, form = _forms(message.id)
            *one, told = _forms(message.string)
            # A singular may say its number in words, or give it where the other language does not.
            if _places(told) != _places(form) or any(map(_unknown_in(form, *singular), one)):
                differ.append((message.id, message.string))
        assert not differ


def test_english_leaves_french_spacing_behind() -> None:
    spaced = [
        told
        for message in _catalogue("en", "comtoise")
        for told in _forms(message.string)
        if re.search(r"[\u00a0\u202f]|\w [:;!?](?:\s|$)|« (?!»)", told)
    ]
    assert not spaced


def test_a_word_translated_from_a_table_is_in_a_table_that_extraction_knows() -> None:
    """``_(variable)`` hides its message from extraction: its module must be in `TABLES`."""
    hidden = {
        path
        for folder in MESSAGES.SOURCES
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "i18n.py"
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
        if not isinstance(node.args[0], ast.Constant)
    }
    assert hidden == {ROOT / "src" / f"{name.replace('.', '/')}.py" for name in MESSAGES.TABLES}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        pytest.param(None, "fr", id="nothing"),
        pytest.param("", "fr", id="empty"),
        pytest.param("en", "en", id="english"),
        pytest.param("EN_gb.UTF-8", "en", id="as-a-system-writes-it"),
        pytest.param("fr_CH", "fr", id="french-of-switzerland"),
        pytest.param("../en", "fr", id="no-language"),
        pytest.param("de", "fr", id="a-language-without-catalogue"),
    ],
)
def test_the_language_asked_for(monkeypatch: pytest.MonkeyPatch, asked: str | None, language: str) -> None:
    if asked is None:
        monkeypatch.delenv("COMTOISE_LANG", raising=False)
    else:
        monkeypatch.setenv("COMTOISE_LANG", asked)
    assert chosen_language() == language


def test_plurals_follow_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    def forms() -> list[str]:
        return [ngettext("{n} emploi", "{n} emplois", n) for n in (0, 1, 2)]

    monkeypatch.setenv("COMTOISE_LANG", "fr")
    assert forms() == ["{n} emploi", "{n} emploi", "{n} emplois"]
    monkeypatch.setenv("COMTOISE_LANG", "en")
    assert forms() == ["{n} jobs", "{n} job", "{n} jobs"]
    assert _("À retenir") == "Worth knowing"


def _comtoise(*arguments: str, language: str | None = None) -> str:
    """What the command line prints, on both outputs, in a process of its own."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "de"}
    environment.pop("COMTOISE_LANG", None)
    if language:
        environment["COMTOISE_LANG"] = language
    done = subprocess.run(
        [sys.executable, "-m", "comtoise", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--help"], "Usage\u00a0: comtoise [OPTIONS] COMMANDE [ARGUMENTS]...", id="help"),
        pytest.param(["db", "--help"], "\nCommandes\u00a0:\n", id="help-of-a-group"),
        pytest.param(["outbox", "--help"], "--limit ENTIER", id="help-of-a-command"),
        pytest.param(
            ["nul"], "Erreur\u00a0: La commande «\u202fnul\u202f» n’existe pas.", id="no-such-command"
        ),
        pytest.param(["feed"], "Il manque l’argument", id="missing-argument"),
        pytest.param(["demo", "--outpu", "x"], "Vouliez-vous dire '--output'", id="mistyped-option"),
        pytest.param(["outbox", "--limit", "z"], "« z » n’est pas un nombre entier", id="not-a-number"),
        pytest.param(["export", "--format", "pdf"], "n’est pas l’un de 'csv'", id="no-such-choice"),
        pytest.param(["check", "a", "b"], "Arguments en trop (a b)", id="too-many-arguments"),
    ],
)
def test_the_command_line_speaks_french_and_only_french(arguments: list[str], told: str) -> None:
    printed = _comtoise(*arguments)
    assert told in printed
    assert not _ENGLISH.findall(printed)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(["--help"], "Show this message and exit.", id="help"),
        pytest.param(["outbox", "--help"], "--limit INTEGER", id="help-of-a-command"),
        pytest.param(["nul"], "Error: No such command 'nul'.", id="no-such-command"),
    ],
)
def test_the_command_line_speaks_english_when_asked(arguments: list[str], told: str) -> None:
    printed = _comtoise(*arguments, language="en")
    assert told in printed
    assert not re.search(r"Afficher|Erreur|existe|[«»]", printed)


def test_updating_keeps_translations_drops_the_rest_and_lists_what_is_left(tmp_path: Path) -> None:
    path = tmp_path / "en" / "words.po"
    assert MESSAGES.update(path, "en", ["un", ("{n} an", "{n} ans")]) == ["un", ("{n} an", "{n} ans")]
    path.write_text(path.read_text().replace('msgid "un"\nmsgstr ""', 'msgid "un"\nmsgstr "one"'))
    assert MESSAGES.update(path, "en", ["deux", "un"]) == ["deux"]
    text = path.read_text()
    assert 'msgid "un"\nmsgstr "one"' in text
    assert "{n} an" not in text
    assert not re.search(r"^#:|Date|@", text, re.MULTILINE)
    before = path.read_bytes()
    MESSAGES.update(path, "en", ["deux", "un"])
    assert path.read_bytes() == before
