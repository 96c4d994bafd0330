"""The readers on the open evaluation cases, held to the shares the desk was promised.

The figures are those of ``python bench/reading.py``. Where the cases are not at hand, the tests say so.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_reading", ROOT / "bench" / "reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    if not (module.eval_folder() / "feeds_dev.jsonl").is_file():
        pytest.skip(f"no evaluation cases at {module.eval_folder()} (COMTOISE_EVAL)")
    return module


def test_feeds(bench: ModuleType) -> None:
    shares = bench.measure_feeds(bench.eval_folder(), wrong=True)
    assert shares["all"] >= 0.98
    assert shares["fr-derived"] == 1


def test_dates(bench: ModuleType) -> None:
    assert bench.measure_dates(bench.eval_folder(), wrong=True)["all"] >= 0.97


def test_pages(bench: ModuleType) -> None:
    shares = bench.measure_pages(bench.eval_folder(), wrong=True)
    assert shares["title"] >= 0.95
    # Two of the 45 pages do not hold the day they are labelled with (docs/decisions/0007-reading.md).
    assert shares["day"] >= 0.95
    assert shares["f1"] >= shares["trafilatura f1"]
    assert shares["kept out"] >= 56 / 57  # the other one stands in the headline and in the article itself
    assert shares["kept in"] >= 55 / 56
