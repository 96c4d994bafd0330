"""The numbers of a sentence and what each is for: the money invested, raised, given; the jobs made, cut, held.

The role of a number is the nearest role word of its clause. A sum beside « chiffre d'affaires » is never an
investment; a number of people that no word of creation or cut stands near is a headcount.
"""

import re
from collections.abc import Iterable
from itertools import product
from typing import Final

from comtoise.model import Match, Part
from comtoise.text.amounts import Money, People, find_surfaces, has_sign, money_in, people_in
from comtoise.text.patterns import alternatives, matches_within
from comtoise.topics.signals import vocabulary
from comtoise.topics.signals.needs import NEEDS
from comtoise.topics.signals.sentences import Sentence

Span = tuple[int, int]  #: of words of the document, stop excluded
Said = tuple[str, int, int]  #: a topic, and the raw offsets of words that say it

_TURNOVER: Final = re.compile(
    r"\b"
    + alternatives(
        r"""chiffres? d'affaires | ca | ventes? | vend\w* | recettes? | resultat | benefices?
        | pertes? (?:nettes?|de) | exportations? | umsatz | erlost\w* | revenues? | sales | turnover | realise
        | facture | tresorerie | capitalisation | deficitaires?"""
    )
    + r"\b"
)
#: What customers pay, not what the firm puts in.
_ORDER: Final = re.compile(r"\b(?:commandes?|contrats?|marche de|carnet)\b")
_DEBT: Final = re.compile(r"\b(?:dettes?|passif|creances?|creanciers|impayes?|doit|ardoise|trou|pertes)\b")
_PRICE: Final = re.compile(
    r"\b"
    + alternatives(
        r"""prix | rachete\w* | rachat | paie | paye | payee? | vendue?s? | cede\w* | cession | offrait
        | acquis\w* | valorise\w* | dommages | amende | interets | vole\w* | loyer | capital de"""
    )
    + r"\b"
)
_AID: Final = re.compile(
    r"\b"
    + alternatives(
        r"""subventions? | subventionne\w* | aides? | aidee?s? | prets? | avances? | soutiens? | soutenu\w*
        | credits? | fonds publics | argent public | aides publiques | france 2030 | etat | region | europe
        | bpifrance | feder | verse\w* | promis"""
    )
    + r"\b"
)
_RAISE: Final = re.compile(
    r"\b"
    + alternatives(
        r"""lev\w* | levees? | tour de table | augmentation de capital | serie [ab] | amorcage | investisseurs
        | raise\w* | boucl\w*"""
    )
    + r"\b"
)
_INVEST: Final = re.compile(
    r"\b"
    + alternatives(
        r"""invest\w* | reinvest\w* | consacr\w* | engag\w* | injecte\w* | depens\w* | debours\w* | chantier | projet
        | programme | budget | enveloppe | cout\w* | modernis\w* | agrandi\w* | extension | ausgegeben | equip\w*
        | decupler | doubler | tripler | serviront | construi\w* | remet | mise | s'offre"""
    )
    + r"\b"
)
#: What money is put in: decides when no verb says what the sum is for.
_PUT_IN: Final = re.compile(
    r"\b"
    + alternatives(
        """ligne | presses? | machines? | fours? | batiment | usine | atelier | site | halle | capacites?
        | fabrication | laboratoire | centre d'usinage | pour"""
    )
    + r"\b"
)


