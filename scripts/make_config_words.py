"""Write the words of the packaged sectors into config.yaml, below its last rule line.

Usage:
    python scripts/make_config_words.py config.yaml

The words live in two places on purpose: the package knows them without any file, and the desk edits them in
config.yaml. A test holds the shipped file to the package; after a change in src/comtoise/knowledge/data, run
this script. Everything above the marker is kept as it is.
"""

import sys
from pathlib import Path

from comtoise.config.wordlists import INTRO, section, wrapped
from comtoise.knowledge import load

MARKER = "# ---------- 12. Les filières et leurs mots"


def main() -> None:
    path = Path(sys.argv[1])
    above = path.read_text(encoding="utf-8").partition(MARKER)[0].rstrip("\n")
    known = load()
    lines = [
        above,
        "",
        MARKER,
        INTRO.rstrip("\n"),
        "",
        *section(known.sectors),
        "",
        "# Expressions qui trompent toutes les filières : effacées du texte avant toute recherche.",
        "masques_generaux: |",
        *wrapped(known.global_masks, "  "),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
