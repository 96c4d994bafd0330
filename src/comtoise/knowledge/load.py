"""Read the packaged files into cards.

JSON and unquoted CSV, not YAML: every command pays for this, and the whole must load in well under half a
second. The files are ours and tested, so nothing is checked again here.
"""

import csv
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from comtoise.knowledge.cards import (
    Alias,
    Cluster,
    Commune,
    Company,
    Demonym,
    Departement,
    Knowledge,
    Places,
    Region,
    Sector,
    Signal,
    SignalGrammar,
)

Card = TypeVar("Card")


@cache
def load() -> Knowledge:
    """Return the packaged knowledge; read once per process."""
    sectors = read_json("sectors.json")
    signals = read_json("signals.json")
    return Knowledge(
        sectors=tuple(card(Sector, row) for row in sectors["sectors"]),
        clusters=tuple(_cluster(row) for row in read_json("clusters.json")["clusters"]),
        companies=tuple(_company(row) for row in _read_csv("companies.csv")),
        signals=tuple(card(Signal, row) for row in signals["signals"]),
        signal_grammar=SignalGrammar(
            slots=signals["slots"],
            negations=tuple(signals["negations"]),
            traps=tuple(signals["traps"]),
        ),
        places=places(),
        global_masks=tuple(sectors["global_masks"]),
    )


@cache
def outlines() -> Mapping[str, tuple[tuple[tuple[float, float], ...], ...]]:
    """The rings that draw each département of mainland France and Corsica, by code; x runs east, y south."""
    return {
        code: tuple(tuple((x, y) for x, y in ring) for ring in rings)
        for code, rings in read_json("outlines.json")["outlines"].items()
    }


@cache
def places() -> Places:
    """Return the gazetteer alone."""
    table = read_json("places.json")
    return Places(
        communes=_communes(),
        departements=tuple(card(Departement, row) for row in table["departements"]),
        regions=tuple(Region(code, name) for code, name in table["regions"].items()),
        demonyms=tuple(_demonym(row) for row in _read_csv("demonyms.csv")),
        ordinary_words=frozenset(row["insee"] for row in _read_csv("ordinary_words.csv")),
        vintage=table["vintage"],
        licence=table["licence"],
        cantons=tuple(Departement(row["code"], row["name"], "CH") for row in table["cantons"]),
    )


def read_text(name: str) -> str:
    """The text of one packaged file."""
    return (resources.files("comtoise.knowledge") / "data" / name).read_text(encoding="utf-8")


def read_json(name: str) -> dict[str, Any]:
    """One packaged JSON file; its shape is the file's own."""
    table: dict[str, Any] = json.loads(read_text(name))
    return table


def card(kind: type[Card], row: dict[str, Any]) -> Card:
    """Build a card from a row whose keys are the card's fields; lists become tuples."""
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})


def _read_csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read_text(name).splitlines()))


def _cluster(row: dict[str, Any]) -> Cluster:
    return card(Cluster, row | {"aliases": [card(Alias, alias) for alias in row.get("aliases", ())]})


def _company(row: dict[str, str]) -> Company:
    return Company(
        id=row["id"],
        name=row["name"],
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        sector=row["sector"],
        activity=row["activity"],
        commune=row["commune"] or None,
        insee=row["insee"] or None,
        departement=row["departement"] or None,
        needs_context=bool(row["needs_context"]),
        basis=row["basis"],
        origin=row["origin"],
        confidence=row["confidence"],
    )


def _communes() -> tuple[Commune, ...]:
    """37 590 rows: split by hand, three times faster than the csv module (the maker refuses commas)."""
    lines = read_text("communes.csv").splitlines()[1:]
    return tuple(
        Commune(insee, name, departement, region, int(population), kind, parent or None)
        for insee, name, departement, region, population, kind, parent in (line.split(",") for line in lines)
    )


def _demonym(row: dict[str, str]) -> Demonym:
    return Demonym(
        word=row["masculine"],
        insee=row["insee"] or None,
        departement=row["departement"] or None,
        forms=inflect(row["masculine"], row["feminine"]),
        region=row["region"] or None,
        place=row["place"],
        trap=row["trap"] or None,
        origin=row["origin"],
        confidence=row["confidence"],
    )


def inflect(masculine: str, feminine: str) -> tuple[str, ...]:
    """The forms of a gentilé, each once: masculine and feminine, singular and plural (-s, -x: no change)."""
    plural = [word if word.endswith(("s", "x")) else word + "s" for word in (masculine, feminine)]
    return tuple(dict.fromkeys((masculine, feminine, *plural)))
