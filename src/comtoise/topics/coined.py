"""Read a trade in a firm's coined name: « Plastirex », « Pharmadijon », « Acmétal ».

Small firms often take their name from their trade, cut or glued to another word. Such a name is weaker than the
trade's own word (`WEIGHTS["coined"]`) and says nothing beside no other word of the life of firms. Only morphemes that
hardly any place, person or ordinary word holds are listed: « bois », « tex » or « hydro » would be too many things.
Written from general knowledge.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from comtoise.topics.document import Document

LEAST = 6  #: letters of a name that is read
#: By sector, folded: how coined names begin, and how they end.
MORPHEMES: dict[str, tuple[str, str]] = {
    "microtechniques": (
        "decollet|microtech|micromec|micron(?!e)|micro(?:usin|decoup|tour|fus)|photon|optron",
        "decolletage|optics|photonics|precision|laser",
    ),
    "horlogerie-luxe": (
        "horlo(?!ge)|bijou|joaill|maroqui|lunetti?e|crystal|cristall",
        "watch|watches|horlo|cadrans?|bijoux|lunettes",
    ),
    "plasturgie": (
        "plast(?!iqu|ici)|polym|thermoform|injecta|injecto|extru|caoutch|elastom|flaco(?!urt)|capsul(?!es?$)",
        "plast|plastics?|plastiques?|polymeres?|composites?|mould|packaging",
    ),
    "sante": (
        "pharm|medic(?=a[^lm]|o)|dental|denti(?!ng)|orthop|orthe(?=[ls])|chirur|implant|prothe|vaccin(?!at)"
        "|cardio|neuro(?!n)|oncol|oncog|therap",
        "pharma?|medical|biotech|therapeutics|thera|dental|implants?|sante",
    ),
    "aeronautique-defense": (
        "aero(?!port|parc|drom|club|gare|sol|b)|avionn?i|helico|drone",
        "aero|aerospace|avia|aviation|drones?|defense|copter",
    ),
    "vehicules-mobilite": (
        "carross|remorq|ferrov|automot|autocar|cyclo(?!n|p|t)",
        "automotive|motors?|mobility|mobilites?|cycles?|bikes?|carrosserie|remorques?|trucks?",
    ),
    "agroalimentaire": (
        "froma|lact(?!en)|laiti(?!ers)|biscui|agro(?!nom)|alimen|salaison|saucis|charcut|chocol|confis|malte(?!r)|minot",
        "lait|fromages?|foods?|malt|biscuits?|salaisons|nutrition|proteines?|brasserie",
    ),
    "energie": (
        "eoli|eol(?=[bcdfghjklmnpqrstvwxz])|photovo|nucle|turbin|solair|solar|energ(?!ie)|batter|geotherm|hydrog"
        "|biogaz|methan|thermo(?!plast|form|met|stat|comp|pyl|dur)",
        "energies?|energy|solaire|solar|hydrogene|nucleaire|turbines?|watts?|batteries|pellets?|therm",
    ),
    "bois": (
        "scieri|menuis|charpen(?!try)|tonnell|papet|carton|palett|parquet|lamell|boiseri",
        "woods?|palettes?|parquets?|charpentes?|menuiserie|carton|papiers?|paper|meubles|mobilier",
    ),
    "numerique": (
        "cyber(?!cri|att|har)|robot|logici|softw|data[a-z]{2}|electron|infog|algo(?!n|l)",
        "soft|software|tronics?|tronique|robotics|robotique|data|logiciels?|cyber|informatique|cloud|quantum",
    ),
    "metallurgie-mecanique": (
        "metal(?!lica)|meca|fonder|forge(?=[bcdlmpv])|usin(?!e)|chaudronn|toleri|decoup|embout|acier|alumin|inox|soudu"
        "|trefi|tubul|ressort|boulonn(?!ais)|visser",
        "metals?|metaux|meca|mecanique|inox|alu|steel|aciers?|usinage|forges?|fonte|tubes?|soudure|stahl|tolerie",
    ),
    "textile": (
        "texti|tissag|tissus|bonneter|tricot|filatu|broderi|teintur|cotonn|lingeri|confect",
        "textiles?|tissus?|tissages?|tricots?|coton|linge|broderies?",
    ),
    "chimie-materiaux": (
        "chimi(?!lin)|chemi[cq]|chemo|ceram|cimen|beton(?!court)|tuil|briquet|resin|cosmet|fluor|verrer|adhes|silic|isolan",
        "chimie|chem|ceram|ceramique|betons?|ciments?|glass|verre|resines?|cosmetics?|isolants?|granulats",
    ),
}
_PATTERNS = {sector: rf"(?:{begins})\w*|\w{{3,}}(?:{ends})" for sector, (begins, ends) in MORPHEMES.items()}
_ANY = re.compile("|".join(_PATTERNS.values()))
_EACH = {sector: re.compile(pattern) for sector, pattern in _PATTERNS.items()}


def coined_names(document: Document) -> Iterator[tuple[str, int]]:
    """The sector that each name tells and the index of its word; a person's surname is none."""
    for index in dict.fromkeys(document.capital_words):
        if index >= len(document.words) or len(word := document.words[index]) < LEAST:
            continue
        if (sectors := _sectors_of(word)) and not _is_surname(document, index):
            yield from ((sector, index) for sector in sectors)


@lru_cache(maxsize=8192)
def _sectors_of(word: str) -> tuple[str, ...]:
    """The sectors that a word tells by its form; the capitalised words of the press are often the same."""
    if not _ANY.fullmatch(word):
        return ()
    return tuple(sector for sector, pattern in _EACH.items() if pattern.fullmatch(word))


def _is_surname(document: Document, index: int) -> bool:
    """Whether the name follows a first name: « Lucien Métaldi »."""
    before = index - 1
    return (
        before >= 0
        and document.gap(index) == " "
        and document.is_capitalised(before)
        and before not in document.sentence_starts
    )
