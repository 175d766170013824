"""Kept answers: small files of answers that take long to find out, in the user's folder for caches.

Each is blocks of lines with a blank line between, the newest first. The reader of one checks that
it still holds. A file that cannot be read or written costs time and nothing else.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def read(name: str) -> list[str]:
    """Read the blocks of a kept file; none where there is none."""
    try:
        with open(path_of(name), encoding="utf-8") as file:
            return file.read().split("\n\n")
    except (OSError, ValueError):
        return []


def keep(name: str, blocks: Sequence[str]) -> None:
    """Write a kept file whole or not at all; without a place to write, the next start asks again."""
    from pathlib import Path

    path = Path(path_of(name))
    spare = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        spare.write_text("\n\n".join(blocks), encoding="utf-8")
        spare.replace(path)
    except (OSError, ValueError):
        with suppress(OSError):
            spare.unlink()


def path_of(name: str) -> str:
    """Return the path of a kept file: one for each installation."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "officeops", f"{name}{sys.prefix.replace('/', '-')}.tsv")
