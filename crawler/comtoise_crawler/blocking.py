"""Who stands between us and a site: the guards that turn robots away, recognised by what they write themselves.

A site that merely sits behind a guard is not blocked by it: the guard's header counts with a refusal (403) only, and
in a page only the marks of its challenge or of its refusal do. Not asked of an answer that could be read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

BODY_MAX = 20_000  #: bytes looked at: a challenge is a short page


@dataclass(frozen=True, slots=True)
class _Guard:
    name: str
    page: str  #: pattern of the page that it shows instead of the site's
    header: tuple[str, str] | None = None  #: name, and pattern of its value, of its refusals


_GUARDS = (
    _Guard(
        "Cloudflare",
        r"_cf_chl_opt|<title>Just a moment\.\.\.|Attention Required! \| Cloudflare",
        ("server", r"^cloudflare"),
    ),
    _Guard("DataDome", r"captcha-delivery\.com", ("x-datadome", r".")),
    _Guard("Akamai", r"/_sec/cp_challenge/|Access Denied.*errors\.edgesuite\.net", ("server", r"^akamai")),
    _Guard("Imperva", r"_Incapsula_Resource", ("x-iinfo", r".")),
    _Guard("Sucuri", r"Sucuri WebSite Firewall", ("server", r"^sucuri")),
    _Guard("DDoS-Guard", r"/\.well-known/ddos-guard/", ("server", r"^ddos-guard")),
    _Guard("AWS WAF", r"\.awswaf\.com/", ("x-amzn-waf-action", r".")),
    _Guard("HUMAN", r"captcha\.px-cdn\.net|px-captcha"),
    _Guard("Anubis", r"/\.within\.website/x/cmd/anubis/"),
)


def blocked_by(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """The name of the guard that turned us away; None when none shows itself.

    Args:
        headers: Names in lower case.
    """
    page = body[:BODY_MAX].decode("latin-1")
    for guard in _GUARDS:
        if re.search(guard.page, page, re.IGNORECASE | re.DOTALL):
            return guard.name
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return "Cloudflare"
    for guard in _GUARDS:
        if status == 403 and guard.header is not None:
            name, pattern = guard.header
            if re.search(pattern, headers.get(name, ""), re.IGNORECASE):
                return guard.name
    return None
