"""What a publisher allows: robots.txt (RFC 9309) and the TDM reservation protocol, as verdicts.

Pure: bodies in, verdicts out. An unreachable robots.txt forbids (RFC 9309, 2.3.1.4); a missing one allows.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego
from scrapy.exceptions import IgnoreRequest

ROBOTS_MAX = 500 * 1024  #: bytes read of a robots.txt, RFC 9309 2.5
PRODUCT = "ComtoiseBot"  #: the token publishers address us by


class Forbidden(IgnoreRequest):
    """A publisher's rule refuses a request."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind  #: robots, robots-unreachable, tdm


@dataclass(frozen=True, slots=True)
class Robots:
    """A host's robots.txt."""

    status: int | None  #: None: no answer
    body: str | None

    def allows(self, url: str) -> bool:
        """Whether *url* may be fetched by us."""
        if self.status is None or self.status >= 500:
            return False
        if self.status >= 400 or not self.body:
            return True
        return bool(_rules(self.body).can_fetch(url, PRODUCT))

    @property
    def verdict(self) -> str:
        """For people and the source's record: allowed-all, rules, unreachable."""
        if self.status is None or self.status >= 500:
            return "unreachable"
        return "none" if self.status >= 400 or not self.body else "rules"


@lru_cache(maxsize=512)
def _rules(body: str) -> Protego:
    """The rules of a robots.txt; asked for at every request to its host, read once."""
    return Protego.parse(body.removeprefix("\ufeff"))


def tdm_reserved(tdmrep: str | None, url: str) -> bool | None:
    """What ``/.well-known/tdmrep.json`` says of *url*: True reserved, False free, None silent.

    The first location that matches decides; ``*`` and a final ``$`` are wildcards. Source: W3C TDMRep.
    """
    if not tdmrep:
        return None
    try:
        rules = json.loads(tdmrep)
    except ValueError:
        return None
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    for rule in rules if isinstance(rules, list) else []:
        if not isinstance(rule, dict) or not isinstance(rule.get("location"), str):
            continue
        if _location(rule["location"]).match(target or "/"):
            return {0: False, 1: True, "0": False, "1": True}.get(rule.get("tdm-reservation", -1))
    return None


def tdm_header(value: str | None) -> bool | None:
    """The ``tdm-reservation`` header: it overrides the site's file; any other value is silence."""
    return {"0": False, "1": True}.get((value or "").strip())


def _location(pattern: str) -> re.Pattern[str]:
    end = "$" if pattern.endswith("$") else ""
    pieces = pattern.removesuffix("$").split("*")
    return re.compile(".*?".join(map(re.escape, pieces)) + end)
