"""Change config.yaml for a person, as the person would have: comments, order and layout of the rest stay.

One way for every change (a source added, a word removed): the change is made on a document, the whole result
must be a right configuration, and the file is replaced at once or not at all. Two programs that edit at the
same moment wait for one another; an edit that a person saved meanwhile in an editor is never lost.

The document is ruamel.yaml's, with every scalar as text, as the reader has it (docs/decisions/0002-configuration.md):
« 01 » stays « 01 », « 07:30 » stays « 07:30 ».
"""

import difflib
import fcntl
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString
from ruamel.yaml.tag import Tag
from ruamel.yaml.tokens import CommentToken

from comtoise.config import wordlists
from comtoise.config.load import parse_config, read_config_bytes
from comtoise.config.reading import read_tree
from comtoise.config.schema import Config
from comtoise.errors import ConfigError
from comtoise.files import refused_writing
from comtoise.i18n import _
from comtoise.knowledge import Sector

Change = Callable[[CommentedMap], None]
"""Changes the document in place: texts, lists and mappings of texts. May raise `InputError` to give up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of the file: what it said and says."""

    before: str
    after: str
    config: Config  #: as it is after the change

    @property
    def changed(self) -> bool:
        """Whether the file says anything else than before."""
        return self.before != self.after

    def difference(self, name: str = "config.yaml") -> str:
        """The lines removed and added, as `diff -u` shows them; empty when nothing changed."""
        return "".join(difference(self.before, self.after, name, name))


def difference(before: str, after: str, name_before: str = "", name_after: str = "") -> list[str]:
    """The lines of `diff -u` between two texts of the file, its two heading lines first; none when they are equal."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(difflib.unified_diff(old, new, name_before, name_after))


def count_changes(before: str, after: str) -> tuple[int, int]:
    """How many lines were added and removed between two texts of the file."""
    lines = difference(before, after)[2:]
    return sum(line.startswith("+") for line in lines), sum(line.startswith("-") for line in lines)


def content_hash(data: bytes) -> str:
    """What names a state of the file: keep it with what was shown, and give it back to `edit_config`."""
    return hashlib.sha256(data).hexdigest()


def edit_config(path: Path, change: Change, *, expected: str | None = None, write: bool = True) -> Edit:
    """Apply *change* to the file at *path*.

    Args:
        path: A symbolic link is followed: the file it leads to is replaced, with its permissions kept.
        expected: The `content_hash` of the file that the person saw when deciding; any other content is refused.
        write: False tells what would become of the file and leaves it.
    Raises:
        ConfigFileError: the file is wrong, or would be: the problems tell lines of the file in question.
        ConfigError: somebody else changed the file meanwhile, or it cannot be written.
        InputError: as *change* raises it.

    Whatever is raised, the file is what it was.
    """
    path = Path(os.path.realpath(path))
    with _alone(path):
        data = read_config_bytes(path)
        if expected is not None and content_hash(data) != expected:
            raise _changed_meanwhile(path)
        parse_config(data, path.name)  # a wrong file is not edited: its problems come first
        before = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        after = _edited(before, change)
        written = _as_before(after, data)
        edit = Edit(before=before, after=after, config=parse_config(written, path.name))
        if write and edit.changed:
            _replace(path, data, written)
        return edit


def restore_config(path: Path, text: str, *, write: bool = True) -> Edit:
    """Put a whole text, right by itself, in the place of the file's; raises as `edit_config` does."""
    path = Path(os.path.realpath(path))
    with _alone(path):
        data = read_config_bytes(path)
        written = _as_before(text.removeprefix("\ufeff").replace("\r\n", "\n"), data)
        before = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        edit = Edit(before=before, after=text, config=parse_config(written, path.name))
        if write and edit.changed:
            _replace(path, data, written)
        return edit


def append(document: CommentedMap, path: Sequence[str], item: Mapping[str, Any]) -> None:
    """Add *item* at the end of the list at *path*, before the remarks that follow it. Missing parents are made."""
    parent = document
    for key in path[:-1]:
        if parent.get(key) is None:
            parent[key] = CommentedMap()
        parent = parent[key]
    added = _texts(item)
    items = parent.get(path[-1])
    if isinstance(items, CommentedSeq) and items and isinstance(items[-1], CommentedMap):
        _take_over_remarks(items[-1], added)
    if not isinstance(items, CommentedSeq):
        parent[path[-1]] = items = CommentedSeq()
    items.append(added)


