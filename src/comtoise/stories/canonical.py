"""The canonical address: one spelling for all the addresses under which one article is found.

It is an identity, not an address to fetch or to show: http becomes https and `www.` goes, whether or not the
site answers there. Two articles must never share one, so whatever might choose the content is kept: any
parameter not known to be a tracker, `?p=ID`, the case of the path. Redirectors (Google News, link
shorteners, `l.php`) are left alone: only following them tells where they lead. Links that *share* an article
name it in clear and are read.

Source: RFC 3986 §6 and the WHATWG URL rules for spelling; `trackers` for parameters. courlan drops whatever
begins like a tracker (`reference=`, `uid=`), w3lib keeps them all: docs/decisions/0005-stories.md.
"""

import re
import unicodedata
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import unquote

from comtoise.stories.trackers import is_tracker

LENGTH_MAX = 4000  #: characters: longer than this is no article's address

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\ufeff]")
_PARTS = re.compile(r"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(//+)?([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.S)
_HOST = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_ENTITY = re.compile(r"&(?:amp|AMP|#0*38|#[xX]0*26);")
_CHAR = re.compile(r"%[0-9a-fA-F]{2}|[^A-Za-z0-9._~!$'()*,:@/&=;-]")
#: What an escape is undone for: it means the same bare, in a path as in a query.
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:@")
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.I)
_FILE = re.compile(r".*\.(?:html?|php\d?|aspx?|jsp|cgi|pdf|jpe?g|png|gif|xml|txt|js|css)", re.I)
_SESSION_SEGMENT = re.compile(r"/\((?:[A-Z]\([a-z0-9]{24}\))+\)(?=/)")  # ASP.NET without cookies
_BLANK_ENDS = ("/", "%20", "%09", "%0A", "%0D", "%C2%A0")
_ESCAPE = re.compile(r"(%[0-9A-Fa-f]{2})")
_BEYOND_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_MISPLACED = re.compile(r"&|%3[Ff]")  # what begins parameters where the question mark was lost, or escaped
_VARIANT_HOSTS = frozenset(("www", "m", "mobile", "mobi", "amp", "wap", "touch"))
_SHOWN_AS = frozenset(("output", "outputtype", "view", "mode", "format", "layout", "display", "version"))
_GOOGLE = re.compile(r"google\.(?:com|[a-z]{2}|com?\.[a-z]{2})")
_AMP_LEFT = re.compile(r"amp(?:;|%3[Bb])")  # of a separator that was escaped
_SHARERS = {
    "twitter.com": (("/share", "/intent/tweet"), "url"),
    "x.com": (("/share", "/intent/tweet"), "url"),
    "facebook.com": (("/sharer.php", "/sharer", "/sharer/sharer.php", "/share.php"), "u"),
    "linkedin.com": (("/shareArticle", "/sharing/share-offsite"), "url"),
    "t.me": (("/share", "/share/url"), "url"),
    "pinterest.com": (("/pin/create/button",), "url"),
}  # fmt: skip
_AMP_CACHE = re.compile(r"/(?:amp|c|v|a)/(s/)?([^/]+\..*)")
_ARTICLE_LIKE = re.compile(r"/[^/]*(?:\d{3}|-[^/]*-)[^/]*\Z")


@lru_cache(maxsize=2048)
def canonical_url(url: str) -> str | None:
    """Return the canonical form of *url*, or None when it is not the address of an article.

    Total (any text is accepted, nothing is raised) and idempotent. Not an address: another scheme than http
    and https, no host, a host or port that cannot exist, a bare file name. A missing scheme is supplied when
    what remains looks like ``host/path``.
    """
    if len(url) > LENGTH_MAX:
        return None
    for _ in range(LENGTH_MAX):  # each turn unwraps a shorter address
        parsed = _parse(url)
        if parsed is None:
            return None
        inner = _shared(*parsed)
        if inner is None:
            host, path, query, fragment = parsed
            break
        url = inner
    else:
        return None
    path = _without_amp(path)
    pairs = sorted((pair for pair in query if not _is_variant(*pair)), key=lambda pair: pair[0])
    line = "&".join(f"{name}={value}" for name, value in pairs)
    result = f"https://{host}{path}{'?' if line else ''}{line}{fragment}"
    return result if len(result) <= LENGTH_MAX else None


_Pairs = list[tuple[str, str]]


def _parse(url: str) -> tuple[str, str, _Pairs, str] | None:
    """Host, path, parameters and meaningful fragment, each in its one spelling."""
    url = _CONTROL.sub("", url).strip().strip('<>"').strip()
    while _ENTITY.search(url):
        url = _ENTITY.sub("&", url)
    match = _PARTS.fullmatch(_slashes(url))
    if match is None:
        return None
    scheme, slashes, authority, path, query, fragment = match.groups(default="")
    if scheme:
        if scheme.lower() not in ("http", "https") or not slashes:
            return None
    elif not slashes and not _looks_like_host(authority, path):
        return None
    host = _host(authority)
    if host is None:
        return None
    path = _SESSION_SEGMENT.sub("", _SESSION_PATH.sub("", _without_misplaced(path)))
    path = _dots(_spell(path))
    kept = fragment.startswith(("!", "/")) and len(fragment) > 1
    return host, path, _parameters(query), f"#{_spell(fragment)}" if kept else ""


def _slashes(url: str) -> str:
    end = min((i for i in (url.find("?"), url.find("#")) if i >= 0), default=len(url))
    return url[:end].replace("\\", "/") + url[end:]


