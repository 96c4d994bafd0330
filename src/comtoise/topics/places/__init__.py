"""Where an article's event takes place: communes and départements, with the words that say so."""

from comtoise.topics.places.decide import find_places
from comtoise.topics.places.names import PlaceRules, compile_places

__all__ = ["PlaceRules", "compile_places", "find_places"]
