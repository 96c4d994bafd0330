import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comtoise_bot.callbacks import (
    Callback,
    Feedback,
    Found,
    Less,
    Pages,
    Setting,
    Watched,
    brief,
    callback,
    pattern,
    read,
)


@pytest.mark.parametrize(
    "value",
    [
        Feedback("u", "123"),
        Feedback("o", "9" * 18),
        Pages(7, 2),
        Setting("su", "sector", "microtechniques"),
        Found(3),
        Watched("25", 2),
        Watched("", 1),
        Less("42"),
        Less("42", brief("company", "orlova"), "7"),
    ],
)
def test_what_a_button_says_is_read_back(value: Callback) -> None:
    assert read(callback(value)) == value
    assert re.search(pattern(type(value)), callback(value))


def test_a_pattern_tells_screens_apart() -> None:
    assert re.search(pattern(Setting, "su", "al"), callback(Setting("al", "cap", "5")))
    assert not re.search(pattern(Setting, "su"), callback(Setting("sup", "cap", "5")))


@pytest.mark.parametrize(
    "data",
    [
        "", "f", "f:x:1", "f:u:-1", "f:u:" + "9" * 19, "f:u:٣", "p:1", "p:1:2:3", "s:su", "z:1", None,
        "r:x", "r", "w:25", "w:25:x", "m:42", "m:x::", "m:42::8",
    ],
)  # fmt: skip
def test_a_forged_callback_is_nothing(data: str | None) -> None:
    assert read(data) is None


@given(data=st.text(max_size=64))
def test_any_text_can_be_read(data: str) -> None:
    value = read(data)
    assert value is None or callback(value).split(":")[0] == data.split(":")[0]


def test_a_brief_fits_a_button_and_tells_things_apart() -> None:
    long = Less("9" * 18, brief("company", "x" * 100), "x")
    assert len(callback(long).encode()) <= 64
    assert (
        len({brief("company", "a"), brief("source", "a"), brief("company", "b"), brief("companya", "")}) == 4
    )
