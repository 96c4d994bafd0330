"""The commands as people type them: JSON Lines out, one clear sentence when something is wrong."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

CONFIG = """\
version: 1
zone:
  departements: ["01", "25"]
sources:
  paquet: non
"""
ARTICLE = {
    "id": "a1",
    "title": "Oyonnax : le plasturgiste Moulabelle investit 6 M€ et embauche vingt régleurs",
    "text": "À Oyonnax (Ain), Moulabelle, entreprise de plasturgie, achète quatre presses à injecter.",
    "published": "2026-11-24",
    "sectors": ["plasturgie"],
    "clusters": [],
    "departements": ["01"],
    "signals": ["investissement", "recrutement"],
    "worth": 2,
}
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>G</title>
<item><title>Une &amp;amp; deux</title><link>https://g.example/1</link><guid>1</guid></item></channel></rss>"""
PAGE = """<html lang="fr"><head><title>Titre</title></head><body><article><h1>Titre</h1>
<p>Publié le 02/12/2014 - 15:39, Mis à jour le 17/04/2019 - 10:45</p>
<p>Un premier paragraphe assez long pour être lu comme le texte de cet article de plasturgie.</p>
<p>Un second paragraphe, lui aussi assez long, qui parle de presses à injecter à Oyonnax.</p>
</article></body></html>"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def comtoise(desk: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "SMTP", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "comtoise", *arguments],
        cwd=desk,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def lines(desk: Path, *arguments: str, stdin: str = "") -> list[dict[str, object]]:
    done = comtoise(desk, *arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_canonical(desk: Path) -> None:
    found = lines(desk, "canonical", "-", stdin="http://www.g.example/a/?utm_source=x#b\nmailto:a@b.c\n")
    assert [row["canonical"] for row in found] == ["https://g.example/a", None]


def test_dates(desk: Path) -> None:
    row = {
        "text": "Publié le 02/12/2014 - 15:39, Mis à jour le 17/04/2019 - 10:45",
        "now": "2026-11-25T08:00:00",
    }
    assert lines(desk, "dates", "-", stdin=json.dumps(row)) == [
        {"published": "2014-12-02T15:39:00", "updated": "2019-04-17T10:45:00"}
    ]


def test_feed_and_extract(desk: Path) -> None:
    (entry,) = lines(desk, "feed", "-", "--url", "https://g.example/feed", stdin=FEED)
    assert (entry["id"], entry["url"], entry["title"]) == ("1", "https://g.example/1", "Une & deux")
    (page,) = lines(desk, "extract", "-", "--url", "https://g.example/1", stdin=PAGE)
    assert str(page["published"]).startswith("2014-12-02T15:39")
    assert str(page["updated"]).startswith("2019-04-17T10:45")
    assert "presses à injecter" in str(page["text"])
    assert "Publié le" not in str(page["text"])


def test_classify_points_at_its_words(desk: Path) -> None:
    (row,) = lines(desk, "classify", "-", stdin=json.dumps(ARTICLE))
    assert row["sectors"] == ["plasturgie"]
    assert row["departements"] == ["01"]
    assert row["worth"] == 2
    detail = row["sectors_detail"]
    assert isinstance(detail, list)
    for evidence in detail[0]["evidence"]:
        part = ARTICLE[evidence["part"]]
        assert str(part)[evidence["start"] : evidence["end"]] == evidence["words"]


def test_stories_and_evaluate(desk: Path) -> None:
    twice = "\n".join(json.dumps(ARTICLE | {"id": id_}) for id_ in ("a1", "a2"))
    first, second = lines(desk, "stories", "-", stdin=twice)
    assert first["story"] == second["story"]
    assert "because" in second or "because" in first
    done = comtoise(desk, "evaluate", "-", stdin=json.dumps(ARTICLE))
    assert done.returncode == 0
    assert "précision" in done.stdout


def test_classify_points_at_the_words(desk: Path) -> None:
    done = comtoise(desk, "classify", "-", stdin=json.dumps(ARTICLE))
    found = json.loads(done.stdout)
    details = [
        detail for name in ("sectors", "departements", "signals") for detail in found[f"{name}_detail"]
    ]
    quotes = [quote for detail in details for quote in detail["evidence"]]
    parts = {"title": str(ARTICLE["title"]), "text": str(ARTICLE["text"])}
    assert {quote["field"] for quote in quotes} == {"title", "lead"}
    assert all(parts[q["part"]][q["start"] : q["end"]] == q["words"] for q in quotes)


def test_explain_says_why_in_french(desk: Path) -> None:
    (desk / "page.html").write_text(PAGE, encoding="utf-8")
    done = comtoise(desk, "explain", "page.html", "--url", "https://g.example/1")
    assert done.returncode == 0, done.stderr
    assert "plasturgie" in done.stdout.lower()


def test_a_bad_line_is_told_and_the_others_are_served(desk: Path) -> None:
    done = comtoise(desk, "classify", "-", stdin=f"pas du json\n{json.dumps(ARTICLE)}\n")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert "Ligne 1" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_tells_what_is_watched_or_the_line_to_mend(desk: Path) -> None:
    done = comtoise(desk, "check")
    assert done.returncode == 0
    assert "Configuration correcte" in done.stdout
    (desk / "config.yaml").write_text(CONFIG + "envois:\n  quotidien: {heure: 25h}\n", encoding="utf-8")
    done = comtoise(desk, "check")
    assert done.returncode == 1
    assert "ligne 7" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_desk_s_own_commands(desk: Path) -> None:
    assert comtoise(desk, "outbox").returncode == 1, "no database yet: say so"
    assert "lancez « comtoise run »" in comtoise(desk, "outbox").stderr
    assert comtoise(desk, "db", "upgrade").returncode == 0
    assert comtoise(desk, "readers", "add", "lectrice@exemple.fr", "--sector", "plasturgie").returncode == 0
    refused = comtoise(desk, "readers", "add", "lectrice@exemple.fr", "--sector", "inconnue")
    assert (refused.returncode, "Filière inconnue" in refused.stderr) == (1, True)
    (reader,) = lines(desk, "readers", "list")
    assert reader["sectors"] == ["plasturgie"]
    assert "lectrice" not in json.dumps(reader)
    assert lines(desk, "crawl", "--once") == []
    assert lines(desk, "sources", "list") == []
    assert lines(desk, "sources", "health", "--json") == []
    assert lines(desk, "outbox") == []
    assert comtoise(desk, "export").stdout.startswith("story,date,title")
    assert comtoise(desk, "export", "--format", "xlsx", "--output", "e.xlsx").returncode == 0
    assert (desk / "e.xlsx").stat().st_size > 1000
    preview = comtoise(desk, "digest", "preview", "--reader", "1")
    assert (preview.returncode, "aucun résumé" in preview.stderr) == (0, True)
    assert comtoise(desk, "db", "backup", "copie.sqlite").returncode == 0
    assert comtoise(desk, "readers", "remove", "lectrice@exemple.fr").returncode == 0


def test_a_secret_in_the_configuration_or_open_to_all_is_refused(desk: Path) -> None:
    token = "123456789:" + "A" * 35
    (desk / "config.yaml").write_text(CONFIG + f"# {token}\n", encoding="utf-8")
    done = comtoise(desk, "check")
    assert done.returncode == 1
    assert token not in done.stderr + done.stdout
    (desk / "config.yaml").write_text(CONFIG, encoding="utf-8")
    secret = desk / "token"
    secret.write_text(token)
    secret.chmod(secret.stat().st_mode | stat.S_IROTH)
    (desk / ".env").write_text(f"TELEGRAM_BOT_TOKEN_FILE={secret}\n")
    done = comtoise(desk, "outbox")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_one_french_sentence(desk: Path) -> None:
    done = comtoise(desk, "classify", "rien.jsonl")
    told = "« rien.jsonl » : le fichier n’existe pas ; vérifiez son nom et son dossier."
    assert (done.returncode, done.stderr.strip()) == (1, told)


@pytest.mark.parametrize("arguments", [["inconnue"], ["classify"], ["feed", "-"], ["crawl"]])
def test_wrong_usage_is_status_two(desk: Path, arguments: list[str]) -> None:
    assert comtoise(desk, *arguments).returncode == 2


def test_keywords_are_listed_tried_and_counted(desk: Path) -> None:
    assert comtoise(desk, "db", "upgrade").returncode == 0
    words = lines(desk, "keywords", "list", "--filiere", "bois", "--json")
    assert {"sector": "bois", "keyword": "scierie", "list": "fort"} in words
    assert "scierie" in comtoise(desk, "keywords", "list", "--filiere", "bois").stdout
    (trial,) = lines(desk, "keywords", "try", "palissandre", "--filiere", "bois", "--json")
    assert (trial["keyword"], trial["standing"], trial["without_effect"]) == ("palissandre", 0, True)
    shown = comtoise(desk, "keywords", "try", "scierie", "--retirer", "--filiere", "bois").stdout
    assert shown.startswith("Si « scierie » était retiré de la filière bois :\n")
    assert "Aucun article n’a été reçu ces 90 jours" in shown
    refused = comtoise(desk, "keywords", "try", "to*nneau", "--filiere", "bois")
    assert (refused.returncode, "l’étoile se met à la fin" in refused.stderr) == (1, True)
    unknown = comtoise(desk, "keywords", "list", "--filiere", "boi")
    assert (unknown.returncode, "Filière inconnue : boi" in unknown.stderr) == (1, True)
    silent = lines(desk, "keywords", "report", "--filiere", "bois", "--json")
    assert {"sector": "bois", "words": "scierie", "hits": 0} in silent
    assert "rien à relire" in comtoise(desk, "keywords", "report").stderr


def test_a_history_without_versions_says_so_and_no_more(desk: Path) -> None:
    assert comtoise(desk, "db", "upgrade").returncode == 0
    done = comtoise(desk, "config", "history")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("Aucune version n’est encore gardée")
    assert "Traceback" not in done.stderr
