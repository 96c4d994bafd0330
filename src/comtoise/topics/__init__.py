"""Topics: compile the desk's knowledge, understand an article, say why, measure. Pure code, no input or output."""

from comtoise.topics.evaluate import Report, evaluate, render_report
from comtoise.topics.explain import explain
from comtoise.topics.rules import Rules, compile_rules
from comtoise.topics.understand import understand

__all__ = ["Report", "Rules", "compile_rules", "evaluate", "explain", "render_report", "understand"]
