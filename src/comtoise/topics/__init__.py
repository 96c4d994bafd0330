"""Topics: compile the desk's knowledge, understand an article, say why, measure. Pure code, no input or output."""

from comtoise.topics.evaluate import Report, evaluate, render_report
from comtoise.topics.explain import explain, in_one_line, why
from comtoise.topics.ownwords import OwnWords, read_word
from comtoise.topics.refused import Refused, refused
from comtoise.topics.rules import Rules, compile_rules
from comtoise.topics.understand import understand

__all__ = [
    "OwnWords",
    "Refused",
    "Report",
    "Rules",
    "compile_rules",
    "evaluate",
    "explain",
    "in_one_line",
    "read_word",
    "refused",
    "render_report",
    "understand",
    "why",
]
