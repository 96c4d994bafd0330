"""``comtoise outbox`` as people and programs call it."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comtoise.demo.sample import sample_digest
from comtoise.model import Channel, DeliveryState, MaybeSent, Refused, Sent
from comtoise.store import Database, outbox, readers
from support import due

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
CONFIG = 'version: 1\nzone:\n  departements: ["01"]\nsources:\n  paquet: non\n'
ADDRESS = "4204204242"


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "SMTP", "DATABASE"))}
    return kept | {"COLUMNS": "160", "COMTOISE_LANG": "fr"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk whose four readers stand for: sent, failed, in doubt, waiting."""
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    database = Database.open(f"sqlite:///{tmp_path / 'comtoise.sqlite'}")
    database.upgrade()
    digest = sample_digest("2026-11-25")
    for number, outcome in enumerate([Sent("7"), Refused("BadRequest: no"), MaybeSent("TimedOut"), None]):
        with database.write() as tx:
            reader, _ = readers.register(tx, Channel.TELEGRAM, f"{ADDRESS}{number}", now=NOW)
            due.digest(tx, digest, reader_id=reader.id, now=NOW)
            if outcome is not None:
                (claimed,) = due.leaving(tx, NOW, limit=1)
                outbox.settle(tx, claimed.id, outcome, now=NOW)
    database.close()
    return tmp_path


@pytest.fixture
def comtoise(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "comtoise", "outbox", *arguments], cwd=folder, env=environment(),
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    return run


Run = Callable[..., subprocess.CompletedProcess[str]]


def states(folder: Path) -> dict[int, DeliveryState]:
    database = Database.open(f"sqlite:///{folder / 'comtoise.sqlite'}")
    with database.read() as tx:
        found = {line.id: line.state for line in outbox.lines(tx)}
    database.close()
    return found


@pytest.mark.parametrize("arguments", [(), ("list",)], ids=["plain", "list"])
def test_in_a_pipe_a_line_of_json_per_row_the_newest_first(comtoise: Run, arguments: tuple[str]) -> None:
    done = comtoise(*arguments)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == [4, 3, 2, 1]
    assert [row["state"] for row in rows] == ["waiting", "unknown", "failed", "sent"]
    assert ADDRESS not in done.stdout


def test_one_state_alone_before_and_after_the_word(comtoise: Run) -> None:
    for arguments in (("--state", "failed"), ("list", "--state", "failed")):
        assert [json.loads(line)["id"] for line in comtoise(*arguments).stdout.splitlines()] == [2]
    wrong = comtoise("list", "--state", "lost")
    assert wrong.returncode == 1
    assert "failed (échoué)" in wrong.stderr


def test_on_a_terminal_the_states_are_french_words(folder: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "comtoise", "outbox", "list"], cwd=folder, env=environment(), stdout=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                read = os.read(ours, 4096)
            except OSError:  # Linux tells so that the other end was closed
                break
            if not read:
                break
            shown += read
    os.close(ours)
    assert process.returncode == 0
    text = shown.decode()
    for word in ("en attente", "incertain", "échoué", "envoyé", "résumé", "BadRequest: no"):
        assert word in text
    assert "{" not in text


def test_a_row_given_up_or_in_doubt_is_sent_again_and_marked_when_it_may_have_arrived(
    comtoise: Run, folder: Path
) -> None:
    done = comtoise("retry", "2", "3")
    assert done.returncode == 0, done.stderr
    assert "il repart" in done.stderr
    assert [json.loads(line)["state"] for line in done.stdout.splitlines()] == ["waiting", "waiting"]
    database = Database.open(f"sqlite:///{folder / 'comtoise.sqlite'}")
    with database.write() as tx:
        marks = {each.id: each.maybe_repeat for each in outbox.claim(tx, datetime.now(UTC), limit=9)}
    database.close()
    assert marks == {2: False, 3: True, 4: False}


def test_a_row_that_waits_can_be_cancelled_and_is_not_sent(comtoise: Run, folder: Path) -> None:
    assert comtoise("cancel", "4").returncode == 0
    database = Database.open(f"sqlite:///{folder / 'comtoise.sqlite'}")
    with database.write() as tx:
        assert [each.id for each in outbox.claim(tx, datetime.now(UTC), limit=9)] == [3]
        assert [line.reason for line in outbox.lines(tx) if line.id == 4] == ["cancelled"]
    database.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("retry", "1"), "déjà parti"),
        (("retry", "99"), "pas d’envoi 99"),
        (("cancel", "1"), "trop tard"),
        (("cancel", "2"), "trop tard"),
        (("cancel", "4", "1"), "trop tard"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    comtoise: Run, folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = states(folder)
    done = comtoise(*arguments)
    assert done.returncode == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert states(folder) == before


@pytest.mark.parametrize("arguments", [("retry",), ("retry", "deux"), ("effacer", "1")])
def test_wrong_usage_is_status_two(comtoise: Run, arguments: tuple[str, ...]) -> None:
    assert comtoise(*arguments).returncode == 2
