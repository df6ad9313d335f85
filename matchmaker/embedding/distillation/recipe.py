"""The recipe of a student: what is taught, in which order and how fast."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

RECIPE = Path(__file__).with_name("recipe.yaml")


class Stage(BaseModel):
    """One stage of teaching; see recipe.yaml for the meaning of each number."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: Mapping[str, float] = {}
    english: float = Field(default=0, ge=0, le=1)
    epochs: int = Field(ge=1)
    batch: int = Field(ge=2)
    pieces_per_batch: int = Field(ge=512)
    vector_rate: float = Field(gt=0)
    body_rate: float = Field(ge=0)
    neighborhood: float = Field(ge=0)
    answers: float = Field(default=0, ge=0)
    average: bool = False


class Recipe(BaseModel):
    """Everything that decides how a student turns out, besides the texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int
    german_pieces: int = Field(ge=1)
    paragraphs: int = Field(ge=0)
    stages: Mapping[str, Stage]


def read_recipe(path: Path = RECIPE) -> Recipe:
    """Read a recipe; a mistake is named with its place by pydantic's ValidationError."""
    return Recipe.model_validate(yaml.safe_load(path.read_text("utf-8")))
