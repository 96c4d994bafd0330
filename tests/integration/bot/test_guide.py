"""The guide shows what the bot says, and not what it once said."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from comtoise_bot.screens import notes

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def samples() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bot_samples", ROOT / "scripts" / "bot_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_the_first_two_minutes_are_those_of_the_bot(samples: ModuleType) -> None:
    said: str = await samples.transcript()
    guide = (ROOT / "docs" / "guide" / "lire.md").read_text("utf-8")
    assert said.rstrip() in guide, "run scripts/bot_samples.py and copy its transcript into the guide"


def test_every_command_of_the_menus_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guide" / "lire.md").read_text("utf-8")
    for command in notes.commands(in_group=True) | notes.desk_commands():
        assert f"`/{command}" in guide
