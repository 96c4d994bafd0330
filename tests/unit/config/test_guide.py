"""What the guide and the README tell people to write in config.yaml can be written there."""

import re
from pathlib import Path

import pytest

from comtoise.config import parse_config
from comtoise.model import Article, SourceKind
from comtoise.topics import compile_rules, understand

ROOT = Path(__file__).parents[3]
ZONE = "zone: {regions: [Bourgogne-Franche-Comté]}\n"
GUIDE = re.findall(
    r"^```yaml\n((?:sources|poles|entreprises):.*?)^```",
    (ROOT / "docs/guide/regler.md").read_text(encoding="utf-8"),
    re.M | re.S,
)
ROWS = re.findall(r"`(- \{id: .*?\})` \|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)


def test_there_is_an_example_of_every_kind() -> None:
    for texts in ([f"{text}\n" for text in GUIDE], [f"sources:\n  ajouter:\n    {row}\n" for row in ROWS]):
        added = [
            parse_config(f"{ZONE}{text}".encode(), "x").sources_section.add
            for text in texts
            if text.startswith("sources:") and "ajouter" in text
        ]
        assert {new.kind or SourceKind.FEED for sources in added for new in sources} == set(SourceKind)


@pytest.mark.parametrize("text", GUIDE, ids=range(len(GUIDE)))
def test_an_example_of_the_guide_is_right(text: str) -> None:
    assert parse_config(f"{ZONE}{text}".encode(), "regler.md").sources()


def test_the_guide_tells_how_to_change_clusters_and_companies() -> None:
    assert {text.partition(":")[0] for text in GUIDE} == {"sources", "poles", "entreprises"}


def test_departements_of_the_register_can_be_left_out() -> None:
    text = next(text for text in GUIDE if "bodacc-90" in text)
    ids = {source.id for source in parse_config(f"{ZONE}{text}".encode(), "regler.md").sources()}
    assert "bodacc-90" not in ids
    assert ids >= {"bodacc-25", "bodacc-voisins"}


def test_a_cluster_and_companies_of_the_guide_are_recognised_as_it_says() -> None:
    sections = [text for text in GUIDE if not text.startswith("sources:") and "ajouter" in text]
    zone = "zone: {regions: [Bourgogne-Franche-Comté], departements: [Ain]}\n"
    config = parse_config(f"{zone}{''.join(sections)}".encode(), "regler.md")
    rules = compile_rules(config.knowledge(), departements=config.departements())

    def read(title: str) -> set[str]:
        understanding = understand(Article(id="1", url=None, title=title, text="Une année faste."), rules)
        return {match.topic for match in understanding.matches}

    assert {"grappe-du-plateau", "microtechniques", "25"} <= read("La Grappe du Plateau recrute")
    assert "grappe-du-plateau" in read("Le Plateau réunit ses adhérents")
    assert "grappe-du-plateau" not in read("Sur le Plateau, la neige")
    assert {"decolletage-dupont", "microtechniques", "25"} <= read("DDM recrute vingt personnes")
    assert "horizon" not in read("Horizon investit trois millions d’euros")
    assert {"horizon", "plasturgie"} <= read("Horizon investit trois millions d’euros à Oyonnax")


def test_a_cluster_and_a_company_of_the_guide_are_left_out() -> None:
    removing = [text for text in GUIDE if not text.startswith("sources:") and "retirer" in text]
    knowledge = parse_config(f"{ZONE}{''.join(removing)}".encode(), "regler.md").knowledge()
    assert "cosmetic-valley" not in {cluster.id for cluster in knowledge.clusters}
    assert "bel" not in {company.id for company in knowledge.companies}
    assert len(next(cluster for cluster in knowledge.clusters if cluster.id == "pmt").aliases) == 2
