"""The policy on a recorded trace, held to what the desk was promised.

The figures are those of ``python bench/polling_replay.py``. Where the trace is not at hand, the tests say so.
"""

import importlib.util
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
START = datetime(2026, 11, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "bench_polling_replay", ROOT / "bench" / "polling_replay.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def trace(bench: ModuleType) -> Any:
    if not (bench.FOLDER / bench.TRACE).is_file():
        pytest.skip(f"no trace at {bench.FOLDER} (COMTOISE_EVAL)")
    return bench.read_trace(bench.FOLDER / bench.TRACE)


def test_at_equal_polls_news_comes_sooner_and_less_is_lost(bench: ModuleType, trace: Any) -> None:
    sources, start = trace
    fixed, ours = bench.compare(sources, start=start, window=10)
    assert ours.polls <= fixed.polls
    assert ours.mean_min <= 0.7 * fixed.mean_min
    assert ours.p90_min <= 0.7 * fixed.p90_min
    assert ours.lost_share(avoidable=True) <= fixed.lost_share(avoidable=True) / 5


def test_no_alarm_of_silence_is_followed_by_news(bench: ModuleType, trace: Any) -> None:
    sources, start = trace
    ended, lasting = bench.silences(sources, start=start)
    assert ended == 0
    assert lasting > 5, "and the sources that ceased are found"


def test_the_replay_counts_an_item_that_leaves_the_window_as_lost(bench: ModuleType) -> None:
    first = START + bench.LEARNED * timedelta(days=1) + HOUR
    times = [first + i * timedelta(seconds=1) for i in range(25)]
    score = bench.replay({"a": times}, bench.fixed, start=START, window=20)
    assert (score.lost, score.out_of_reach, len(score.delays)) == (5, 0, 20)
    assert score.polls == 48 * bench.SCORED
    assert max(score.delays) <= bench.FIXED


def test_the_replay_tells_what_no_poll_could_have_seen(bench: ModuleType) -> None:
    first = START + bench.LEARNED * timedelta(days=1) + HOUR
    score = bench.replay({"a": [first] * 25}, bench.fixed, start=START, window=20)
    assert (score.lost, score.out_of_reach) == (5, 5)
    assert score.lost_share() == 0.2
    assert score.lost_share(avoidable=True) == 0
