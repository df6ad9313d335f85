"""The teacher's vectors of the English texts, kept on disk as they come."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from matchmaker.values import FloatArray

CHUNK = 4_096
BATCH = 128


def teach(
    texts: Sequence[str], teacher: Path, store: Path, progress: Callable[[int], None]
) -> FloatArray:
    """Return the teacher's unit vectors (n, d) of texts, as a read-only float16 array on disk.

    The file is named after the texts; an interrupted run goes on with the first chunk that is
    missing, and a finished one is only opened.
    """
    store.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    finished = store / f"{name}.npy"
    if not finished.exists():
        chunks = [store / f"{name}.{start}.npy" for start in range(0, len(texts), CHUNK)]
        if not all(chunk.exists() for chunk in chunks):
            _fill(texts, chunks, teacher, progress)
        np.save(finished.with_suffix(".part.npy"), np.concatenate([np.load(one) for one in chunks]))
        finished.with_suffix(".part.npy").rename(finished)
        for chunk in chunks:
            chunk.unlink()
    vectors: FloatArray = np.load(finished, mmap_mode="r")
    return vectors


def _fill(
    texts: Sequence[str], chunks: list[Path], teacher: Path, progress: Callable[[int], None]
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(teacher), local_files_only=True)
    for number, chunk in enumerate(chunks):
        part = list(texts[number * CHUNK : (number + 1) * CHUNK])
        if not chunk.exists():
            with torch.autocast(model.device.type, dtype=torch.bfloat16):
                vectors = model.encode(part, batch_size=BATCH, show_progress_bar=False)
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            np.save(chunk.with_suffix(".part.npy"), (vectors / lengths).astype(np.float16))
            chunk.with_suffix(".part.npy").rename(chunk)
        progress(len(part))
