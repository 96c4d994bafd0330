"""A value that the database refuses fails its own source; a database that refuses everything ends the collector."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from comtoise.errors import DataRefusedError, StorageError
from comtoise.store import Database, articles, sources
from comtoise_crawler.intake import Intake
from comtoise_crawler.report import Report
from support.polling import BOUNDS, feed_card
from support.stored import found


@pytest.fixture
def intake(database: Database, now: datetime) -> Iterator[Intake]:
    cards = [feed_card("https://gazette.example/feed"), feed_card("https://radio.example/feed", "radio")]
    made = Intake(database, {card.id: card for card in cards}, BOUNDS, clock=lambda: now)
    made.sync()
    yield made
    made.close()


def states(database: Database) -> dict[str, sources.PollState]:
    with database.read() as tx:
        return {state.source_id: state for state in sources.states(tx)}


def keep(database: Database, title: str, now: datetime) -> None:
    with database.write() as tx:
        articles.keep(tx, "gazette", [found(1, title=title)], now=now, silent=False)


@pytest.mark.parametrize(
    "title",
    [pytest.param("Usine \ud800", id="lone-surrogate"), pytest.param("Usine \x00", id="nul")],
)
async def test_a_value_that_the_database_refuses_fails_its_source_alone(
    database: Database, intake: Intake, now: datetime, title: str
) -> None:
    if database.is_sqlite and "\x00" in title:
        keep(database, title, now)  # SQLite takes it
        return
    with pytest.raises(DataRefusedError):
        keep(database, title, now)
    report = await intake.take_in(states(database)["gazette"], lambda: keep(database, title, now))
    assert isinstance(report, Report)
    assert (report.ok, report.error_kind) == (False, "unstorable")
    after = states(database)
    assert (after["gazette"].failures, after["radio"].failures) == (1, 0)
    assert after["gazette"].next_due_at > now
    with database.read() as tx:
        assert articles.latest(tx, limit=5) == [], "nothing of it was kept"


def test_a_number_that_no_column_holds_is_refused_as_data(database: Database, intake: Intake) -> None:
    with pytest.raises(DataRefusedError), database.write() as tx:
        sources.record(tx, outcome(intake.now(), 2**70))


def outcome(now: datetime, recovered: int) -> sources.PollOutcome:
    return sources.PollOutcome(source_id="gazette", at=now, next_due_at=now, ok=True, recovered=recovered)


async def test_a_mistake_of_ours_fails_its_source_alone(database: Database, intake: Intake) -> None:
    report = await intake.take_in(states(database)["gazette"], lambda: [][1])
    assert isinstance(report, Report)
    assert (report.ok, report.error_kind) == (False, "error")
    assert states(database)["gazette"].failures == 1


async def test_a_page_that_cannot_be_kept_is_given_up(
    database: Database, intake: Intake, now: datetime
) -> None:
    with database.write() as tx:
        articles.keep(tx, "gazette", [found(1, wants_page=True)], now=now, silent=False)
        (job,) = articles.pages_due(tx, now, limit=5)
    assert await intake.take_in(job, lambda: keep(database, "\ud800", now)) is None
    with database.read() as tx:
        assert articles.pages_due(tx, datetime.max.replace(tzinfo=now.tzinfo), limit=5) == []


async def test_a_database_that_refuses_everything_is_another_matter(
    intake: Intake, database: Database, now: datetime, tmp_path: Path
) -> None:
    empty = Database.open(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with pytest.raises(StorageError) as refused:
        await intake.take_in(states(database)["gazette"], lambda: keep(empty, "Usine", now))
    assert not isinstance(refused.value, DataRefusedError)
    empty.close()
