"""What is known before the first article: sectors, clusters, companies, signals, places and sources.

The facts are data files of this package (`data/`, docs/knowledge.md says where each comes from); every row
keeps its origin and how sure it is. Loading reads no network and takes a fraction of a second.
"""

from comtoise.knowledge.cards import (
    Alias,
    Cluster,
    Commune,
    Company,
    Demonym,
    Departement,
    Knowledge,
    PackagedFeed,
    PackagedSource,
    Places,
    Region,
    Sector,
    Signal,
    SignalGrammar,
)
from comtoise.knowledge.load import load, outlines
from comtoise.knowledge.sources import REGISTER, packaged_sources, register_url, source_cards

__all__ = [
    "REGISTER",
    "Alias",
    "Cluster",
    "Commune",
    "Company",
    "Demonym",
    "Departement",
    "Knowledge",
    "PackagedFeed",
    "PackagedSource",
    "Places",
    "Region",
    "Sector",
    "Signal",
    "SignalGrammar",
    "load",
    "outlines",
    "packaged_sources",
    "register_url",
    "source_cards",
]
