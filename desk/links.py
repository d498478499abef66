"""The secrets of one-time links. Only their hashes are kept."""

from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe

SECRET_BYTES = 32
"""43 characters; with the word before them well within a deep link's 64."""


def new_secret() -> str:
    return token_urlsafe(SECRET_BYTES)


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def is_of(secret: str, kept: str) -> bool:
    """Whether `kept` is the secret's hash; takes as long whatever the answer."""
    return compare_digest(hashed(secret), kept)
