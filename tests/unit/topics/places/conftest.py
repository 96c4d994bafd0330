"""The packaged gazetteer, compiled once for these tests as a desk of the East would have it."""

import pytest

from comtoise.knowledge import load
from comtoise.topics.places import PlaceRules, compile_places


@pytest.fixture(scope="session")
def rules() -> PlaceRules:
    knowledge = load()
    regions = {"27", "44"}
    focus = frozenset(d.code for d in knowledge.places.departements if d.region in regions) | {"01"}
    return compile_places(
        knowledge.places, companies=knowledge.companies, clusters=knowledge.clusters, focus=focus
    )
