"""What the guide and the README tell people to write in config.yaml can be written there."""

import re
from pathlib import Path

import pytest

from comtoise.config import parse_config
from comtoise.model import SourceKind

ROOT = Path(__file__).parents[3]
ZONE = "zone: {regions: [Bourgogne-Franche-Comté]}\n"
GUIDE = re.findall(
    r"^```yaml\n(sources:.*?)^```", (ROOT / "docs/guide/regler.md").read_text(encoding="utf-8"), re.M | re.S
)
ROWS = re.findall(r"`(- \{id: .*?\})` \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)


def test_there_is_an_example_of_every_kind() -> None:
    for texts in ([f"{text}\n" for text in GUIDE], [f"sources:\n  ajouter:\n    {row}\n" for row in ROWS]):
        added = [
            parse_config(f"{ZONE}{text}".encode(), "x").sources_section.add
            for text in texts
            if "ajouter" in text
        ]
        assert {new.kind or SourceKind.FEED for sources in added for new in sources} == set(SourceKind)


@pytest.mark.parametrize("text", GUIDE, ids=range(len(GUIDE)))
def test_an_example_of_the_guide_is_right(text: str) -> None:
    assert parse_config(f"{ZONE}{text}".encode(), "regler.md").sources()


def test_departements_of_the_register_can_be_left_out() -> None:
    text = next(text for text in GUIDE if "bodacc-90" in text)
    ids = {source.id for source in parse_config(f"{ZONE}{text}".encode(), "regler.md").sources()}
    assert "bodacc-90" not in ids
    assert ids >= {"bodacc-25", "bodacc-voisins"}
