"""Measuring the product: quality on known pairs, speed, and learning in invented worlds."""

from matchmaker.benchmark.drifting import measure_drift
from matchmaker.benchmark.encoder_quality import measure_encoder
from matchmaker.benchmark.encoder_speed import measure_encoder_speed
from matchmaker.benchmark.evaluating import evaluate_files
<<<<<<< HEAD
<<<<<<< HEAD
from matchmaker.benchmark.late_labels import measure_late_labels
=======
from matchmaker.benchmark.learning import measure_learning
>>>>>>> c438ae5ef2839167dd31b2f497eb411415158d5c
=======
from matchmaker.benchmark.late_labels import measure_late_labels
from matchmaker.benchmark.learning import measure_learning
>>>>>>> 06e186f9c5130d936a3060fecf6a541f1f68906c
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
<<<<<<< HEAD
<<<<<<< HEAD
    "measure_late_labels",
=======
    "measure_learning",
>>>>>>> c438ae5ef2839167dd31b2f497eb411415158d5c
=======
    "measure_late_labels",
    "measure_learning",
>>>>>>> 06e186f9c5130d936a3060fecf6a541f1f68906c
    "measure_pages",
    "measure_reciprocal",
    "measure_requests",
]
