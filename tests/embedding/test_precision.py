"""bfloat16 is taken where it pays and never where it turns a vector."""

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from matchmaker.embedding.precision import fastest
from matchmaker.values import FloatArray

knows_bfloat16 = pytest.mark.skipif(
    not torch.cpu.get_capabilities().get("avx512_bf16"),
    reason="this processor has no instructions for bfloat16",
)


@pytest.fixture
def model(transformer_folder: Path) -> SentenceTransformer:
    return SentenceTransformer(
        str(transformer_folder), device="cpu", model_kwargs={"dtype": "float32"}
    )


def test_a_model_whose_vectors_turn_stays_in_single_precision(model: SentenceTransformer) -> None:
    def encode() -> FloatArray:
        turned = torch.is_autocast_enabled("cpu")
        return np.array([[0.6, 0.8] if turned else [1.0, 0.0]], dtype=np.float32)

    precision, name = fastest(model, encode)

    assert name == "float32"
    with precision():
        assert not torch.is_autocast_enabled("cpu")
    assert {weight.dtype for weight in model.parameters()} == {torch.float32}


@knows_bfloat16
def test_a_model_whose_vectors_hold_keeps_its_matrices_in_half_the_width(
    model: SentenceTransformer,
) -> None:
    def encode() -> FloatArray:
        return np.array([[1.0, 0.0]], dtype=np.float32)

    precision, name = fastest(model, encode)

    assert name == "bfloat16"
    with precision():
        assert torch.is_autocast_enabled("cpu")
    matrices = [one for one in model.modules() if isinstance(one, torch.nn.Linear)]
    assert {one.weight.dtype for one in matrices} == {torch.bfloat16}
    norms = [one for one in model.modules() if isinstance(one, torch.nn.LayerNorm)]
    assert {one.weight.dtype for one in norms} == {torch.float32}
