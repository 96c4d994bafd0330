"""The written forms of a French word or phrase: number, gender, regular verb forms, joined or split prefixes.

Used once, when rules are compiled, so that matching itself stays a search for fixed words. Forms are folded. A form
that does not exist in French costs nothing, as no text holds it; a form that is another word would cost a false
match, so each rule is limited to the endings where it is safe (« horloger » gives « horlogère », never « horloge »).
"""

from collections.abc import Iterator
from itertools import product

from comtoise.text.fold import spaced

#: Words that link the others of a phrase and never vary.
_LINKS = frozenset(
    {
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ou",
        "par",
        "pour",
        "sans",
        "sous",
        "sur",
        "un",
        "une",
        "s",
        "n",
        "qu",
        "que",
        "ne",
        "se",
        "ce",
        "dans",
        "avec",
        "chez",
    }
)
#: Written together or apart: « micro-techniques », « micro techniques », « microtechniques ».
PREFIXES = (
    "micro", "nano", "electro", "bio", "agro", "mecano", "thermo", "photo", "opto", "auto", "multi", "cyber",
    "aero", "hydro", "radio", "petro", "tele", "info", "video", "geo", "mono", "poly", "inter", "sur", "retro", "pre",
    "super", "hyper", "ultra", "anti", "semi", "bi", "co", "e", "non",
)  # fmt: skip
_SPLIT = tuple(p for p in PREFIXES if len(p) >= 4)  #: shorter ones would cut ordinary words (« bi-ere »)
#: Words in -er that are neither verbs nor agents.
_NOT_AGENTS = frozenset(
    {
        "laser",
        "cluster",
        "hiver",
        "polyester",
        "carter",
        "master",
        "center",
        "poster",
        "leader",
        "designer",
        "manager",
        "acier",
        "papier",
        "atelier",
        "chantier",
        "metier",
        "cahier",
        "fer",
        "mer",
        "cancer",
        "cuiller",
        "dossier",
        "courrier",
        "quartier",
        "premier",
        "dernier",
        "hier",
        "amer",
        "tier",
    }
)
#: Words whose last letter taken away gives another word, or that have one form only.
_INVARIABLE = frozenset(
    {
        "cours",
        "fois",
        "mais",
        "fils",
        "vers",
        "sens",
        "pas",
        "dans",
        "plus",
        "sous",
        "moins",
        "corps",
        "temps",
        "bois",
        "gaz",
        "prix",
        "poids",
        "os",
        "bras",
        "puis",
        "bus",
    }
)
#: Third persons, participles. The present singular is left out: « usine », « moule », « forge » are nouns.
_VERB_ENDINGS = ("ent", "ee", "ees", "ant", "era", "eront", "ait", "aient", "a")
_MAX_FORMS = 64  #: a phrase of many words keeps its first forms, the written one among them


#: What the rules make of nouns without a feminine, and is another word: « s'implante » is no implant.
_OTHER_WORDS = frozenset(
    [
        "implante",
        "implantes",
        "traine",
        "traines",
        "composante",
        "composantes",
        "vaccine",
        "vaccines",
        "spirale",
        "spirales",
        "engine",
        "engines",
        "motrice",
        "motrices",
        "planchere",
        "plancheres",
        "cristale",
        "cristales",
        "hopitale",
        "hopitales",
        "chals",
        "chal",
        "material",
        "materials",
        "metals",
        "catheta",
        "boitiere",
        "balanciere",
        "drapiere",
        "merraine",
    ]
)


def word_forms(word: str, *, verbs: bool = True) -> tuple[str, ...]:
    """The forms of one folded word, itself first, without repetition; *verbs* conjugates a first-group infinitive.

    Source: the regular rules of number and gender of French grammar; endings are folded (« -ée » is « -ee »).
    """
    forms = dict.fromkeys([word])
    if word in _LINKS or len(word) < 3 or not word.isalpha():
        return tuple(forms)
    singular = _singular(word)
    also = [word[:-1]] if word.endswith("aux") else []  # « matériaux » has -au, « métaux » -al
    for form in (singular, *also, *_feminines(singular)):
        forms[form] = None
        forms.update(dict.fromkeys(_plurals(form)))
    if verbs and _is_infinitive(word):
        forms.update(dict.fromkeys(word[:-2] + ending for ending in _VERB_ENDINGS))
    return tuple(form for form in forms if form == word or form not in _OTHER_WORDS)


def _singular(word: str) -> str:
    if word in _INVARIABLE or len(word) < 4:
        return word
    if word.endswith(("eaux", "jeux", "feux")):
        return word[:-1]
    if word.endswith("aux"):
        return f"{word[:-3]}al"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _plurals(word: str) -> Iterator[str]:
    if word.endswith(("s", "x", "z")):
        return
    if word.endswith("al"):
        yield f"{word[:-2]}aux"
    elif word.endswith(("eau", "eu", "au")):
        yield f"{word}x"
    elif word.endswith("ail"):
        yield f"{word[:-3]}aux"
    yield f"{word}s"


def _feminines(word: str) -> Iterator[str]:
    if len(word) < 5:
        return
    if word.endswith("teur"):
        yield f"{word[:-4]}trice"
    if word.endswith("eur"):
        yield f"{word[:-3]}euse"
    elif word.endswith(("ier", "ger", "cher")) and word not in _NOT_AGENTS:
        yield f"{word[:-2]}ere"
    elif word.endswith(("ien", "el")):
        yield word + word[-1] + "e"
    elif word.endswith("if"):
        yield f"{word[:-1]}ve"
    elif word.endswith(("al", "ant", "ain", "in")):
        yield f"{word}e"


def _is_infinitive(word: str) -> bool:
    return (
        len(word) > 5
        and word.endswith("er")
        and not word.endswith(("ier", "her", "ger", "yer"))
        and (word not in _NOT_AGENTS)
    )


def phrase_forms(phrase: str, *, inflect: bool = True) -> tuple[str, ...]:
    """The forms of a phrase, folded words joined by one space, the written form first.

    Each word varies in number and gender by itself (« presses à injecter », « pièces de montre »), and a prefix is
    accepted joined, hyphenated or apart. With *inflect* false only the prefix varies.
    """
    words = spaced(phrase).split()
    forms: dict[str, None] = {}
    for spelling in _spellings(words):
        choices = [
            word_forms(word, verbs=len(spelling) == 1)
            if inflect and (word not in PREFIXES or i == len(spelling) - 1)
            else (word,)
            for i, word in enumerate(spelling)
        ]
        for combination in product(*choices):
            forms[" ".join(combination)] = None
            if len(forms) >= _MAX_FORMS:
                return tuple(forms)
    return tuple(forms)


def _spellings(words: list[str]) -> Iterator[list[str]]:
    if not words:
        return
    yield words
    for i, word in enumerate(words):
        before, after = words[:i], words[i + 1 :]
        if word in PREFIXES and after and len(after[0]) >= 4:
            yield [*before, word + after[0], *after[1:]]
        for prefix in _SPLIT:
            if word.startswith(prefix) and len(word) - len(prefix) >= 5:
                yield [*before, prefix, word[len(prefix) :], *after]
