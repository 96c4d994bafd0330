"""The desk's knowledge compiled for reading: every form of every keyword in one automaton.

Compiled once per configuration (a second or so) and then shared by all readings; never changed, so that a new
configuration replaces it in one assignment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from comtoise.errors import InputError
from comtoise.knowledge.cards import Cluster, Company, Knowledge, Places, Sector
from comtoise.text.fold import spaced
from comtoise.text.inflection import phrase_forms
from comtoise.text.keywords import Keyword, Term, parse_keyword
from comtoise.text.phrases import Phrases
from comtoise.topics import lexicon
from comtoise.topics.places import PlaceRules, compile_places
from comtoise.topics.signals import SignalRules, compile_signals


class Role(IntEnum):
    """What a hit is for."""

    STRONG = 0
    WEAK = 1
    PRODUCT = 2
    OCCUPATION = 3
    CONTEXT = 4
    NEGATIVE = 5
    MASK = 6  #: of one sector
    GLOBAL_MASK = 7
    FIRM = 8  #: a firm of the lexicon
    COMPANY = 9
    CLUSTER = 10
    MAKER = 11
    BUSINESS = 12
    OTHER_NEWS = 13
    INDUSTRY = 14  #: the common name of an industry, for enumerations
    HARD_NEWS = 15
    AID = 16  #: the other side of a PROCHE or NON, a companion word, a company's commune


class Entry(NamedTuple):
    """Why a form is looked for."""

    role: Role
    owner: int  #: index of the sector, cluster, company or kind of other news; -1 for none
    keyword: str  #: as written by the desk, the same for all forms of a keyword
    exact: str | None  #: the hit must be written so
    number: int = -1  #: index into `Rules.conditions`, -1 for a keyword without condition
    owners: tuple[int, ...] = ()  #: for CONTEXT: the sectors that share the word


FIRMS = -1  #: among the kinds of other news: the life of firms


class Plain(NamedTuple):
    """The entries of a phrase whose hits count without a look at masks, spelling and conditions."""

    news: tuple[tuple[int, str], ...]  #: kind of other news, or `FIRMS`; keyword
    maker: bool  #: whether it says that something is made
    contexts: tuple[frozenset[int], ...]  #: of each entry of role CONTEXT: the sectors that have the word
    others: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What must, or must not, stand elsewhere for a hit to count; names are `Entry.keyword` of AID entries."""

    near: str | None = None
    distance: int = 0  #: words
    unless: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()  #: one of them within `COMPANION_REACH` words


#: Said of any industry: no sign of one.
_GENERAL = frozenset(lexicon.BUSINESS) | frozenset(lexicon.MAKERS)
COMPANION_REACH = 35  #: words: about 200 characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything `understand` needs beside the article."""

    sectors: tuple[Sector, ...]
    clusters: tuple[Cluster, ...]
    companies: tuple[Company, ...]
    company_sectors: tuple[
        tuple[tuple[int, float], ...], ...
    ]  #: of each company: sector, share; main one first
    phrases: Phrases
    entries: tuple[tuple[Entry, ...], ...]  #: by number of phrase
    plain: tuple[
        Plain | None, ...
    ]  #: by number of phrase: its entries, when a hit counts as it stands for all
    conditions: tuple[Condition, ...]
    places: PlaceRules
    signals: SignalRules
    departements: frozenset[str] | None  #: the zone watched; None for everywhere
    refused: tuple[str, ...] = ()  #: keywords that could not be read, with the reason


def compile_rules(knowledge: Knowledge, *, departements: frozenset[str] | None = None) -> Rules:
    """Compile *knowledge*; a keyword that cannot be read is left out and named in `Rules.refused`.

    *departements* is the zone watched, for the worth of an article; None is everywhere.
    """
    compiler = _Compiler()
    for number, sector in enumerate(knowledge.sectors):
        compiler.add_sector(number, sector)
    for number, cluster in enumerate(knowledge.clusters):
        compiler.add_cluster(number, cluster)
    for number, company in enumerate(knowledge.companies):
        compiler.add_company(number, company)
    compiler.add_general(knowledge.global_masks)
    compiler.share_contexts()
    forms = list(compiler.forms)
    entries = tuple(tuple(compiler.forms[form]) for form in forms)
    phrases = Phrases(forms)
    return Rules(
        sectors=knowledge.sectors,
        clusters=knowledge.clusters,
        companies=knowledge.companies,
        company_sectors=tuple(
            _company_sectors(company, knowledge.sectors, phrases, entries) for company in knowledge.companies
        ),
        phrases=phrases,
        entries=entries,
        plain=tuple(map(_plain, entries)),
        conditions=tuple(compiler.conditions),
        places=_compiled_places(
            knowledge.places, knowledge.companies, knowledge.clusters, departements or frozenset()
        ),
        signals=compile_signals(knowledge.signals, knowledge.signal_grammar),
        departements=departements,
        refused=tuple(compiler.refused),
    )


