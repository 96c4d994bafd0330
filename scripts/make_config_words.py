"""Write the words of the packaged sectors into config.yaml, below its last rule line.

Usage:
    python scripts/make_config_words.py config.yaml

The words live in two places on purpose: the package knows them without any file, and the desk edits them in
config.yaml. A test holds the shipped file to the package; after a change in src/comtoise/knowledge/data, run
this script. Everything above the marker is kept as it is.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from comtoise.knowledge import Sector, load

MARKER = "# ---------- 12. Les filières et leurs mots"
WIDTH = 108

INTRO = """\
#
# Une filière = un nom et des listes de mots. Les mots sont séparés par des virgules ou par des passages à la
# ligne : ne coupez pas une expression en deux lignes. Une ligne qui commence par # est une remarque.
# Majuscules, accents, traits d’union, singulier et pluriel ne comptent pas (sauf pour les sigles).
# « * » à la fin d’un mot remplace n’importe quelle suite : micro* trouve microtechnique et micromécanique.
#
#   mots_forts        un seul, dans le titre ou le premier paragraphe, suffit
#   mots_faibles      comptent seulement près d’un mot de contexte, d’un métier ou d’un autre mot faible
#   contexte          les mots qui confirment un mot faible
#   metiers           les métiers de la filière
#   exclusions        expressions trompeuses : les mots qu’elles contiennent ne comptent pas
#   contexte_negatif  mots (sport, faits divers…) qui font douter d’un mot faible
#   sigles            trouvés seulement dans ces majuscules exactes
#   pour, pas_pour    ce que le lecteur de la filière attend, et n’attend pas (pour mémoire)
"""

LISTS = {
    "mots_forts": "strong",
    "mots_faibles": "weak",
    "contexte": "context",
    "metiers": "occupations",
    "exclusions": "exclusions",
    "contexte_negatif": "negative_context",
    "sigles": "acronyms",
}


def wrapped(items: Iterable[str], indent: str) -> Iterator[str]:
    """Lines of items between commas, no item cut, each line at most WIDTH wide."""
    line = ""
    for item in items:
        longer = f"{line}, {item}" if line else item
        if line and len(indent) + len(longer) + 1 > WIDTH:
            yield f"{indent}{line},"
            line = item
        else:
            line = longer
    if line:
        yield indent + line


def plain(text: str) -> str:
    """A text on one line, quoted when YAML would take it for something else."""
    return f'"{text}"' if ": " in text or " #" in text else text


def prose(key: str, text: str) -> Iterator[str]:
    """A folded text, cut at spaces."""
    yield f"    {key}: >"
    line = ""
    for word in text.split():
        if len(line) + len(word) + 7 > WIDTH:
            yield f"      {line}"
            line = word
        else:
            line = f"{line} {word}".strip()
    yield f"      {line}"


def sector_lines(sector: Sector) -> Iterator[str]:
    yield ""
    yield f"  {sector.id}:"
    yield f"    nom: {plain(sector.label)}"
    yield f"    nom_anglais: {plain(sector.label_en)}"
    yield from prose("pour", sector.scope)
    yield from prose("pas_pour", sector.not_scope)
    for key, name in LISTS.items():
        words: tuple[str, ...] = getattr(sector, name)
        if words:
            yield f"    {key}: |"
            yield from wrapped(words, " " * 6)


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
        "filieres:",
        *(line for sector in known.sectors for line in sector_lines(sector)),
        "",
        "# Expressions qui trompent toutes les filières : effacées du texte avant toute recherche.",
        "masques_generaux: |",
        *wrapped(known.global_masks, "  "),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