def _looks_like_host(authority: str, path: str) -> bool:
    if "." not in authority.strip(".") or " " in authority or _FILE.fullmatch(authority):
        return False
    return bool(path) or authority.lower().startswith("www.")


def _host(authority: str) -> str | None:
    """The host with its port, lower case, in ASCII, without what only names a variant of the site."""
    authority = authority.rpartition("@")[2]
    if authority.startswith("["):
        literal, bracket, rest = authority[1:].partition("]")
        try:
            host = f"[{IPv6Address(literal).compressed}]"
        except AddressValueError:
            return None
        port = rest.removeprefix(":")
        if not bracket or (rest and not rest.startswith(":")):
            return None
    else:
        name, _, port = authority.partition(":")
        host = _ascii(unquote(name)).strip(".")
        if not _HOST.fullmatch(host):
            return None
        host = _site(host)
    if port and not (port.isascii() and port.isdigit() and int(port) < 65536):
        return None
    return host if not port or int(port) in (80, 443) else f"{host}:{int(port)}"


def _ascii(name: str) -> str:
    if name.isascii():
        return name.lower()
    try:
        return name.strip(".").lower().encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _site(host: str) -> str:
    while True:
        first, _, rest = host.partition(".")
        if first not in _VARIANT_HOSTS or "." not in rest:
            return host
        host = rest


def _spell(text: str) -> str:
    if text.isascii() and not _CHAR.search(text):
        return text
    # Piece by piece: a mark that follows an escape must not be composed with its last digit.
    pieces = _ESCAPE.split(_BEYOND_ASCII.sub(_read, text))
    return _CHAR.sub(_spell_char, "".join(unicodedata.normalize("NFC", piece) for piece in pieces))


def _read(match: re.Match[str]) -> str:
    """Escaped letters as letters, so that « é » is one whether composed or not; other bytes as they are."""
    try:
        return bytes.fromhex(match.group().replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def _spell_char(match: re.Match[str]) -> str:
    found = match.group()
    if len(found) == 3:
        char = chr(int(found[1:], 16))
        return char if char in _PLAIN else found.upper()
    return "".join(f"%{byte:02X}" for byte in found.encode("utf-8", "surrogatepass"))


def _without_misplaced(path: str) -> str:
    """The path without trackers that were glued to it: « …/une-usine&utm_source=rss »."""
    for match in _MISPLACED.finditer(path):
        pairs = [piece.partition("=") for piece in path[match.end() :].split("&")]
        if all(value and is_tracker(unquote(name), unquote(value)) for name, _, value in pairs):
            return path[: match.start()]
    return path


def _dots(path: str) -> str:
    """The path without `.`, `..` and empty segments, nor the slash or blank at its end."""
    while True:
        kept: list[str] = []
        for segment in _without_blank_end(path).split("/"):
            if segment == "..":
                del kept[-1:]
            elif segment not in ("", "."):
                kept.append(segment)
        shorter = "/" + "/".join(kept)
        if shorter == path:
            return path
        path = shorter


def _without_blank_end(path: str) -> str:
    while end := next((end for end in _BLANK_ENDS if path.endswith(end)), ""):
        path = path[: -len(end)]
    return path


def _parameters(query: str) -> _Pairs:
    pairs: dict[tuple[str, str], None] = {}  # a set that keeps order: a repeated pair says nothing more
    for piece in query.split("&"):
        name, _, value = piece.replace("+", "%20").partition("=")
        while escaped := _AMP_LEFT.match(name):
            name = name[escaped.end() :]
        if name and not is_tracker(unquote(name), unquote(value)):
            pairs[_spell_pair(name), _spell_pair(value)] = None
    return list(pairs)


def _spell_pair(text: str) -> str:
    return _spell(text).replace("&", "%26")


def _is_variant(name: str, value: str) -> bool:
    """Whether the parameter asks for the mobile, AMP or printed form of the same article."""
    low, chosen = name.lower(), value.lower()
    if low in ("amp", "_amp", "isamp"):
        return chosen in ("", "1", "true", "amp")
    if low in ("mobile", "print"):
        return chosen in ("1", "true", "y", "yes")
    return (low in _SHOWN_AS and chosen in ("amp", "amp-type")) or (low, chosen) in (
        ("m", "1"),
        ("tmpl", "component"),
    )


def _without_amp(path: str) -> str:
    while True:
        shorter = path
        if path.startswith("/amp/"):
            shorter = path[4:]
        elif path.endswith(("/amp", ".amp")):
            shorter = path[:-4]
        elif path.endswith((".amp.html", ".amp.php")):
            shorter = path.replace(".amp.", ".")
        # « /entreprises/amp » is a page about a company; « /2026/11/une-usine-ouvre/amp » is a variant.
        if shorter == path or not _ARTICLE_LIKE.search(shorter):
            return path
        path = _dots(shorter)


def _shared(host: str, path: str, query: _Pairs, fragment: str) -> str | None:
    """The address a share link or an AMP cache carries in clear, None for any other address."""
    if host in _SHARERS:
        paths, wanted = _SHARERS[host]
        inner = next((unquote(value) for name, value in query if name == wanted), "")
        if path in paths and re.match(r"https?://[^/]", inner):
            return inner
    if (_GOOGLE.fullmatch(host) and path.startswith("/amp/")) or host.endswith(".cdn.ampproject.org"):
        match = _AMP_CACHE.fullmatch(path)
        if match:
            line = "&".join(f"{name}={value}" for name, value in query)
            return f"https://{match[2]}{'?' if line else ''}{line}{fragment}"
    return None
