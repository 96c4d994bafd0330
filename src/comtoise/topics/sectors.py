"""Give an article its sectors, from the evidence found.

Each piece of evidence has a weight by its kind (`WEIGHTS`) and by where it stands: title, first sentence, first
lines, rest. Weights add up over distinct keywords; a keyword said twice counts little more than once. A sector is
given when its total reaches `BAR`; the score shown is the total on a scale where the bar is one half.

A sector's verdict does not depend on another sector's keywords, with one exception: news of firms that would have
no sector at all is given its nearest one, when that is near enough (`LAST_RESORT`).
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace

from comtoise.model import Evidence, Match, Part, Source, TopicKind
from comtoise.topics import lexicon
from comtoise.topics.coined import coined_names
from comtoise.topics.companies import vouched_firms
from comtoise.topics.document import Document
from comtoise.topics.findings import Findings, Found
from comtoise.topics.rules import Role, Rules

BAR = 1.0  #: total weight that gives a sector
#: News of firms that has no sector is given its nearest one from this total on: of a firm that nobody knows, an
#: article often says the trade in one word, or in two weak ones.
LAST_RESORT = 0.7
MOST_QUOTED = 8  #: clues given as evidence of a sector
LIST_OF_TRADES = 4
#: Least weight of the words of the life of firms for that; half is enough for a trade told in the title or first.
LAST_RESORT_NEWS = 2.0
NEARLY = 0.35  #: total weight that makes a near miss
LEAD_WORDS = 70  #: words after the title that count as the first lines
BODY_WORDS = 180  #: words after which what is said is detail
REPEATED = 0.2  #: what a keyword said again adds
UNBUSINESSLIKE = 0.75  #: what is left of a firm's name in an article without one word of the life of firms
#: The most that weak words and people's jobs can reach with hardly a word of the life of firms, and that anything can
#: with a coined name's help: such a sector is given as the last resort only.
WEAK_CEILING = 0.9
PLACES = {  #: what is left of a weight, by where the words stand
    "title": 1.2,
    "first": 0.95,  #: the first sentence of the text
    "lead": 0.8,
    "body": 0.65,
    "rest": 0.45,
}
LISTED = 0.4  #: what is left of an industry that stands in a list of many
NEGATIVE = 0.4  #: what is left of a weak word in an article with a word of the sector's negative context
PASSING = 0.5  #: what is left of an industry that is only a market, of a firm that is only a past
NEAR = 12  #: words between a weak word and what makes it count
WEIGHTS = {
    "strong": 1.0,
    "company": 1.0,
    "made": 1.1,
    "trade": 0.9,
    "cluster": 0.9,
    "coined": 0.6,
    "occupation": 0.4,
    "weak": 0.35,
    "product": 0.24,
    "alone": 0.12,
    "place": 0.15,
    "source": 0.5,
}


@dataclass(slots=True)
class Clue:
    """A piece of evidence for one sector."""

    kind: str
    keyword: str
    start: int
    stop: int
    share: float = 1.0  #: what is left of its weight
    weight: float = 0.0  #: in the decision, once summed


def judge_sectors(
    document: Document,
    rules: Rules,
    clues: dict[int, list[Clue]],
    source: Source | None,
    news: float,
    firm_words: float,
    other_words: float,
) -> tuple[list[Match], list[Match]]:
    """The sectors given and those nearly given, each by falling score.

    *clues* are by index of sector, names of companies and clusters included; *news* is how much the article is news
    of firms, from `industrial_news`: 1 surely, 0 surely not; *firm_words* is the weight of the words that say so,
    *other_words* of those that say otherwise.
    """
    accepted: list[Match] = []
    missed: list[Match] = []
    for number, sector in enumerate(rules.sectors):
        found = clues.get(number, [])
        prior = WEIGHTS["source"] if source is not None and sector.id in source.sectors else 0.0
        if not found and not prior:
            continue
        total = _total(document, found, firm_words) * news + prior
        if total < NEARLY:
            continue
        found.sort(key=_weightiest_first)
        evidence = tuple(
            [
                document.evidence(clue.start, clue.stop, clue.kind, round(clue.weight, 3))
                for clue in found[:MOST_QUOTED]
                if clue.weight > 0
            ]
        )
        if prior:
            note = source.name if source is not None else ""
            evidence += (Evidence(words=note, part=Part.SOURCE, start=0, end=0, why="source", weight=prior),)
        match = Match(
            kind=TopicKind.SECTOR,
            topic=sector.id,
            score=round(scale(total), 3),
            evidence=evidence,
            label=sector.label,
        )
        if total >= BAR:
            accepted.append(match)
        else:
            missed.append(match)
    accepted.sort(key=lambda match: (-match.score, match.topic))
    missed.sort(key=lambda match: (-match.score, match.topic))
    if not accepted and missed and news == 1.0 and _is_near(document, missed, firm_words, other_words):
        return [replace(missed[0], score=scale(BAR))], missed[1:]
    return accepted, missed


def _is_near(document: Document, missed: list[Match], firm_words: float, other_words: float) -> bool:
    """Whether the first of the sectors *missed* may be given for want of a better one."""
    best = missed[0]
    if best.score < scale(LAST_RESORT):
        return False
    first_end = document.end(document.first_sentence_stop - 1) - document.text_start
    told_first = any(
        clue.part is Part.TITLE or (clue.part is Part.TEXT and clue.start < first_end)
        for clue in best.evidence
    )
    if firm_words < (LAST_RESORT_NEWS / 2 if told_first else LAST_RESORT_NEWS):
        return False
    frank = sum(_is_frank(match) for match in missed)
    # Many trades named alike are a list: none of them is nearer than the others.
    return frank < LIST_OF_TRADES and (_is_frank(best) or other_words < firm_words)


def _is_frank(match: Match) -> bool:
    return any(clue.why in _FRANK for clue in match.evidence)


def _weightiest_first(clue: Clue) -> tuple[float, int]:
    return -clue.weight, clue.start


#: Kinds of evidence that prove nothing by themselves.
_HINTS = frozenset({"weak", "product", "alone"})
#: Kinds of evidence that name a trade by themselves.
_FRANK = frozenset({"strong", "made", "trade", "company", "cluster"})


def scale(total: float) -> float:
    """A total weight on 0..1, the bar at one half."""
    return total**2 / (total**2 + BAR**2)


def place_factor(document: Document, index: int) -> float:
    """How much what stands at word *index* counts."""
    after = index - document.title_stop
    if after < 0:
        return PLACES["title"]
    if index < document.first_sentence_stop:
        return PLACES["first"]
    if after < LEAD_WORDS:
        return PLACES["lead"]
    return PLACES["body"] if after < BODY_WORDS else PLACES["rest"]


def _total(document: Document, clues: list[Clue], firm_words: float) -> float:
    """The weight of all clues; sets the weight of each."""
    best: dict[tuple[str, str], float] = {}
    again: dict[tuple[str, str], float] = defaultdict(float)
    for clue in clues:
        if clue.kind == "coined" and firm_words < LAST_RESORT_NEWS:
            continue
        weight = WEIGHTS[clue.kind] * place_factor(document, clue.start) * clue.share
        if clue.kind == "company" and not firm_words:
            weight *= UNBUSINESSLIKE
        clue.weight = weight
        key = (clue.kind, clue.keyword)
        before = best.get(key)
        if before is None:
            best[key] = weight
        else:
            best[key] = strongest = max(before, weight)
            again[key] = min(again[key] + min(before, weight), strongest)
    total = sum(best.values()) + REPEATED * sum(again.values())
    if firm_words < 2 and all(clue.kind in _HINTS or clue.kind == "occupation" for clue in clues):
        return min(total, WEAK_CEILING)
    coined = sum(weight for (kind, _), weight in best.items() if kind == "coined")
    return min(total, WEAK_CEILING) if coined and total - coined < BAR else total


def sector_clues(
    document: Document,
    findings: Findings,
    rules: Rules,
    companies: dict[int, list[Found]],
    clusters: dict[int, list[Found]],
) -> dict[int, list[Clue]]:
    """The clues of each sector: strong words, weak ones in context, things made, occupations, firms, clusters."""
    numbers = {sector.id: number for number, sector in enumerate(rules.sectors)}
    clues: dict[int, list[Clue]] = {}
    industries = {index for hit in findings.of(Role.INDUSTRY) for index in range(hit.start, hit.stop)}
    listed = _enumerations(document, findings)
    weak_by_sector: dict[int, list[Found]] = defaultdict(list)
    for hit in findings.of(Role.WEAK):
        weak_by_sector[hit.entry.owner].append(hit)
    hits: list[tuple[int, Clue]] = []
    for hit in findings.of(Role.STRONG):
        hits.append((hit.entry.owner, Clue("strong", hit.entry.keyword, hit.start, hit.stop)))
    for hit in vouched_firms(document, findings):
        hits.append((hit.entry.owner, Clue("company", hit.entry.keyword, hit.start, hit.stop)))
    for hit in findings.of(Role.OCCUPATION):
        is_a_firm = _is_a_firm(document, hit, rules.sectors[hit.entry.owner].id)
        kind = "trade" if is_a_firm else "occupation"
        hits.append((hit.entry.owner, Clue(kind, hit.entry.keyword, hit.start, hit.stop)))
    if coined := list(coined_names(document)):
        known = {
            index
            for named in (findings.of(Role.FIRM), *companies.values(), *clusters.values())
            for hit in named
            for index in range(hit.start, hit.stop)
        }
        for sector_id, index in coined:
            if sector_id in numbers and index not in known:
                hits.append((numbers[sector_id], Clue("coined", document.words[index], index, index + 1)))
    products_by_sector: dict[int, list[Found]] = defaultdict(list)
    for hit in findings.of(Role.PRODUCT):
        if _is_made(document, hit, findings.makers) or _begins_a_name(document, hit):
            hits.append((hit.entry.owner, Clue("made", hit.entry.keyword, hit.start, hit.stop)))
        else:
            products_by_sector[hit.entry.owner].append(hit)
    own: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for role in _ITS_OWN:
        for hit in findings.of(role):
            own[hit.entry.owner].add((hit.start, ""))
    for sector, weak in weak_by_sector.items():
        vouching = sorted(
            own[sector]
            | {(start, "") for sectors, start in findings.contexts if sector in sectors}
            | {(hit.start, hit.entry.keyword) for hit in weak}
        )
        for hit in weak:
            kind = "weak" if _is_vouched(document, hit, vouching) else "alone"
            hits.append((sector, Clue(kind, hit.entry.keyword, hit.start, hit.stop)))
    for sector, products in products_by_sector.items():
        alike = sorted(own[sector] | {(hit.start, hit.entry.keyword) for hit in products})
        for hit in products:
            kind = "product" if _is_vouched(document, hit, alike) else "alone"
            hits.append((sector, Clue(kind, hit.entry.keyword, hit.start, hit.stop)))
    for owner, named in companies.items():
        name = rules.companies[owner].name
        for sector, share in rules.company_sectors[owner]:
            hits.extend((sector, Clue("company", name, hit.start, hit.stop, share)) for hit in named)
    for owner, named in clusters.items():
        cluster = rules.clusters[owner]
        main = numbers.get(cluster.sectors[0]) if cluster.sectors else None
        if main is not None:
            hits.extend((main, Clue("cluster", cluster.name, hit.start, hit.stop)) for hit in named)
    negative = {hit.entry.owner for hit in findings.of(Role.NEGATIVE)}
    for sector, clue in _longest(hits):
        if clue.kind != "cluster" and _is_in_a_street(document, clue.start):
            continue
        if clue.start in listed:
            clue.share *= LISTED
        elif (clue.kind == "company" and _is_past(document, clue.start)) or (
            clue.kind == "strong"
            and (_is_former(document, clue.start) or _is_market(document, clue.start, industries))
        ):
            clue.share *= PASSING
        elif clue.kind in _HINTS and sector in negative:
            clue.share *= NEGATIVE
        clues.setdefault(sector, []).append(clue)
    return clues


#: Roles of the words that, as its words of context, vouch for a weak one of the same sector.
_ITS_OWN = (Role.OCCUPATION, Role.STRONG)


def _is_vouched(document: Document, weak: Found, vouching: list[tuple[int, str]]) -> bool:
    """Whether another word of the sector stands a few words away, or one in the title and one in the lead.

    *vouching* are the words that can, in order, with the keyword of the weak ones, which do not vouch for themselves.
    """
    start, keyword = weak.start, weak.entry.keyword
    first = 0 if document.in_lead(start) else bisect_left(vouching, (start - NEAR, ""))
    for other, name in vouching[first:]:
        if other > start + NEAR and not (document.in_title(start) and document.in_lead(other)):
            return False
        if other == start or name == keyword:
            continue
        if abs(other - start) <= NEAR or (
            document.in_title(min(start, other)) and document.in_lead(max(start, other))
        ):
            return True
    return False


#: Of two clues in the same words, the first of these kinds is kept.
_ORDER = {
    "strong": 0, "company": 1, "cluster": 1, "made": 2, "trade": 3, "occupation": 3, "weak": 4, "product": 4,
    "coined": 5, "alone": 6,
}  # fmt: skip


def _longest(hits: list[tuple[int, Clue]]) -> list[tuple[int, Clue]]:
    """Without the hits that stand inside a longer one of the same sector, or repeat a stronger one."""
    hits.sort(
        key=lambda pair: (pair[0], -(pair[1].stop - pair[1].start), _ORDER[pair[1].kind], pair[1].start)
    )
    kept: list[tuple[int, Clue]] = []
    taken: dict[int, set[int]] = defaultdict(set)
    for sector, clue in hits:
        words = range(clue.start, clue.stop)
        if taken[sector].isdisjoint(words):
            taken[sector].update(words)
            kept.append((sector, clue))
    return kept


_MADE = frozenset(
    {
        "fabrique",
        "fabriques",
        "fabriquee",
        "fabriquees",
        "produit",
        "produits",
        "produite",
        "produites",
        "assemble",
        "assembles",
        "assemblees",
        "montes",
        "montees",
        "usines",
        "usinees",
        "moules",
        "moulees",
        "tisses",
        "tissees",
        "forges",
        "forgees",
        "concus",
        "concues",
    }
)
_LINKING = frozenset(
    {
        "de",
        "d",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "en",
        "a",
        "au",
        "aux",
        "et",
        "un",
        "une",
        "ses",
        "son",
        "sa",
        "leur",
        "leurs",
        "tous",
        "ces",
        "cette",
    }
)


def _is_past(document: Document, index: int) -> bool:
    """Whether a firm is only where somebody comes from: « ancien de Faurecia », « passé par Dimeco »."""
    return any(word in _PAST for word in document.words[max(0, index - 4) : index])


def _is_former(document: Document, index: int) -> bool:
    """Whether a site is only a place by now: « dans une ancienne lunetterie », « l'ex-filature »."""
    return index > 0 and document.words[index - 1] in _FORMER