class Facts:
    """What a sentence says in numbers; each kind is read when first asked for."""

    __slots__ = ("_companies", "_money", "_people", "_sentence", "_spans")

    def __init__(self, sentence: Sentence, companies: Iterable[Said]) -> None:
        self._sentence = sentence
        self._companies = companies
        self._money: tuple[tuple[Money, str | None], ...] | None = None
        self._people: tuple[tuple[People, str], ...] | None = None
        self._spans: dict[str, list[Span]] = {}

    @property
    def money(self) -> tuple[tuple[Money, str | None], ...]:
        """The sums, each with its role: None when the words do not say."""
        if self._money is None:
            self._money = self._read_money()
        return self._money

    @property
    def people(self) -> tuple[tuple[People, str], ...]:
        """The numbers of jobs, each with its role."""
        if self._people is None:
            self._people = self._read_people()
        return self._people

    def _read_money(self) -> tuple[tuple[Money, str | None], ...]:
        sentence = self._sentence
        if not _may_say_money(sentence):
            return ()
        folded, at = sentence.folded, sentence.to_folded
        read = []
        for money in money_in(folded, sentence.starts_of(_NUMBER)):
            role = _money_role(sentence, at(money.start), at(money.end), assumed=money.assumed)
            if role != "?":
                read.append((money, role))
        return tuple(read)

    def _read_people(self) -> tuple[tuple[People, str], ...]:
        sentence = self._sentence
        if not _may_say_people(sentence):
            return ()
        folded, at = sentence.folded, sentence.to_folded
        return tuple(
            (count, _people_role(sentence, at(count.start), at(count.end), count.unit))
            for count in people_in(folded, sentence.starts_of(_NUMBER))
        )

    def lacking(self) -> frozenset[str]:
        """The classes read from numbers and matches that the sentence surely does not hold."""
        sentence = self._sentence
        return _LACKING[
            _may_say_money(sentence),
            _may_say_people(sentence),
            sentence.needs & _AREA != 0,
            bool(quoted_in(sentence, self._companies)),
        ]

    def spans(self, name: str) -> list[Span]:
        """The words of the class *name*, one of those read from numbers and matches."""
        found = self._spans.get(name)
        if found is None:
            found = self._spans[name] = self._read(name)
        return found

    def _read(self, name: str) -> list[Span]:
        words_at = self._sentence.words_at
        if name in _ROLES_OF_CLASS:
            roles = _ROLES_OF_CLASS[name]
            return [words_at(sum_.start, sum_.end) for sum_, role in self.money if role in roles]
        if name == vocabulary.SURFACE:
            return [words_at(surface.start, surface.end) for surface in find_surfaces(self._sentence.raw)]
        if name == vocabulary.COMPANY:
            return [words_at(start, end) for _, start, end in quoted_in(self._sentence, self._companies)]
        units = _UNITS_OF_CLASS.get(name)
        return [
            words_at(count.start, count.end)
            for count, role in self.people
            if (role != "headcount" if units is None else count.unit.startswith(units))
        ]


_ROLES_OF_CLASS: Final[dict[str, tuple[str | None, ...]]] = {
    vocabulary.MONEY: (None, "investissement"),
    vocabulary.MONEY_RAISED: (None, "levee"),
    vocabulary.MONEY_GIVEN: (None, "aide"),
}
_NUMBER, _SUM, _COUNTED, _AREA, _PUTS_IN = map(NEEDS.bit, ("number", "sum", "counted", "area", "put in"))
#: By whether a sentence may say money, people, an area, a company: the classes that it lacks.
_LACKING: Final = {
    may: frozenset(
        name
        for said, names in zip(
            may,
            (
                _ROLES_OF_CLASS,
                (vocabulary.PEOPLE, vocabulary.PEOPLE_HIRED, vocabulary.PEOPLE_CUT),
                (vocabulary.SURFACE,),
                (vocabulary.COMPANY,),
            ),
            strict=True,
        )
        for name in names
        if not said
    )
    for may in product((False, True), repeat=4)
}


def _may_say_money(sentence: Sentence) -> bool:
    """Whether the sentence holds a number, and a currency or its sign; if not, no sum."""
    needs = sentence.needs
    return needs & _NUMBER != 0 and (needs & _SUM != 0 or has_sign(sentence.folded.text))


def _may_say_people(sentence: Sentence) -> bool:
    return sentence.needs & _NUMBER != 0 and sentence.needs & _COUNTED != 0


#: Each role, its words, and what a sentence needs to have some.
_ROLES: Final = (
    ("chiffre-affaires", _TURNOVER, NEEDS.bit("turnover")), ("dette", _DEBT, NEEDS.bit("debt")),
    ("commande", _ORDER, NEEDS.bit("order")), ("levee", _RAISE, NEEDS.bit("raise")),
    ("aide", _AID, NEEDS.bit("aid")), ("prix-de-vente", _PRICE, NEEDS.bit("price")),
    ("investissement", _INVEST, NEEDS.bit("invest")),
)  # fmt: skip


_CLAUSE: Final = re.compile(r"[;:.!?]|, (?!dont)")
_SENTENCE: Final = re.compile(r"[;:.!?]")
_SENTENCE_AFTER: Final = re.compile(r"[;.!?]")
#: Characters by which a thing that money is put in must be nearer than a word of price, aid or capital.
_HANDICAP: Final = 20


def _money_role(sentence: Sentence, start: int, end: int, *, assumed: bool) -> str | None:
    """The role of a sum: the role word nearest to it in its clause, then in its sentence.

    « ? » for what is no money: millions without a currency that nothing makes a sum.
    """
    text, needs = sentence.folded.text, sentence.needs
    tried = [(role, pattern, sentence.starts_of(need)) for role, pattern, need in _ROLES if needs & need]
    before, after = text[max(0, start - 90) : start], text[end : end + 60]
    for stops in (_CLAUSE, _SENTENCE):
        left, right = stops.split(before)[-1], stops.split(after, 1)[0]
        first, last = start - len(left), end + len(right)
        distances = [
            (distance, role)
            for role, pattern, starts in tried
            for distance in _distances(pattern, text, starts, (first, start), (end, last))
        ]
        if needs & _PUTS_IN and not any(role in _NEVER_INVESTED for _, role in distances):
            put_in = _distances(_PUT_IN, text, sentence.starts_of(_PUTS_IN), (first, start), (end, last))
            distances += [(distance + _HANDICAP, "investissement") for distance in put_in]
        if distances:
            return min(distances)[1]
    return "?" if assumed else None


