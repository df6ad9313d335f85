"""Measuring the product: quality on known pairs, speed, and learning in invented worlds."""

from matchmaker.benchmark.drifting import measure_drift
from matchmaker.benchmark.encoder_quality import measure_encoder
from matchmaker.benchmark.encoder_speed import measure_encoder_speed
from matchmaker.benchmark.evaluating import evaluate_files
from matchmaker.benchmark.flipped_labels import measure_flipped_labels
from matchmaker.benchmark.late_labels import measure_late_labels
from matchmaker.benchmark.learning import measure_learning
from matchmaker.benchmark.measuring import measure_all
from matchmaker.benchmark.pages import measure_pages
from matchmaker.benchmark.reciprocal import measure_reciprocal
from matchmaker.benchmark.requests import measure_requests

__all__ = [
    "evaluate_files",
    "measure_all",
    "measure_drift",
    "measure_encoder",
    "measure_encoder_speed",
    "measure_flipped_labels",
    "measure_late_labels",
    "measure_learning",
    "measure_pages",
    "measure_reciprocal",
    "measure_requests",
]
