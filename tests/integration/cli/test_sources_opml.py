"""Lists of feeds in and out of config.yaml, by the commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from comtoise.cli.options import load
from comtoise.cli.sources import sources_command
from comtoise.config import load_config
from comtoise.errors import InputError
from comtoise.model import SourceKind
from comtoise_crawler.reading.opml import read_opml

CONFIG = """\
version: 1
zone: {departements: ["25"]}
sources:
  paquet: non
  ajouter:
    - id: gazette
      nom: Gazette
      adresse: https://gazette.example/feed/   # la première
    - id: agence
      nom: L’agence
      genre: page
      adresse: https://agence.example/actualites
      departements: [Doubs]
      acces: partiel
      reperes: {element: li.actu, date: time}
  # Fin des sources.
  retirer: []
"""
OPML = """<?xml version="1.0"?><opml version="2.0"><head/><body>
<outline text="Presse">
  <outline text="Gazette" type="rss" xmlUrl="http://www.gazette.example/feed?utm_source=opml"/>
  <outline text="Le Fil" type="rss" xmlUrl="https://fil.example/feed" htmlUrl="https://fil.example/"/>
  <outline text="Le Fil" type="rss" xmlUrl="https://fil.example/feed/"/>
  <outline text="Le Fil" type="rss" xmlUrl="https://fil.example/sport/feed"/>
</outline>
<outline text="Rien" xmlUrl="javascript:void(0)"/>
<outline text="{name}" xmlUrl="https://long.example/feed"/>
</body></opml>"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def sources(file: Path, *arguments: str, stdin: str | None = None) -> Result:
    load.cache_clear()
    result = CliRunner().invoke(sources_command, [*arguments, "--config", str(file)], input=stdin)
    if result.exception is not None and not isinstance(result.exception, InputError | SystemExit):
        raise result.exception
    return result


def test_a_list_is_taken_in_by_one_edit(file: Path, tmp_path: Path) -> None:
    listed = tmp_path / "liste.opml"
    listed.write_text(OPML.format(name="x" * 4000), encoding="utf-8")
    done = sources(file, "import", str(listed))
    assert done.exit_code == 0, done.stderr
    assert done.stderr.strip() == "3 ajoutées, 2 déjà connues ou en double, 1 illisible."
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()][:2] == ["le-fil", "le-fil-2"]
    cards = {card.id: card for card in load_config(file).sources()}
    assert cards["le-fil"].homepage == "https://fil.example/"
    assert cards["le-fil-2"].url == "https://fil.example/sport/feed"
    after = file.read_text(encoding="utf-8")
    assert "# la première" in after
    assert after.index("le-fil-2") < after.index("# Fin des sources.")
    again = sources(file, "import", str(listed))
    assert again.stderr.startswith("0 ajoutée, 5 déjà connues")
    assert file.read_text(encoding="utf-8") == after


def test_a_list_comes_by_the_standard_input_and_a_trial_counts_only(file: Path) -> None:
    done = sources(file, "import", "-", "--essai", stdin=OPML.format(name="Long"))
    assert done.stderr.startswith("3 ajoutées")
    assert "rien n’est écrit" in done.stderr
    assert file.read_text(encoding="utf-8") == CONFIG


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("bonjour", "n’est pas une liste de flux", id="text"),
        pytest.param("<opml version='2.0'><body/></opml>", "aucun flux", id="empty-list"),
        pytest.param(
            "<!DOCTYPE o [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><opml>&b;</opml>", "entités", id="bomb"
        ),
    ],
)
def test_a_file_that_is_no_list_is_one_sentence(file: Path, text: str, reason: str) -> None:
    done = sources(file, "import", "-", stdin=text)
    assert reason in str(done.exception)
    assert file.read_text(encoding="utf-8") == CONFIG


def test_what_goes_out_comes_back_whole(file: Path, tmp_path: Path) -> None:
    out = sources(file, "export")
    assert len(read_opml(out.stdout_bytes).sources) == 2
    elsewhere = tmp_path / "ailleurs.yaml"
    elsewhere.write_text('zone: {departements: ["25"]}\nsources: {paquet: non}\n', encoding="utf-8")
    (tmp_path / "nos-sources.opml").write_bytes(out.stdout_bytes)
    sources(elsewhere, "import", str(tmp_path / "nos-sources.opml"))
    before = {card.url: card for card in load_config(file).sources()}
    after = {card.url: card for card in load_config(elsewhere).sources()}
    assert before.keys() == after.keys()
    page = after["https://agence.example/actualites"]
    assert page.kind is SourceKind.LISTING
    assert (page.selectors, page.departements, page.access) == (
        before[page.url].selectors,
        ("25",),
        before[page.url].access,
    )


def test_all_the_packaged_sources_go_out(file: Path) -> None:
    file.write_text("zone: {regions: [Bourgogne-Franche-Comté, Grand Est]}\n", encoding="utf-8")
    out = sources(file, "export")
    assert len(read_opml(out.stdout_bytes).sources) == len(load_config(file).sources()) > 200
