"""The working encoder: any model that sentence-transformers can load."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from matchmaker.config import EmbeddingSettings
from matchmaker.embedding.encoder import Progress, Role, unit_rows
from matchmaker.embedding.fingerprint import fingerprint
from matchmaker.embedding.precision import Precision, fastest, single
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.values import FloatArray, IntArray

# Importing the library takes 10 s and 470 MB, so it happens where a model is loaded.
if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PROBE = "Wir suchen eine Lösung."
_LONG_PROBE = "A gateway monitors pumps and reports wear before it stops a line. " * 8
_HUB_ANSWERS_WITHIN_S = 5
# The library sorts the texts of one call by length, which pays over some batches.
_BATCHES_PER_CALL = 16
# Processors multiply in tiles of 16 rows. Among texts padded to the same multiple of it, none
# is rounded otherwise for the company it keeps.
_TILE = 16
# Asked for at loading, or the library remarks on half precision at every start.
_SINGLE_PRECISION = {"dtype": "float32"}


class SentenceTransformerEncoder:
    """A sentence-transformers model with our prefixes in front of the texts.

    Prompts stored in the model are not used, so that nothing is put in front twice. Texts are
    computed with others of their length only, so that a batch equals its single calls; in
    bfloat16 where `precision.fastest` finds that it pays and the vectors hold.

    Parameters
    ----------
    model : the loaded model.
    name : what people call it, `<name>@<fingerprint of its files>`.
    settings : prefixes and batch size.

    Raises
    ------
    InvalidInputError
        The model answers a plain sentence with numbers that are not finite.
    """

    is_fallback = False
    notice = None

    def __init__(
        self, model: "SentenceTransformer", name: str, settings: EmbeddingSettings
    ) -> None:
        self._model = model.float().eval()
        self._prefixes = {"query": settings.query_prefix, "passage": settings.passage_prefix}
        self._batch_size = settings.batch_size
        self._precision: Precision = single
        self.languages = settings.languages
        longest = getattr(self._model, "max_seq_length", None)
        self._pads_to = _TILE if longest and longest % _TILE == 0 else 1
        probe = self._encode([_PROBE])
        if not np.isfinite(probe).all():
            raise InvalidInputError("it answers a plain sentence with invalid numbers")
        self.dimension = int(probe.shape[1])
        self._precision, precision = fastest(
            self._model, lambda: self._encode([_PROBE, _LONG_PROBE])
        )
        rules = json.dumps(
            [settings.query_prefix, settings.passage_prefix, "unit length", precision]
        )
        self.version = f"{name}+{hashlib.sha256(rules.encode()).hexdigest()[:8]}"

    @classmethod
    def from_folder(cls, folder: Path, settings: EmbeddingSettings) -> Self:
        """Load a model from a local folder, after checking its files where checksums exist."""
        if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
            raise InvalidInputError(f"{folder} holds no modules.json and no config.json")
        identity = fingerprint(folder)
        from sentence_transformers import SentenceTransformer

        with _quiet():
            model = SentenceTransformer(
                str(folder), local_files_only=True, model_kwargs=_SINGLE_PRECISION
            )
        return cls(model, f"{folder.resolve().name}@{identity}", settings)

    @classmethod
    def from_hub(cls, name: str, settings: EmbeddingSettings) -> Self:
        """Load a model by its hub name: from the local cache, else from the hub.

        The commit of the cached snapshot stands for its files.
        """
        from huggingface_hub import snapshot_download

        repository = name if "/" in name else f"sentence-transformers/{name}"
        with _quiet():
            model = _cached_or_fetched(repository)
        cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
        snapshot = Path(snapshot_download(repository, cache_dir=cache, local_files_only=True))
        return cls(model, f"{name}@{snapshot.name[:12]}", settings)

    def embed(
        self, texts: Sequence[str], role: Role, progress: Progress | None = None
    ) -> FloatArray:
        """Return unit vectors (n, dimension), see `Encoder.embed`."""
        prefix = self._prefixes[role]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        step = self._batch_size * _BATCHES_PER_CALL
        for start in range(0, len(texts), step):
            batch = [_readable(text) for text in texts[start : start + step]]
            filled = [row for row, text in enumerate(batch) if text.strip()]
            if filled:
                encoded = self._encode([prefix + batch[row] for row in filled])
                vectors[start + np.array(filled)] = unit_rows(encoded)
            if progress is not None:
                progress(len(batch))
        return vectors

    def _encode(self, texts: list[str]) -> FloatArray:
        lengths = self._lengths(texts)
        parts = [np.flatnonzero(lengths == length) for length in np.unique(lengths)]
        found = np.vstack([self._encode_alike([texts[row] for row in rows]) for rows in parts])
        encoded = np.empty_like(found)
        encoded[np.concatenate(parts)] = found
        return encoded

    def _lengths(self, texts: list[str]) -> IntArray:
        """Return what each text is padded to, array (n,) of word pieces; 0 where nothing is."""
        tokenizer = self._model.tokenizer
        if not callable(tokenizer):  # a static model's, whose texts never meet
            return np.zeros(len(texts), dtype=np.int64)
        pieces = tokenizer(texts, truncation=True, max_length=self._model.max_seq_length)
        exact = np.array([len(one) for one in pieces["input_ids"]])
        return -(-exact // self._pads_to) * self._pads_to

    def _encode_alike(self, texts: list[str]) -> FloatArray:
        with self._precision():
            encoded: FloatArray = self._model.encode(
                texts,
                prompt="",  # beats a default prompt stored in the model
                batch_size=self._batch_size,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
                processing_kwargs={"text": {"pad_to_multiple_of": self._pads_to}},
            )
        return encoded


def _cached_or_fetched(repository: str) -> "SentenceTransformer":
    from huggingface_hub import HfApi
    from sentence_transformers import SentenceTransformer

    with suppress(Exception):  # not in the cache, or not complete there
        return SentenceTransformer(
            repository, local_files_only=True, model_kwargs=_SINGLE_PRECISION
        )
    try:
        # Asked once and first: the library would try an unreachable hub for over a minute.
        HfApi().model_info(repository, timeout=_HUB_ANSWERS_WITHIN_S)
    except Exception as error:
        raise NotFoundError(
            "it is no folder, not complete in the local cache, and the model hub does not "
            f"offer it or cannot be reached ({type(error).__name__})"
        ) from error
    return SentenceTransformer(repository, model_kwargs=_SINGLE_PRECISION)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's bars and remarks about loading out of a command's output."""
    from transformers.utils import logging

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def _readable(text: str) -> str:
    """Replace what no tokenizer takes: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
