"""Clean what foreign documents say, once, at the door: plain text in, plain text out, links one may follow.

What passes has no tag, no character reference, no control, bidirectional or private-use character, and is in
NFC. Sinks still escape for themselves; this only makes sure that a title is a title. All functions are total
and idempotent.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, urljoin, urlsplit

TITLE_MAX = 300  #: characters
TEXT_MAX = 200_000  #: characters, for a text before cleaning: far above any article
URL_MAX = 4096  #: characters
_TITLE_RAW_MAX = 20_000
_PASSES = 6

#: Elements of HTML, obsolete ones included. Another name in angle brackets may be what the author wrote
#: (« <The Palace> ») and goes only when it carries an attribute or a slash.
_ELEMENTS = (
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink"
    " blockquote body br button canvas caption center cite code col colgroup command data datalist dd del"
    " details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset"
    " h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins isindex kbd keygen label legend li"
    " link listing main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed"
    " noframes noscript object ol optgroup option output p param picture plaintext portal pre progress q rb"
    " rp rt rtc ruby s samp script search section select slot small sound source spacer span strike strong"
    " style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul"
    " var video wbr xmp"
)
_BLOCK_NAMES = (
    "address article aside blockquote body br center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol option p pre section table tbody"
    " td tfoot th thead title tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_NAMES = "|".join(sorted(_ELEMENTS.split(), key=len, reverse=True))
_INSIDE = r"""(?:(?:[^<>"']++|"[^"]{0,300}+"|'[^']{0,300}+')*+>|[^<>]*(?:>|\Z|(?=<)))"""
_TAG = re.compile(
    rf"</?(?P<name>{_NAMES})(?=[\s/>]){_INSIDE}"  # an element of HTML, even cut short by the end of the text
    rf"|<(?:{_NAMES})\Z"
    r"|<[a-zA-Z][\w:.-]*(?:\s[^<>]*=[^<>]*|\s*/)>|</[a-zA-Z][\w:.-]*\s*>"  # any other that betrays itself
    r"|<[!?][^<>]*>",
    re.IGNORECASE,
)
_OPENING = re.compile(r"<(?:(script|style|applet|template)\b[^<>]*>|(!--)|(!\[CDATA\[))", re.IGNORECASE)
_CLOSING = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "applet", "template")
} | {"!--": re.compile("--!?>"), "![cdata[": re.compile(r"\]\]>")}
_AMPERSAND = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")
_SPACES = re.compile(r"[ \t\u1680\u2000-\u200a\u205f\u3000]+")
_NEWLINES = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Unseen or unprintable: controls, soft hyphen, zero-width and bidirectional marks, surrogates, private use,
#: noncharacters. The zero-width joiner stays: emoji are made with it.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ufdd0-\ufdef"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
#: One spelling of an ordinary address: nothing of it would be changed.
_PLAIN_URL = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:/[A-Za-z0-9/_.~%,+:@!$'()*-]*(?:\?[A-Za-z0-9/_.~%,+:@!$'()*=-]+)?)?"
)
#: Brackets stand around an IPv6 address, and nowhere else in a host (RFC 3986, 3.2.2).
_BRACKETS = re.compile(r"[^\[\]]*|\[[0-9A-Fa-f:.]+\](?::\d*)?")
#: Text that holds nothing to clean but spaces: no markup, no reference, nothing unseen.
_PLAIN_LINES = re.compile(
    r"[\n -%'-;=?-~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f\u2030-\u205e\u20a0-\u20bf]*\Z"
)
_PLAIN = re.compile(r"[ -%'-;=?-~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f\u2030-\u205e\u20a0-\u20bf]*\Z")


def _tag_text(match: re.Match[str]) -> str:
    name = match.group("name")
    return "\n" if name and name.lower() in _BLOCKS else ""


def _without_hidden(text: str) -> str:
    """Drop comments and what is not text (scripts, styles); in one pass, whatever is left open."""
    kept: list[str] = []
    at = 0
    never_closed: set[str] = set()
    for match in _OPENING.finditer(text):
        name = next(group for group in match.groups() if group).lower()
        if match.start() < at or name in never_closed:
            continue
        closing = _CLOSING[name].search(text, match.end())
        kept.append(text[at : match.start()])
        if closing is not None:
            kept.append(text[match.end() : closing.start()] if name == "![cdata[" else "")
            at = closing.end()
        elif name == "!--":
            return "".join(kept)
        else:
            never_closed.add(name)
            at = match.end()
    return "".join(kept) + text[at:]


def _without_markup(text: str) -> str:
    if "<" in text:
        text = _TAG.sub(_tag_text, _without_hidden(text))
    if "&" in text:
        text = html.unescape(_AMPERSAND.sub("&", text))
    text = _UNSEEN.sub("", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def _settle(text: str, tidy: Callable[[str], str]) -> str:
    """Apply both until nothing changes: escaping and markup may be nested any number of times."""
    for _ in range(_PASSES):
        if _PLAIN_LINES.match(text) and unicodedata.is_normalized("NFC", text):
            return tidy(text)
        cleaned = tidy(_without_markup(text))
        if cleaned == text:
            return cleaned
        text = cleaned
    # Nested deeper than any honest document: without these two characters nothing can unfold.
    return tidy(unicodedata.normalize("NFC", _UNSEEN.sub("", text.replace("&", " ").replace("<", " "))))


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()


def _lines(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _title_line(text: str) -> str:
    line = _one_line(text)
    if len(line) <= TITLE_MAX:
        return line
    cut = line[: TITLE_MAX - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > TITLE_MAX // 2 else cut).rstrip(" ,;:.–-") + "…"


def clean_title(text: str) -> str:
    """*text* as one line of at most `TITLE_MAX` characters, cut at a word with « … »."""
    if len(text) <= TITLE_MAX and _PLAIN.match(text) and unicodedata.is_normalized("NFC", text):
        return _one_line(text)
    return _settle(text[:_TITLE_RAW_MAX], _title_line)


def clean_line(text: str) -> str:
    """*text* as one line of any length: a name, a category."""
    return _settle(text[:_TITLE_RAW_MAX], _one_line)


def clean_text(text: str) -> str:
    """*text*, HTML or plain, as paragraphs separated by one newline; no empty line."""
    return _settle(text[:TEXT_MAX], _lines)


def clean_url(url: str | None, base: str | None = None) -> str | None:
    """*url* as an absolute http(s) address, as found apart from what no address may hold; else None.

    Args:
        url: As written in a document: relative, escaped, with stray spaces or newlines.
        base: What a relative one is relative to.
    """
    if url is None:
        return None
    if len(url) <= URL_MAX and _PLAIN_URL.fullmatch(url):
        return url
    found = _UNSEEN.sub("", re.sub(r"[\t\r\n]", "", url[: URL_MAX * 2])).strip()
    if "&" in found:
        found = _AMPERSAND.sub("&", found)
    if not found:
        return None
    try:
        absolute = urljoin(base, found) if base else found
        parts = urlsplit(absolute)
        _ = parts.port  # raises on a port that is no number
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username is not None:
        return None
    if re.search(r"[\s<>\"\\^`{|}]", parts.netloc) or not _BRACKETS.fullmatch(parts.netloc):
        return None
    start = len(parts.scheme) + 3  # scheme and host have no case
    absolute = absolute[: start + len(parts.netloc)].lower() + absolute[start + len(parts.netloc) :]
    absolute = re.sub(r"[\s<>\"`\\]", lambda match: quote(match.group()), absolute)
    return absolute if len(absolute) <= URL_MAX else None
