"""French typography, for our own words only: a publisher's title or extract never passes through `typo`.

Two spaces that do not break: U+202F, narrow, before « ; ! ? », inside quotation marks and between thousands;
U+00A0 before « : » and before a unit. Mail and Telegram show with fonts we do not choose: there, `wide` turns
the narrow one into the ordinary one, which every font has.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale; dates, hours and amounts in the
form the French press gives them (« 1er mars », « 7 h 30 », « 12,5 M€ »).
"""

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import ROUND_HALF_EVEN, Decimal

from comtoise.i18n import _, chosen_language, ngettext

NARROW = "\u202f"  #: narrow no-break space
NBSP = "\u00a0"  #: no-break space

_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£"}
_CUT = "[…]"

_PLACE = "\ue000"  #: stands for an address while the rest is set; no text of ours holds it
_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+\.\S+|www\.\S+|\ue000")
_UNITS = "€|%|°C|k€|M€|Md€|h|km|m²|t|ha|MW|kW|GW|ans?|mois|jours?|emplois?|postes?|salariés?"
_SPACES = f"[ {NARROW}{NBSP}]*"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    # High marks: the space before them is asked for, and added when forgotten after a word.
    (re.compile(rf"(?<=[\w)\]»’%€$…{_PLACE}]){_SPACES}([;!?]+)(?=[\s)\]»…]|$)"), rf"{NARROW}\1"),
    (re.compile(rf"(?<=[\w)\]»’%€$…{_PLACE}]){_SPACES}:(?=[\s)\]»…]|$)"), f"{NBSP}:"),
    (re.compile(rf"«{_SPACES}"), f"«{NARROW}"),
    (re.compile(rf"{_SPACES}»"), f"{NARROW}»"),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (re.compile(rf"(?<=\d)[ {NARROW}](?=(?:{_UNITS})(?!\w))"), NBSP),
    (re.compile(rf"(?<=\d[ {NBSP}]h) (?=\d)"), NBSP),
    (re.compile(r"\b(n°|nº|p\.|art\.|M\.|MM\.|Mme|Mmes|Dr|Pr)[ \u202f](?=\S)"), rf"\1{NBSP}"),
    (re.compile(r"\b(\d{1,2}|1er) (?=(?:" + "|".join(MONTHS) + r")\b)"), rf"\1{NBSP}"),
    (re.compile(r" (?=[–—])"), NBSP),
)  # fmt: skip


def typo(text: str) -> str:
    """Return *text*, plain and ours, with the spaces, apostrophes and ellipses of French print.

    Addresses are left as they are. Idempotent. To be applied before escaping for HTML, never after. When this
    program speaks another language, *text* is in it, and is returned as it is.
    """
    if _is_english():
        return text
    addresses = _ADDRESS.findall(text)
    text = _ADDRESS.sub(_PLACE, text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    for address in addresses:
        text = text.replace(_PLACE, address, 1)
    return text


def wide(text: str) -> str:
    """Return *text* with ordinary no-break spaces for narrow ones: for mail and Telegram."""
    return text.replace(NARROW, NBSP)


def number(value: float | Decimal, decimals: int = 0) -> str:
    """« 12 500 », « 12,5 »: at most *decimals* decimals, rounded half to even, without trailing zeros."""
    quantum = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(quantum, rounding=ROUND_HALF_EVEN)
    whole, _dot, fraction = f"{abs(rounded):,f}".partition(".")
    fraction = fraction.rstrip("0")
    sign = "−" if rounded < 0 else ""
    return sign + whole.replace(",", NARROW) + (f",{fraction}" if fraction else "")


def amount(value: float, currency: str = "EUR") -> str:
    """« 12,5 M€ », « 850 k€ », « 1,2 Md€ », « 900 € », « 3 M CHF »: three figures are enough for a headline.

    *currency* is an ISO 4217 code; one without a sign of its own is written in letters.
    """
    sign = _CURRENCIES.get(currency, currency)
    gap = "" if currency in _CURRENCIES else NBSP
    for floor, prefix in ((1e9, "Md"), (1e6, "M"), (1e4, "k")):
        # 999 960 € is one million for a reader, not « 1 000 k€ ».
        if abs(value) >= floor * 0.99995:
            scaled = value / (1e3 if prefix == "k" else floor)
            return f"{number(scaled, 0 if abs(scaled) >= 100 else 1)}{NBSP}{prefix}{gap}{sign}"
    return f"{number(value)}{NBSP}{sign}"


def jobs(count: int) -> str:
    """« 1 emploi », « 1 250 emplois »."""
    return f"{number(count)}{NBSP}{ngettext('emploi', 'emplois', count)}"


def day(when: date, *, weekday: bool = True, year: bool = True) -> str:
    """« mercredi 25 novembre 2026 », « dimanche 1er mars 2026 ». A `datetime` tells its own local day."""
    name = f"{_number_of(when)}{NBSP}{(_ENGLISH_MONTHS if _is_english() else MONTHS)[when.month - 1]}"
    if weekday:
        name = f"{weekday_name(when.weekday())} {name}"
    return f"{name} {when.year}" if year else name


def weekday_name(weekday: int) -> str:
    """« lundi » for 0."""
    return (_ENGLISH_WEEKDAYS if _is_english() else _WEEKDAYS)[weekday]


def _number_of(when: date) -> str:
    return "1er" if when.day == 1 and not _is_english() else str(when.day)


def _is_english() -> bool:
    return chosen_language() == "en"


def span(first: date, last: date) -> str:
    """From a day to another: « du 16 au 22 novembre 2026 », « du 30 novembre au 6 décembre 2026 »."""
    if first == last:
        return day(first)
    start = day(first, weekday=False, year=first.year != last.year)
    if (first.year, first.month) == (last.year, last.month):
        start = _number_of(first)
    return _("du {start} au {end}").format(start=start, end=day(last, weekday=False))


def clock(when: time) -> str:
    """« 7 h 30 », « 20 h »; 7:30 and 20:00 in English."""
    if _is_english():
        return f"{when.hour}:{when.minute:02d}"
    minutes = f"{NBSP}{when.minute:02d}" if when.minute else ""
    return f"{when.hour}{NBSP}h{minutes}"


def listed(items: Iterable[str]) -> str:
    """« A », « A et B », « A, B et C »."""
    *first, last = tuple(items) or ("",)
    return _("{items} et {last}").format(items=", ".join(first), last=last) if first else last


def extract(text: str, limit: int = 200) -> str:
    """At most *limit* characters of a publisher's *text*, cut at a sentence or else at a word, with « […] ».

    The words are the publisher's, only white space is tidied. Empty when *limit* leaves no room for a word.
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    room = limit - len(_CUT) - 1
    if room <= 0:
        return ""
    head = text[: room + 1]
    sentence = max((match.end() for match in re.finditer(r"[.!?…]»?(?=\s)", head)), default=0)
    if sentence > room:
        sentence = 0
    # A sentence cut is cleaner, unless it would throw away most of what may be shown.
    kept = head[:sentence] if sentence >= room * 0.6 else head.rpartition(" ")[0].rstrip(" ,;:–—-(«")
    return f"{kept}{NBSP}{_CUT}" if kept else ""


def shorten(text: str, limit: int) -> str:
    """At most *limit* characters of *text*, cut at a word with « … »; a long word is cut where it must."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[:limit].rpartition(" ")[0] if limit > 1 else ""
    return (head.rstrip(" ,;:–—-(«") or text[: max(limit - 1, 0)]) + "…" if limit > 0 else ""
