"""Whatever the bytes, a configuration comes out or problems do; never anything else."""

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from comtoise.config import ConfigFileError, parse_config

SHIPPED = (Path(__file__).parents[3] / "config.yaml").read_bytes()
ABOVE_THE_WORDS = SHIPPED[: SHIPPED.index(b"filieres:\n")]
PIECES = st.sampled_from(
    [
        "zone:", "regions:", "[", "]", "{", "}", "- ", "? ", ": ", ",", "\n", "\n  ", "\n    ", "'", '"', "|", ">",
        "&a ", "*a", "!!x ", "%YAML 1.1", "---", "...", "#", "\t", "\\", "\\ud800", "\u00a0", "<<: ", "~", "null",
        "Grand Est", "25:00", "filieres:", "mots_forts: |", "sources:", "ajouter:", "modifier:", "\ufeff", "\r", "é",
    ]
)  # fmt: skip


def outcome(data: bytes) -> None:
    try:
        parse_config(data, "config.yaml")
    except ConfigFileError as refusal:
        problems = refusal.problems
    else:
        return
    assert problems
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
        assert problem.remedy
        str(problem).encode("utf-8")


@given(data=st.binary(max_size=200))
@example(b"%YAML x\n---\na: 1")
@example(b'a: "\\ud800"')
@example(b"zone: {regions: [x: y]}")
@example(b"? ? a")
def test_bytes(data: bytes) -> None:
    outcome(data)


@settings(max_examples=300, deadline=None)  # the first right one loads the packaged knowledge
@given(text=st.lists(PIECES, max_size=30).map("".join))
def test_yaml_signs_in_any_order(text: str) -> None:
    outcome(text.encode())


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_shipped_file_cut_or_damaged_anywhere(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(ABOVE_THE_WORDS)))
    stop = data.draw(st.integers(start, min(start + 80, len(ABOVE_THE_WORDS))))
    junk = data.draw(
        st.one_of(st.binary(max_size=20), st.lists(PIECES, max_size=4).map("".join).map(str.encode))
    )
    outcome(ABOVE_THE_WORDS[:start] + junk + ABOVE_THE_WORDS[stop:])


@settings(max_examples=30, deadline=None)
@given(end=st.integers(0, len(SHIPPED)))
def test_the_shipped_file_half_written(end: int) -> None:
    outcome(SHIPPED[:end])