def _is_in_a_street(document: Document, index: int) -> bool:
    """Whether a word only names a street or a hall: « la rue des Forges », « place de la Tannerie »."""
    before = index - 1
    while before >= 0 and index - before < 4 and document.words[before] in _OWNING:
        before -= 1
    return before >= 0 and before < index - 1 and document.words[before] in _STREETS


_STREETS = frozenset(
    {
        "rue",
        "rues",
        "avenue",
        "boulevard",
        "place",
        "placette",
        "impasse",
        "ruelle",
        "chemin",
        "allee",
        "quai",
        "quartier",
        "lotissement",
        "carrefour",
        "parking",
        "square",
        "passage",
        "sentier",
        "promenade",
        "salle",
        "theatre",
        "stade",
        "gymnase",
    }
)
_FORMER = frozenset({"ancien", "ancienne", "anciens", "anciennes", "ex"})
_PAST = frozenset(
    {"ancien", "ancienne", "anciens", "passe", "passee", "venu", "venue", "transfuge", "former", "ehemalige"}
)


def _is_made(document: Document, hit: Found, makers: dict[int, int]) -> bool:
    """Whether a maker's word stands just before the product: « fabricant de », « usine belfortaine d' »."""
    if any(word in _MADE for word in document.words[hit.stop : hit.stop + 3]):
        return document.is_unbroken(hit.start, min(hit.stop + 3, len(document.words)))
    others = 0
    index = hit.start
    while index > 0 and hit.start - index < 7:
        if index in makers and makers[index] < hit.start:
            return document.is_unbroken(index, hit.stop)
        if document.words[index - 1] in _FOR:
            return False
        if document.words[index - 1] not in _LINKING:
            others += 1
            if others > 2:
                return False
        index -= 1
    return False


