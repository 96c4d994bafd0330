"""Read quantities in French: money, jobs, percentages, surfaces, with the place where they stand.

Numbers are read in figures (« 250 000 », « 250.000 », « 225'000 », « 3,5 ») and in words (« deux millions et
demi », « une vingtaine », « cent quatre-vingts »), with the few English and German units that the foreign
press of the region uses. Nothing here knows what a quantity is for: roles are `comtoise.topics.signals`.

Every function is total, linear in the text, and gives offsets (code points) into the text it was given.
Source: the units and separators of the signal grammar; number words in the 1990 spelling and the older one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from comtoise.text.fold import Folded
from comtoise.text.patterns import fold_single_spaced, matches_at


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money. ``text[start:end]`` holds the number and its unit."""

    value: float  #: in units of the currency; the lower end of « 10 à 15 millions »
    upper: float | None  #: the upper end, when the text gives two
    currency: str  #: ISO 4217; FRF for « francs » outside Switzerland
    assumed: bool  #: « 20 millions » without a currency: money only if the words around say so
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class People:
    """A number of jobs or workers."""

    count: int  #: the lower end of « quinze à vingt emplois »
    upper: int | None
    whole: int | None  #: 71 in « 51 des 71 salariés »
    unit: str  #: the noun, folded: emplois, salaries, licenciements …
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share."""

    value: float  #: 12.5 for « 12,5 % »
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Surface:
    """An area."""

    square_metres: float
    start: int
    end: int


# --- numbers ---------------------------------------------------------------------------------------------

_UNITS: Final = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15,
    "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_SCALES: Final = {"cent": 100, "cents": 100, "mille": 1000}
_COLLECTIVES: Final = {
    "demi-douzaine": 6, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
}  # fmt: skip
_BIG: Final = {
    "millier": 1e3, "milliers": 1e3, "million": 1e6, "millions": 1e6, "mio": 1e6, "millionen": 1e6,
    "milliard": 1e9, "milliards": 1e9, "milliarden": 1e9, "billion": 1e9,
}  # fmt: skip

_WORD = "|".join(sorted([*_UNITS, *_SCALES], key=len, reverse=True))
# Bounded repetitions keep a text made of nothing but number words linear.
_WORDS = rf"(?:{_WORD})(?:(?:-| et |-et-| )(?:{_WORD})\b){{0,9}}"
_FIGURES = r"\d{1,3}(?:[ .']\d{3})+(?:,\d{1,2})?(?!\d)|\d{1,15}(?:[.,]\d{1,3}(?!\d))?"
_COLLECTIVE = (
    rf"(?:un|une|deux|trois|quatre|cinq|six|la|quelques?) (?:{'|'.join(_COLLECTIVES)})s?"
    r"|des (?:dizaines|centaines|milliers)"
)
_NUMBER = rf"(?:{_FIGURES}|\b(?:{_COLLECTIVE})\b|\b(?:{_WORDS})\b|\bun demi\b)"
#: « d'une centaine » begins a number, « 1'200 » does not begin one at 200.
_START = r"(?<![\w.,-])(?:(?<!')|(?<=\bd'))"


#: The words a number can begin with, one of which a text without numbers lacks: see `comtoise.text.cues`.
NUMBER_WORDS: Final = r"\d\w*|des|la|quelques?|" + "|".join([*_UNITS, *_SCALES])


def _figures(written: str, *, counts: bool) -> float:
    """The value of a number in figures; *counts*: only whole numbers make sense, so « 1,200 » is 1200."""
    compact = written.replace(" ", "").replace("'", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", compact):
        compact = compact.replace(".", "")
    elif counts and re.fullmatch(r"\d{1,3},\d{3}", compact):
        compact = compact.replace(",", "")
    return float(compact.replace(",", "."))


def _words(written: str) -> float | None:
    """The value of a number in words, or None when the words make no number."""
    total = current = 0
    for word in written.replace("-", " ").split(" "):
        if word == "et":
            continue
        if word in _SCALES:
            scale = _SCALES[word]
            if scale == 1000:
                total += max(current, 1) * 1000
                current = 0
            else:
                current = max(current, 1) * 100
        elif word in ("vingt", "vingts") and current % 100 == 4:
            current += 76
        elif word in _UNITS:
            current += _UNITS[word]
    return float(total + current)


def _value(written: str, *, counts: bool = False) -> float | None:
    """The value of a number as matched by ``_NUMBER``; None for an indefinite one (« des centaines »)."""
    if written[0].isdigit():
        return _figures(written, counts=counts)
    if written == "un demi":
        return 0.5
    head, _, tail = written.partition(" ")
    collective = _COLLECTIVES.get(tail.removesuffix("s")) or _COLLECTIVES.get(tail)
    if head == "des":
        return None
    if collective is not None:
        factor = _UNITS.get(head, 1)
        return None if head.startswith("quelque") and tail.endswith("s") else float(factor * collective)
    return _words(written)


# --- money -----------------------------------------------------------------------------------------------

_CURRENCIES: Final = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "chf": "CHF", "francs suisses": "CHF", "franc suisse": "CHF",
    "franc": "franc", "francs": "franc", "fr.": "franc",
    "$": "USD", "dollar": "USD", "dollars": "USD", "usd": "USD",
    "£": "GBP", "livres sterling": "GBP",
}  # fmt: skip
_SHORT: Final = {"k": 1e3, "m": 1e6, "md": 1e9, "mds": 1e9, "mrd": 1e9, "mio": 1e6, "mn": 1e6, "bn": 1e9}

_RANGE = rf"(?P<low>{_NUMBER})(?:(?: a | et |-| ou )(?P<high>{_NUMBER}))?"
_BIG_WORD = "|".join(_BIG)
_MONEY = re.compile(
    _START
    + _RANGE
    + rf"(?:[ -]?(?:de )?(?P<big>{_BIG_WORD})\b\.?(?P<half> et demi)?(?: ?d'| de | )?| d'| de | |)"
    + r"(?:(?P<short>k|mds|md|mrd|mio|m)(?: d'| de )?)?"
    + r"(?P<unit>€|euros?\b|eur\b|chf\b|francs suisses\b|franc suisse\b|francs?\b"
    + r"|fr\.(?=\W|$)|\$|dollars?\b|usd\b|£|livres sterling\b)"
)
_SIGN_FIRST = re.compile(
    r"(?<!\w)(?P<unit>€|\$|£|chf|eur) ?(?P<low>\d{1,3}(?:[,.' ]\d{3})+|\d+(?:[.,]\d+)?)"
    rf"(?: ?(?P<big>{_BIG_WORD})| ?(?P<short>k|mn|md|m|bn))?\b"
)
_ASSUMED = re.compile(
    _START
    + _RANGE
    + r"[ -](?P<big>millions?|milliards?)\b(?P<half> et demi)?"
    # « 15 millions de bouteilles » are no money; « 15 millions de ventes » are.
    + r"(?! (?:de |d')(?!plus\b|moins\b|vente|perte|dette|benefice|deficit))"
)
#: « 12 Me », millions d'euros in some releases; « 2 Me Dupont » is a lawyer.
_ENDS_ME = re.compile(r"\d ?me\b")
_ME = re.compile(_START + r"(?P<low>\d{1,4}(?:,\d{1,2})?) ?me\b(?! [a-z])")


def has_sign(text: str) -> bool:
    """Whether the sign of a currency is in *text*."""
    return "€" in text or "$" in text or "£" in text


def find_money(text: str, *, swiss: bool = False) -> tuple[Money, ...]:
    """The sums of money in *text*, in order, none inside another.

    Args:
        swiss: « francs » alone are Swiss ones (a source of the Swiss side); else French ones, before 2002.
    """
    return money_in(fold_single_spaced(text), swiss=swiss)


def money_in(
    folded: Folded, starts: Sequence[int] | None = None, *, swiss: bool = False
) -> tuple[Money, ...]:
    """`find_money` on a text already folded, single-spaced.

    *starts* are the offsets, in order, of the words of `NUMBER_WORDS` in ``folded.text``, when these are known.
    """
    found = _sums(folded, starts, swiss=swiss)
    if len(found) < 2:
        return tuple(found)
    found.sort(key=lambda money: (money.start, -money.end))
    kept: list[Money] = []
    for money in found:
        if not kept or money.start >= kept[-1].end:
            kept.append(money)
    return tuple(kept)


def _sums(folded: Folded, starts: Sequence[int] | None, *, swiss: bool) -> list[Money]:
    """What each pattern of sums matches, in the order of the patterns."""
    text = folded.text
    found: list[Money] = []
    read: list[tuple[int, int]] = []  # what names its currency needs no assumption
    for match in matches_at(_MONEY, text, starts):
        read.append(match.span())
        big, short = match["big"], match["short"]
        factor = (_BIG[big] if big else 1.0) * (_SHORT[short] if short else 1.0)
        _add(found, folded, match, _code(_CURRENCIES[match["unit"]], swiss=swiss), factor)
    if has_sign(text) or "chf" in text or "eur" in text:
        for match in _SIGN_FIRST.finditer(text):
            factor = _BIG[match["big"]] if match["big"] else _SHORT.get(match["short"] or "", 1.0)
            low = match["low"]
            grouped = re.fullmatch(r"\d{1,3}(?:[,.' ]\d{3})+", low) is not None
            value = float(re.sub(r"\D", "", low) if grouped else low.replace(",", "."))
            currency = _code(_CURRENCIES[match["unit"]], swiss=swiss)
            found.append(Money(value * factor, None, currency, False, *folded.span(*match.span())))
    has_millions, has_me = "illi" in text, "me" in text and _ENDS_ME.search(text) is not None
    if starts is not None and (has_millions or has_me):
        for first, stop in read:
            starts = [start for start in starts if not first <= start < stop]
    if has_millions:
        for match in matches_at(_ASSUMED, text, starts):
            _add(found, folded, match, "EUR", _BIG[match["big"]], assumed=True)
    if has_me:
        for match in matches_at(_ME, text, starts):
            value = _figures(match["low"], counts=False) * 1e6
            found.append(Money(value, None, "EUR", False, *folded.span(*match.span())))
    return found


def _code(code: str, *, swiss: bool) -> str:
    return ("CHF" if swiss else "FRF") if code == "franc" else code


def _add(
    found: list[Money],
    folded: Folded,
    match: re.Match[str],
    currency: str,
    factor: float,
    *,
    assumed: bool = False,
) -> None:
    """Add to *found* the sum that *match* holds, unless its number is indefinite."""
    low = _value(match["low"])
    if low is None:
        return
    high = _value(match["high"]) if match["high"] else None
    half = 0.5 if match["half"] else 0.0
    upper = (high + half) * factor if high is not None else None
    value = low * factor if upper is not None else (low + half) * factor
    found.append(Money(value, upper, currency, assumed, *folded.span(*match.span())))


# --- jobs ------------------------------------------------------------------------------------------------

_PEOPLE_UNITS: Final = (
    "emplois?|postes?|salarie(?:e?s|e)?|collaborat(?:eur|rice)s?|personnes"
    "|equivalents?[ -]temps[ -]pleins?|etp"
    "|cdi|cdd|embauches?|recrutements?|operateurs?|operatrices|licenciements?|ouvriers|ouvrieres|techniciens"
    "|ingenieurs|employes?|travailleurs|agents|permanents|interimaires|apprentis|alternants|soudeurs|usineurs"
    "|decolleteurs|regleurs|creations? (?:d'emplois?|de postes?)|suppressions? (?:d'emplois?|de postes?)"
    "|recrues|arrivees|departs"
    "|jobs|positions|workers|employees|people|staff|roles"
    "|stellen|mitarbeiter|mitarbeitern|mitarbeiterinnen|beschaftigten?|beschaftigte|arbeitsplatzen?|leuten?"
)
_PEOPLE = re.compile(
    _START
    + _RANGE
    + rf"(?:(?: des | de ses | de leurs | sur | of its | of the | der )(?P<whole>{_NUMBER}))?"
    + r"(?: ?(?:de |d'|des |of |der )?)"
    + r"(?:(?:nouveaux|nouvelles|nouvel|premiers?|autres|skilled|new|full-time|permanent) ){0,2}"
    + rf"(?P<unit>{_PEOPLE_UNITS})\b(?! ?km)"
)


#: The first words of `_PEOPLE_UNITS`: see `comtoise.text.cues`.
COUNTED_WORDS: Final = (
    r"emplois?|postes?|salarie\w*|collaborat\w*|personnes|equivalents?|etp|cdi|cdd|embauches?|recrutements?"
    r"|operat\w*|licenciements?|ouvri\w*|techniciens|ingenieurs|employe\w*|travailleurs|agents|permanents"
    "|interimaires|apprentis|alternants|soudeurs|usineurs|decolleteurs|regleurs|creations?|suppressions?"
    "|recrues|arrivees|departs|jobs|positions|workers|people|staff|roles"
    r"|stellen|mitarbeiter\w*|beschaftigte\w*|arbeitsplatz\w*|leuten?"
)


def find_people(text: str) -> tuple[People, ...]:
    """The numbers of jobs and workers in *text*, in order."""
    return people_in(fold_single_spaced(text))


def people_in(folded: Folded, starts: Sequence[int] | None = None) -> tuple[People, ...]:
    """`find_people` on a text already folded, single-spaced; *starts* as for `money_in`."""
    found = []
    for match in matches_at(_PEOPLE, folded.text, starts):
        low = _value(match["low"], counts=True)
        high = _value(match["high"], counts=True) if match["high"] else None
        if low is None or not low.is_integer() or (low == 1 and match["unit"] in ("poste", "depart")):
            continue
        upper = int(high) if high is not None and high.is_integer() else None
        whole = _value(match["whole"], counts=True) if match["whole"] else None
        of = int(whole) if whole is not None and whole.is_integer() else None
        found.append(People(int(low), upper, of, match["unit"], *folded.span(*match.span())))
    return tuple(found)


# --- percentages and surfaces ----------------------------------------------------------------------------

_PERCENTAGE = re.compile(rf"{_START}(?P<low>{_NUMBER}) ?(?:%|pour[ -]cent\b|percent\b|prozent\b)")
_SURFACE = re.compile(
    rf"{_START}(?P<low>{_NUMBER}) ?(?:de |d')?(?P<unit>m2|metres? carres?|m carres|hectares?|ha)\b"
)


def find_percentages(text: str) -> tuple[Percentage, ...]:
    """The percentages in *text*, in order."""
    folded = fold_single_spaced(text)
    values = ((match, _value(match["low"])) for match in _PERCENTAGE.finditer(folded.text))
    return tuple(
        Percentage(value, *folded.span(*match.span())) for match, value in values if value is not None
    )


def find_surfaces(text: str) -> tuple[Surface, ...]:
    """The surfaces in *text*, in order, in square metres."""
    folded = fold_single_spaced(text)
    found = []
    for match in _SURFACE.finditer(folded.text):
        value = _value(match["low"], counts=True)
        if value is not None:
            factor = 1e4 if match["unit"].startswith("h") else 1.0
            found.append(Surface(value * factor, *folded.span(*match.span())))
    return tuple(found)
