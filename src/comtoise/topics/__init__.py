"""Topics: compile the desk's knowledge, understand an article, say why, measure. Pure code, no input or output."""

from comtoise.topics.rules import Rules, compile_rules
from comtoise.topics.understand import understand

__all__ = ["Rules", "compile_rules", "understand"]
