"""From the bytes of config.yaml to plain values that remember where they were written.

YAML guesses types, and guesses wrong for hours and codes (« 22:00 », « 01 », « no »): here every scalar
stays text, and the schema converts. What people never need and attackers like is refused: anchors, aliases,
tags, several documents, deep nesting, huge files. Any byte string gives a tree or problems, never a crash.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from comtoise.config.problems import ConfigFileError, Problem
from comtoise.config.syntax import in_french
from comtoise.i18n import _

BYTES_MAX = 1024 * 1024
NODES_MAX = 20_000
DEPTH_MAX = 10
SHOWN_MAX = 60  #: characters of the offending text that a problem shows

#: An empty value (« ajouter: ») is None.
Value = str | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written, counted from 1."""

    line: int
    column: int


@dataclass(slots=True)
class Tree:
    """The values of a file, and where each key and each value stands."""

    name: str
    lines: list[str]
    value: Value = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    blocks: set[Path] = field(default_factory=set)  #: values written as a block of text
    broken: set[Path] = field(default_factory=set)  #: already told to be wrong
    problems: list[Problem] = field(default_factory=list)

    def complain(self, place: Place, text: str, message: str, remedy: str) -> None:
        """Add a problem."""
        text = text.encode("utf-8", "replace").decode("utf-8")
        shown = text if len(text) <= SHOWN_MAX else text[: SHOWN_MAX - 1] + "…"
        self.problems.append(
            Problem(
                name=self.name,
                line=place.line,
                column=place.column,
                text=shown,
                message=message,
                remedy=remedy,
            )
        )

    def find(self, path: Path, text: str | None = None) -> Place:
        """Where the value at *path* stands.

        A path that is not in the file gives the place of what would hold it; when that is a text of several
        words or lines, the place of *text* in it.
        """
        known = path
        while known and known not in self.values:
            known = known[:-1]
        place = self.values.get(known, Place(1, 1))
        if text and (known != path or known in self.blocks):
            return self._within(place, text)
        return place

    def _within(self, start: Place, text: str) -> Place:
        word = re.compile(r"(?<!\w)" + re.escape(text) + r"(?!\w)")
        skipped = start.column - 1  # of the first line only
        for number in range(start.line - 1, len(self.lines)):
            match = word.search(self.lines[number], skipped)
            if match:
                return Place(number + 1, match.start() + 1)
            skipped = 0
        return start


def read_tree(data: bytes, name: str) -> Tree:
    """Read a file into a tree; the problems it can go on with are left in ``tree.problems``.

    Raises:
        ConfigFileError: the text is not to be read at all: encoding, structure, size.
    """
    text = _decode(data, name)
    tree = Tree(name, text.split("\n"))
    _check_characters(tree)
    if tree.problems:
        raise ConfigFileError(tree.problems)
    _check_secrets(tree)
    try:
        _Composer(tree).compose(YAML(typ="safe", pure=True).parse("\n".join(tree.lines)))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context and error.context.endswith(_TOLD_WHERE_IT_STARTS):
            mark = error.context_mark or mark
        place = Place(mark.line + 1, mark.column + 1) if isinstance(mark, StringMark) else Place(1, 1)
        message, remedy = in_french(error.context, error.problem)
        for number in (place.line, place.line - 1):
            if _BULLET.match(_line(tree, number)):
                place = Place(number, 1)
                message = _(
                    "la ligne commence par un tiret long ou une puce, comme un traitement de texte les met"
                )
                remedy = _("écrivez un trait d’union suivi d’une espace : « - »")
        tree.complain(place, _line(tree, place.line).strip(), message, remedy)
    except _Stop:
        pass
    except (YAMLError, ValueError, TypeError, AttributeError, IndexError, AssertionError):
        # The parser's own slips on text that no editor writes (« %YAML x », « "\uD800" »).
        tree.complain(
            Place(1, 1),
            "",
            _("la structure du fichier est illisible"),
            _("reprenez la dernière version qui marchait, ou l’exemple fourni"),
        )
    else:
        if tree.value is None and not tree.problems:
            tree.complain(
                Place(1, 1),
                "",
                _("le fichier est vide"),
                _("repartez de l’exemple fourni ; au moins : zone: {regions: [Bourgogne-Franche-Comté]}"),
            )
        elif not isinstance(tree.value, dict) and not tree.problems:
            tree.complain(
                Place(1, 1),
                _line(tree, 1).strip(),
                _("le fichier doit être fait de lignes « clé: valeur »"),
                _("commencez par « zone: » puis, en retrait, « regions: [Bourgogne-Franche-Comté] »"),
            )
    if not isinstance(tree.value, dict):
        raise ConfigFileError(tree.problems)
    return tree


