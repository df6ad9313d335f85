"""What a model folder holds, as checksums: its identity and its integrity."""

import hashlib
from pathlib import Path

from matchmaker.errors import InvalidInputError

_CHECKSUMS = "SHA256SUMS"


def fingerprint(folder: Path) -> str:
    """Return 12 hexadecimal digits that name the folder's content, wherever the folder lies.

    Hidden files, Markdown and the checksum list itself are left out: they change no vector.

    Raises
    ------
    InvalidInputError
        The folder lists checksums in `SHA256SUMS` (lines of ``sha256sum``) and a listed file
        is missing or has another content.
    """
    digests = {
        path.relative_to(folder).as_posix(): _sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != _CHECKSUMS
    }
    if (folder / _CHECKSUMS).exists():
        _check(folder / _CHECKSUMS, digests)
    identity = "".join(
        f"{digest}  {name}\n" for name, digest in digests.items() if _changes_vectors(name)
    )
    return hashlib.sha256(identity.encode()).hexdigest()[:12]


def _check(checksums: Path, digests: dict[str, str]) -> None:
    for line in checksums.read_text("utf-8").splitlines():
        digest, _, name = line.partition(" ")
        name = name.lstrip(" *").removeprefix("./")
        if name not in digests:
            raise InvalidInputError(f"its file {name} is missing")
        if digests[name] != digest.lower():
            raise InvalidInputError(f"its file {name} is damaged (the checksum differs)")


def _changes_vectors(name: str) -> bool:
    return not name.endswith(".md") and not any(part.startswith(".") for part in name.split("/"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
