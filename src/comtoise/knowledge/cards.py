"""The shapes of the packaged knowledge: what is known of sectors, clusters, companies, signals and places.

Every card keeps where it comes from (`origin`) and how sure it is (`confidence`: high, medium, low).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A filière and the words that betray it. Words are written as people write them, case kept."""

    id: str
    label: str
    label_en: str = ""
    scope: str = ""  #: what its reader wants
    not_scope: str = ""
    strong: tuple[str, ...] = ()  #: one hit in the title or first paragraph is enough
    weak: tuple[str, ...] = ()  #: count only near a context word, a second weak hit, or an occupation
    context: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()  #: phrases masked before matching; they neutralise only the words inside
    negative_context: tuple[str, ...] = ()  #: lower weak evidence only
    acronyms: tuple[str, ...] = ()  #: matched in this exact case
    naf: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()  #: norms and labels heard of in this sector
    events: tuple[str, ...] = ()  #: fairs, with their place and rhythm
    schools: tuple[str, ...] = ()  #: schools and laboratories, with their towns
    clusters: tuple[str, ...] = ()  #: ids of the clusters of the sector
    origin: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name of a cluster or company."""

    text: str
    type: str = "variant"  #: variant, former, merged, successor, acronym, short, event, slogan, brand …
    needs: tuple[str, ...] = ()  #: counts only within about 200 characters of one of these words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A pôle, cluster, grappe or network."""

    id: str
    name: str
    aliases: tuple[Alias, ...] = ()
    kind: str = ""
    label: str | None = None  #: the State's label and its years, for a pôle de compétitivité
    region: str | None = None
    departements: tuple[str, ...] = ()
    headquarters: str | None = None
    sectors: tuple[str, ...] = ()
    website: str | None = None
    feed: str | None = None
    origin: str = ""
    confidence: str = "medium"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company known by name."""

    id: str  #: slug, unique
    name: str
    aliases: tuple[str, ...] = ()
    sector: str
    activity: str = ""
    commune: str | None = None  #: name
    insee: str | None = None  #: code of the commune, None abroad or unknown
    departement: str | None = None
    needs_context: bool = False  #: the name is an ordinary word, first name or commune
    basis: str = ""  #: read, general-knowledge
    origin: str = ""
    confidence: str = "medium"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A kind of business event."""

    id: str
    label: str
    polarity: str = "neutral"
    definition: str = ""
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    slots_expected: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()  #: invented headlines
    note: str | None = None
    origin: str = ""
    confidence: str = "medium"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalGrammar:
    """What all signals share: units, role words, status words, general negations and traps."""

    slots: Mapping[str, object]
    negations: tuple[str, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the code officiel géographique (or a former, delegated or associated one)."""

    insee: str
    name: str
    departement: str
    region: str
    population: int
    kind: str  #: commune, deleguee, associee, arrondissement
    parent: str | None  #: INSEE code of today's commune for a deleguee, associee or arrondissement


@dataclass(frozen=True, slots=True)
class Departement:
    """A département."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Region:
    """A région."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Demonym:
    """A gentilé and the place it gives: a commune, else a département or canton, else a région."""

    word: str  #: masculine singular
    insee: str | None  #: a commune of France
    departement: str | None  #: INSEE code, or a canton (« CH-JU »)
    forms: tuple[str, ...]  #: both genders, singular and plural, each once
    region: str | None = None  #: INSEE code, only when the word gives a région
    place: str = ""  #: as written, useful for a place without INSEE code
    trap: str | None = None  #: what else the word means
    origin: str = ""
    confidence: str = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The gazetteer."""

    communes: tuple[Commune, ...]
    departements: tuple[Departement, ...]
    regions: tuple[Region, ...]
    demonyms: tuple[Demonym, ...]
    ordinary_words: frozenset[str]  #: INSEE codes of communes named like an ordinary word
    vintage: str  #: « COG 2026 »
    licence: str
    cantons: tuple[Departement, ...] = ()  #: Swiss cantons near the Jura arc: code « CH-JU », région « CH »


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedFeed:
    """One address of a packaged source."""

    url: str
    evidence: str  #: listed: seen in a public list or page; pattern: built from the site's technology
    id: str | None = None  #: set when this feed makes a card of its own (an edition, a region)
    name: str | None = None
    departements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagedSource:
    """A publisher as the packaged files know it; `comtoise.knowledge.sources` makes cards to poll of it."""

    id: str
    name: str
    homepage: str
    publisher: str  #: presse quotidienne régionale, presse économique, institutionnel, pôle-cluster …
    feeds: tuple[PackagedFeed, ...] = ()  #: best first
    listing_page: str | None = None
    region: str  #: as written: a région, several with « / », France, Suisse, Luxembourg
    departements: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    language: str = "fr"
    paywall: str = "non"  #: non, partiel, oui
    technology: str | None = None
    rights: str = ""  #: terms of use and what to check before polling
    polled: bool = True  #: False: a register or a service that is consulted, not polled
    origin: str = ""
    confidence: str = "medium"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All of it; or all of it with the desk's additions, changes and removals applied."""

    sectors: tuple[Sector, ...]
    clusters: tuple[Cluster, ...]
    companies: tuple[Company, ...]
    signals: tuple[Signal, ...]
    signal_grammar: SignalGrammar
    places: Places
    global_masks: tuple[str, ...]
