"""What the program learns from outcomes, and whether what it learned may serve."""

from matchmaker.training.delay import DelayedLabels, label_late_answers
from matchmaker.training.gate import VERDICTS, Performance, Verdict, decide, verdict_text
from matchmaker.training.waiting import Delay

__all__ = [
    "VERDICTS",
    "Delay",
    "DelayedLabels",
    "Performance",
    "Verdict",
    "decide",
    "label_late_answers",
    "verdict_text",
]
