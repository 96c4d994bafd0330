"""``comtoise sources health``: in words for people, in numbers for machines."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from comtoise.cli import cli
from comtoise.model import Source, SourceKind
from comtoise.polling import History
from comtoise.polling.health import Episode, Trouble
from comtoise.store import Database, sources

NAMES = {"echo": "L’Écho du Doubs", "gazette": "La Gazette", "radio": "Radio Comté", "mairie": "La Mairie"}
CONFIG = "zone: {departements: [25]}\nsources:\n  paquet: non\n  ajouter:\n" + "".join(
    f"    - {{id: {source_id}, nom: {name}, adresse: 'https://{source_id}.example/feed'}}\n"
    for source_id, name in NAMES.items()
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of four sources: well, blocked for days, out of reach for an hour, never read."""
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    now = datetime.now(UTC)
    database = Database.open(f"sqlite:///{tmp_path / 'comtoise.sqlite'}")
    database.upgrade()
    cards = [
        Source(id=source_id, name=name, kind=SourceKind.FEED, url=f"https://{source_id}.example/feed")
        for source_id, name in NAMES.items()
    ]
    history = History.of([now - timedelta(hours=3 * n) for n in range(1, 80)], now=now)

    def failed(source_id: str, episode: Episode) -> sources.PollOutcome:
        return sources.PollOutcome(
            source_id=source_id,
            at=now,
            next_due_at=now + timedelta(hours=8),
            ok=False,
            error_kind=episode.trouble.kind,
            error_text=episode.trouble.text,
            episode=episode,
        )

    with database.write() as tx:
        sources.sync_cards(tx, cards, now)
        sources.record(
            tx,
            sources.PollOutcome(
                source_id="echo",
                at=now,
                next_due_at=now + timedelta(minutes=20),
                ok=True,
                lesson=sources.Lesson(
                    shown=20, shown_usual=20.0, history=history, wait_most_s=600, lost=True
                ),
            ),
        )
        days = now - timedelta(days=4)
        blocked = Trouble(kind="blocked", text="Le site est gardé par Cloudflare, qui bloque notre robot.")
        sources.record(tx, failed("gazette", Episode(trouble=blocked, since=days, polls=9, told_at=days)))
        slow = Trouble(kind="timeout", text="Le site n’a pas répondu à temps.")
        sources.record(tx, failed("radio", Episode(trouble=slow, since=now - timedelta(hours=1))))
    database.close()
    return tmp_path


def run(*arguments: str) -> str:
    done = CliRunner().invoke(cli, ["sources", "health", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_the_table_says_the_state_in_words_the_worst_first(
    desk: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run().splitlines()
    states = [
        found[0] for line in lines if (found := re.match(r"Bloquée|Injoignable|Incomplète|Pas encore", line))
    ]
    assert states == ["Bloquée", "Injoignable", "Incomplète", "Pas encore"]
    told = " ".join(lines)
    assert "Cloudflare" in told
    assert re.search(r"[78] par jour", told)
    assert "1 demande que quelqu’un regarde" in told
    assert max(map(len, lines)) <= columns
    assert ("Relecture" in lines[0]) == (columns >= 120)


def test_the_json_has_every_number(desk: Path) -> None:
    rows = {row["source"]: row for row in map(json.loads, run("--json").splitlines())}
    assert list(rows) == ["gazette", "radio", "echo", "mairie"]
    echo, gazette = rows["echo"], rows["gazette"]
    assert echo["expected_per_day"] == pytest.approx(8, rel=0.1)
    assert echo["losses"] == 1
    assert echo["last_loss_at"].endswith("Z")
    assert echo["silent_since"] is None
    assert 0.1 < echo["probability"] <= 1
    assert (gazette["error_kind"], gazette["failures"]) == ("blocked", 1)
    assert gazette["needs_person_since"].endswith("Z")
    assert rows["mairie"]["probability"] is None
    assert {"next_due_at", "robots", "tdm_reserved", "rights_checked_at", "last_new_at", "recovered"} <= set(
        echo
    )
