"""Choosing the encoder: the configured model, or the fallback with its reason."""

from pathlib import Path

from matchmaker.config import EmbeddingSettings
from matchmaker.embedding.encoder import Encoder
from matchmaker.embedding.hashed_ngrams import HashedNgramEncoder
from matchmaker.embedding.sentence_transformer import SentenceTransformerEncoder
from matchmaker.errors import MatchmakerError, NotFoundError

NO_MODEL = (
    "Texts are compared by spelling only, because no language model is configured "
    "(embedding.model)."
)
_CAUSE_LENGTH = 200


def load_encoder(settings: EmbeddingSettings, root: Path) -> Encoder:
    """Return the configured encoder, or the fallback, whose notice names model and cause.

    Parameters
    ----------
    settings : `model` is a folder, a name on the model hub, or None for the fallback.
    root : the folder that a relative model path starts from.

    Nothing is raised: an office whose model is missing, damaged or out of reach goes on
    working, and every list says that it does so without the model.
    """
    if settings.model is None:
        return HashedNgramEncoder(NO_MODEL)
    try:
        return _load_model(settings.model, settings, root)
    except Exception as error:  # whatever a foreign model file makes a library raise
        return HashedNgramEncoder(
            f"Texts are compared by spelling only, because the language model "
            f"{settings.model!r} cannot be used: {_cause(error)}."
        )


def _load_model(model: str, settings: EmbeddingSettings, root: Path) -> Encoder:
    folder = root / Path(model).expanduser()
    if folder.is_dir():
        return SentenceTransformerEncoder.from_folder(folder, settings)
    if _is_path(model, folder, root):
        # Asked for a missing path, the library reports a network error.
        state = "is no folder" if folder.exists() else "does not exist"
        raise NotFoundError(f"{folder} {state}")
    return SentenceTransformerEncoder.from_hub(model, settings)


def _is_path(model: str, folder: Path, root: Path) -> bool:
    """Whether the name means a place on this machine; a hub name is "model" or "owner/model"."""
    looks_local = model.startswith(("/", "~", ".")) or "\\" in model or model.count("/") > 1
    return looks_local or folder.exists() or (folder.parent != root and folder.parent.is_dir())


def _cause(error: Exception) -> str:
    """Return an error as the end of a sentence; a foreign one by its kind and first line."""
    if isinstance(error, MatchmakerError):
        return str(error)
    first_line = str(error).strip().partition("\n")[0][:_CAUSE_LENGTH].rstrip(" .:;,")
    return f"loading it failed ({type(error).__name__}: {first_line})"