def add_word(document: CommentedMap, sector: str, key: str, word: str) -> None:
    """Write one more word in a list of a filière (« mots_forts »…), made when it is not there."""
    lists = document["filieres"][sector]
    written = lists.get(key)
    if isinstance(written, CommentedSeq) and written:
        written.append(word)
        if not written.fa.flow_style():
            _hand_over(written, len(written) - 2, written, len(written) - 1)
    elif isinstance(written, str) and written.strip():
        lists[key] = _like(written, wordlists.with_word(written, word))
    elif key in lists:
        lists[key] = LiteralScalarString(f"{word}\n")
    else:
        order = list(wordlists.LISTS)
        before = [name for name in lists if name not in order or order.index(name) < order.index(key)]
        last = list(lists)[-1]
        lists.insert(
            list(lists).index(before[-1]) + 1 if before else 0, key, LiteralScalarString(f"{word}\n")
        )
        if list(lists)[-1] == key:
            _hand_over(lists, last, lists, key)


def remove_word(document: CommentedMap, sector: str, word: str) -> None:
    """Take a word, however it is written, out of a filière; the key of a list left empty stays.

    What makes doubt of a word (« contexte_negatif ») is no word of the filière, and is left alone.
    """
    lists = document["filieres"][sector]
    for key in [key for key in wordlists.LISTS if key in lists and key != "contexte_negatif"]:
        written = lists[key]
        if isinstance(written, CommentedSeq):
            for index in reversed(range(len(written))):
                if wordlists.same_word(str(written[index]), word):
                    if index and not written.fa.flow_style():
                        _hand_over(written, index, written, index - 1)
                    del written[index]
        elif isinstance(written, str):
            fewer = wordlists.without_word(written, word)
            if fewer == written:
                continue
            lists[key] = _like(written, fewer)
            if not fewer.strip():
                lists[key] = None
                _end_line(written, lists.ca.items.get(key))


def _end_line(written: str, tokens: Any) -> None:
    """What follows a block of text starts its line; after an empty value it must end one first."""
    if tokens is not None and tokens[2] is not None and isinstance(written, LiteralScalarString):
        tokens[2] = CommentToken("\n" + tokens[2].value, tokens[2].start_mark, None)


def write_sectors(document: CommentedMap, sectors: Iterable[Sector]) -> None:
    """Write the section « filieres: » whole, in a file that has none and lives with the package's words."""
    text = "\n".join(wordlists.section(sectors)) + "\n"
    last = list(document)[-1] if document else None
    document["filieres"] = _yaml(text).load(text)["filieres"]
    if last is not None and last != "filieres":
        document.yaml_set_comment_before_after_key("filieres", before="\n" + _remarks(wordlists.INTRO))


def _remarks(text: str) -> str:
    """Lines of remarks without their marks, as ruamel.yaml takes them."""
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in text.strip("#\n").split("\n"))


def _like(written: str, text: str) -> str:
    """A text in the layout of the one whose place it takes: on its line, or in a block."""
    laid_out: str = type(written)(text.rstrip("\n"))
    if isinstance(written, LiteralScalarString):
        laid_out = LiteralScalarString(text)
    elif isinstance(written, FoldedScalarString) or "\n" in laid_out:
        laid_out = LiteralScalarString("\n".join(wordlists.wrapped(wordlists.words_of(text), "")) + "\n")
    return laid_out


def _texts(value: Any) -> Any:
    """A value as the document writes it: mappings by lines, lists of words on one line, all scalars as text."""
    if isinstance(value, Mapping):
        return CommentedMap((key, _texts(inner)) for key, inner in value.items() if inner is not None)
    if isinstance(value, list | tuple | set | frozenset):
        line = CommentedSeq(_texts(inner) for inner in value)
        line.fa.set_flow_style()
        return line
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _take_over_remarks(last: Any, added: CommentedMap) -> None:
    """What stands on lines of its own after the list's last item moves behind the new last item."""
    _hand_over(*_end(last), *_end(added))


def _hand_over(holder: Any, key: Any, new_holder: Any, new_key: Any) -> None:
    """What stands on lines of its own after a value moves behind another one."""
    if key not in holder.ca.items:
        return
    place = 2 if isinstance(holder, CommentedMap) else 0
    tokens = holder.ca.items[key]
    token = tokens[place]
    if not isinstance(token, CommentToken):
        return
    # After a block of text, the line is over already: all that follows stands on lines of its own.
    ended = isinstance(holder[key], LiteralScalarString | FoldedScalarString)
    beside, newline, below = ("", "", token.value) if ended else token.value.partition("\n")
    if not below.strip():
        return
    tokens[place] = CommentToken(beside + newline, token.start_mark, None) if beside else None
    begun = "" if isinstance(new_holder[new_key], LiteralScalarString | FoldedScalarString) else "\n"
    new_place = 2 if isinstance(new_holder, CommentedMap) else 0
    theirs = new_holder.ca.items.setdefault(new_key, [None, None, None, None])
    before = theirs[new_place].value if theirs[new_place] is not None else begun
    theirs[new_place] = CommentToken(before + below, token.start_mark, None)


