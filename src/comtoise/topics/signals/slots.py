"""The facts of an event, each with the words that say it: amount, jobs, status, date, company, place."""

import re
from typing import Final

from comtoise.model import Amount, Evidence, Jobs, Match, SignalSlots, TopicKind
from comtoise.text.patterns import alternatives
from comtoise.topics.document import Document
from comtoise.topics.signals.facts import Facts, Said, Span, quoted_in, quotes_of
from comtoise.topics.signals.needs import NEEDS
from comtoise.topics.signals.sentences import Sentence


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(listed)}\b")


#: The first that the sentence holds; with what it needs to hold it.
_STATUS: Final = (
    ("cancelled", NEEDS.bit("cancelled"), _words(
        r"""renonc\w* | abandonn\w* | annul\w* | gele[es]* | suspendu\w* | reportee? sine die | enterr\w*
        | n'ouvrira pas | refus\w* | rejet\w*""")),
    ("under-way", NEEDS.bit("under way"), _words(
        r"""en cours | en travaux | chantier a demarre | premiere pierre | est en train | construit | poursui\w*
        | demarre | periode d'observation""")),
    ("done", NEEDS.bit("done"), _words(
        r"""vient de | viennent de | inaugur\w* | mise? en service | signe[es]* | finalis\w* | place\w* | prononc\w*
        | a ete | ont ete | (?:a | ont) (?:investi | rachete | ouvert | leve | recrute | cree | supprime | ferme)
        | approuve\w* | valide\w* | nomm\w* | elue? | leve | rachete | depuis""")),
    ("announced", NEEDS.bit("announced"), _words(
        r"""va | vont | prevoi\w* | envisag\w* | projet\w* | s'apprete\w* | annonc\w* | compte | doit | devra\w*
        | espere\w* | a l'etude | d'ici | \w{3,}(?:era | eront | ira | iront)""")),
)  # fmt: skip
_MONTH: Final = alternatives(
    "janvier | fevrier | mars | avril | mai | juin | juillet | aout | septembre | octobre | novembre | decembre"
)
_YEAR: Final = r"(?:19|20)\d\d"
_WHEN: Final = alternatives(
    r"""d'ici(?: a)?(?: la)?(?: fin | debut | l'ete | l'automne | le printemps)?(?: de)? | fin | debut | mi | courant
    | horizon | au printemps | a l'automne | cet ete | a l'ete
    | au (?:premier | second | deuxieme | troisieme | quatrieme) (?:semestre | trimestre)
    | en | depuis | jusqu'(?:en | au | a) | avant | apres | le | au | du"""
)
_DATE: Final = re.compile(
    rf"\b{_WHEN}[ -](?:(?:\d{{1,2}}|1er) )?(?:{_MONTH}(?: {_YEAR})?|{_YEAR})\b"
    rf"|\b(?:\d{{1,2}}|1er) {_MONTH}(?: {_YEAR})?\b"
)
_DATED: Final = NEEDS.bit("dated")
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
    spans: tuple[Span, ...],
    *,
    negated: bool,
    polarity: str,
    companies: tuple[Match, ...],
    places: tuple[Match, ...],
    document: Document,
) -> tuple[SignalSlots, tuple[Evidence, ...]]:
    """The slots of a signal from the sentence that carries it, and the evidence of those without their own."""
    anchor = sentence.raw_span(*spans[0])[0] - sentence.start

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
    needs = sentence.needs
    status = next((name for name, need, pattern in _STATUS if needs & need and pattern.search(text)), None)
    dates = _DATE.finditer(text) if needs & _DATED else ()
    date = min(dates, key=lambda match: abs(match.start() - anchor), default=None)
    if date is not None:
        start, end = sentence.folded.span(*date.span())
        said.append(quote(start, end, "date"))
    company = _nearest(sentence, quotes_of(companies, document.text_start), anchor)
    if company is not None:
        said.append(quote(company[1], company[2], "company"))
    communes = tuple(match for match in places if match.kind is TopicKind.COMMUNE)
    commune = _nearest(sentence, quotes_of(communes, document.text_start), anchor)
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


def _nearest(sentence: Sentence, said: list[Said], anchor: int) -> Said | None:
    return min(quoted_in(sentence, said), key=lambda item: abs(item[1] - anchor), default=None)
