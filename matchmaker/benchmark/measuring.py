"""Measuring on real data that is not part of the repository; the figures are committed."""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import orjson

from matchmaker import profiles
from matchmaker.benchmark.ablations import measure_ablations
from matchmaker.benchmark.drifting import measure_drift
from matchmaker.benchmark.encoder_quality import measure_encoder
from matchmaker.benchmark.evaluating import evaluate_files, read_lines, read_truth
from matchmaker.benchmark.flipped_labels import measure_flipped_labels
from matchmaker.benchmark.late_labels import measure_late_labels
from matchmaker.benchmark.learning import measure_learning
from matchmaker.benchmark.reciprocal import measure_reciprocal
from matchmaker.benchmark.requests import measure_requests
from matchmaker.config import Settings
from matchmaker.database import open_engine, open_sessions, transaction
from matchmaker.embedding import Encoder, fingerprints
from matchmaker.errors import InvalidInputError
from matchmaker.evaluation import bootstrap_interval, recall_at_k
from matchmaker.installation import ensure_office, migrate

Progress = Callable[[int], None]

REAL_FILES = (
    ("places", "geo/geo_de_plz.csv"),
    ("startups", "profiles/startups_yc_en.jsonl.gz"),
    ("companies", "profiles/companies_de_erdf_profiles.jsonl.gz"),
)


def measure_all(
    data: Path, out: Path, encoder: Encoder, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """Run every measurement on the data folder; write one JSON file each to `out`, and the
    fingerprints of the development texts beside them."""
    if not data.is_dir():
        raise InvalidInputError(f"{data} does not exist.", field="DATA")
    out.mkdir(parents=True, exist_ok=True)
    measured = {
        "imports": measure_imports(data, settings, progress),
        "encoder": {
            **measure_encoder(data, encoder, settings, progress),
            "speed": measure_speed(settings.embedding.model),
        },
        "tandems": measure_tandems(data, encoder, settings, progress),
        "reciprocal": measure_reciprocal(data, settings.seed, progress),
        "request": measure_requests(2_000, 200, encoder, settings, progress),
        "learning": measure_learning(settings.seed, progress),
        "flipped_labels": measure_flipped_labels(settings.training.gate, settings.seed, progress),
        "late_labels": measure_late_labels(40, seed=0),
        "drift": measure_drift(50, 300, seed=1),
    }
    for name, figures in measured.items():
        write_figures(out / f"{name}.json", figures)
    write_fingerprints(data / "bench", out / "bench_shingles.npy")
    return measured


def write_figures(target: Path, figures: dict[str, Any]) -> None:
    """Keep what was measured, and how busy the machine was."""
    content = {"load_1_minute": os.getloadavg()[0], **figures}
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    target.write_bytes(orjson.dumps(content, option=options))


def write_fingerprints(bench: Path, target: Path) -> None:
    """Keep the fingerprints of all development texts, against which training text is held."""
    texts = [line["text"] for file in bench.glob("tandems_*.jsonl") for line in read_lines(file)]
    for file in bench.glob("stsb_*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            texts += [cell for row in csv.reader(lines) for cell in row[:2]]
    np.save(target, np.array(sorted(fingerprints(texts)), dtype=np.uint64))


def measure_imports(data: Path, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Import the real files one after another into an empty database, then once more."""
    files = []
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'imports.sqlite'}")
        migrate(engine)
        factory = open_sessions(engine)
        with transaction(factory) as session:
            office_id = ensure_office(session, settings.office).id
        for kind, name in REAL_FILES:
            started = time.perf_counter()
            report = profiles.import_file(
                factory, kind, data / name, office_id=office_id, actor="measure"
            )
            seconds = time.perf_counter() - started
            again = profiles.import_file(
                factory, kind, data / name, office_id=office_id, actor="measure"
            )
            reasons: dict[str, int] = {}
            for rejected in report.rejected:
                reasons[rejected.reason] = reasons.get(rejected.reason, 0) + 1
            files.append(
                {
                    "file": name,
                    "seconds": round(seconds, 2),
                    "read": report.read,
                    "created": report.created,
                    "created_share": report.created / report.read,
                    "rejected": len(report.rejected),
                    "duplicates": len(report.duplicates),
                    "reasons": dict(sorted(reasons.items(), key=lambda item: -item[1])[:10]),
                    "changed_by_importing_again": again.created + again.updated,
                }
            )
            progress(1)
        engine.dispose()
    return {"files": files}


def measure_tandems(
    data: Path, encoder: Encoder, settings: Settings, progress: Progress
) -> dict[str, Any]:
    """The product's ranking of the development tandems, and what each part of it is worth.

    Intervals are 95 % percentile bootstraps over needs.
    """
    needs, startups = data / "bench/tandems_needs.jsonl", data / "bench/tandems_startups.jsonl"
    product = evaluate_files(needs, startups, encoder, settings, progress)
    rankings = product.pop("rankings")
    truth = read_truth(needs)
    intervals = {}
    for depth in (1, 10):
        for reading, columns in (
            ("strict", ["relevant"]),
            ("lenient", ["relevant", "also_relevant"]),
        ):
            right = {
                key: [startup for name in columns for startup in line.get(name, [])]
                for key, line in truth.items()
            }
            hits = [recall_at_k(rankings[key], right[key], depth) for key in truth]
            intervals[f"{reading}_recall@{depth}"] = bootstrap_interval(hits, settings.seed)
    return {
        "encoder": encoder.version,
        "encoder_notice": encoder.notice,
        "fusion": settings.retrieval.fusion.model_dump(),
        "product": product,
        "product_intervals": intervals,
        "ablations": measure_ablations(needs, startups, encoder, settings, progress),
    }


def measure_speed(model: str | None) -> dict[str, Any]:
    """Time the encoder in a process of its own, where nothing is loaded yet."""
    command = [sys.executable, "-m", "matchmaker", "bench", "encoder", "--json"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    environment["MATCHMAKER_EMBEDDING__MODEL"] = model or "null"
    printed = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, check=True
    ).stdout
    figures: dict[str, Any] = orjson.loads(printed)
    return figures