#: What is left open is told where it was opened, not where the file ends.
_TOLD_WHERE_IT_STARTS = ("quoted scalar", "flow sequence", "flow mapping", "simple key")


def _line(tree: Tree, number: int) -> str:
    return tree.lines[number - 1] if 0 < number <= len(tree.lines) else ""


def _decode(data: bytes, name: str) -> str:
    tree = Tree(name, [])
    if len(data) > BYTES_MAX:
        tree.complain(
            Place(1, 1),
            "",
            _("le fichier est trop gros ({size} Ko, {limit} Ko au plus)").format(
                size=len(data) // 1024, limit=BYTES_MAX // 1024
            ),
            _("gardez ici les réglages et les mots, pas des données"),
        )
        raise ConfigFileError(tree.problems)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tree.complain(
            Place(1, 1),
            "",
            _("le fichier est enregistré en UTF-16"),
            _("dans votre éditeur, choisissez « Enregistrer sous… » puis l’encodage UTF-8"),
        )
        raise ConfigFileError(tree.problems)
    if data.startswith(_WORD_PROCESSOR):
        tree.complain(
            Place(1, 1),
            "",
            _("le fichier vient d’un traitement de texte : ce n’est pas du texte simple"),
            _("choisissez « Enregistrer sous… » puis « Texte brut » et l’encodage UTF-8"),
        )
        raise ConfigFileError(tree.problems)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line_start = data.rfind(b"\n", 0, error.start) + 1
        line_end = data.find(b"\n", error.start)
        line = data[line_start : line_end if line_end >= 0 else len(data)]
        tree.complain(
            Place(before.count("\n") + 1, len(before) - before.rfind("\n")),
            line.decode("cp1252", "replace").strip(),
            _("un caractère n’est pas en UTF-8 (le fichier vient sans doute d’un ancien Windows)"),
            _("dans votre éditeur, choisissez « Enregistrer sous… » puis l’encodage UTF-8"),
        )
        raise ConfigFileError(tree.problems) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


#: How the files of Word (.docx, .doc), of LibreOffice (.odt) and rich text (.rtf) begin.
_WORD_PROCESSOR = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")

#: What YAML forbids, and the line ends of other worlds, which would shift every line number.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_BULLET = re.compile(r"[ ]*[–—•·][ \u00a0]")
_INDENT = re.compile(r"[ ]*[\t\u00a0\u2007\u202f\u3000]")


def _check_characters(tree: Tree) -> None:
    for number, line in enumerate(tree.lines, start=1):
        control = _CONTROL.search(line)
        if control:
            tree.complain(
                Place(number, control.start() + 1),
                repr(control[0])[1:-1],
                _("un caractère invisible est interdit ici"),
                _("effacez la ligne et tapez-la de nouveau"),
            )
        indent = _INDENT.match(line)
        if indent and line.strip() and not line.lstrip().startswith("#"):
            tab = line[indent.end() - 1] == "\t"
            tree.complain(
                Place(number, indent.end()),
                line.strip(),
                _("le retrait de la ligne contient une tabulation")
                if tab
                else _("le retrait de la ligne contient une espace insécable"),
                _("remplacez-la par des espaces ordinaires (deux par niveau)"),
            )


BOT_TOKEN = re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{30,}")
_PASSWORD_URL = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]*://[^\s/:@]*:[^\s/@]+@")


def _check_secrets(tree: Tree) -> None:
    """Refuse secrets wherever they stand, comments included: this file is shown, copied, kept in history.

    They are masked, at the same length, in what is read on: no later message can quote one.
    """
    for number, line in enumerate(tree.lines, start=1):
        token = BOT_TOKEN.search(line)
        if token:
            tree.complain(
                Place(number, token.start() + 1),
                token[0].split(":")[0] + ":…",
                _("le jeton d’un robot Telegram est écrit ici : qui lit ce fichier peut s’en servir"),
                _("effacez-le, demandez-en un autre à @BotFather et écrivez TELEGRAM_BOT_TOKEN=… dans .env"),
            )
            line = tree.lines[number - 1] = line.replace(token[0], "•" * len(token[0]))
        password = _PASSWORD_URL.search(line)
        if password:
            scheme = password[0].split("://")[0]
            variable = "SMTP_URL" if scheme.lower().startswith("smtp") else "DATABASE_URL"
            tree.complain(
                Place(number, password.start() + 1),
                f"{scheme}://…",
                _("une adresse avec mot de passe est écrite ici"),
                _("effacez-la d’ici et écrivez {variable}=… dans le fichier .env").format(variable=variable),
            )
            tree.lines[number - 1] = line.replace(password[0], "•" * len(password[0]))


