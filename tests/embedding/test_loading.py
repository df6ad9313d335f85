import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from matchmaker.config import EmbeddingSettings
from matchmaker.embedding import load_encoder


def settings(model: str | None, **changes: str) -> EmbeddingSettings:
    return EmbeddingSettings(model=model, batch_size=8, **changes)


@pytest.fixture
def folder(transformer_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny transformer with its checksums, free to be damaged."""
    copy = tmp_path / "models" / "encoder"
    shutil.copytree(transformer_folder, copy)
    (copy / "SHA256SUMS").write_text(
        "".join(
            f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(copy).as_posix()}\n"
            for path in sorted(copy.rglob("*"))
            if path.is_file()
        )
    )
    return copy


def weights(folder: Path) -> Path:
    return next(folder.rglob("*.safetensors"))


def test_no_model_means_the_fallback_and_its_notice(tmp_path: Path) -> None:
    encoder = load_encoder(settings(None), tmp_path)

    assert encoder.is_fallback
    assert encoder.notice
    assert "no language model is configured" in encoder.notice


def test_a_folder_is_found_from_the_root_and_by_its_full_path(folder: Path, tmp_path: Path) -> None:
    relative = load_encoder(settings("models/encoder"), tmp_path)
    absolute = load_encoder(settings(str(folder)), Path("/"))

    assert not relative.is_fallback
    assert relative.notice is None
    assert relative.dimension == 32
    assert relative.version == absolute.version
    assert relative.version.startswith("encoder@")


def test_loading_a_model_prints_nothing(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    load_encoder(settings("models/encoder"), tmp_path)

    assert "".join(capfd.readouterr()) == ""


def test_prompts_stored_in_a_model_are_not_put_in_front(folder: Path, tmp_path: Path) -> None:
    plain = load_encoder(settings("models/encoder"), tmp_path)
    prefixed = load_encoder(settings("models/encoder", query_prefix="stored prompt: "), tmp_path)

    text = plain.embed(["stored prompt: Pumpe"], "query")
    np.testing.assert_allclose(prefixed.embed(["Pumpe"], "query"), text, atol=1e-5)
    assert not np.allclose(plain.embed(["Pumpe"], "query"), text, atol=1e-3)


def test_the_prefix_of_the_role_is_used(folder: Path, tmp_path: Path) -> None:
    encoder = load_encoder(
        settings("models/encoder", query_prefix="query: ", passage_prefix="passage: "), tmp_path
    )
    plain = load_encoder(settings("models/encoder"), tmp_path)

    for role in ("query", "passage"):
        np.testing.assert_allclose(
            encoder.embed(["Pumpe"], role), plain.embed([f"{role}: Pumpe"], role), atol=1e-5
        )


def test_another_prefix_is_another_version(folder: Path, tmp_path: Path) -> None:
    versions = {
        load_encoder(settings("models/encoder", **prefixes), tmp_path).version
        for prefixes in ({}, {"query_prefix": "q: "}, {"passage_prefix": "q: "})
    }

    assert len(versions) == 3


def test_a_moved_folder_and_another_batch_size_keep_the_version(
    folder: Path, tmp_path: Path
) -> None:
    before = load_encoder(settings("models/encoder"), tmp_path).version
    (tmp_path / "elsewhere").mkdir()
    folder.rename(tmp_path / "elsewhere" / "encoder")
    moved = EmbeddingSettings(model="elsewhere/encoder", batch_size=3)

    assert load_encoder(moved, tmp_path).version == before


def test_other_weights_are_another_version_and_other_words_in_the_card_are_not(
    folder: Path, static_folder: Path, tmp_path: Path
) -> None:
    (folder / "SHA256SUMS").unlink()
    before = load_encoder(settings("models/encoder"), tmp_path).version
    (folder / "README.md").write_text("Another model card.")
    assert load_encoder(settings("models/encoder"), tmp_path).version == before

    shutil.rmtree(folder)
    shutil.copytree(static_folder, folder)
    assert load_encoder(settings("models/encoder"), tmp_path).version != before


def assert_falls_back(model: str, root: Path, cause: str) -> None:
    encoder = load_encoder(settings(model), root)

    assert encoder.is_fallback
    assert encoder.notice
    assert model in encoder.notice
    assert cause in encoder.notice
    assert "\n" not in encoder.notice
    assert encoder.embed(["Pumpe"], "query").any()


@pytest.mark.parametrize("model", ["models/missing", "./missing", "/no/such/place", "a/b/c"])
def test_a_missing_folder_is_named_as_missing(tmp_path: Path, model: str) -> None:
    (tmp_path / "models").mkdir()

    assert_falls_back(model, tmp_path, "does not exist")


def test_a_file_in_place_of_a_folder_falls_back(tmp_path: Path) -> None:
    (tmp_path / "encoder").write_text("not a folder")

    assert_falls_back("encoder", tmp_path, "is no folder")


def test_a_folder_without_a_model_falls_back(tmp_path: Path) -> None:
    (tmp_path / "encoder").mkdir()

    assert_falls_back("encoder", tmp_path, "holds no modules.json")


def test_one_flipped_byte_is_detected_by_the_checksums(folder: Path, tmp_path: Path) -> None:
    content = bytearray(weights(folder).read_bytes())
    content[-100] ^= 1
    weights(folder).write_bytes(content)

    assert_falls_back("models/encoder", tmp_path, "model.safetensors is damaged")


def test_a_listed_file_that_is_missing_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "tokenizer.json").unlink()

    assert_falls_back("models/encoder", tmp_path, "tokenizer.json is missing")


def test_truncated_weights_fall_back_without_checksums(folder: Path, tmp_path: Path) -> None:
    (folder / "SHA256SUMS").unlink()
    weights(folder).write_bytes(weights(folder).read_bytes()[:-1000])

    assert_falls_back("models/encoder", tmp_path, "loading it failed (SafetensorError")


def test_weights_that_are_not_numbers_fall_back(folder: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    (folder / "SHA256SUMS").unlink()
    tensors = {name: values * np.nan for name, values in load_file(weights(folder)).items()}
    save_file(tensors, weights(folder), metadata={"format": "pt"})

    assert_falls_back("models/encoder", tmp_path, "invalid numbers")


@pytest.mark.parametrize("model", ["", "\x00", "x" * 5000, "../" * 50, "kein Name/für ein Modell"])
def test_no_setting_is_too_strange(tmp_path: Path, model: str) -> None:
    assert load_encoder(settings(model), tmp_path).is_fallback


def test_a_hub_name_without_a_network_falls_back_in_seconds_and_silence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # Importing the library takes longer than asking the hub and is not what is measured.
    import sentence_transformers  # noqa: F401

    started = time.monotonic()
    assert_falls_back("intfloat/multilingual-e5-small", tmp_path, "the model hub")

    assert time.monotonic() - started < 10
    assert "".join(capfd.readouterr()) == ""


def test_a_hub_model_in_the_local_cache_needs_no_network_and_is_named_by_its_commit(
    transformer_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    cached = tmp_path / "models--example--tiny"
    shutil.copytree(transformer_folder, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))

    encoder = load_encoder(settings("example/tiny"), tmp_path)

    assert encoder.notice is None
    assert encoder.version.startswith("example/tiny@0123456789ab+")


def test_importing_the_room_loads_no_machine_learning_library() -> None:
    code = (
        "import sys, matchmaker.embedding;"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'sklearn', 'scipy'};"
        "print(heavy & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert answer.stdout.strip() == "set()", answer.stderr
