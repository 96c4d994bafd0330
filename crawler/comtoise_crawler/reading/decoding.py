"""Turn the bytes of a document into text, whatever it says of its own encoding.

Bytes that are valid UTF-8 are UTF-8: French text in another encoding never is by chance, and wrong labels
are common. Then the document's own word, the server's word, and windows-1252, which is what ISO-8859-1 means
on the web (WHATWG Encoding, §4.2).
"""

import codecs
import gzip
import io
import re
import zlib
from dataclasses import dataclass

from comtoise.errors import SourceError
from comtoise.i18n import _
from comtoise_crawler.reading.limits import BODY_MAX

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_BOM = (
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_HTTP = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
#: What a label means on the web rather than in its standard; UTF-7 hides markup and is refused.
_MEANS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "utf-7": "",
    "idna": "",
    "punycode": "",
}
#: The character of each byte of windows-1252; the five that it leaves out mean themselves.
_WINDOWS = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as text."""

    text: str
    encoding: str  #: the one used, as Python names it
    declared: str | None  #: the one the document or else the server named, when it is known to Python
    lossy: bool  #: some bytes had no meaning and became U+FFFD
    unknown: str | None = None  #: a label that names no encoding

    @property
    def misdeclared(self) -> bool:
        """The label was wrong (« ISO-8859-1 » for windows-1252 is not: nobody can tell)."""
        return self.declared is not None and self.declared != self.encoding and self.encoding != "cp1252"


def _known(label: str | bytes | None) -> str | None:
    if label is None:
        return None
    try:
        name = label.decode("ascii") if isinstance(label, bytes) else label
        codec = codecs.lookup(name)
    except (LookupError, UnicodeDecodeError):
        return None
    if not codec._is_text_encoding:
        return None
    return _MEANS.get(codec.name, codec.name) or None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """The text of *body*; never fails, at worst with U+FFFD where bytes mean nothing."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            text = body[len(bom) :].decode(encoding, "replace")
            return Decoded(text, encoding, encoding, "\ufffd" in text)
    match = _DECLARED.search(body[:2048])
    own = _known(next((group for group in match.groups() if group), None)) if match else None
    served = _HTTP.search(content_type or "")
    http = _known(served.group(1)) if served else None
    declared = own or http
    unknown = None
    if match is not None and own is None and declared is None:
        unknown = next(group for group in match.groups() if group).decode("ascii", "replace")
    if body.isascii() and b"\x1b" not in body and not (declared or "").startswith("utf-16"):
        return Decoded(body.decode("ascii"), declared or "utf-8", declared, False, unknown)
    for start, encoding in _NO_BOM:
        if body.startswith(start):
            text = body.decode(encoding, "replace")
            return Decoded(text, encoding, encoding, "\ufffd" in text)
    escapes = b"\x1b" in body and declared is not None and declared.startswith("iso2022")
    for candidate in (declared if escapes else "utf-8", own, http):
        if candidate is None or candidate.startswith(("utf-16", "utf-32")):
            continue
        try:
            return Decoded(body.decode(candidate), candidate, declared, False, unknown)
        except (UnicodeDecodeError, ValueError):
            continue
    if declared == "utf-8" and _mostly_utf8(body):
        return Decoded(body.decode("utf-8", "replace"), "utf-8", declared, True)
    return Decoded(_windows(body), "cp1252", declared, False, unknown)


def _mostly_utf8(body: bytes) -> bool:
    """Whether a few bytes are wrong in UTF-8 (cut characters), rather than the encoding."""
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(len(found) for found in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    return right > 4 * wrong


def _windows(body: bytes) -> str:
    """windows-1252 as browsers read it: the five bytes it leaves out are C1 controls."""
    return codecs.charmap_decode(body, "strict", _WINDOWS)[0]


def gunzip(body: bytes, limit: int = BODY_MAX) -> bytes:
    """*body*, unpacked when it is gzip; at most *limit* bytes, packed or not, are ever held.

    Raises:
        SourceError: More than *limit* bytes, gzip in gzip, or a broken archive.
    """
    if len(body) > limit:
        raise SourceError(_("Le document est trop gros (plus de 10 Mio) : il n’a pas été lu."))
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as archive:
            unpacked = archive.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(_("L’archive gzip est endommagée.")) from error
    if len(unpacked) > limit:
        raise SourceError(_("Le document décompressé est trop gros : il n’a pas été lu."))
    if unpacked.startswith(b"\x1f\x8b"):
        raise SourceError(_("Le document est compressé plusieurs fois : il n’a pas été lu."))
    return unpacked