_OWNING = frozenset({"de", "du", "des", "la", "l", "d"})


def _begins_a_name(document: Document, product: Found) -> bool:
    """Whether a firm is named after what it makes: « Meubles Grandperrin », « les Toiles de la Haute-Moselle »."""
    start, after = product.start, product.stop
    if not document.is_capitalised(start) or after >= len(document.words):
        return False
    if not document.words[after - 1].endswith(("s", "x")):
        return False
    begins = start in document.sentence_starts
    while (
        not begins
        and after < min(product.stop + 2, len(document.words) - 1)
        and document.words[after] in _OWNING
    ):
        after += 1
    return document.is_capitalised(after) and not document.gap(after).strip(" '’")


def _is_a_firm(document: Document, trade: Found, sector: str) -> bool:
    """Whether an occupation is a firm's trade: « le fromager Hautes-Chaumes », or simply « le chimiste »."""
    after = trade.stop
    before = document.words[trade.start - 1] if trade.start else ""
    owners = _TRADES.get(trade.entry.keyword)
    if owners is not None and sector not in owners:
        return False
    if any(word in _HIRING for word in document.words[max(0, trade.start - 4) : trade.start]):
        return False
    if owners is not None:
        return before in _ONE or before in _SEVERAL
    return (
        before in _ONE
        and after < len(document.words)
        and document.is_capitalised(after)
        and document.gap(after) == " "
    )


