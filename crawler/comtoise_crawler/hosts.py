"""Which machine an address names: what a pace, and a wish to be left alone, belong to."""

from urllib.parse import SplitResult, urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """The host of an address, with its port where that is not the scheme's own, in one spelling."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    return host if _port_is_usual(parts) else f"{host}:{parts.netloc.rpartition(':')[2]}"


def origins_of(url: str) -> tuple[str, ...]:
    """How addresses of the same scheme, host and port begin (``https://gazette.example``), in either spelling."""
    parts = urlsplit(url)
    if not _port_is_usual(parts):
        return (f"{parts.scheme}://{parts.netloc}",)
    port = f":{DEFAULT_PORTS.get(parts.scheme)}"
    bare = f"{parts.scheme}://{parts.netloc.removesuffix(port)}"
    return (bare, bare + port)


def _port_is_usual(parts: SplitResult) -> bool:
    try:
        return parts.port in (None, DEFAULT_PORTS.get(parts.scheme))
    except ValueError:  # a port that is no number fails when it is fetched
        return False
