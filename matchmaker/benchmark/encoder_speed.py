"""How fast an encoder starts and reads, and the memory it takes, on one thread."""

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from matchmaker.benchmark.encoder_quality import read_set
from matchmaker.embedding import Encoder

WORDS_PER_TEXT = 60
TEXTS = 256
SINGLE_TEXTS = 40


def measure_encoder_speed(load: Callable[[], Encoder]) -> dict[str, Any]:
    """Load an encoder in this process, which should be fresh, and let it read.

    Returns seconds from nothing to the first vector, the process's memory at its highest,
    texts of 60 words per second in batches, and milliseconds for a single one.
    """
    started = time.perf_counter()
    encoder = load()
    import torch  # loaded by then; the fallback, which needs none, pays for it after the clock

    encoder.embed(["Wir suchen eine Lösung."], "query")
    cold = time.perf_counter() - started
    torch.set_num_threads(1)
    texts = sixty_words(TEXTS)
    encoder.embed(texts[:32], "passage")
    started = time.perf_counter()
    encoder.embed(texts, "passage")
    together = time.perf_counter() - started
    single = []
    for text in texts[:SINGLE_TEXTS]:
        started = time.perf_counter()
        encoder.embed([text], "query")
        single.append(1_000 * (time.perf_counter() - started))
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "encoder": encoder.version,
        "threads": 1,
        "words_per_text": WORDS_PER_TEXT,
        "cold_start_s": cold,
        "texts_per_second": TEXTS / together,
        "single_text_p50_ms": float(np.median(single)),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20,
    }


def sixty_words(count: int) -> list[str]:
    """Texts of exactly 60 words, half German and half English, cut from the invented profiles."""
    rows = read_set("profiles_a.tsv")
    words = {language: " ".join(row[language] for row in rows).split() for language in ("de", "en")}
    texts = []
    for number in range(count):
        spoken = words["de" if number % 2 else "en"]
        start = number // 2 * WORDS_PER_TEXT % (len(spoken) - WORDS_PER_TEXT)
        texts.append(" ".join(spoken[start : start + WORDS_PER_TEXT]))
    return texts
