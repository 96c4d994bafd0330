"""The record of polls: whatever happens, a source stays on the schedule."""

from datetime import datetime, timedelta

from comtoise.store import Database, sources
from support.stored import card


def outcome(at: datetime, *, ok: bool = True, **more: object) -> sources.PollOutcome:
    wait = timedelta(minutes=30)
    return sources.PollOutcome(source_id="gazette", at=at, next_due_at=at + wait, ok=ok, **more)  # type: ignore[arg-type]


def test_new_sources_are_due_at_once_and_only_then(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        assert [s.source_id for s in sources.due(tx, now, limit=9)] == ["gazette", "radio"]
        assert [s.source_id for s in sources.due(tx, now, limit=9, skip=["gazette"])] == ["radio"]
        sources.record(tx, outcome(now))
        assert [s.source_id for s in sources.due(tx, now, limit=9)] == ["radio"]
        assert len(sources.due(tx, now + timedelta(minutes=30), limit=9)) == 2


def test_a_failure_counts_keeps_validators_and_is_due_again(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        sources.record(tx, outcome(now, etag='"a"', last_modified="x", body_hash="h"))
        sources.record(tx, outcome(now, ok=False, error_kind="timeout", error_text="…"))
        state = sources.states(tx)[0]
    assert (state.failures, state.error_kind, state.etag, state.body_hash) == (1, "timeout", '"a"', "h")
    assert state.seeded
    with desk.write() as tx:
        sources.record(tx, outcome(now))
        assert sources.states(tx)[0].failures == 0


def test_a_changed_address_forgets_validators_and_is_due(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        sources.record(tx, outcome(now, etag='"a"'))
        sources.sync_cards(tx, [card(url="https://neuf.example/feed"), card("radio")], now)
        state = sources.states(tx)[0]
    assert (state.etag, state.next_due_at, state.url) == (None, now, "https://neuf.example/feed")


def test_a_source_that_left_the_configuration_is_not_polled_and_may_come_back(
    desk: Database, now: datetime
) -> None:
    with desk.write() as tx:
        sources.sync_cards(tx, [card("radio")], now)
        assert [s.source_id for s in sources.due(tx, now, limit=9)] == ["radio"]
        sources.sync_cards(tx, [card("gazette"), card("radio")], now)
        assert len(sources.due(tx, now, limit=9)) == 2


def test_a_host_that_asks_for_peace_postpones_its_sources(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        sources.postpone(tx, ["gazette"], now + timedelta(hours=1))
        assert [s.source_id for s in sources.due(tx, now, limit=9)] == ["radio"]
