"""A host's robots.txt (RFC 9309), as verdicts.

Pure: a body in, verdicts out. Protego weighs the rules against an address; what it reads otherwise than the
RFC is put straight before (decision 0012): groups split by a line that is none of the RFC's, ``User-agent: FOO
BAR``, a byte-order mark, line ends that are none, names that merely begin like ours.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from protego import Protego

ROBOTS_MAX = 500 * 1024  #: bytes read of a robots.txt, RFC 9309 2.5
PRODUCT = "ComtoiseBot"  #: the token publishers address us by

_LINE_END = re.compile(r"\r\n?|\n")
_NO_LINE_END = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
#: With the misspellings and missing colons that Google's reader forgives.
_RULE = re.compile(
    r"(?:(?P<agent>user[ -]?agent)|(?P<allow>allow)|(?P<disallow>dis+al+ow|diasllow|disallaw))"
    r"(?:\s*:|\s)\s*(?P<value>.*)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[A-Za-z_-]*")
_LICENCE = re.compile(r"licen[sc]e\s*:\s*(?P<value>\S+)", re.IGNORECASE)
_SIGNAL = re.compile(r"content-(?:signals?|usage)\s*:\s*(?P<value>.*)", re.IGNORECASE)
#: A refusal of what we do (finding, listing): training a model, which others refuse, we never do.
_REFUSED_USE = re.compile(r"(?:^|[\s,;])(?P<use>search|bots|tdm)\s*=\s*(?:no?|\?0)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Read:
    rules: Protego
    refusals: tuple[str, ...]


@dataclass(frozen=True)
class Robots:
    """A host's robots.txt, as answered."""

    status: int | None  #: None: no answer
    body: str | None

    def allows(self, url: str) -> bool:
        """Whether *url* may be fetched by us.

        An unreachable file forbids (RFC 9309, 2.3.1.4); a missing one allows (2.3.1.3). 429 asks for peace: it
        counts as unreachable.
        """
        if self.unreachable:
            return False
        if self.status != 200 or not self.body:
            return True
        return bool(self._read.rules.can_fetch(url, PRODUCT))

    @property
    def unreachable(self) -> bool:
        """Whether the host has a file that could not be had."""
        return self.status is None or self.status >= 500 or self.status == 429

    @property
    def verdict(self) -> str:
        """For people and the source's record: none, rules, unreachable."""
        if self.unreachable:
            return "unreachable"
        return "none" if self.status != 200 or not self.body else "rules"

    @property
    def refusals(self) -> tuple[str, ...]:
        """Lines that reserve the texts: ``License:`` (RSL 1.0), ``Content-Signal:``, ``Content-Usage:`` (AIPREF).

        A licence that we cannot accept by machine is taken as a refusal.
        """
        return self._read.refusals if self.status == 200 and self.body else ()

    @cached_property
    def _read(self) -> _Read:
        plain, refusals = _straighten(self.body or "")
        return _Read(Protego.parse(plain), refusals)


def _straighten(body: str) -> tuple[str, tuple[str, ...]]:
    """The rules in the one form that all readers take alike, and the lines that reserve texts.

    Lines of other records go: they must not interfere with the rules (RFC 9309, 2.2.4).
    """
    rules: list[str] = []
    refusals: list[str] = []
    ours, in_agents = True, False  # before the first group, a line speaks to all
    for raw in _LINE_END.split(body.removeprefix("\ufeff")):
        line = _NO_LINE_END.sub("", raw).partition("#")[0].strip()
        rule = _RULE.match(line)
        if rule is None:
            if licence := _LICENCE.match(raw.strip()):
                refusals.append(f"License: {licence['value'][:200]}")
            elif ours and (signal := _SIGNAL.match(line)) and (use := _REFUSED_USE.search(signal["value"])):
                refusals.append(f"Content-Signal: {use['use'].lower()}=no")
        elif rule["agent"]:
            agent = _agent(rule["value"])
            ours = (ours and in_agents) or agent in (PRODUCT, "*")
            in_agents = True
            rules.append(f"User-agent: {agent}")
        else:
            in_agents = False
            rules.append(f"{'Allow' if rule['allow'] else 'Disallow'}: {rule['value']}")
    return "\n".join(rules), tuple(dict.fromkeys(refusals))[:5]


def _agent(value: str) -> str:
    """``*``, our name, or a name that is not ours (RFC 9309, 2.2.1: letters, « - » and « _ » count)."""
    if value == "*" or re.match(r"\*\s", value):
        return "*"
    token = _TOKEN.match(value)
    return PRODUCT if token is not None and token.group().lower() == PRODUCT.lower() else "other"
