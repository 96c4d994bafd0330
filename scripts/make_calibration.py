"""Fit the packaged calibration of scores on labelled news, and write its few numbers.

    python scripts/make_calibration.py [--folder ../shared/eval]

Only points of a curve enter the package; no text does. A kind of topic gets a table when, with the affairs of the
news kept apart in five folds, the table of four folds makes the scores of the fifth mean more than they do by
themselves (`bench/reliability.py` shows it).
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from reliability import collect, worth_a_table  # the bench decides on what it measures
from tables import FOLDER

from comtoise.topics.calibration import fit

TARGET = Path(__file__).resolve().parents[1] / "src" / "comtoise" / "knowledge" / "data" / "calibration.json"


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    outcomes = collect(options.folder)
    tables = {
        kind.value: asdict(fit((o.raw, o.right) for o in found))
        for kind, found in outcomes.items()
        if worth_a_table(found)
    }
    origin = "fitted by scripts/make_calibration.py on 169 labelled news items; points of a curve, no text"
    TARGET.write_text(json.dumps({"origin": origin, "tables": tables}, indent=1) + "\n", encoding="utf-8")
    sys.stderr.write(f"{TARGET.name}: {', '.join(tables) or 'no table'}\n")


if __name__ == "__main__":
    main()
