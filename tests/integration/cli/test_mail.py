"""``comtoise mail`` as typed, and as a mail server pipes into it."""

import json
import mailbox
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from comtoise.delivery.mail.bounces import verp
from comtoise.delivery.mail.links import token
from comtoise.model import Channel
from comtoise.store import Database, keys, readers
from unit.delivery.test_bounces import report

CONFIG = 'version: 1\nzone: {departements: ["25"]}\nsources: {paquet: non}\nbase_de_donnees: c.sqlite\n'


def comtoise(desk: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "SMTP", "DATABASE", "DKIM"))
    }
    return subprocess.run(
        [sys.executable, "-m", "comtoise", "mail", *arguments],
        cwd=desk, env=environment, input=stdin, capture_output=True, timeout=300, check=False,
    )  # fmt: skip


class Box:
    """A desk with one reader by mail."""

    def __init__(self, folder: Path) -> None:
        (folder / "config.yaml").write_text(CONFIG, "utf-8")
        self.folder = folder
        self._database = Database.open(f"sqlite:///{folder / 'c.sqlite'}")
        self._database.upgrade()
        with self._database.write() as tx:
            reader, _new = readers.register(tx, Channel.MAIL, "j@a.example", now=datetime.now(UTC))
            self.address = verp("retours@agence.example", token(reader.id, keys.desk_key(tx)))
            self.reader_id = reader.id

    def disabled(self) -> str | None:
        """Why the reader gets nothing any more."""
        with self._database.read() as tx:
            found = readers.get(tx, self.reader_id)
        assert found is not None
        return found.reader.disabled_reason


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_a_report_piped_in_by_the_mail_server_stops_a_mailbox_that_is_gone(box: Box) -> None:
    done = comtoise(box.folder, "bounces", "-", stdin=report(to=box.address))
    assert json.loads(done.stdout) == {
        "reader": box.reader_id, "kind": "gone", "status": "5.1.1", "disabled": True,
    }  # fmt: skip
    assert done.returncode == 0
    assert box.disabled() == "bounced"


def test_a_maildir_of_full_mailboxes_counts_once_a_day(box: Box) -> None:
    folder = mailbox.Maildir(box.folder / "Maildir", create=True)
    for _ in range(10):
        folder.add(report(to=box.address, status="5.2.2"))
    done = comtoise(box.folder, "bounces", "Maildir")
    assert len(done.stdout.splitlines()) == 10
    assert box.disabled() is None


def test_policy_is_never_held_against_the_reader(box: Box) -> None:
    for _ in range(4):
        comtoise(box.folder, "bounces", "-", stdin=report(to=box.address, status="5.7.1"))
    assert box.disabled() is None


def test_what_is_no_report_says_nothing(box: Box) -> None:
    done = comtoise(box.folder, "bounces", "-", stdin=b"From: spam@example.org\r\n\r\nbuy")
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("bounces", "absent.mbox"), "n’existe pas"), (("check",), "L’envoi n’est pas réglé")],
)
def test_what_cannot_be_is_one_sentence(box: Box, arguments: tuple[str, ...], words: str) -> None:
    done = comtoise(box.folder, *arguments)
    assert done.returncode == 1
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
