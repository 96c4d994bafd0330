"""Make the compact files of communes, départements and régions from the INSEE code officiel géographique.

Usage:
    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-decoupage-administratif-6.0.0.tgz
    python scripts/make_communes.py package src/comtoise/knowledge/data

The npm package (MIT licence) carries INSEE's data (Licence Ouverte 2.0); its major version follows the year
(6: 2026). Written: communes.csv (one line per commune, no quoting: no name holds a comma), places.json
(vintage, licence, régions, départements).
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

#: Vintage of the code officiel géographique by major version of the package.
VINTAGES = {"5": "COG 2025", "6": "COG 2026"}
LICENCE = (
    "INSEE, code officiel géographique, et DGCL, populations légales (Licence Ouverte 2.0), "
    "d’après le paquet npm @etalab/decoupage-administratif {version} (licence MIT)"
)
KINDS = {
    "commune-actuelle": "commune",
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
    "arrondissement-municipal": "arrondissement",
}
#: Cantons of the Jura arc and of its approaches: no INSEE code, so ISO 3166-2.
CANTONS = {
    "CH-BE": "Berne",
    "CH-BL": "Bâle-Campagne",
    "CH-BS": "Bâle-Ville",
    "CH-FR": "Fribourg",
    "CH-GE": "Genève",
    "CH-JU": "Jura (canton)",
    "CH-NE": "Neuchâtel",
    "CH-SO": "Soleure",
    "CH-VD": "Vaud",
    "CH-VS": "Valais",
}


def commune_line(row: Mapping[str, object]) -> str:
    """One line: insee, name, département, région, population (0 when unknown), kind, parent (or empty)."""
    parent = row.get("chefLieu") or row.get("commune") or ""
    fields = [
        str(row["code"]),
        str(row["nom"]),
        str(row["departement"]),
        str(row["region"]),
        str(row.get("population", 0)),
        KINDS[str(row["type"])],
        str(parent),
    ]
    if any("," in field or "\n" in field for field in fields):
        raise SystemExit(f"a comma inside a field would need quoting: {fields}")
    return ",".join(fields)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    parser.add_argument("out", type=Path, help="the folder to write in")
    args = parser.parse_args()

    def read(name: str) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = json.loads((args.package / "data" / name).read_text(encoding="utf-8"))
        return rows

    version = str(json.loads((args.package / "package.json").read_text(encoding="utf-8"))["version"])
    communes = sorted(read("communes.json"), key=lambda row: (str(row["code"]), str(row["type"])))
    lines = ["insee,name,departement,region,population,kind,parent", *map(commune_line, communes)]
    (args.out / "communes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    places = {
        "vintage": VINTAGES[version.split(".")[0]],
        "licence": LICENCE.format(version=version),
        "regions": {str(row["code"]): row["nom"] for row in read("regions.json")},
        "departements": [
            {"code": row["code"], "name": row["nom"], "region": row["region"]}
            for row in read("departements.json")
        ],
        "cantons": [{"code": code, "name": name} for code, name in CANTONS.items()],
    }
    text = json.dumps(places, ensure_ascii=False, indent=1) + "\n"
    (args.out / "places.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
