"""Keys that open something: 256 random bits, of which only the hash is stored."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A token for a link or a cookie, and its hash for the database."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token)


def token_hash(token: str) -> str:
    """SHA-256 in hexadecimal; nothing that is guessable is hashed, so it needs no salt."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
