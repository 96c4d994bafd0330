"""The facts of an event, each with the words that say it: amount, jobs, status, date, company, place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from comtoise.model import Amount, Evidence, Jobs, Match, Part, SignalSlots, TopicKind
from comtoise.text.amounts import Money, People, find_surfaces, money_in, people_in
from comtoise.topics.document import Document
from comtoise.topics.signals import vocabulary
from comtoise.topics.signals.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence says in numbers."""

    money: tuple[tuple[Money, str | None], ...]  #: with its role, None when the words do not say
    people: tuple[tuple[People, str], ...]  #: with its role
    spans: dict[str, list[tuple[int, int]]]  #: the words of each, by class


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
    r"|equip\w*|serviront|site|construi\w*|halle|remet|million\w* pour|mise)\b"
)


def read_facts(sentence: Sentence, companies: tuple[Match, ...]) -> Facts:
    """Read the numbers of one sentence."""
    text = sentence.folded.text
    money = (
        tuple((sum_, role) for sum_ in money_in(sentence.folded) if (role := _money_role(text, sum_)) != "?")
        if any(mark in text for mark in _MONEY_MARKS)
        else ()
    )
    people = tuple((count, _people_role(text, count)) for count in people_in(sentence.folded))
    spans: dict[str, list[tuple[int, int]]] = {}
    for sum_, role in money:
        span = sentence.words_at(sum_.start, sum_.end)
        for name in _CLASSES_OF_ROLE[role]:
            spans.setdefault(name, []).append(span)
    for count, role in people:
        if role != "headcount":
            spans.setdefault(vocabulary.PEOPLE, []).append(sentence.words_at(count.start, count.end))
    if "m2" in text or "metres carres" in text or "hectare" in text:
        spans[vocabulary.SURFACE] = [sentence.words_at(s.start, s.end) for s in find_surfaces(sentence.raw)]
    named = _in_sentence(sentence, companies)
    if named:
        spans[vocabulary.COMPANY] = [sentence.words_at(start, end) for _, start, end in named]
    return Facts(money, people, {name: found for name, found in spans.items() if found})


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
_CLASSES_OF_ROLE: Final[dict[str | None, tuple[str, ...]]] = {
    None: (vocabulary.MONEY, "MONEY RAISED", "MONEY GIVEN"),
    "investissement": (vocabulary.MONEY,),
    "levee": ("MONEY RAISED",),
    "aide": ("MONEY GIVEN",),
    "chiffre-affaires": (),
    "dette": (),
    "prix-de-vente": (),
}
_ROLES: Final = (
    ("chiffre-affaires", _TURNOVER), ("dette", _DEBT), ("levee", _RAISE), ("aide", _AID),
    ("prix-de-vente", _PRICE), ("investissement", _INVEST),
)  # fmt: skip


def _money_role(text: str, money: Money) -> str | None:
    """The role of a sum: the role word nearest to it in its clause; « ? » for no money at all."""
    left = re.split(r"[;:.!?]|, (?!dont)", text[max(0, money.start - 90) : money.start])[-1]
    right = re.split(r"[;:.!?]|, (?!dont)", text[money.end : money.end + 60])[0]
    best: tuple[int, str] | None = None
    for role, pattern in _ROLES:
        for match in pattern.finditer(left):
            distance = len(left) - match.end()
            best = min(best or (999, ""), (distance, role))
        after = pattern.search(right)
        if after is not None:
            best = min(best or (999, ""), (after.start() + 2, role))
    if best is None:
        return "?" if money.assumed else None
    return best[1]


_CREATED: Final = re.compile(
    r"\b(?:cree\w*|creer\w*|creation\w*|embauch\w*|recrut\w*|a la cle|a pourvoir|ouverts|promis|promet|attendu\w*|annonc\w*"
    r"|supplementaires|nouveaux|nouvelles|cherch\w*|recherch\w*|arrivees|recrues|hir\w+|hired|create\w*|new|amenent)\b"
)
_CUT: Final = re.compile(
    r"\b(?:supprim\w*|suppress\w*|disparai\w*|perd\w*|pertes?|menac\w*|licenci\w*|sur la sellette|sur le carreau|en moins"
    r"|licenciements?|departs?|cut\w*|axe\w*|redundan\w*|abbau\w*|streich\w*|biff\w*|congedi\w*|degraiss\w*)\b"
)


def _people_role(text: str, count: People) -> str:
    """created, cut or headcount: the nearest of the words that decide, within the clause."""
    unit = count.unit
    if unit.startswith(("embauche", "recrutement", "creation", "recrue", "arrivee")):
        return "created"
    if unit.startswith(("licenciement", "suppression", "depart")):
        return "cut"
    left = re.split(r"[;:.!?]", text[max(0, count.start - 60) : count.start])[-1]
    right = re.split(r"[;.!?]", text[count.end : count.end + 75])[0]
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
            if evidence.part is part and 0 <= start and end <= len(sentence.raw):
                found.append((match.topic, start, end))
    return found


def _nearest(sentence: Sentence, matches: tuple[Match, ...], anchor: int) -> tuple[str, int, int] | None:
    return min(_in_sentence(sentence, matches), key=lambda item: abs(item[1] - anchor), default=None)
