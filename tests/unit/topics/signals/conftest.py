"""The packaged signals, compiled once for these tests."""

import pytest

from comtoise.knowledge import load
from comtoise.topics.signals import SignalRules, compile_signals


@pytest.fixture(scope="session")
def rules() -> SignalRules:
    knowledge = load()
    return compile_signals(knowledge.signals, knowledge.signal_grammar)
