"""BLAKE2b, for the digests of the history, of keys and of sealed fields."""

from __future__ import annotations

# `hashlib` loads OpenSSL beside it: 3 ms on a command that has no other use for it. This module is
# the one that hashlib takes BLAKE2 from, private to Python, so a Python without it is asked the
# official way.
try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
