"""Signature: the proof that a person typed their PIN for one entry at a shared login."""

from __future__ import annotations


class Signature:
    """A person's login, and the digest of the PIN that they typed. Its text shows no digest.

    `wrong` are the wrong PINs that somebody typed for them since the last right one.
    """

    __slots__ = ("digest", "login", "wrong")

    def __init__(
        self,
        login: str,
        digest: str,
        wrong: int = 0,
    ) -> None:
        self.login, self.digest, self.wrong = login, digest, wrong

    def __repr__(self) -> str:
        return f"<signed by {self.login}>"

    def __reduce__(self) -> str:
        raise TypeError("a signature is for one entry, and is not pickled")
