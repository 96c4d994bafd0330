"""Polls that found nothing changed are committed together, and what is wrong with one is its own affair."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from comtoise.errors import DataRefusedError, StorageError
from comtoise.store import Database, sources
from comtoise_crawler.answer import Answer
from comtoise_crawler.intake import Intake
from comtoise_crawler.report import Report
from comtoise_crawler.taking import TOGETHER_MAX, Ended
from support.polling import BOUNDS, feed_card

NAMES = [f"s{number:02}" for number in range(2 * TOGETHER_MAX)]


@pytest.fixture
def intake(database: Database, now: datetime) -> Iterator[Intake]:
    cards = [feed_card(f"https://{name}.example/feed", name) for name in NAMES]
    made = Intake(database, {card.id: card for card in cards}, BOUNDS, clock=lambda: now)
    made.sync()
    yield made
    made.close()


def states(database: Database) -> dict[str, sources.PollState]:
    with database.read() as tx:
        return {state.source_id: state for state in sources.states(tx)}


def commits(database: Database) -> list[None]:
    """Grows by one at each commit."""
    counted: list[None] = []
    event.listen(database._engine, "commit", lambda _connection: counted.append(None))
    return counted


async def unchanged(intake: Intake, state: sources.PollState, **headers: str) -> Ended:
    """Have the intake take in that a source answered « unchanged »."""
    answer = Answer(url=state.url, status=304, headers=headers, body=b"")
    return await intake.take_in(state, lambda: intake.polls.answered(state, answer, conditional=True))


async def test_what_comes_at_once_is_committed_in_few_transactions(
    database: Database, intake: Intake, now: datetime
) -> None:
    before, counted = states(database), commits(database)
    reports = await asyncio.gather(*(unchanged(intake, before[name], etag=f'"{name}"') for name in NAMES))
    assert [(report.source, report.unchanged) for report in reports if isinstance(report, Report)] == [
        (name, True) for name in NAMES
    ]
    assert len(counted) == 2
    after = states(database)
    assert {name: (after[name].polls, after[name].etag) for name in NAMES} == {
        name: (1, f'"{name}"') for name in NAMES
    }
    assert all(now < state.next_due_at <= now + timedelta(hours=3) for state in after.values())


async def test_a_value_that_the_database_refuses_fails_its_source_alone(
    database: Database, intake: Intake
) -> None:
    before = states(database)
    etags = dict.fromkeys(NAMES[:10], '"fine"') | {NAMES[3]: '"\ud800"'}
    reports = await asyncio.gather(
        *(unchanged(intake, before[name], etag=etag) for name, etag in etags.items())
    )
    assert [report.error_kind for report in reports if isinstance(report, Report) and not report.ok] == [
        "unstorable"
    ]
    after = states(database)
    assert [name for name in etags if after[name].failures] == [NAMES[3]]
    assert [after[name].etag for name in etags if name != NAMES[3]] == ['"fine"'] * 9


async def test_rights_that_were_not_committed_are_noted_the_next_time(
    database: Database, intake: Intake
) -> None:
    before = states(database)
    reserving, refused = NAMES[:2]
    await asyncio.gather(
        unchanged(intake, before[reserving], **{"tdm-reservation": "1"}),
        unchanged(intake, before[refused], etag='"\ud800"'),
    )
    with database.read() as tx:
        assert sources.rights(tx, intake.now())[reserving].reserved


async def test_all_are_told_when_the_database_refuses_everything(database: Database, intake: Intake) -> None:
    before = states(database)
    with database.write() as tx:
        tx.connection().exec_driver_sql("ALTER TABLE source RENAME TO elsewhere")
    ended = await asyncio.gather(
        *(unchanged(intake, before[name]) for name in NAMES[:5]), return_exceptions=True
    )
    assert [type(error) for error in ended] == [StorageError] * 5
    assert not any(isinstance(error, DataRefusedError) for error in ended)


async def test_a_job_of_another_kind_is_not_held_up_nor_held_up_by_them(
    database: Database, intake: Intake
) -> None:
    before = states(database)

    async def failing(name: str) -> Ended:
        return await intake.take_in(before[name], lambda: [][1])

    ended = await asyncio.gather(
        *(unchanged(intake, before[name]) for name in NAMES[:3]),
        failing(NAMES[3]),
        *(unchanged(intake, before[name]) for name in NAMES[4:7]),
    )
    assert [report.ok for report in ended if isinstance(report, Report)] == [True] * 3 + [False] + [True] * 3
