"""What buttons say when tapped: a short code and its arguments, at most 64 bytes, never a label.

A button may be tapped months later or forged: `read` takes any text, and what it returns is still to be
checked against the database. No state lives here: what would be too long for a button (a question, a word) stands
in the message above it.
"""

import hashlib
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Feedback:
    """👍 (« u ») or off topic (« o ») for a story."""

    verdict: str
    story_id: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Another page of a stored digest."""

    digest_id: int
    page: int


@dataclass(frozen=True, slots=True)
class Setting:
    """A choice on a screen of settings: which screen, what is changed, to what."""

    screen: str
    what: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Another page of what a search found; the question stands in the message."""

    page: int


@dataclass(frozen=True, slots=True)
class Watched:
    """The sources of a département, or (``0``) those of no département; ``""`` leads back to the choice."""

    departement: str
    page: int


@dataclass(frozen=True, slots=True)
class Less:
    """« Moins de ça… » under an alert: of what (a `brief`, once chosen), for how many days (see `DAYS`)."""

    story_id: str
    what: str = ""
    days: str = ""


SETTINGS = "re"  #: screen of `Setting`: all that can be changed, in a message of its own

#: What `Less` may say of time: days, ``0`` for good, ``x`` to hear of it again.
DAYS = ("1", "7", "0", "x")

Callback = Feedback | Pages | Setting | Found | Watched | Less
_CODES: dict[str, type[Callback]] = {
    "f": Feedback,
    "p": Pages,
    "s": Setting,
    "r": Found,
    "w": Watched,
    "m": Less,
}
_CODE_OF = {kind: code for code, kind in _CODES.items()}


def callback(value: Callback) -> str:
    """The text a button carries for *value*."""
    return ":".join([_CODE_OF[type(value)], *map(str, astuple(value))])


def brief(*names: str) -> str:
    """A short name for what is too long for a button; to be looked for among what there is."""
    return hashlib.sha256("\0".join(names).encode()).hexdigest()[:10]


def pattern(kind: type[Callback], *first: str) -> str:
    """A regular expression for the callbacks of one kind, whose first argument is one of *first*."""
    return rf"^{_CODE_OF[kind]}:" + (f"(?:{'|'.join(first)})(?::|$)" if first else "")


def read(data: str | None) -> Callback | None:
    """The callback that *data* carries; None when it is none of ours."""
    code, *arguments = (data or "").split(":")
    match code, arguments:
        case "f", ["u" | "o" as verdict, story_id] if _is_number(story_id):
            return Feedback(verdict, story_id)
        case "p", [digest_id, page] if _is_number(digest_id) and _is_number(page):
            return Pages(int(digest_id), int(page))
        case "r", [page] if _is_number(page):
            return Found(int(page))
        case "w", [departement, page] if _is_number(page):
            return Watched(departement, int(page))
        case "m", [story_id, what, days] if _is_number(story_id) and days in ("", *DAYS):
            return Less(story_id, what, days)
        case "s", [screen, what, value]:
            return Setting(screen, what, value)
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18  # what every database can hold
