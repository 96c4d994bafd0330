"""The record of polls: whatever happens, a source stays on the schedule."""

from datetime import datetime, timedelta

import pytest

from comtoise.polling import History
from comtoise.polling.health import Episode, Trouble
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


def test_what_a_poll_taught_is_read_back_as_it_was(desk: Database, now: datetime) -> None:
    history = History.of([now - timedelta(hours=5 * n) for n in range(30)], now=now, window=20)
    lesson = sources.Lesson(shown=20, shown_usual=19.5, history=history, wait_most_s=900, lost=True)
    with desk.write() as tx:
        sources.record(tx, outcome(now, lesson=lesson))
    with desk.write() as tx:
        sources.record(tx, outcome(now + timedelta(hours=1)))
        sources.record(tx, outcome(now + timedelta(hours=2), ok=False, error_kind="timeout", error_text="…"))
    with desk.read() as tx:
        known = sources.learned(tx)
        state = sources.states(tx)[0]
    assert known["gazette"] == sources.Learned(
        source_id="gazette",
        history=history,
        shown=20,
        shown_usual=19.5,
        losses=1,
        last_loss_at=now,
        wait_most_s=900,
        last_success_at=now + timedelta(hours=1),
    )
    assert known["radio"].history is None
    assert state.last_new_at == now, "new to the source, whoever had it first"


@pytest.mark.parametrize("ends", ["by-a-good-poll", "never"])
def test_an_episode_of_trouble_lasts_until_a_good_poll(desk: Database, now: datetime, ends: str) -> None:
    trouble = Trouble(kind="blocked", text="Le site bloque notre robot.")
    episode = Episode(trouble=trouble, since=now - timedelta(days=1), polls=3, told_at=now)
    with desk.write() as tx:
        sources.record(tx, outcome(now, ok=False, error_kind="blocked", episode=episode))
        sources.record(tx, outcome(now, ok=False, counted=False, error_kind="our-network"))
    with desk.read() as tx:
        (needy,) = sources.needing_attention(tx)
    assert (needy.source_id, needy.episode) == ("gazette", episode), "our own outage changes nothing"
    if ends == "by-a-good-poll":
        with desk.write() as tx:
            sources.record(tx, outcome(now))
    with desk.read() as tx:
        assert (sources.needing_attention(tx) == []) is (ends == "by-a-good-poll")


def test_a_source_scheduled_by_a_clock_that_was_wrong_is_due(desk: Database, now: datetime) -> None:
    with desk.write() as tx:
        sources.record(tx, outcome(now + timedelta(days=400)))
        sources.record(
            tx,
            sources.PollOutcome(
                source_id="radio", at=now, next_due_at=now + timedelta(days=7, hours=9), ok=False
            ),
        )
    with desk.read() as tx:
        assert [state.source_id for state in sources.due(tx, now, limit=9)] == ["gazette"]
