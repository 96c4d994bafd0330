"""The page « what shows what » names tests that exist."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
PAGE = (TESTS.parent / "docs" / "developer" / "shows.md").read_text("utf-8")


def named() -> list[tuple[str, str]]:
    """The files and tests that the page names; « ::test » alone is of the file before it."""
    found: list[tuple[str, str]] = []
    for file, test in re.findall(r"`([\w/]+\.py)?::(\w+)`", PAGE):
        found.append((file or found[-1][0], test))
    return found


@pytest.mark.parametrize("name", [f"{file}::{test}" for file, test in sorted(set(named()))])
def test_what_the_page_names_exists(name: str) -> None:
    file, _colons, test = name.partition("::")
    path = TESTS / file
    assert path.is_file(), "the file is elsewhere, or gone"
    assert re.search(rf"^(async )?def {test}\(", path.read_text("utf-8"), re.MULTILINE)


def test_the_page_is_about_something() -> None:
    assert len(named()) > 100
