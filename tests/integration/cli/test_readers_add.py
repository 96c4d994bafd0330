"""``comtoise readers add`` writes to nobody who left, unless he asks for it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from comtoise.cli import cli
from comtoise.errors import InputError
from comtoise.model import Channel, Rhythm
from comtoise.store import Database, Tx, keys, readers
from comtoise.web.readers import UNSUBSCRIBED

ADDRESS = "lectrice@mairie.example"
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    text = 'zone: {departements: ["25"]}\nsources: {paquet: non}\nbase_de_donnees: c.sqlite\n'
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    opened = Database.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    opened.upgrade()
    with opened.write() as tx:
        readers.register(tx, Channel.MAIL, ADDRESS, now=NOW)
    return opened


def added(tmp_path: Path, *more: str) -> str:
    """Try to add him; what is refused."""
    done = CliRunner().invoke(
        cli, ["readers", "add", ADDRESS, *more, "--config", str(tmp_path / "config.yaml")]
    )
    assert done.exception is None or isinstance(done.exception, InputError)
    return str(done.exception or "")


def unsubscribed(tx: Tx, reader_id: int) -> None:
    readers.disable(tx, reader_id, UNSUBSCRIBED, now=NOW)


def bounced(tx: Tx, reader_id: int) -> None:
    assert readers.bounced(tx, reader_id, weight=readers.BOUNCES_MAX, now=NOW)


def erased(tx: Tx, reader_id: int) -> None:
    readers.forget(tx, reader_id, key=keys.desk_key(tx), now=NOW)


def gone(tx: Tx, reader_id: int) -> None:
    readers.forget(tx, reader_id, key=keys.desk_key(tx), now=NOW, reason=readers.GONE)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (unsubscribed, "ne reçoit plus rien"),
        (bounced, "ne reçoit plus rien"),
        (gone, "ne reçoit plus rien"),
        (erased, "fait effacer ses données"),
    ],
)
def test_who_left_comes_back_only_when_he_asks(
    database: Database,
    tmp_path: Path,
    left: Callable[[Tx, int], None],
    said: str,
) -> None:
    with database.write() as tx:
        reader = readers.find(tx, Channel.MAIL, ADDRESS)
        assert reader is not None
        left(tx, reader.id)
    assert said in added(tmp_path)
    with database.read() as tx:
        kept = readers.find(tx, Channel.MAIL, ADDRESS)
    assert kept is None or kept.disabled_reason is not None
    assert added(tmp_path, "--again") == ""
    with database.read() as tx:
        back = readers.find(tx, Channel.MAIL, ADDRESS)
    assert back is not None
    assert back.disabled_reason is None


def test_who_receives_may_be_changed_without_more_ado(database: Database, tmp_path: Path) -> None:
    assert added(tmp_path, "--daily") == ""
    with database.read() as tx:
        (reader,) = readers.everyone(tx)
    assert reader.subscription.rhythms == {Rhythm.DAILY}
