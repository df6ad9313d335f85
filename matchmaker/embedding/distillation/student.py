"""The student: the teacher's body with our word pieces, and the folder it ends up in."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel, PreTrainedTokenizerFast

from matchmaker.embedding.distillation.vocabulary import LONGEST
from matchmaker.values import FloatArray


@dataclass(frozen=True, slots=True)
class Student:
    """A BERT body whose token states are averaged, and the tokenizer that reads for it.

    Dropout is off, as a student that has to meet a vector gains nothing from noise; the table
    of word vectors takes sparse gradients.
    """

    body: BertModel
    tokenizer: Tokenizer

    @classmethod
    def from_teacher(cls, teacher: Path, tokenizer: Tokenizer, vectors: FloatArray) -> "Student":
        """Put word vectors (pieces, d) in place of the teacher's."""
        body = BertModel.from_pretrained(str(teacher))
        table = nn.Embedding(*vectors.shape, padding_idx=0, sparse=True)
        with torch.no_grad():
            table.weight.copy_(torch.as_tensor(vectors, dtype=torch.float32))
        body.embeddings.word_embeddings = table
        body.config.vocab_size = len(vectors)
        return cls(body.eval(), tokenizer)

    @property
    def vectors(self) -> nn.Parameter:
        """The word vectors (pieces, d)."""
        weight: nn.Parameter = self.body.embeddings.word_embeddings.weight
        return weight

    def body_parameters(self) -> list[nn.Parameter]:
        """Everything but the word vectors."""
        return [one for one in self.body.parameters() if one is not self.vectors]

    def __call__(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return unit vectors (n, d) in single precision for padded pieces (n, length)."""
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask.unsqueeze(2).float()
        return nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)


def pad(pieces: list[list[int]], device: torch.device) -> tuple[Tensor, Tensor]:
    """Return ids and mask (n, longest) of lists of pieces; piece 0 fills up."""
    width = max(map(len, pieces))
    ids = np.zeros((len(pieces), width), dtype=np.int64)
    for row, one in enumerate(pieces):
        ids[row, : len(one)] = one
    padded = torch.as_tensor(ids, device=device)
    return padded, (padded != 0).long()


def save(student: Student, folder: Path) -> None:
    """Write the student in half precision as a folder that `SentenceTransformer(folder)` loads,
    with the checksums that the product holds it against."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    parts = folder.with_name(folder.name + ".parts")
    student.body.save_pretrained(parts)
    longest = min(LONGEST, student.body.config.max_position_embeddings)
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=student.tokenizer,
        model_max_length=longest,
        unk_token="[UNK]",  # noqa: S106
        pad_token="[PAD]",  # noqa: S106
        cls_token="[CLS]",  # noqa: S106
        sep_token="[SEP]",  # noqa: S106
        mask_token="[MASK]",  # noqa: S106
    )
    wrapped.save_pretrained(parts)
    transformer = Transformer(str(parts), max_seq_length=longest)
    size = student.vectors.shape[1]
    model = SentenceTransformer(modules=[transformer, Pooling(size), Normalize()], device="cpu")
    model.half().save(str(folder), create_model_card=False)
    shutil.rmtree(parts)
    write_checksums(folder)


def write_checksums(folder: Path) -> None:
    """List the SHA-256 of every file but the card as ``sha256sum`` does."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
        if path.name != "SHA256SUMS" and path.suffix != ".md"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")
