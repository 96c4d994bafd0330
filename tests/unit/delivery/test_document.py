"""A digest as JSON."""

import json

from pydantic import TypeAdapter

from comtoise.delivery.document import digest_json
from comtoise.demo.sample import sample_digest
from comtoise.model import Digest


def test_a_digest_reads_back_equal() -> None:
    digest = sample_digest()
    assert TypeAdapter(Digest).validate_json(digest_json(digest)) == digest


def test_it_is_plain_json_in_french() -> None:
    document = json.loads(digest_json(sample_digest("2026-11-25")))
    assert document["slot"]["key"] == "2026-11-25"
    assert document["slot"]["since"].endswith("Z")
    assert "é" in digest_json(sample_digest())
