"""Measuring the product: quality on known pairs, speed on synthetic regions."""

from matchmaker.benchmark.evaluating import evaluate_files
from matchmaker.benchmark.measuring import measure_all
from matchmaker.benchmark.requests import measure_requests

__all__ = ["evaluate_files", "measure_all", "measure_requests"]
