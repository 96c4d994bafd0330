"""The facts of an event, each with the words that say it: amount, jobs, status, date, company, place."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from comtoise.model import Amount, Evidence, Jobs, Match, Part, SignalSlots, TopicKind
from comtoise.text.amounts import Money, People, find_surfaces, money_in, people_in
from comtoise.topics.document import Document
from comtoise.topics.signals import vocabulary
from comtoise.topics.signals.sentences import Sentence

_TURNOVER: Final = re.compile(
    r"\b(?:chiffres? d'affaires|ca|ventes?|vend\w*|recettes?|resultat|benefices?|pertes? (?:nettes?|de)|exportations?"
    r"|umsatz|erlost\w*|revenues?|sales|turnover|realise|facture|tresorerie|capitalisation|deficitaires?)\b"
)
_DEBT: Final = re.compile(r"\b(?:dettes?|passif|creances?|creanciers|impayes?|doit|ardoise|trou|pertes)\b")
_PRICE: Final = re.compile(
    r"\b(?:prix|rachete\w*|rachat|paie|paye|payee?|vendue?s?|cede\w*|cession|offrait|offre|acquis\w*|valorise\w*"
    r"|dommages|amende|interets|vole\w*|loyer|capital de)\b"
)
_AID: Final = re.compile(
    r"\b(?:subventions?|subventionne\w*|aides?|aidee?s?|prets?|avances?|soutiens?|soutenu\w*|credits?|fonds publics"
    r"|argent public|aides publiques|france 2030|etat|region|europe|bpifrance|feder|verse\w*|promis)\b"
)
_RAISE: Final = re.compile(
    r"\b(?:lev\w*|levees?|tour de table|augmentation de capital|serie [ab]|amorcage|investisseurs|raise\w*|boucl\w*)\b"
)
_INVEST: Final = re.compile(
    r"\b(?:invest\w*|reinvest\w*|consacr\w*|engag\w*|injecte\w*|depens\w*|debours\w*|ligne|presses?|machines?|four|fours"
    r"|batiment|usine|atelier|chantier|projet|programme|budget|enveloppe|cout|modernis\w*|agrandi\w*|extension|ausgegeben"
    r"|equip\w*|capacites?|fabrication|decupler|doubler|tripler|serviront|site|construi\w*|halle|remet|million\w* pour|mise)\b"
)


class Facts:
    """What a sentence says in numbers; each kind is read when first asked for."""

    def __init__(self, sentence: Sentence, companies: tuple[Match, ...]) -> None:
        self._sentence = sentence
        self._companies = companies

    @cached_property
    def money(self) -> tuple[tuple[Money, str | None], ...]:
        """The sums, each with its role: None when the words do not say."""
        folded = self._sentence.folded
        if not any(mark in folded.text for mark in _MONEY_MARKS):
            return ()
        at = self._sentence.to_folded
        roles = (
            (sum_, _money_role(folded.text, at(sum_.start), at(sum_.end), assumed=sum_.assumed))
            for sum_ in money_in(folded)
        )
        return tuple((sum_, role) for sum_, role in roles if role != "?")

    @cached_property
    def people(self) -> tuple[tuple[People, str], ...]:
        """The numbers of jobs, each with its role."""
        folded = self._sentence.folded
        if not _COUNTED.search(folded.text):
            return ()
        at = self._sentence.to_folded
        return tuple(
            (count, _people_role(folded.text, at(count.start), at(count.end), count.unit))
            for count in people_in(folded)
        )

    def spans(self, name: str) -> list[tuple[int, int]]:
        """The words of the class *name*, one of those read from numbers and matches."""
        found = self._spans.get(name)
        if found is None:
            found = self._spans[name] = self._read(name)
        return found

    @cached_property
    def _spans(self) -> dict[str, list[tuple[int, int]]]:
        return {}

    def _read(self, name: str) -> list[tuple[int, int]]:
        words_at = self._sentence.words_at
        if name in _ROLES_OF_CLASS:
            roles = _ROLES_OF_CLASS[name]
            return [words_at(sum_.start, sum_.end) for sum_, role in self.money if role in roles]
        if name == vocabulary.SURFACE:
            if not _AREA.search(self._sentence.folded.text):
                return []
            return [words_at(surface.start, surface.end) for surface in find_surfaces(self._sentence.raw)]
        if name == vocabulary.COMPANY:
            return [words_at(start, end) for _, start, end in _in_sentence(self._sentence, self._companies)]
        units = _UNITS_OF_CLASS.get(name)
        return [
            words_at(count.start, count.end)
            for count, role in self.people
            if (role != "headcount" if units is None else count.unit.startswith(units))
        ]


_MONEY_MARKS: Final = (
    "€",
    "euro",
    "million",
    "milliard",
    "francs",
    "chf",
    "eur",
    "$",
    "dollar",
    "£",
    " me",
    "mio",
)
_COUNTED: Final = re.compile(
    r"\b(?:emploi|poste|salarie|collabora|personnes|equivalent|etp|cdi|cdd|embauch|recrut|operat|licenci|ouvri"
    r"|technicien|ingenieur|employe|travailleur|agents|permanents|interimaires|apprentis|alternants|soudeurs|usineurs"
    r"|decolleteurs|regleurs|creation|suppression|recrues|arrivees|departs|jobs|positions|workers|people|staff|roles"
    r"|stellen|mitarbeiter|beschaftigte|arbeitspl|leute)"
)
_AREA: Final = re.compile(r"m2\b|metres? carres?|hectares?|\bha\b")
_ROLES_OF_CLASS: Final[dict[str, tuple[str | None, ...]]] = {
    vocabulary.MONEY: (None, "investissement"),
    vocabulary.MONEY_RAISED: (None, "levee"),
    vocabulary.MONEY_GIVEN: (None, "aide"),
}
_ROLES: Final = (
    ("chiffre-affaires", _TURNOVER), ("dette", _DEBT), ("levee", _RAISE), ("aide", _AID),
    ("prix-de-vente", _PRICE), ("investissement", _INVEST),
)  # fmt: skip


def _money_role(text: str, start: int, end: int, *, assumed: bool) -> str | None:
    """The role of a sum: the role word nearest to it in its clause; « ? » for no money at all."""
    left = re.split(r"[;:.!?]|, (?!dont)", text[max(0, start - 90) : start])[-1]
    right = re.split(r"[;:.!?]|, (?!dont)", text[end : end + 60])[0]
    best: tuple[int, str] | None = None
    for role, pattern in _ROLES:
        for match in pattern.finditer(left):
            distance = len(left) - match.end()
            best = min(best or (999, ""), (distance, role))
        after = pattern.search(right)
        if after is not None:
            best = min(best or (999, ""), (after.start() + 2, role))
    if best is None:
        return "?" if assumed else None
    return best[1]


_HIRED_UNITS: Final = ("embauche", "recrutement", "creation")
_CUT_UNITS: Final = ("licenciement", "suppression")
_UNITS_OF_CLASS: Final = {vocabulary.PEOPLE_HIRED: _HIRED_UNITS, vocabulary.PEOPLE_CUT: _CUT_UNITS}
_CREATED: Final = re.compile(
    r"\b(?:cree\w*|creer\w*|creation\w*|embauch\w*|recrut\w*|a la cle|a pourvoir|ouverts|promis|promet|attendu\w*|annonc\w*"
    r"|supplementaires|nouveaux|nouvelles|cherch\w*|recherch\w*|arrivees|recrues|hir\w+|hired|create\w*|new|amenent)\b"
)
_CUT: Final = re.compile(
    r"\b(?:supprim\w*|suppress\w*|disparai\w*|perd\w*|pertes?|menac\w*|licenci\w*|sur la sellette|sur le carreau|en moins"
    r"|licenciements?|departs?|cut\w*|axe\w*|redundan\w*|abbau\w*|streich\w*|biff\w*|congedi\w*|degraiss\w*)\b"
)


def _people_role(text: str, start: int, end: int, unit: str) -> str:
    """created, cut or headcount: the nearest of the words that decide, within the clause."""
    if unit.startswith((*_HIRED_UNITS, "recrue", "arrivee")):
        return "created"
    if unit.startswith((*_CUT_UNITS, "depart")):
        return "cut"
    left = re.split(r"[;:.!?]", text[max(0, start - 60) : start])[-1]
    right = re.split(r"[;.!?]", text[end : end + 75])[0]
    distances = []
    for role, pattern in (("created", _CREATED), ("cut", _CUT)):
        before = [len(left) - match.end() for match in pattern.finditer(left)]
        after = [match.start() for match in pattern.finditer(right)]
        distances += [(distance, role) for distance in (*before, *after)]
    if not distances or min(distances)[0] > 65:
        return "headcount"
    return min(distances)[1]


# --- slots ------------------------------------------------------------------------------------------------

_STATUS: Final = (
    ("cancelled", re.compile(
        r"\b(?:renonc\w*|abandonn\w*|annul\w*|gele[es]*|suspendu\w*|reportee? sine die|enterr\w*|n'ouvrira pas|refus\w*|rejet\w*)\b")),
    ("under-way", re.compile(
        r"\b(?:en cours|en travaux|chantier a demarre|premiere pierre|est en train|construit|poursui\w*|demarre|periode d'observation)\b")),
    ("done", re.compile(
        r"\b(?:vient de|viennent de|a investi|ont investi|inaugur\w*|mise? en service|signe[es]*|finalis\w*|place\w*|prononc\w*|a ete|ont ete"
        r"|a rachete|a ouvert|a leve|a recrute|a cree|a supprime|a ferme|approuve\w*|valide\w*|nomm\w*|elue?|leve|rachete|depuis)\b")),
    ("announced", re.compile(
        r"\b(?:va|vont|prevoi\w*|envisag\w*|projet\w*|s'apprete\w*|annonc\w*|compte|doit|devra\w*|espere\w*|a l'etude|d'ici|\w{3,}(?:era|eront|ira|iront))\b")),
)  # fmt: skip
_DATE: Final = re.compile(
    r"\b(?:d'ici(?: a)?(?: la)?(?: fin| debut| l'ete| l'automne| le printemps)?(?: de)?|fin|debut|mi|courant|horizon|au printemps|a l'automne"
    r"|cet ete|a l'ete|au (?:premier|second|deuxieme|troisieme|quatrieme) (?:semestre|trimestre)|en|depuis|jusqu'(?:en|au|a)|avant|apres|le|au|du)"
    r"[ -](?:(?:\d{1,2}|1er) )?(?:(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)(?: (?:19|20)\d\d)?|(?:19|20)\d\d)\b"
    r"|\b(?:\d{1,2}|1er) (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)(?: (?:19|20)\d\d)?\b"
)
_OPPOSITE: Final = {"positive": "negative", "negative": "positive", "neutral": "neutral"}
_JOBS_ROLE: Final = {"recrutement": "created", "implantation": "created", "suppression-emplois": "cut"}
_AMOUNT_ROLE: Final = {
    "investissement": ("investissement", None), "extension": ("investissement", None),
    "implantation": ("investissement", None), "levee-de-fonds": ("levee", None), "aide-publique": ("aide", None),
    "cession-acquisition": ("prix-de-vente",), "procedure-collective": ("dette",),
    "innovation-brevet": ("investissement", "aide", None),
}  # fmt: skip


def slots_of(
    signal: str,
    sentence: Sentence,
    facts: Facts,
    spans: tuple[tuple[int, int], ...],
    *,
    negated: bool,
    polarity: str,
    companies: tuple[Match, ...],
    places: tuple[Match, ...],
    document: Document,
) -> tuple[SignalSlots, tuple[Evidence, ...]]:
    """The slots of a signal from the sentence that carries it, and the evidence of those without their own."""
    anchor = sentence.spans[spans[0][0] - sentence.first_word][0]

    def quote(start: int, end: int, why: str) -> Evidence:
        return document.evidence_at(sentence.start + start, sentence.start + end, why)

    said: list[Evidence] = []
    amount = jobs = None
    roles = _AMOUNT_ROLE.get(signal, ())
    sums = [(money, role) for money, role in facts.money if role in roles]
    if sums:
        money, role = min(sums, key=lambda item: (roles.index(item[1]), abs(item[0].start - anchor)))
        amount = Amount(
            value=money.value, currency=money.currency, role=role or roles[0],
            evidence=quote(money.start, money.end, "amount"),
        )  # fmt: skip
    wanted = _JOBS_ROLE.get(signal)
    counts = [(people, role) for people, role in facts.people if wanted is None or role == wanted]
    counts = counts or [(people, role) for people, role in facts.people if role == "headcount"]
    if counts:
        people, role = min(counts, key=lambda item: abs(item[0].start - anchor))
        jobs = Jobs(count=people.count, role=role, evidence=quote(people.start, people.end, "jobs"))
    text = sentence.folded.text
    status = next((name for name, pattern in _STATUS if pattern.search(text)), None)
    date = min(_DATE.finditer(text), key=lambda match: abs(match.start() - anchor), default=None)
    if date is not None:
        start, end = sentence.folded.span(*date.span())
        said.append(quote(start, end, "date"))
    company = _nearest(sentence, companies, anchor)
    if company is not None:
        said.append(quote(company[1], company[2], "company"))
    communes = tuple(match for match in places if match.kind is TopicKind.COMMUNE)
    commune = _nearest(sentence, communes, anchor)
    if commune is not None:
        said.append(quote(commune[1], commune[2], "place"))
    return (
        SignalSlots(
            status="cancelled" if negated and polarity == "positive" else status,
            polarity=_OPPOSITE[polarity] if negated else polarity,
            negated=negated,
            amount=amount,
            jobs=jobs,
            company=company[0] if company else (companies[0].topic if companies else None),
            place=commune[0] if commune else (communes[0].topic if communes else None),
            date=document.raw[sentence.start + start : sentence.start + end] if date is not None else None,
        ),
        tuple(said),
    )


def _in_sentence(sentence: Sentence, matches: Iterable[Match]) -> list[tuple[str, int, int]]:
    """Topic and offsets in the sentence of the evidence of *matches* that stands in it."""
    found = []
    part = Part.TITLE if sentence.in_title else Part.TEXT
    shift = sentence.part_start
    for match in matches:
        for evidence in match.evidence:
            start, end = evidence.start - shift, evidence.end - shift
            if evidence.part is part and start >= 0 and end <= len(sentence.raw):
                found.append((match.topic, start, end))
    return found


def _nearest(sentence: Sentence, matches: tuple[Match, ...], anchor: int) -> tuple[str, int, int] | None:
    return min(_in_sentence(sentence, matches), key=lambda item: abs(item[1] - anchor), default=None)
