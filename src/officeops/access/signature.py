"""Signature: the proof that a person typed their PIN for one entry at a shared login."""

from __future__ import annotations


class Signature:
    """A person's login, and the digest of the PIN that they typed. Its text shows no digest."""

    __slots__ = ("digest", "login")

    def __init__(self, login: str, digest: str) -> None:
        self.login, self.digest = login, digest

    def __repr__(self) -> str:
        return f"<signed by {self.login}>"

    def __reduce__(self) -> str:
        raise TypeError("a signature is for one entry, and is not pickled")
