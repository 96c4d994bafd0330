"""What buttons say when tapped: a short code and its arguments, at most 64 bytes, never a label.

A button may be tapped months later or forged: `read` takes any text, and what it returns is still to be
checked against the database. No state lives here.
"""

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


Callback = Feedback | Pages | Setting
_CODES: dict[str, type[Callback]] = {"f": Feedback, "p": Pages, "s": Setting}
_CODE_OF = {kind: code for code, kind in _CODES.items()}


def callback(value: Callback) -> str:
    """The text a button carries for *value*."""
    return ":".join([_CODE_OF[type(value)], *map(str, astuple(value))])


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
        case "s", [screen, what, value]:
            return Setting(screen, what, value)
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18  # what every database can hold
