"""Secrets at rest: encrypted with a key that follows from the desk's secret key and never lies in the database."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from service.domain.errors import N_, Conflict


class Vault:
    """Encrypts with the first key; decrypts with any, so that keys can be rotated."""

    def __init__(self, *secret_keys: str) -> None:
        """Derive a key from each secret key, the current one first."""
        derived = [hashlib.sha256(b"perstolk endpoint secrets\n" + key.encode()).digest() for key in secret_keys]
        keys = [Fernet(base64.urlsafe_b64encode(key)) for key in derived]
        self._first, self._fernet = keys[0], MultiFernet(keys)

    def lock(self, secret: str) -> str:
        """Return the secret encrypted, as text."""
        return self._fernet.encrypt(secret.encode()).decode()

    def renew(self, locked: str) -> str:
        """Return the secret encrypted with the first key; as it is where it already was.

        Raise `Conflict` where it was locked with a key that is gone.
        """
        try:
            self._first.decrypt(locked.encode())
        except InvalidToken:
            return self.lock(self.unlock(locked))
        return locked

    def unlock(self, locked: str) -> str:
        """Return the secret; raise `Conflict` where it was locked with a key that is gone."""
        try:
            return self._fernet.decrypt(locked.encode()).decode()
        except InvalidToken as error:
            raise Conflict(
                "lost_key",
                N_("A stored secret cannot be read with the present SECRET_KEY; rotate the endpoint's secret."),
            ) from error
