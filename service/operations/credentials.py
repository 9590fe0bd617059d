"""Passwords and tokens as they are kept: argon2id for what people choose, SHA-256 for 256 random bits."""

from __future__ import annotations

import hashlib

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.domain.passwords import check_password

HASHER = PasswordHasher()

# The hash of a password that nobody knows, so that an unknown name takes as long as a wrong password.
NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$8QwdkJJu9co+hlRAi3mpeQ$ERW15th/am04ygaIB4xMeVGdCr6BN/9WdrfUl3nu9g8"


def token_hash(token: str) -> str:
    """Return what is stored in place of a session's or program's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def chosen_hash(password: str, email: str) -> str:
    """Return the hash of a password that a person chose; raise `Invalid` where it may not be used."""
    check_password(password, email=email)
    return HASHER.hash(password)


def made_hash(password: str) -> str:
    """Return the hash of a password that the desk made."""
    return HASHER.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is the one; takes as long where there is no hash at all."""
    try:
        HASHER.verify(password_hash or NOBODYS_HASH, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
