"""The lists of words of a filière as people write them: a block of text, commas and line ends between the words.

A word is added where a person would put it, at the end of the last line of words, and taken out without touching
its neighbours; remarks (lines that start with « # ») stay where they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pydantic import TypeAdapter, ValidationError

from comtoise.config.values import Word, split_items
from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.knowledge import Sector
from comtoise.text.fold import spaced

WIDTH: Final = 108  #: columns of a line, its indent included
INDENT: Final = 6  #: of the words in the file as shipped
_SHOUTED_MAX: Final = 6  #: letters: a longer word in capitals is no acronym

#: Key of the file to field of `Sector`, in the order of the file.
LISTS: Final[Mapping[str, str]] = {
    "mots_forts": "strong",
    "mots_faibles": "weak",
    "contexte": "context",
    "metiers": "occupations",
    "exclusions": "exclusions",
    "contexte_negatif": "negative_context",
    "sigles": "acronyms",
}

#: What the file says above its words, as remarks.
INTRO: Final = """\
#
# Une filière = un nom et des listes de mots. Les mots sont séparés par des virgules ou par des passages à la
# ligne : ne coupez pas une expression en deux lignes. Une ligne qui commence par # est une remarque.
# Majuscules, accents, traits d’union, singulier et pluriel ne comptent pas (sauf pour les sigles).
# « * » à la fin d’un mot remplace n’importe quelle suite : micro* trouve microtechnique et micromécanique.
#
#   mots_forts        un seul, dans le titre ou le premier paragraphe, suffit
#   mots_faibles      comptent seulement près d’un mot de contexte, d’un métier ou d’un autre mot faible
#   contexte          les mots qui confirment un mot faible
#   metiers           les métiers de la filière
#   exclusions        expressions trompeuses : les mots qu’elles contiennent ne comptent pas
#   contexte_negatif  mots (sport, faits divers…) qui font douter d’un mot faible
#   sigles            trouvés seulement dans ces majuscules exactes
#   pour, pas_pour    ce que le lecteur de la filière attend, et n’attend pas (pour mémoire)
"""


_WORD: Final = TypeAdapter[str](Word)


def checked_word(written: str) -> str:
    """One word or expression as config.yaml takes it, spaces made single; `InputError` says what is wrong with it."""
    try:
        word = _WORD.validate_python(written)
    except ValidationError as error:
        said = error.errors(include_url=False)[0].get("ctx", {})
        raise InputError(f"{said.get('message', written)} ; {said.get('remedy', '')}.") from None
    if "," in word or word.startswith("#"):
        raise InputError(
            _(
                "« {word} » : un seul mot ou une seule expression à la fois, sans virgule, ni # au début."
            ).format(word=word)
        )
    return word


def same_word(one: str, other: str) -> bool:
    """Whether two keywords are one, written otherwise: case, accents, hyphens and spaces do not count.

    An acronym is only itself (PMT is not « pmt »), and stars, quotes, NON and PROCHE are part of the keyword.
    """
    if _is_shouted(one) or _is_shouted(other):
        return one.strip() == other.strip()
    return _reduced(one) == _reduced(other)


def _is_shouted(word: str) -> bool:
    return word.isupper() and sum(char.isalpha() for char in word) <= _SHOUTED_MAX


def _reduced(word: str) -> tuple[list[str], str, list[str]]:
    marks = "".join(char for char in word if char in '*"«»“”+²()')
    operators = [part for part in word.split() if part.startswith(("NON", "PROCHE"))]
    return spaced(word).split(), marks, operators


def words_of(text: str) -> list[str]:
    """The words of a block, as the configuration reads them."""
    found = split_items(text)
    return [str(item) for item in found] if isinstance(found, list) else []


def with_word(text: str, word: str, *, width: int = WIDTH - INDENT) -> str:
    """A block with one more word, on its last line of words or, when that is full, on a new one.

    Who writes one word a line keeps doing so. *width* is that of a line without the indent of the block.
    """
    lines = text.rstrip("\n").split("\n")
    holding = [number for number, line in enumerate(lines) if words_of(line)]
    if not holding:
        remarks = [line for line in lines if line.strip()]
        return "\n".join([*remarks, word]) + "\n"
    last = holding[-1]
    line = lines[last].rstrip()
    indent = line[: len(line) - len(line.lstrip())]
    closed = line.endswith(",")
    one_a_line = len(holding) > 1 and all(len(words_of(lines[number])) == 1 for number in holding)
    longer = f"{line} {word}" if closed else f"{line}, {word}"
    if one_a_line or len(longer) + 1 > width:
        commas = closed or not one_a_line or lines[holding[-2]].rstrip().endswith(",")
        lines[last] = line if closed or not commas else f"{line},"
        lines.insert(last + 1, f"{indent}{word}" + ("," if closed else ""))
    else:
        lines[last] = longer + ("," if closed else "")
    return "\n".join(lines) + "\n"


def without_word(text: str, word: str) -> str:
    """A block without a word, however it is written there; the same text when the word is not in it."""
    lines = text.rstrip("\n").split("\n")
    closed = _last_of_words(lines).endswith(",")
    kept: list[str] = []
    for line in lines:
        if line.lstrip().startswith("#") or not any(same_word(item, word) for item in words_of(line)):
            kept.append(line)
            continue
        parts = [part for part in line.split(",") if not (part.strip() and same_word(part.strip(), word))]
        if not any(part.strip() for part in parts):
            continue
        indent = line[: len(line) - len(line.lstrip())]
        kept.append(indent + ",".join(parts).strip())
    if kept == lines:
        return text
    if not closed and _last_of_words(kept).endswith(","):
        number = max(number for number, line in enumerate(kept) if words_of(line))
        kept[number] = kept[number].rstrip().removesuffix(",")
    return "\n".join(kept) + "\n"


def _last_of_words(lines: Iterable[str]) -> str:
    return next((line.rstrip() for line in reversed(list(lines)) if words_of(line)), "")


def wrapped(items: Iterable[str], indent: str) -> Iterator[str]:
    """Lines of items between commas, no item cut, each line at most `WIDTH` wide."""
    line = ""
    for item in items:
        longer = f"{line}, {item}" if line else item
        if line and len(indent) + len(longer) + 1 > WIDTH:
            yield f"{indent}{line},"
            line = item
        else:
            line = longer
    if line:
        yield indent + line


def section(sectors: Iterable[Sector]) -> Iterator[str]:
    """The lines of « filieres: » that say what these sectors are."""
    yield "filieres:"
    for sector in sectors:
        yield ""
        yield f"  {sector.id}:"
        yield f"    nom: {_plain(sector.label)}"
        if sector.label_en:
            yield f"    nom_anglais: {_plain(sector.label_en)}"
        yield from _prose("pour", sector.scope)
        yield from _prose("pas_pour", sector.not_scope)
        for key, field in LISTS.items():
            words: tuple[str, ...] = getattr(sector, field)
            if words:
                yield f"    {key}: |"
                yield from wrapped(words, " " * INDENT)


def _plain(text: str) -> str:
    """A text on one line, quoted when YAML would take it for something else."""
    return f'"{text}"' if ": " in text or " #" in text else text


def _prose(key: str, text: str) -> Iterator[str]:
    """A folded text, cut at spaces; nothing for an empty one."""
    if not text:
        return
    yield f"    {key}: >"
    line = ""
    for word in text.split():
        if len(line) + len(word) + 7 > WIDTH:
            yield f"      {line}"
            line = word
        else:
            line = f"{line} {word}".strip()
    yield f"      {line}"
