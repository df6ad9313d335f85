"""Tiny sentence-transformers models with random weights, built once per test run."""

from pathlib import Path

import pytest

VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *(letter for letter in "abcdefghijklmnopqrstuvwxyzäöüß0123456789.,:?"),
    *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyzäöüß0123456789"),
    *("wir", "suchen", "eine", "lösung", "pumpe", "##en", "query", "passage"),
]


@pytest.fixture(scope="session")
def transformer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers whose stored prompts would change every vector if they were used."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    parts = tmp_path_factory.mktemp("bert")
    (parts / "vocab.txt").write_text("\n".join(VOCABULARY), "utf-8")
    BertTokenizerFast(vocab=str(parts / "vocab.txt"), strip_accents=False).save_pretrained(parts)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(parts)

    folder = tmp_path_factory.mktemp("models") / "tiny-bert"
    body = Transformer(str(parts))
    pooling = Pooling(body.get_embedding_dimension())
    model = SentenceTransformer(
        modules=[body, pooling],
        prompts={"query": "stored prompt: "},
        default_prompt_name="query",
        device="cpu",
    )
    model.save(str(folder))
    return folder


@pytest.fixture(scope="session")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model: the mean of random token vectors."""
    import numpy as np
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import BertPreTokenizer

    vocabulary = {piece: row for row, piece in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    weights = np.random.default_rng(1).standard_normal((len(VOCABULARY), 24), dtype=np.float32)
    folder = tmp_path_factory.mktemp("models") / "tiny-static"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, weights)], device="cpu").save(
        str(folder)
    )
    return folder
