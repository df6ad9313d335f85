"""Passwords: long enough, and stored as argon2id."""

from functools import cache
from typing import TYPE_CHECKING

from matchmaker.errors import InvalidInputError

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST = 12
LONGEST = 200


def hash_password(password: str) -> str:
    """The hash of a new password.

    Raises
    ------
    InvalidInputError
        It is too short, or longer than anybody types.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInputError(
            f"The password needs {SHORTEST} to {LONGEST} characters.", field="password"
        )
    return _hashing().hash(password)


def is_password(password: str, known: str | None) -> bool:
    """Whether it is the one that `known` is the hash of.

    Where there is no hash it takes as long, so nobody learns which accounts exist.
    """
    is_right = _hashing().verify(password[:LONGEST], known or _nobodys_hash())
    return is_right and known is not None


@cache
def _hashing() -> "PasswordHash":
    """argon2id with the recommended cost: about a fifth of a second."""
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


@cache
def _nobodys_hash() -> str:
    return _hashing().hash("nobody has this password")
