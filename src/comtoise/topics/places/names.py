"""The names of places, compiled: from the folded first word of a name to all the names that begin with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from comtoise.knowledge.cards import Cluster, Company, Places
from comtoise.text.fold import spaced
from comtoise.topics.places import lexicon, swiss


class Kind(Enum):
    """What a name names."""

    COMMUNE = "commune"
    DEPARTEMENT = "departement"
    COUNTRY = "country"  #: a country, valley or basin in one département
    PARK = "park"  #: a business park or district in one commune
    WIDE = "wide"  #: a region, or anything that holds a place's name without naming that place
    SHORT = "short"  #: a commune without its article, after « au », « du », « aux », « des »


@dataclass(frozen=True, slots=True)
class Option:
    """A place that a name can mean."""

    departement: str
    insee: str | None  #: today's commune; None when the name is a département's or a country's
    population: int
    focus: bool  #: in the départements that the desk watches


@dataclass(frozen=True, slots=True)
class Name:
    """A name, and what it can mean."""

    label: str  #: as the gazetteer writes it
    words: tuple[str, ...]  #: folded
    kind: Kind
    options: tuple[Option, ...]
    guarded: bool  #: an ordinary word, a given name, or too small and too far: needs a frame around it
    ordinary: bool = False  #: guarded because the dictionary has the word
    is_known_town: bool = field(init=False)  #: large enough, for where it is; True of what is no commune

    def __post_init__(self) -> None:
        object.__setattr__(
            self,
            "is_known_town",
            self.kind not in (Kind.COMMUNE, Kind.SHORT)
            or any(
                (option.focus and option.population >= 1500) or option.population >= 20000
                for option in self.options
            ),
        )


@dataclass(frozen=True, slots=True)
class Family:
    """The names that begin with one word."""

    longest: int  #: words of the longest
    alone: bool  #: whether one name is the first word alone
    seconds: frozenset[str]  #: the second words of the others
    beginnings: frozenset[tuple[str, ...]]  #: the first words, two or more, of these
    by_words: Mapping[tuple[str, ...], tuple[Name, ...]]  #: of one spelling, the one to try first is first


@dataclass(frozen=True, slots=True)
class Gentile:
    """A form of a gentilé, and the places it gives: two for « chalonnais » and « châlonnais », alike once folded."""

    words: tuple[str, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """All that `find_places` needs, compiled once for a configuration."""

    names: Mapping[str, Family]  #: by folded first word
    demonyms: Mapping[str, tuple[Gentile, ...]]  #: by last word, longest first
    demonym_words: frozenset[str]  #: these last words
    companies: Mapping[str, Option]  #: by company id
    clusters: Mapping[str, Option]  #: by cluster id: the seat
    labels: Mapping[str, str]  #: département or INSEE code -> name
    departements: Mapping[str, str]  #: folded name -> code
    focus: frozenset[str]


#: « St-Claude », « Ste-Suzanne », « Isle s/le Doubs ».
SPELLINGS: Final = {"st": "saint", "ste": "sainte", "sts": "saints", "s": "sur"}

#: A name without its article follows one of these: « au Creusot », « des Rousses ».
ARTICLES: Final = frozenset({"le", "la", "les", "l"})

#: Smaller communes outside the focus are as often surnames as places.
FAR_POPULATION: Final = 15000


def words_of(name: str) -> tuple[str, ...]:
    """*name* as folded words, abbreviations spelt out."""
    return tuple(SPELLINGS.get(word, word) for word in spaced(name).split())


def compile_places(
    places: Places,
    *,
    companies: Iterable[Company] = (),
    clusters: Iterable[Cluster] = (),
    focus: frozenset[str] = frozenset(),
) -> PlaceRules:
    """Compile the gazetteer.

    Args:
        companies: Those whose commune speaks for a place when the company is named.
        clusters: Those whose seat speaks, less, when the cluster is in the title.
        focus: Codes of the départements watched; empty means all alike. A name that several communes share
            means rather one of these, and a small commune elsewhere needs more than its name.
    """
    communes = {commune.insee: commune for commune in places.communes if commune.kind == "commune"}
    options: dict[tuple[str, ...], dict[str, Option]] = defaultdict(dict)
    labels: dict[tuple[str, ...], str] = {}
    ordinary: set[tuple[str, ...]] = set()
    for commune in places.communes:
        today = communes.get(commune.parent or commune.insee, commune)
        words = words_of(commune.name)
        if not words or commune.kind == "arrondissement":
            continue
        # A former commune is a part of today's one: less likely meant than a whole commune of that name.
        share = 1.0 if commune.kind == "commune" else 0.4
        in_focus = not focus or today.departement in focus
        option = Option(today.departement, today.insee, int(today.population * share), in_focus)
        known = options[words].get(today.insee)
        if known is None or known.population < option.population:
            options[words][today.insee] = option
        labels.setdefault(words, commune.name)
        if commune.insee in places.ordinary_words:
            ordinary.add(words)
    for press_name, official in lexicon.PRESS_NAMES.items():
        meant = options.get(words_of(official), {})
        words = words_of(press_name)
        for insee, option in meant.items():
            options[words].setdefault(insee, option)
        if meant:
            labels.setdefault(words, press_name)
    arc = not focus or bool(focus & swiss.NEIGHBOURS)
    for canton, towns in swiss.TOWNS.items():
        in_focus = canton in focus or (arc and canton in swiss.ARC)
        for town, population in towns.items():
            words = words_of(town)
            options[words][f"{canton} {town}"] = Option(canton, None, population, in_focus)
            labels.setdefault(words, town)
            if town in swiss.GUARDED:
                ordinary.add(words)
    for words, by_insee in _short_forms(options).items():
        options[words] = by_insee
        labels[words] = " ".join(words).capitalize()
    names = [
        Name(
            labels[words],
            words,
            Kind.COMMUNE,
            tuple(by_insee.values()),
            guarded=_is_guarded(words, by_insee, ordinary),
            ordinary=words in ordinary,
        )
        for words, by_insee in options.items()
        if by_insee
    ]
    names += [
        Name(
            name.label,
            name.words[1:],
            Kind.SHORT,
            name.options,
            name.guarded or name.words[1] in lexicon.COMMON_HEADS,
        )
        for name in names
        if name.words[0] in ARTICLES and len(name.words) > 1
    ]
    codes = {departement.code for departement in places.departements}
    names += [
        Name(
            departement.name,
            words_of(departement.name),
            Kind.DEPARTEMENT,
            (Option(departement.code, None, 0, not focus or departement.code in focus),),
            departement.code.removeprefix("0") in lexicon.VAGUE_DEPARTEMENTS,
        )
        for departement in places.departements
    ]
    names += [
        Name(
            country,
            words_of(country),
            Kind.COUNTRY,
            (Option(code, None, 0, not focus or code in focus),),
            False,
        )
        for country, code in lexicon.COUNTRIES.items()
        if code in codes
    ]
    names += [
        Name(country, words_of(country), Kind.COUNTRY, (Option(code, None, 0, code in focus or arc),), False)
        for country, code in swiss.COUNTRIES.items()
    ]
    names += [
        Name(
            park,
            words_of(park),
            Kind.PARK,
            (
                Option(
                    communes[insee].departement, insee, 0, not focus or communes[insee].departement in focus
                ),
            ),
            False,
        )
        for park, insee in lexicon.PARKS.items()
        if insee in communes
    ]
    names += [Name(area, words_of(area), Kind.WIDE, (), False) for area in lexicon.WIDE_AREAS]
    demonyms = _demonyms(places, focus=focus)
    return PlaceRules(
        names=_by_first_word(names),
        demonyms=demonyms,
        demonym_words=frozenset(demonyms),
        companies={
            company.id: Option(
                company.departement, company.insee, 0, not focus or company.departement in focus
            )
            for company in companies
            if company.departement is not None
            and (company.departement in codes or company.departement in swiss.TOWNS)
        },
        clusters=_seats(clusters, options),
        labels={
            **{commune.insee: commune.name for commune in communes.values()},
            **{departement.code: departement.name for departement in (*places.departements, *places.cantons)},
        },
        departements={" ".join(words_of(d.name)): d.code for d in places.departements},
        focus=focus,
    )


def _short_forms(
    options: Mapping[tuple[str, ...], Mapping[str, Option]],
) -> dict[tuple[str, ...], dict[str, Option]]:
    """« Illkirch » for Illkirch-Graffenstaden: the first word of a town's compound name, when it names one town only.

    Kept for towns of the focus, where readers know them by it; a word that is a commune of its own is left alone.
    """
    towns: dict[tuple[str, ...], dict[str, Option]] = defaultdict(dict)
    for words, by_insee in options.items():
        head = words[:1]
        if len(words) < 2 or len(head[0]) < 5 or head in options or head[0] in lexicon.COMMON_HEADS:
            continue
        for insee, option in by_insee.items():
            towns[head][insee] = option
    short = {}
    for head, by_insee in towns.items():
        first, *others = sorted(by_insee.values(), key=lambda option: -option.population)
        alone = all(option.population * 4 < first.population for option in others)
        if alone and first.focus and first.population >= 2000 and first.insee is not None:
            short[head] = {first.insee: first}
    return short


def _seats(
    clusters: Iterable[Cluster], options: Mapping[tuple[str, ...], Mapping[str, Option]]
) -> dict[str, Option]:
    """The seat of each cluster, when its commune is known and in a département that the cluster covers."""
    seats = {}
    for cluster in clusters:
        for option in options.get(words_of(cluster.headquarters or ""), {}).values():
            if option.departement in cluster.departements:
                seats[cluster.id] = option
    return seats


def _is_guarded(
    words: tuple[str, ...], options: Mapping[str, Option], ordinary: set[tuple[str, ...]]
) -> bool:
    if words in ordinary or len("".join(words)) <= 3:
        return True
    if len(words) == 1 and words[0] in lexicon.FIRST_NAMES:
        return True
    return not any(option.focus or option.population >= FAR_POPULATION for option in options.values())


def _by_first_word(names: Iterable[Name]) -> dict[str, Family]:
    order = [Kind.WIDE, Kind.DEPARTEMENT, Kind.COUNTRY, Kind.PARK, Kind.COMMUNE, Kind.SHORT]
    index: dict[str, dict[tuple[str, ...], list[Name]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        index[name.words[0]][name.words].append(name)
    return {
        first: Family(
            max(map(len, group)),
            (first,) in group,
            frozenset(words[1] for words in group if len(words) > 1),
            frozenset(words[:count] for words in group for count in range(2, len(words) + 1)),
            {
                words: tuple(sorted(same, key=lambda name: order.index(name.kind)))
                for words, same in group.items()
            },
        )
        for first, group in index.items()
    }


def _demonyms(places: Places, *, focus: frozenset[str]) -> dict[str, tuple[Gentile, ...]]:
    found: dict[tuple[str, ...], dict[str, Option]] = defaultdict(dict)
    by_insee = {commune.insee: commune for commune in places.communes if commune.kind == "commune"}
    for demonym in places.demonyms:
        code = demonym.departement
        if code is None and demonym.insee in by_insee:
            code = by_insee[demonym.insee].departement
        if code is not None:
            option = Option(code, demonym.insee, 0, not focus or code in focus)
            for form in {demonym.word, *demonym.forms}:
                found[words_of(form)].setdefault(code, option)
    by_last: dict[str, list[Gentile]] = defaultdict(list)
    for words, options in found.items():
        by_last[words[-1]].append(Gentile(words, tuple(options.values())))
    return {last: tuple(sorted(forms, key=lambda form: -len(form.words))) for last, forms in by_last.items()}
