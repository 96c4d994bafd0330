"""``comtoise story``: a story as people see it, and what they decide of it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comtoise.model import Amount, Match, SignalSlots, TopicKind, Understanding
from comtoise.store import Database, articles, sources, stories
from support.stored import card, found

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
CONFIG = 'version: 1\nzone:\n  departements: ["01"]\nsources:\n  paquet: non\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with one story of two articles; the second gives the amount."""
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    database = Database.open(f"sqlite:///{tmp_path / 'comtoise.sqlite'}")
    database.upgrade()
    with database.write() as tx:
        sources.sync_cards(tx, [card(), card("radio", "https://radio.example/feed")], NOW)
        story_id = stories.start(tx, seen=NOW, worth=2, saga=None)
        for number, source in enumerate(("gazette", "radio"), start=1):
            (article_id,) = articles.keep(tx, source, [found(number)], now=NOW, silent=False).new
            slots = SignalSlots(amount=Amount(value=6e6, currency="EUR") if number == 2 else None)
            event = Match(kind=TopicKind.SIGNAL, topic="extension", score=0.9, evidence=(), slots=slots)
            articles.understood(
                tx,
                article_id,
                Understanding(matches=(event,), worth=2),
                story_id=story_id,
                because="Même lieu." if number == 2 else None,
                features="{}",
                at=NOW,
            )
    database.close()
    return tmp_path


def comtoise(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "SMTP", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "comtoise", *arguments],
        cwd=desk,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def told(desk: Path, *arguments: str) -> list[dict[str, object]]:
    done = comtoise(desk, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_story_is_shown_with_its_articles_and_where_each_fact_was_read(desk: Path) -> None:
    (story,) = told(desk, "story", "show", "1")
    assert story["articles"] == [
        {
            "article": str(number),
            "title": f"Titre {number}",
            "source": source,
            "url": f"https://gazette.example/{number}",
            "published": None,
            "first_seen": "2026-11-25T08:00:00Z",
            "because": because,
        }
        for number, source, because in ((1, "Gazette", None), (2, "Radio", "Même lieu."))
    ]
    amount = {
        "signal": "extension",
        "name": "amount",
        "value": "6000000.0 EUR",
        "article": "2",
        "source": "Radio",
    }
    assert story["facts"] == [amount]
    (row,) = told(desk, "export", "--since", "2026-11-25", "--format", "jsonl")
    assert (row["amount"], row["facts"]) == (6e6, [amount])
    table = comtoise(desk, "export", "--since", "2026-11-25").stdout
    assert "extension.amount = 6000000.0 EUR (Radio)" in table


def test_a_story_is_split_then_merged_again(desk: Path) -> None:
    made, left = told(desk, "story", "split", "1", "--article", "2")
    assert (made["story"], made["source"], left["story"], left["source"]) == ("2", "Radio", "1", "Gazette")
    (whole,) = told(desk, "story", "merge", "1", "2")
    assert whole["others"] == ["Radio"]
    assert told(desk, "story", "show", "2") == [whole], "the number of a merged story leads to the whole"


def test_what_is_not_there_is_one_sentence(desk: Path) -> None:
    for arguments in (["show", "9"], ["split", "9", "--article", "1"], ["merge", "1", "9"]):
        done = comtoise(desk, "story", *arguments)
        assert (done.returncode, done.stderr.strip()) == (1, "Il n’y a pas d’histoire 9.")


def test_a_copy_put_back_is_said_by_a_person(desk: Path) -> None:
    done = comtoise(desk, "db", "restored")
    assert done.returncode == 0
    assert done.stderr.startswith("0 envoi mis de côté")