@lru_cache(maxsize=1)
def _compiled_places(
    places: Places, companies: tuple[Company, ...], clusters: tuple[Cluster, ...], focus: frozenset[str]
) -> PlaceRules:
    """Nine tenths of the time of compiling; an edit of the words leaves them as they are."""
    return compile_places(places, companies=companies, clusters=clusters, focus=focus)


#: Roles of the words that tell news of firms from other news; none has a condition.
NEWS = frozenset({Role.BUSINESS, Role.OTHER_NEWS})
#: Roles of words that no mask covers and no spelling restricts.
_PLAIN = NEWS | {Role.CONTEXT, Role.NEGATIVE, Role.MAKER, Role.INDUSTRY, Role.HARD_NEWS}


#: Roles whose hits are only counted or placed: no `Found` is made of them.
_COUNTED = NEWS | {Role.CONTEXT, Role.MAKER}


def _plain(entries: tuple[Entry, ...]) -> Plain | None:
    if any(entry.role not in _PLAIN or entry.exact is not None or entry.number >= 0 for entry in entries):
        return None
    return Plain(
        news=tuple((entry.owner, entry.keyword) for entry in entries if entry.role in NEWS),
        maker=any(entry.role is Role.MAKER for entry in entries),
        contexts=tuple(
            frozenset(entry.owners or (entry.owner,)) for entry in entries if entry.role is Role.CONTEXT
        ),
        others=tuple(entry for entry in entries if entry.role not in _COUNTED),
    )


SECOND_SECTOR = 0.6  #: share of a company's name that speaks for the other trades its card mentions


def _company_sectors(
    company: Company,
    sectors: tuple[Sector, ...],
    phrases: Phrases,
    entries: tuple[tuple[Entry, ...], ...],
) -> tuple[tuple[int, float], ...]:
    """The sector of the card, and those whose strong words its activity holds.

    A phrase that is strong in both makes the firm as much of the one as of the other: « composants horlogers » are
    watchmaking and microtechnology.
    """
    shares = {number: 1.0 for number, sector in enumerate(sectors) if sector.id == company.sector}
    own = frozenset(shares)
    for phrase, start, stop in phrases.find(spaced(company.activity).split()):
        owners = {entry.owner for entry in entries[phrase] if entry.role is Role.STRONG}
        share = 1.0 if stop - start > 1 and owners & own else SECOND_SECTOR
        for owner in sorted(owners):
            shares[owner] = max(shares.get(owner, 0.0), share)
    return tuple(shares.items())


