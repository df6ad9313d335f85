"""The body of health."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class HealthOut(BaseModel):
    """Whether the service works, and with what; nothing about any record."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "status": "ok",
                    "version": "0.1.0",
                    "revision": "2026_11_22",
                    "encoder": "hashed-ngrams-1",
                    "encoder_notice": None,
                }
            ]
        }
    )

    status: Literal["ok"]
    version: str
    revision: str | None
    encoder: str
    encoder_notice: str | None