def _end(item: Any) -> tuple[Any, Any]:
    """The innermost mapping or list that ends *item*, and the key or index of what it ends with.

    A list on one line counts as one value.
    """
    holder, key = item, None
    while isinstance(holder, CommentedMap | CommentedSeq) and holder:
        key = list(holder)[-1] if isinstance(holder, CommentedMap) else len(holder) - 1
        inner = holder[key]
        if not isinstance(inner, CommentedMap | CommentedSeq) or inner.fa.flow_style() or not inner:
            break
        holder = inner
    return holder, key


# The text


class _Texts(VersionedResolver):
    """Every plain scalar is text, but for the empty one."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode and implicit[0]:
            return Tag(suffix="tag:yaml.org,2002:" + ("null" if value in ("", "~", None) else "str"))
        return super().resolve(kind, value, implicit)


def _edited(before: str, change: Change) -> str:
    """*before* with the change; only the lines that change differ wherever the layout allows it."""
    yaml = _yaml(before)
    document = yaml.load(before)
    settled = _dump(yaml, document)
    change(document)
    wanted = _dump(yaml, document)
    if wanted == settled:
        return before
    merged = _merged(before, settled, wanted)
    if merged is not None and _says(merged) == _says(wanted):
        return merged
    return wanted


def _yaml(text: str) -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Resolver = _Texts
    yaml.preserve_quotes = True
    yaml.width = 100_000  # a long line is the person's choice
    yaml.allow_unicode = True
    mapping, dash = _indents(text)
    yaml.indent(mapping=mapping, sequence=dash + 2, offset=dash)
    return yaml


def _indents(text: str) -> tuple[int, int]:
    """By how many spaces the file sets off a key below its parent, and the dash of a list; 2 and 2 by default."""
    mapping = dash = None
    parent: int | None = None  #: where the line before stands, when it opens a level
    for line in text.split("\n"):
        words = line.lstrip()
        if not words or words.startswith("#"):
            continue
        indent = len(line) - len(words)
        if parent is not None and words.startswith("- ") and dash is None and indent >= parent:
            dash = indent - parent
        elif parent is not None and not words.startswith("- ") and mapping is None and indent > parent:
            mapping = indent - parent
        parent = indent if re.search(r":\s*(#.*)?$", words) and not words.startswith("- ") else None
    return mapping or 2, 2 if dash is None else dash


def _dump(yaml: YAML, document: CommentedMap) -> str:
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()


def _merged(before: str, settled: str, wanted: str) -> str | None:
    """The difference from *settled* to *wanted*, made on *before*; None where the lines do not correspond.

    *settled* is *before* as the writer lays it out: the same words, perhaps with other spaces.
    """
    old, laid_out, new = (text.splitlines(keepends=True) for text in (before, settled, wanted))
    if [line.split() for line in old] != [line.split() for line in laid_out]:
        return None
    merged: list[str] = []
    for what, start, end, new_start, new_end in difflib.SequenceMatcher(
        None, laid_out, new, autojunk=False
    ).get_opcodes():
        merged += old[start:end] if what == "equal" else new[new_start:new_end]
    return "".join(merged)


def _says(text: str) -> object:
    """The values of a text; a text that cannot be read says nothing."""
    with suppress(ConfigError):
        return read_tree(text.encode(), "config.yaml").value
    return None


def _as_before(text: str, data: bytes) -> bytes:
    """The bytes of a text, with the line ends and the mark of the bytes it comes from."""
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")


# The file


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else edits while the block runs; the lock dies with its process."""
    try:
        lock = (path.parent / f".{path.name}.lock").open("a")
    except OSError as error:
        raise _not_written(path, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(path: Path, read: bytes, data: bytes) -> None:
    """Put *data* in the place of what was read, in one step that survives a power cut."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), path.stat().st_mode)
            os.fsync(file.fileno())
        if path.read_bytes() != read:
            raise _changed_meanwhile(path)
        os.replace(temporary, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def _changed_meanwhile(path: Path) -> ConfigError:
    return ConfigError(
        _("« {name} » a été modifié entre-temps : rien n’est écrit ; relisez-le, puis recommencez.").format(
            name=path.name
        )
    )


def _not_written(path: Path, error: OSError) -> ConfigError:
    why, remedy = refused_writing(error)
    return ConfigError(
        _("« {path} » : {why} ; rien n’est écrit, {remedy}.").format(path=path, why=why, remedy=remedy)
    )
