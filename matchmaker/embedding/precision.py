"""Numbers of half the width where a processor computes faster with them and the vectors hold."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

import numpy as np

from matchmaker.values import FloatArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# A vector that bfloat16 turns further away than this from its single-precision one is another.
_LEAST_COSINE = 0.9999

Precision = Callable[[], AbstractContextManager[object]]


def single() -> AbstractContextManager[object]:
    """Compute as the model is."""
    return nullcontext()


def fastest(
    model: "SentenceTransformer", encode: Callable[[], FloatArray]
) -> tuple[Precision, str]:
    """Return the context to encode in, and its name: "bfloat16" or "float32".

    bfloat16 (products of 16 bits, sums of 32) doubles the speed where the device has
    instructions for it. It is taken only if this very model's vectors stay the same in it; its
    matrices are then kept in it, everything else in single precision.

    Parameters
    ----------
    model : in single precision.
    encode : embeds a few texts of the model's languages: unit vectors (n, d).
    """
    device = model.device.type
    if not _computes_bfloat16(device):
        return single, "float32"
    import torch

    def half() -> AbstractContextManager[object]:
        context: AbstractContextManager[object] = torch.autocast(device, dtype=torch.bfloat16)
        return context

    exact = encode()
    with half():
        quick = encode()
    cosines = (exact * quick).sum(axis=1)
    # A model that answers with invalid numbers compares as False, and is reported elsewhere.
    if not np.all(cosines >= _LEAST_COSINE):
        return single, "float32"
    for module in model.modules():
        if isinstance(module, torch.nn.Linear):
            module.to(torch.bfloat16)  # else converted anew in every call
    return half, "bfloat16"


def _computes_bfloat16(device: str) -> bool:
    import torch

    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    abilities = torch.cpu.get_capabilities() if device == "cpu" else {}
    return bool(abilities.get("avx512_bf16") or abilities.get("amx_bf16"))
