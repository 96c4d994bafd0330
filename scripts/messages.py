"""Bring the catalogues of translations up to date with what the sources say.

Usage:
    python scripts/messages.py          (or `make messages`)

Two catalogues, read as they are by `comtoise.i18n`:

- ``en/…/comtoise.po``: our messages, written in French, into English;
- ``fr/…/click.po``: the words of click (« Usage », « No such command »), written in English, into French.

New messages are added with an empty translation, those that left the sources are removed, nothing is guessed.
No place in the sources nor date is written, so that a catalogue changes only when a message does. Exit status:
0 all translated, 1 something is left to translate (listed on the standard error).
"""

import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "comtoise" / "locale"
SOURCES = ("src/comtoise", "bot", "crawler")

#: Words that the code translates from a table (``_(_WHY[item.why])``), where extraction cannot see them.
TABLES = {
    "comtoise.topics.explain": ("_KINDS", "_WHY", "_WORTH", "_REASONS"),
    "comtoise.topics.evaluate": ("_NAMES",),
    "comtoise.cli.keywords": ("_PLACES",),
}
#: Words of click that it translates from a variable, or that `comtoise.cli.french` translates for it.
CLICK_WORDS = (
    "required",
    "text",
    "integer",
    "integer range",
    "float",
    "boolean",
    "COMMAND [ARGS]...",
    "[COMMAND] [ARGS]...",
)
#: Modules of click that no command of ours reaches: an editor, a Windows console, completion, its own tests.
CLICK_LEFT = {"_termui_impl.py", "_winconsole.py", "shell_completion.py", "testing.py"}

_KEYWORDS = {"_": None, "ngettext": (1, 2)}
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: comtoise\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

MessageId = str | tuple[str, ...]  #: a message, or its singular and plural


def ours() -> Iterator[MessageId]:
    """The messages of the sources and of the templates, in the order of the files; may repeat."""
    for folder in SOURCES:
        yield from _extracted(ROOT / folder)
    for module, names in TABLES.items():
        for name in names:
            table = getattr(importlib.import_module(module), name)
            yield from table.values() if isinstance(table, dict) else table


def of_click() -> Iterator[MessageId]:
    """The words of the installed click that a person may read; may repeat."""
    yield from _extracted(Path(click.__file__).parent, CLICK_LEFT)
    yield from CLICK_WORDS


def catalogue_path(language: str, domain: str) -> Path:
    """The file of a catalogue, as `comtoise.i18n.translations` looks for it."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def update(path: Path, language: str, messages: Iterable[MessageId]) -> list[MessageId]:
    """Rewrite the catalogue with exactly *messages*, its translations kept; return those without one."""
    known = _read(path, language)
    catalogue = Catalog(locale=language, fuzzy=False)
    missing: list[MessageId] = []
    for message in dict.fromkeys(messages):
        before = known.get(message)
        translation = (before.string if before is not None else None) or ""
        catalogue.add(message, translation)
        if not all([translation] if isinstance(translation, str) else translation):
            missing.append(message)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_HEADER.format(language=language, plurals=catalogue.plural_forms).encode())
        write_po(file, catalogue, omit_header=True, no_location=True, width=110)
    return missing


def _extracted(folder: Path, left: Iterable[str] = ()) -> Iterator[MessageId]:
    found = extract_from_dir(
        folder,
        method_map=_METHODS,
        keywords=_KEYWORDS,
        # Only the path inside *folder* counts: a checkout or an environment may well live in a dotted folder.
        directory_filter=lambda path: not Path(path).name.startswith((".", "__")),
    )
    for name, _line, message, _comments, _context in sorted(found, key=lambda item: (item[0], item[1])):
        if name not in left:
            yield message


def _read(path: Path, language: str) -> Catalog:
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file)


def main() -> int:
    """Update both catalogues; return the exit status."""
    left = 0
    for language, domain, messages in (("en", "comtoise", ours()), ("fr", "click", of_click())):
        path = catalogue_path(language, domain)
        missing = update(path, language, messages)
        left += len(missing)
        for message in missing:
            print(f"{path.relative_to(ROOT)}: {message!r}", file=sys.stderr)  # noqa: T201 (a script)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
