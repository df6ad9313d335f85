"""Settings, read once from config.yaml and the environment, frozen from then on."""

import os
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)
from yaml import YAMLError

from matchmaker.errors import InvalidInputError


def shipped_folder() -> Path:
    """Where migrations, models and the default configuration lie.

    In a wheel that is `matchmaker/shipped`; in a checkout it is the repository itself.
    """
    packaged = Path(__file__).parent / "shipped"
    return packaged if packaged.is_dir() else Path(__file__).parents[1]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OfficeSettings(_Section):
    """The office that `matchmaker init` creates first."""

    slug: str
    name: str


class EmbeddingSettings(_Section):
    """Which encoder turns texts into vectors."""

    model: str | None
    query_prefix: str = ""
    passage_prefix: str = ""
    batch_size: int = Field(ge=1)
    languages: frozenset[str] | None = None


class FusionWeights(_Section):
    """How much each ranking counts in the fused one."""

    dense: float = Field(ge=0)
    lemmas: float = Field(ge=0)
    parts: float = Field(ge=0)


class RetrievalSettings(_Section):
    """How candidates are found."""

    candidates_per_need: int = Field(ge=1)
    minimum_terms: int = Field(ge=1)
    fusion: FusionWeights


class FeatureWeight(_Section):
    """Log-odds per point of signal, and how sure the expert is of them."""

    weight: float
    prior_sd: float = Field(gt=0)


class SideSettings(_Section):
    """One side's logistic model: intercept and weights by feature name."""

    intercept: float
    intercept_sd: float = Field(gt=0)
    features: dict[str, FeatureWeight]


class BandThresholds(_Section):
    """Reciprocal scores from which a pair is called strong or plausible."""

    strong: float = Field(ge=0, le=1)
    plausible: float = Field(ge=0, le=1)


class ScoringSettings(_Section):
    """How candidates are scored and explained."""

    rule: Literal["harmonic_mean", "product"]
    bands: BandThresholds
    evidence_quantile: float = Field(gt=0, lt=1)
    poor_fit_log_odds: float = Field(le=0)
    sme: SideSettings
    startup: SideSettings


class ListSettings(_Section):
    """How long a stored list is, and how much of it is drawn by lot."""

    length: int = Field(ge=1, le=200)
    discovery_share: float = Field(ge=0, le=0.5)


class GateSettings(_Section):
    """What a challenger has to show before it may serve."""

    needs: int = Field(ge=2)
    certainty: float = Field(gt=0.5, lt=1)
    ece_rise: float = Field(ge=0)
    gini_rise: float = Field(ge=0)
    shown_share_fall: float = Field(ge=0)


class TrainingSettings(_Section):
    """How what was learned from outcomes comes to serve."""

    gate: GateSettings


class WebSettings(_Section):
    """Where the server listens and what it accepts."""

    host: str
    port: int = Field(ge=1, le=65535)
    body_limit_bytes: int = Field(ge=1024)
    public_url: str = Field(pattern=r"^https?://[^/\s]+$")


class AccountSettings(_Section):
    """Accounts of the office's people."""

    session_hours: float = Field(gt=0)


class PromiseSettings(_Section):
    """What the owner of a need is told about when we go on."""

    review_working_days: int = Field(ge=1, le=250)
    answer_working_days: int = Field(ge=1, le=250)


class RetentionSettings(_Section):
    """Days after which data is deleted, or its owner is asked whether it is still right."""

    draft_days: int = Field(ge=1)
    unconfirmed_days: int = Field(ge=1)
    profile_question_days: int = Field(ge=1)
    profile_answer_days: int = Field(ge=1)


class MailSettings(_Section):
    """The server that takes our mail, and whose name stands on it."""

    host: str | None = None
    port: int = Field(ge=1, le=65535)
    security: Literal["none", "starttls", "tls"]
    username: str | None = None
    password: str | None = None
    sender: str | None = None
    sender_name: str | None = None
    timeout_s: float = Field(gt=0)


class PersonSettings(_Section):
    """Somebody whom people may ask."""

    name: str
    phone: str | None = None
    email: str | None = None


class OperatorSettings(_Section):
    """Who runs this installation and answers for it."""

    address: tuple[str, ...] = ()
    represented_by: str | None = None
    email: str | None = None
    phone: str | None = None
    contact: PersonSettings | None = None


LegalBasis = Literal["public_task", "contract", "legitimate_interest", "consent"]


class PrivacySettings(_Section):
    """What the privacy notice says beside what the program itself knows."""

    officer: PersonSettings | None = None
    authority: str | None = None
    matching: LegalBasis
    recipients: tuple[str, ...] = ()


class AccessibilitySettings(_Section):
    """What the accessibility statement says."""

    conformance: Literal["full", "partial", "none", "not_assessed"]
    assessed_on: date | None = None
    assessed_by: Literal["self", "others"] = "self"
    gaps: tuple[str, ...] = ()
    enforcement: tuple[str, ...] = ()


class Settings(BaseSettings):
    """Every tunable of the application; `config.yaml` says what each one means."""

    model_config = SettingsConfigDict(
        env_prefix="MATCHMAKER_",
        env_nested_delimiter="__",
        env_parse_none_str="null",
        frozen=True,
        extra="forbid",
    )

    config_file: Path | None = None
    database_url: str
    data_folder: Path
    seed: int
    office: OfficeSettings
    embedding: EmbeddingSettings
    retrieval: RetrievalSettings
    scoring: ScoringSettings
    lists: ListSettings
    training: TrainingSettings
    web: WebSettings
    mail: MailSettings
    accounts: AccountSettings
    promises: PromiseSettings
    retention: RetentionSettings
    operator: OperatorSettings
    privacy: PrivacySettings
    accessibility: AccessibilitySettings

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Rank the sources: arguments, environment, the office's file, the shipped file."""
        # An office's own file needs to name only what differs from the shipped one.
        files = [shipped_folder() / "config.yaml"]
        if chosen := init_settings().get("config_file"):
            files.append(chosen)
        yaml = YamlConfigSettingsSource(settings_cls, yaml_file=files, deep_merge=True)
        return init_settings, env_settings, yaml


def load_settings(config_file: Path | None = None) -> Settings:
    """Read the settings; the environment beats `config_file`, which beats the shipped file.

    Raises
    ------
    InvalidInputError
        The file is missing, is no YAML, or a setting is unknown or out of range.
    """
    named = os.environ.get("MATCHMAKER_CONFIG")
    chosen = config_file or (Path(named) if named else None)
    if chosen and not chosen.is_file():
        raise InvalidInputError(f"The configuration file {chosen} does not exist.", field="config")
    try:
        return Settings(config_file=chosen)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInputError(
            f"Setting {where}: {first['msg']} (configuration {chosen or 'as shipped'}).",
            field=where,
        ) from None
    except (ValueError, YAMLError) as error:
        raise InvalidInputError(
            f"The configuration {chosen or 'as shipped'} cannot be read: {error}",
            field="config",
        ) from None
