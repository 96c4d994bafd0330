"""What a server answered, as plain values that can cross a thread."""

from collections.abc import Mapping
from dataclasses import dataclass

from scrapy.http import Response

_LISTS = {"cache-control", "link", "x-robots-tag"}  #: repeating these is the same as one list (RFC 9110, 5.3)


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, after Scrapy has decompressed it."""

    url: str  #: after redirects
    status: int
    headers: Mapping[str, str]  #: names in lower case; the last value of a repeated one, all those of a list
    body: bytes
    hops: tuple[tuple[str, int | str], ...] = ()  #: what redirected here: address, and status or a word

    @classmethod
    def of(cls, response: Response) -> "Answer":
        """Take over a Scrapy response. Header bytes are read as UTF-8, else as Latin-1 as old servers mean."""
        headers = {}
        for name, values in response.headers.items():
            if values:
                key = _text(name).lower()
                between = (
                    "\n" if key == "x-robots-tag" else ", "
                )  # a robot named in one holds for that one only
                headers[key] = between.join(map(_text, values)) if key in _LISTS else _text(values[-1])
        meta = response.request.meta if response.request is not None else {}
        hops = tuple(zip(meta.get("redirect_urls", ()), meta.get("redirect_reasons", ()), strict=True))
        return cls(url=response.url, status=response.status, headers=headers, body=response.body, hops=hops)

    @property
    def content_type(self) -> str | None:
        """The Content-Type header."""
        return self.headers.get("content-type")


def _text(raw: bytes) -> str:
    raw = raw.replace(b"\x00", b"")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