#: The trades of firms rather than of people, and the sectors of each.
_TRADES = {
    trade: frozenset(sector for sector, card in lexicon.TRADES.items() if trade in card.trades)
    for cards in lexicon.TRADES.values()
    for trade in cards.trades
}
_ONE = frozenset({"le", "la", "l", "du", "au", "chez"})
_SEVERAL = frozenset({"les", "des", "aux", "deux", "trois", "quatre"})
_HIRING = frozenset(
    {
        "cherche", "cherchent", "chercher", "recherche", "recherchent", "recrute", "recrutent", "recruter",
        "embauche", "embauchent", "embaucher", "forme", "forment", "former", "manque", "manquent", "besoin",
    }
)  # fmt: skip


def _is_market(document: Document, index: int, industries: set[int]) -> bool:
    """Whether an industry is only who buys: « pour le ferroviaire et le médical », the title apart."""
    if document.in_title(index):
        return False
    before = index - 1
    while before >= 0 and (document.words[before] in _LINKING or before in industries):
        before -= 1
    return before >= 0 and index - before < 12 and document.words[before] in _FOR


_FOR = frozenset({"pour", "vers", "destine", "destines", "destinee", "destinees", "clients", "comme"})


def _enumerations(document: Document, findings: Findings) -> set[int]:
    """The words of the lists of three industries or more, each a few words from the next; the title is none."""
    listed: set[int] = set()
    run: list[Found] = []
    for hit in sorted(findings.of(Role.INDUSTRY), key=lambda found: found.start):
        if document.in_title(hit.start) or (run and hit.start < run[-1].stop):
            continue
        if run and (
            hit.start - run[-1].stop > 3
            or document.sentence_of(hit.start) != document.sentence_of(run[-1].start)
        ):
            run = []
        run.append(hit)
        if len(run) >= 3:
            listed.update(index for found in run for index in range(found.start, found.stop))
    return listed
