"""Aside: what plugin code prints goes to stderr, since stdout is the command's answer and `--json` must stay JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


class Aside:
    """While this lasts, `print` writes to stderr. In the interface both are caught anyway."""

    __slots__ = ("_was",)
    _was: TextIO

    def __enter__(self) -> None:
        self._was = sys.stdout
        sys.stdout = sys.stderr

    def __exit__(self, *_: object) -> None:
        sys.stdout = self._was
