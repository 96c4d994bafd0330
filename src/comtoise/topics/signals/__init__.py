"""What happened: the business events of an article, with their facts and the words that say them."""

from comtoise.topics.signals.compile import SignalRules, compile_signals
from comtoise.topics.signals.find import find_signals

__all__ = ["SignalRules", "compile_signals", "find_signals"]