class _Compiler:
    def __init__(self) -> None:
        self.forms: dict[str, dict[Entry, None]] = {}
        self.conditions: list[Condition] = []
        self.refused: list[str] = []
        self._parsed: dict[tuple[str, bool], Keyword] = {}

    # --- what is compiled --------------------------------------------------------------------------------

    def add_sector(self, number: int, sector: Sector) -> None:
        acronyms = set(sector.acronyms)
        unlisted = [word for word in sector.acronyms if word not in {*sector.strong, *sector.weak}]
        trade = lexicon.TRADES.get(sector.id, lexicon.Trade())
        for role, words in (
            (
                Role.STRONG,
                [
                    w
                    for w in (*sector.strong, *unlisted, *trade.strong, *trade.foreign)
                    if w not in trade.common
                ],
            ),
            (Role.WEAK, [w for w in (*sector.weak, *trade.weak, *trade.common) if w not in _GENERAL]),
            (Role.PRODUCT, trade.products),
            (Role.OCCUPATION, (*sector.occupations, *trade.trades)),
            (Role.CONTEXT, sector.context),
            (Role.NEGATIVE, sector.negative_context),
            (Role.MASK, (*sector.exclusions, *trade.masks)),
        ):
            for word in dict.fromkeys(words):
                self.add(role, number, word, acronym=word in acronyms)
        for phrase in trade.exact:
            self.add(Role.STRONG, number, phrase, acronym=True)
        for name in trade.firms:
            self.add_name(Role.FIRM, number, name)

    def add_cluster(self, number: int, cluster: Cluster) -> None:
        ambiguous = {alias.text for alias in cluster.aliases if alias.needs}
        self._add_short_name(number, cluster)
        for name in (cluster.name, *(alias.text for alias in cluster.aliases if not alias.needs)):
            if name not in ambiguous:
                self.add_name(Role.CLUSTER, number, name)
        for alias in cluster.aliases:
            if alias.needs:
                self.add_name(Role.CLUSTER, number, alias.text, companions=alias.needs)

    def _add_short_name(self, number: int, cluster: Cluster) -> None:
        """A long name without its region, which its region or seat must then stand by."""
        for name in (cluster.name, *(alias.text for alias in cluster.aliases)):
            if cluster.region and name.endswith(cluster.region):
                short = name.removesuffix(cluster.region).removesuffix(" de ").strip()
                if len(spaced(short).split()) >= 3:
                    near = (cluster.region, "région", *filter(None, [cluster.headquarters]))
                    self.add_name(Role.CLUSTER, number, short, companions=near)

    def add_company(self, number: int, company: Company) -> None:
        for name in (company.name, *company.aliases):
            self.add_name(Role.COMPANY, number, name)
        if company.commune:
            self._aid(company.commune, (" ".join(spaced(company.commune).split()),))

    def add_general(self, masks: Iterable[str]) -> None:
        for mask in (*masks, *lexicon.MASKS):
            self.add(Role.GLOBAL_MASK, -1, mask)
        for maker in lexicon.MAKERS:
            self.add(Role.MAKER, -1, maker)
        for word in lexicon.BUSINESS:
            self.add(Role.BUSINESS, FIRMS, word)
        for word in lexicon.HARD_NEWS:
            self.add(Role.HARD_NEWS, -1, word)
        for word in lexicon.INDUSTRIES:
            self.add(Role.INDUSTRY, -1, word)
        for family, words in enumerate(lexicon.OTHER_NEWS.values()):
            for word in words:
                self.add(Role.OTHER_NEWS, family, word)

    def share_contexts(self) -> None:
        """Make one entry of the context words that sectors share: « usine » is context for all."""
        for entries in self.forms.values():
            shared = [entry for entry in entries if entry.role is Role.CONTEXT and entry.number < 0]
            for exact in {entry.exact for entry in shared}:
                alike = [entry for entry in shared if entry.exact == exact]
                for entry in alike:
                    del entries[entry]
                owners = tuple(sorted({entry.owner for entry in alike}))
                entries[alike[0]._replace(owner=-1, owners=owners)] = None

    # --- how ---------------------------------------------------------------------------------------------

    def add(self, role: Role, owner: int, text: str, *, acronym: bool = False) -> None:
        """Add a keyword in the desk's language."""
        try:
            keyword = self._parse(text, acronym)
        except InputError as error:
            self.refused.append(str(error))
            return
        number = -1
        if keyword.near or keyword.unless:
            number = len(self.conditions)
            self.conditions.append(
                Condition(
                    near=self._aid_term(keyword.near) if keyword.near else None,
                    distance=keyword.distance,
                    unless=tuple(self._aid_term(term) for term in keyword.unless),
                )
            )
        exact = keyword.term.written if keyword.term.exact_case else None
        self._put(keyword.term.forms, Entry(role, owner, keyword.text, exact, number))

    def add_name(self, role: Role, owner: int, name: str, *, companions: tuple[str, ...] = ()) -> None:
        """Add a proper name: no inflection; written in capitals when it is so."""
        words = spaced(name).split()
        if not words or (len(words) == 1 and len(words[0]) < 2):
            return
        number = -1
        if companions:
            number = len(self.conditions)
            for companion in companions:
                self._aid(companion, phrase_forms(companion))
            self.conditions.append(Condition(companions=companions))
        bare = name.strip()
        shouted = bare.isupper() and len(bare) <= 6
        entry = Entry(role, owner, name, bare if shouted else None, number)
        self._put(_name_forms(words), entry)
        if shouted and bare.isalpha():
            self._put((" ".join(bare.casefold()),), entry._replace(exact=".".join(bare)))

    def _parse(self, text: str, acronym: bool) -> Keyword:
        key = (text, acronym)
        if key not in self._parsed:
            self._parsed[key] = parse_keyword(text, acronym=acronym)
        return self._parsed[key]

    def _aid_term(self, term: Term) -> str:
        return self._aid(term.written, term.forms)

    def _aid(self, name: str, forms: tuple[str, ...]) -> str:
        self._put(forms, Entry(Role.AID, -1, name, None))
        return name

    def _put(self, forms: Iterable[str], entry: Entry) -> None:
        for form in forms:
            self.forms.setdefault(form, {})[entry] = None


def _name_forms(words: list[str]) -> Iterator[str]:
    """A name as written, and with « et » for « & » or the other way round; « st » for « saint »."""
    yield " ".join(words)
    if "et" in words[1:-1]:
        yield " ".join(word for word in words if word != "et")
    for long, short in (("saint", "st"), ("sainte", "ste")):
        if long in words:
            yield " ".join(short if word == long else word for word in words)
