"""What a publisher allows beside robots.txt: the TDM reservation protocol, robots directives, AI refusals.

Pure: what was answered in, signs out. What each sign means for us is decision 0012.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from comtoise.model import RightsSign
from comtoise.text.dates import read_instant
from comtoise_crawler.robots import PRODUCT, ROBOTS_MAX, Robots

__all__ = [
    "PRODUCT",
    "ROBOTS_MAX",
    "Forbidden",
    "Robots",
    "directives",
    "signs_of_answer",
    "signs_of_listing",
    "signs_of_page",
    "signs_of_robots",
    "signs_of_tdmrep",
    "tdm_header",
    "tdm_reserved",
]

#: Directives that speak of the whole source when its list or one of its pages carries them.
REFUSES_AI = frozenset({"noai", "noimageai"})
_RULES_MAX = 1000  #: locations read of a tdmrep.json
_LOCATION_MAX = 2000  #: characters
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
_AGENT = re.compile(r"(?P<name>[A-Za-z][\w-]*)\s*:\s*(?P<rest>.*)", re.DOTALL)
_UNTIL = re.compile(r"unavailable_after\s*:\s*(?P<date>.+)", re.I | re.S)
_META = re.compile(r"<meta\b[^<>]{1,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_HEAD_MAX = 100_000  #: characters of a listing in which its metas stand


class Forbidden(IgnoreRequest):
    """A publisher's rule, or one of ours, refuses a request."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind  #: robots, robots-unreachable, tdm, downgrade


# The TDM reservation protocol (W3C TDMRep)


def tdm_reserved(tdmrep: str | None, url: str) -> bool | None:
    """What ``/.well-known/tdmrep.json`` says of *url*: True reserved, False free, None silent.

    The first location that matches decides; ``*`` and a final ``$`` are wildcards. Source: W3C TDMRep.
    """
    if not tdmrep:
        return None
    try:
        rules = json.loads(tdmrep.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    for rule in rules[:_RULES_MAX] if isinstance(rules, list) else []:
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and len(location) <= _LOCATION_MAX and _covers(location, target):
            said = rule.get("tdm-reservation", -1)
            return (
                {0: False, 1: True, "0": False, "1": True}.get(said) if isinstance(said, int | str) else None
            )
    return None


def tdm_header(value: str | None) -> bool | None:
    """The ``tdm-reservation`` header: it overrides the site's file; any other value is silence."""
    return {"0": False, "1": True}.get((value or "").strip())


def _covers(location: str, target: str) -> bool:
    """Whether a location with wildcards covers *target*; linear, whatever the number of wildcards."""
    anchored = location.endswith("$")
    first, *rest = location.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    if not rest:
        return not anchored or target == first
    at = len(first)
    last = rest.pop() if anchored else ""
    for piece in rest:
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return not anchored or (len(target) - len(last) >= at and target.endswith(last))


# Robots directives (X-Robots-Tag, metas)


def directives(lines: Iterable[str], *, now: datetime) -> frozenset[str]:
    """The directives of ``X-Robots-Tag`` headers, or of robots metas, that are aimed at all robots or at us.

    ``none`` reads « noindex, nofollow », an ``unavailable_after`` whose date has passed reads « noindex ». A name
    before a directive aims what follows, up to the next name, at that robot.
    """
    found: set[str] = set()
    for line in lines:
        until = _UNTIL.search(line)
        if until is not None:
            line, agent = line[: until.start()].rstrip(), PRODUCT
            if line.endswith(":"):
                line, _comma, agent = line[:-1].rpartition(",")
            date = read_instant(until["date"][:100], now=now)
            if date is not None and date <= now and agent.strip().lower() == PRODUCT.lower():
                found.add("noindex")
        ours = True
        for piece in line.split(","):
            token = piece.strip()
            named = _AGENT.match(token)
            if named is not None and named["name"].lower() not in _VALUED:
                ours = named["name"].lower() == PRODUCT.lower()
                token = named["rest"].strip()
            if ours and token:
                found.add(token.lower())
    if "none" in found:
        found |= {"noindex", "nofollow"}
    return frozenset(found)


# Signs: what is kept beside the source


def signs_of_robots(robots: Robots, *, at: datetime) -> tuple[RightsSign, ...]:
    """What a robots.txt reserves."""
    return tuple(RightsSign(where="robots.txt", says=says, reserved=True, at=at) for says in robots.refusals)


def signs_of_tdmrep(tdmrep: str | None, url: str, *, at: datetime) -> tuple[RightsSign, ...]:
    """What a host's tdmrep.json says of a source's address."""
    return _tdm(tdm_reserved(tdmrep, url), "tdmrep.json", at)


def signs_of_answer(headers: Mapping[str, str], *, at: datetime) -> tuple[RightsSign, ...]:
    """What the headers of a source's list say.

    ``noindex`` there speaks of the list itself, which we do not show: WordPress sends it with every feed. It is
    kept and forbids nothing. ``nofollow`` asks that the links be not followed: no page is fetched.
    """
    if "x-robots-tag" not in headers and "tdm-reservation" not in headers:
        return ()
    asked = directives(headers.get("x-robots-tag", "").split("\n"), now=at)
    return _tdm(tdm_header(headers.get("tdm-reservation")), "header", at) + _asked(asked, "header", at)


def signs_of_listing(document: str, *, at: datetime) -> tuple[RightsSign, ...]:
    """What the metas of a listing page say; they mean what the headers of a list mean."""
    reserved: bool | None = None
    robots: list[str] = []
    for tag in _META.finditer(document[:_HEAD_MAX]):
        values = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag.group())}
        name, content = values.get("name", "").lower(), values.get("content", "")
        if name == "tdm-reservation":
            reserved = tdm_header(content)
        elif name in ("robots", PRODUCT.lower()):
            robots.append(content)
    return _tdm(reserved, "meta", at) + _asked(directives(robots, now=at), "meta", at)


def signs_of_page(
    headers: Mapping[str, str], *, meta: bool | None, robots: Iterable[str], at: datetime
) -> tuple[RightsSign, ...]:
    """What an article's page says of the whole source: a TDM reservation (the meta wins), a refusal of AI.

    Args:
        meta: The page's own tdm-reservation.
        robots: The contents of its robots metas.
    """
    reserved = meta if meta is not None else tdm_header(headers.get("tdm-reservation"))
    asked = directives((*headers.get("x-robots-tag", "").split("\n"), *robots), now=at) & REFUSES_AI
    return _tdm(reserved, "page", at) + _asked(asked, "page", at)


def _tdm(reserved: bool | None, where: str, at: datetime) -> tuple[RightsSign, ...]:
    if reserved is None:
        return ()
    return (RightsSign(where=where, says=f"tdm-reservation: {reserved:d}", reserved=reserved, at=at),)


def _asked(asked: frozenset[str], where: str, at: datetime) -> tuple[RightsSign, ...]:
    told = asked & {"noindex", "nofollow", "noarchive", "nosnippet", *REFUSES_AI}
    return tuple(
        RightsSign(where=where, says=says, reserved=says == "nofollow" or says in REFUSES_AI, at=at)
        for says in sorted(told)
    )
