"""The answer of `contract.md` to "match": one shape for stored lists and ad-hoc ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RunVersions:
    """What lists were computed with: enough to compute them again.

    A notice is what people should know before they trust what its neighbor did.
    """

    encoder: str
    encoder_notice: str | None
    scorer: str
    scorer_notice: str | None
    features: str
    seed: int


def answer(
    *,
    need: Mapping[str, Any],
    list_id: UUID | None,
    run_id: UUID | None,
    generated_at: datetime,
    versions: RunVersions,
    considered: int,
    excluded: Mapping[str, int],
    abstained: Sequence[str] | None,
    results: Sequence[dict[str, Any]],
    texts: Mapping[str, str],
) -> dict[str, Any]:
    """Put the parts together; `texts` are the quoted text versions by id, for the spans."""
    return {
        "need": dict(need),
        "match_list": None if list_id is None else str(list_id),
        "run": None if run_id is None else str(run_id),
        "generated_at": generated_at.isoformat(),
        "encoder": versions.encoder,
        "encoder_notice": versions.encoder_notice,
        "scorer": versions.scorer,
        "scorer_notice": versions.scorer_notice,
        "features": versions.features,
        "seed": versions.seed,
        "considered": considered,
        "excluded": dict(excluded),
        "abstained": None if abstained is None else list(abstained),
        "results": list(results),
        "texts": dict(sorted(texts.items())),
    }


def localize(document: Any, language: str) -> Any:
    """The same document with each sentence in one language only."""
    if isinstance(document, dict):
        if document.keys() == {"de", "en"}:
            return document[language]
        return {key: localize(value, language) for key, value in document.items()}
    if isinstance(document, list):
        return [localize(value, language) for value in document]
    return document