class _Stop(Exception):
    """Reading cannot usefully go on; the problem is already told."""


class _Composer:
    """Builds the tree from the parser's events."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._nodes = 0

    def compose(self, events: Iterator[Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._tree.complain(
                        _place(event),
                        "---",
                        _("une ligne « --- » commence un second document"),
                        _("effacez cette ligne : le fichier n’en contient qu’un"),
                    )
                    raise _Stop
            elif isinstance(event, NodeEvent):
                self._tree.value = self._node(event, events, ())

    def _node(self, event: Event, events: Iterator[Event], path: Path) -> Value:
        self._nodes += 1
        place = _place(event)
        self._tree.values[path] = place
        if self._nodes > NODES_MAX or len(path) > DEPTH_MAX:
            self._tree.complain(
                place,
                "",
                _("le fichier est trop imbriqué ou contient trop de valeurs"),
                _("repartez de l’exemple fourni"),
            )
            raise _Stop
        self._refuse_tricks(event, place, path)
        if isinstance(event, ScalarEvent):
            if event.style in ("|", ">"):
                self._tree.blocks.add(path)
            empty = not event.style and event.value in ("", "~")
            return None if empty else str(event.value)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        return None  # an alias, already refused

    def _sequence(self, events: Iterator[Event], path: Path) -> list[Value]:
        items: list[Value] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            place = _place(event)
            key = self._key(event, events, path)
            if key is None:
                self._node(next(events), events, (*path, ""))
                continue
            value_path = (*path, key)
            if key in result:
                first = self._tree.keys[value_path].line
                self._tree.complain(
                    place,
                    key,
                    _("« {key} » est écrit deux fois (déjà ligne {line})").format(key=key, line=first),
                    _("réunissez les deux en une seule clé « {key}: »").format(key=key),
                )
                self._skip(next(events), events)
                continue
            self._tree.keys[value_path] = place
            result[key] = self._node(next(events), events, value_path)
            if result[key] is None and value_path not in self._tree.broken:
                # The parser sets an empty value where the next thing starts, lines below.
                end = event.end_mark
                self._tree.values[value_path] = Place(end.line + 1, end.column + 2)
        return result

    def _key(self, event: Event, events: Iterator[Event], path: Path) -> str | None:
        if isinstance(event, ScalarEvent):
            self._refuse_tricks(event, _place(event), path)
            return str(event.value)
        self._tree.complain(
            _place(event),
            _line(self._tree, _place(event).line).strip(),
            _("une clé doit être un mot simple"),
            _("écrivez « clé: valeur » ; si c’est un texte, mettez-le entre guillemets"),
        )
        self._skip(event, events)
        return None

    def _skip(self, event: Event, events: Iterator[Event]) -> None:
        """Pass over a value without keeping it."""
        depth = 0
        while True:
            if isinstance(event, SequenceStartEvent | MappingStartEvent):
                depth += 1
            elif isinstance(event, SequenceEndEvent | MappingEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = next(events)

    def _refuse_tricks(self, event: Event, place: Place, path: Path) -> None:
        line = _line(self._tree, place.line).strip()
        quoting = _('si c’est un texte, mettez-le entre guillemets : "{text}"')
        if isinstance(event, AliasEvent):
            self._tree.broken.add(path)
            self._tree.complain(
                place,
                f"*{event.anchor}",
                _("un texte qui commence par « * » est lu comme un renvoi (alias), qui n’est pas permis"),
                quoting.format(text=f"*{event.anchor}"),
            )
            return
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            self._tree.complain(
                place,
                line,
                _("un texte qui commence par « & » est lu comme une ancre, qui n’est pas permise"),
                quoting.format(text=f"&{anchor}"),
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._tree.complain(
                place,
                line,
                _("un texte qui commence par « ! » est lu comme une étiquette, qui n’est pas permise"),
                _("effacez « {tag} » ; si c’est un texte, mettez-le entre guillemets").format(tag=tag),
            )


def _place(event: Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)
