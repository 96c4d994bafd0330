"""The language in which the desk writes keywords: words, phrases, ``*``, NON and PROCHE(n).

==============================  ===============================================================================
décolletage                     the word in all its forms; case, accents, hyphens and apostrophes do not count
presse à injecter               the words side by side, each in its forms
"presse à injecter"             these very forms
micro*                          words that begin so (at the end of the last word only)
PMT                             an acronym: capitals only, so that « rafales » is not RAFALE
laser PROCHE(5) usinage         both, at most five words apart, in any order, in one paragraph
moule NON frites NON plage      the word, in an article where neither of the others stands
==============================  ===============================================================================

Never a regular expression: what a keyword matches can be told in one sentence.
"""

import re
from dataclasses import dataclass

from comtoise.errors import InputError
from comtoise.i18n import _
from comtoise.text.fold import spaced
from comtoise.text.inflection import phrase_forms

_OPERATOR = re.compile(r"\s+(NON|PROCHE\s*\(\s*(\d+)\s*\)|PROCHE)\s+")
_QUOTED = re.compile(r'^[«"“]\s*(.+?)\s*[»"”]$')
_ACRONYM = re.compile(r"^[A-Z0-9][A-Z0-9&.+²-]*$")
_MARKS = ("+", "²")  #: part of a name: « Forge+ »
NEAR_MAX = 50  #: words; further apart, two words have nothing to say about each other
_SHORTEST_STEM = 3  #: letters before a star: fewer begin hundreds of French words that have nothing in common


@dataclass(frozen=True, slots=True)
class Term:
    """Words to find: one side of an operator."""

    written: str
    forms: tuple[str, ...]  #: folded, a final ``*`` kept
    exact_case: bool = False  #: the hit must be written exactly like `written`


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword read."""

    text: str  #: as the desk wrote it
    term: Term
    near: Term | None = None
    distance: int = 0  #: most words between the term and `near`
    unless: tuple[Term, ...] = ()


def parse_keyword(text: str, *, acronym: bool = False) -> Keyword:
    """Read a keyword; *acronym* forces the exact case (« Rafale »).

    Raises:
        InputError: in French, for an operator without its words, a star inside, or nothing to find.
    """
    parts = _OPERATOR.split(f" {text.strip()} ".replace("\u00a0", " ")[1:-1])
    if re.match(r"^(NON|PROCHE)\b", text.strip()) or re.search(r"\b(NON|PROCHE(\s*\(\d*\))?)$", text.strip()):
        raise InputError(_("« {text} » : il manque des mots avant ou après NON ou PROCHE.").format(text=text))
    term = _term(parts[0], text, acronym)
    near: Term | None = None
    distance = 0
    unless: list[Term] = []
    for operator, number, operand in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        other = _term(operand, text, acronym=False)
        if operator == "NON":
            unless.append(other)
        elif near is not None or unless:
            raise InputError(_("« {text} » : un seul PROCHE, et avant les NON.").format(text=text))
        else:
            near, distance = other, min(int(number or 10), NEAR_MAX)
    return Keyword(text.strip(), term, near, distance, tuple(unless))


def _term(written: str, keyword: str, acronym: bool) -> Term:
    written = written.strip()
    quoted = _QUOTED.match(written)
    bare = quoted.group(1) if quoted else written
    if "*" in bare:
        stem = bare[:-1]
        if not bare.endswith("*") or "*" in stem or len(spaced(stem).replace(" ", "")) < _SHORTEST_STEM:
            raise InputError(
                _(
                    "« {text} » : l’étoile se met à la fin d’un mot, après au moins trois lettres ; après deux, elle "
                    "trouverait des centaines de mots sans rapport."
                ).format(text=keyword)
            )
        words = spaced(stem).split()
        return Term(bare, tuple(f"{form}*" for form in phrase_forms(" ".join(words), inflect=False)))
    if not spaced(bare).split():
        raise InputError(_("« {text} » : il n’y a là aucun mot à chercher.").format(text=keyword))
    if acronym or bare.endswith(_MARKS) or (not quoted and _is_acronym(bare)):
        return Term(bare, (" ".join(spaced(bare).split()),), exact_case=True)
    return Term(bare, phrase_forms(bare, inflect=not quoted))


def _is_acronym(word: str) -> bool:
    return _ACRONYM.match(word) is not None and 2 <= sum(c.isalpha() for c in word) <= 6
