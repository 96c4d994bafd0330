"""A digest as one JSON document: what is stored, whole, for machines."""

from pydantic import TypeAdapter

from comtoise.model import Digest

_DIGEST = TypeAdapter(Digest)


def digest_json(digest: Digest) -> str:
    """Return *digest* as JSON on two-space indents, dates in ISO 8601; nothing of it is left out."""
    return _DIGEST.dump_json(digest, indent=2).decode()
