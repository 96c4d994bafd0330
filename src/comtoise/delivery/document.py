"""A digest as one JSON document: what is stored, whole, for machines."""

from pydantic import TypeAdapter

from comtoise.model import Digest

_DIGEST = TypeAdapter(Digest)


def digest_json(digest: Digest) -> str:
    """Return *digest* as JSON on two-space indents, dates in ISO 8601; `read_digest` reads it back equal."""
    return _DIGEST.dump_json(digest, indent=2).decode()


def read_digest(document: str | bytes) -> Digest:
    """Return the digest of a `digest_json` document.

    Raises:
        pydantic.ValidationError: it is not one.
    """
    return _DIGEST.validate_json(document)