_NEVER_INVESTED: Final = frozenset({"chiffre-affaires", "dette", "commande"})


def _distances(
    pattern: re.Pattern[str], text: str, starts: list[int] | None, before: Span, after: Span
) -> list[int]:
    """Characters between a sum and the words of *pattern* on either side; those before weigh a little more.

    *before* and *after* are where the clause stands in the text on each side, *starts* where such words can begin.
    """
    length = before[1] - before[0]
    found = [length - match.end() for match in matches_within(pattern, text, *before, starts)]
    following = matches_within(pattern, text, *after, starts)
    return [*found, following[0].start() + 2] if following else found


_HIRED_UNITS: Final = ("embauche", "recrutement", "creation")
_CUT_UNITS: Final = ("licenciement", "suppression")
_UNITS_OF_CLASS: Final = {vocabulary.PEOPLE_HIRED: _HIRED_UNITS, vocabulary.PEOPLE_CUT: _CUT_UNITS}
_CREATED: Final = re.compile(
    r"\b"
    + alternatives(
        r"""cree\w* | creer\w* | creation\w* | embauch\w* | recrut\w* | a la cle | a pourvoir | ouverts | promis
        | promet | attendu\w* | annonc\w* | supplementaires | nouveaux | nouvelles | cherch\w* | recherch\w*
        | arrivees | recrues | hir\w+ | hired | create\w* | new | amenent"""
    )
    + r"\b"
)
_CUT: Final = re.compile(
    r"\b"
    + alternatives(
        r"""supprim\w* | suppress\w* | disparai\w* | perd\w* | pertes? | menac\w* | licenci\w* | sur la sellette
        | sur le carreau | en moins | licenciements? | departs? | cut\w* | axe\w* | redundan\w* | abbau\w*
        | streich\w* | biff\w* | congedi\w* | degraiss\w*"""
    )
    + r"\b"
)


#: « promet de garder les 40 salariés » makes none and cuts none.
_KEPT: Final = re.compile(
    r"\b"
    + alternatives(
        r"""gard(?:e|er|era|ent|eront|es|ees) | conserv\w* | maintien\w* | maintenus? | maintenues?
        | preserv\w* | sauv\w*
        | repris | reprises | reprend\w* | reprendr\w*"""
    )
    + r"\b"
)


#: What becomes of jobs, the words that say it, and what a sentence needs to have some.
_FATES: Final = (
    ("created", _CREATED, NEEDS.bit("created")),
    ("cut", _CUT, NEEDS.bit("cut")),
    ("headcount", _KEPT, NEEDS.bit("kept")),
)
#: Characters between a number of people and the verb that makes or cuts these jobs, at most.
FAR: Final = 65


def _people_role(sentence: Sentence, start: int, end: int, unit: str) -> str:
    """created, cut, or headcount for the others, those kept too: by the nearest word that decides in the clause."""
    if unit.startswith((*_HIRED_UNITS, "recrue", "arrivee")):
        return "created"
    if unit.startswith((*_CUT_UNITS, "depart")):
        return "cut"
    text, needs = sentence.folded.text, sentence.needs
    tried = [(role, pattern, sentence.starts_of(need)) for role, pattern, need in _FATES if needs & need]
    if not tried:
        return "headcount"
    left = _SENTENCE.split(text[max(0, start - 60) : start])[-1]
    right = _SENTENCE_AFTER.split(text[end : end + 75], 1)[0]
    distances = []
    for role, pattern, starts in tried:
        for match in matches_within(pattern, text, start - len(left), start, starts):
            distances.append((len(left) - match.end(), role))
        for match in matches_within(pattern, text, end, end + len(right), starts):
            distances.append((match.start(), role))
    if not distances or min(distances)[0] > FAR:
        return "headcount"
    return min(distances)[1]


def quotes_of(matches: Iterable[Match], text_start: int) -> list[Said]:
    """Where the words stand that speak for *matches*; *text_start* is the raw offset of the text, after the title."""
    return [
        (match.topic, evidence.start + shift, evidence.end + shift)
        for match in matches
        for evidence in match.evidence
        if evidence.part is not Part.SOURCE
        for shift in (0 if evidence.part is Part.TITLE else text_start,)
    ]


def quoted_in(sentence: Sentence, said: Iterable[Said]) -> list[Said]:
    """Those of *said* that stand in the sentence, with their offsets in it."""
    first, last = sentence.start, sentence.end
    return [
        (topic, start - first, end - first) for topic, start, end in said if start >= first and end <= last
    ]
