"""Trained scorers as files: numbers with their metrics and a card, nothing that could run.

    <data folder>/scorers/<version>/{parameters.json, metrics.json, model_card.md}

A version's name ends with the beginning of the SHA-256 of its `parameters.json`: a name means
these numbers and no others, and saving the same ones again changes nothing.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Self
from uuid import uuid4

import numpy as np
import orjson
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.scoring import Calibration, ScorerParameters, SideParameters, weighable

FILES = ("metrics.json", "model_card.md", "parameters.json")
# How far rounding may make a covariance asymmetric or take it below zero, of its largest number.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class SavedScorer:
    """A scorer in the data folder; `digest` is the SHA-256 of its numbers."""

    version: str
    digest: str


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class _Side(_Strict):
    """The numbers of one side, as `SideParameters` has them."""

    intercept: FiniteFloat
    weights: Annotated[dict[str, FiniteFloat], Field(min_length=1)]
    covariance: list[list[FiniteFloat]]

    @model_validator(mode="after")
    def _make_sense(self) -> Self:
        known = weighable()
        for name in self.weights:
            if name not in known:
                raise ValueError(f"there is no feature named {name}")
        size = len(self.weights) + 1
        if {len(self.covariance), *map(len, self.covariance)} != {size}:
            raise ValueError(f"the covariance needs {size} rows of {size} numbers")
        covariance = np.array(self.covariance)
        rounding = _ROUNDING * np.abs(covariance).max()
        if not np.allclose(covariance, covariance.T, rtol=0.0, atol=rounding):
            raise ValueError("the covariance is not symmetric")
        # Enormous numbers have no eigenvalues: what is not known to be sound is refused.
        if not np.linalg.eigvalsh(covariance)[0] >= -rounding:
            raise ValueError("the covariance is not positive semi-definite")
        return self


class _Calibration(_Strict):
    slope: FiniteFloat
    intercept: FiniteFloat
    rule: str


class _Parameters(_Strict):
    """The whole content of `parameters.json`."""

    sme: _Side
    startup: _Side
    calibration: _Calibration | None


def save_scorer(
    data_folder: Path, parameters: ScorerParameters, metrics: Mapping[str, Any], model_card: str
) -> SavedScorer:
    """Write a trained scorer and give it its name; the version it came with is not used.

    Each file appears whole or not at all, the numbers last.

    Raises
    ------
    InvalidInputError
        The numbers make no sense: one is not finite, a feature is unknown, or a covariance is
        no covariance.
    """
    content = orjson.dumps(_as_file(parameters).model_dump(), option=orjson.OPT_INDENT_2)
    digest = hashlib.sha256(content).hexdigest()
    saved = SavedScorer(_name(digest), digest)
    folder = _folder(data_folder, saved.version)
    folder.mkdir(parents=True, exist_ok=True)
    measured = orjson.dumps(dict(metrics), option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY)
    for name, bytes_of in zip(FILES, (measured, model_card.encode(), content), strict=True):
        _write(folder / name, bytes_of)
    return saved


def load_scorer(data_folder: Path, version: str, digest: str) -> ScorerParameters:
    """Read the numbers of a saved scorer. No code is run: they are JSON and checked one by one.

    Raises
    ------
    ConflictError
        A file is missing, or the numbers are not those that were saved, or make no sense.
    """
    folder = _folder(data_folder, version)
    for name in FILES:
        if not (folder / name).is_file():
            raise ConflictError(f"The scorer {version} lacks its file {name} in {folder}.")
    content = (folder / "parameters.json").read_bytes()
    if hashlib.sha256(content).hexdigest() != digest or version != _name(digest):
        raise ConflictError(
            f"The numbers of the scorer {version} in {folder} are not those that were saved."
        )
    try:
        found = _Parameters.model_validate_json(content)
    except ValidationError as error:
        raise ConflictError(_senseless(error)) from None
    calibration = found.calibration
    return ScorerParameters(
        version=version,
        sme=_from_file(found.sme),
        startup=_from_file(found.startup),
        calibration=None if calibration is None else Calibration(**calibration.model_dump()),
    )


def _name(digest: str) -> str:
    return f"learned-{digest[:12]}"


def _folder(data_folder: Path, version: str) -> Path:
    return data_folder / "scorers" / version


def _as_file(parameters: ScorerParameters) -> _Parameters:
    sides = {
        name: {
            "intercept": float(side.intercept),
            "weights": {feature: float(weight) for feature, weight in side.weights.items()},
            "covariance": side.covariance.tolist(),
        }
        for name, side in (("sme", parameters.sme), ("startup", parameters.startup))
    }
    calibration = parameters.calibration
    try:
        return _Parameters.model_validate(
            {**sides, "calibration": None if calibration is None else asdict(calibration)}
        )
    except ValidationError as error:
        raise InvalidInputError(_senseless(error), field="parameters") from None


def _from_file(side: _Side) -> SideParameters:
    return SideParameters(side.intercept, dict(side.weights), np.array(side.covariance))


def _senseless(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"The numbers of a scorer make no sense: {where}: {first['msg']}."


def _write(path: Path, content: bytes) -> None:
    """Put a file in place under a name of its own first, so that nobody reads half of it."""
    unfinished = path.with_name(f".{uuid4().hex}")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
