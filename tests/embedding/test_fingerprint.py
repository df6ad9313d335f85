from pathlib import Path

import pytest

from matchmaker.embedding.fingerprint import fingerprint
from matchmaker.errors import InvalidInputError


def model(folder: Path, weights: bytes = b"weights", name: str = "weights.bin") -> Path:
    (folder / "part").mkdir(parents=True)
    (folder / "part" / name).write_bytes(weights)
    return folder


def test_content_and_names_of_files_make_the_identity(tmp_path: Path) -> None:
    first = fingerprint(model(tmp_path / "a"))

    assert len(first) == 12
    assert fingerprint(model(tmp_path / "b")) == first
    assert fingerprint(model(tmp_path / "c", weights=b"weightz")) != first
    assert fingerprint(model(tmp_path / "d", name="other.bin")) != first


@pytest.mark.parametrize("name", ["README.md", ".gitattributes", ".cache/lock", "SHA256SUMS"])
def test_files_that_change_no_vector_change_no_identity(tmp_path: Path, name: str) -> None:
    folder = model(tmp_path / "a")
    before = fingerprint(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("")

    assert fingerprint(folder) == before


@pytest.mark.parametrize("marker", ["  ", " *", "  ./"])
def test_checksums_as_the_common_tool_writes_them_are_understood(
    tmp_path: Path, marker: str
) -> None:
    folder = model(tmp_path / "a", weights=b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (folder / "SHA256SUMS").write_text(f"{empty}{marker}part/weights.bin\n")
    assert fingerprint(folder)

    (folder / "part" / "weights.bin").write_bytes(b"x")
    with pytest.raises(InvalidInputError, match=r"part/weights\.bin is damaged"):
        fingerprint(folder)
