"""A claim reads the rows that are due and nothing else, however many wait or were sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from comtoise.model import Channel
from comtoise.store import Database, outbox, readers

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is asked of any database meanwhile, with the values."""
    asked: list[tuple[str, Any]] = []

    def note(*about: Any) -> None:
        asked.append((about[2], about[3]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan_of(database: Database, asked: tuple[str, Any]) -> list[str]:
    with database.read() as tx:
        plan = tx.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", asked[1])
        return [str(step[3]) for step in plan]


def test_who_is_owed_a_story_is_found_without_reading_what_was_sent(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'comtoise.sqlite'}")
    database.upgrade()
    with statements() as asked, database.read() as tx:
        assert outbox.owing(tx, now=NOW) == frozenset()
    (step,) = plan_of(database, next(each for each in asked if "delivery" in each[0]))
    database.close()
    assert "ix_delivery_owed" in step


def test_a_claim_goes_by_the_two_indexes_of_what_is_open(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'comtoise.sqlite'}")
    database.upgrade()
    with database.write() as tx:
        reader, _ = readers.register(tx, Channel.TELEGRAM, "1", now=NOW)
        outbox.enqueue_confirmation(tx, reader_id=reader.id, now=NOW)
    with statements() as asked, database.write() as tx:
        assert len(outbox.claim(tx, NOW + timedelta(hours=1), limit=5, channels=["telegram"])) == 1
    steps = plan_of(database, next(each for each in asked if "NOT (EXISTS" in each[0]))
    database.close()
    assert steps[0].startswith("SEARCH delivery USING INDEX ix_delivery_due"), steps
    assert any("ix_delivery_open" in step for step in steps), steps
    assert not [step for step in steps if "TEMP B-TREE" in step or step.startswith("SCAN")], steps
