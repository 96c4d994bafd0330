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
    region: str | None = None
    departements: tuple[str, ...] = ()
    headquarters: str | None = None
    sectors: tuple[str, ...] = ()
    website: str | None = None
    feed: str | None = None
    origin: str = ""
    confidence: str = "medium"


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
    """A gentilé: the stem as written in the masculine plural, and the place it gives."""

    word: str
    insee: str | None  #: a commune of France
    departement: str | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The gazetteer."""

    communes: tuple[Commune, ...]
    departements: tuple[Departement, ...]
    regions: tuple[Region, ...]
    demonyms: tuple[Demonym, ...]
    ordinary_words: frozenset[
        str
    ]  #: INSEE codes: named like an ordinary word
    vintage: str  #: « COG 2026 »
    licence: str


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
