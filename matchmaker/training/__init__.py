"""What the program learns from outcomes, and whether what it learned may serve."""

from matchmaker.training.delay import DelayedLabels, label_late_answers
from matchmaker.training.waiting import Delay

__all__ = ["Delay", "DelayedLabels", "label_late_answers"]
