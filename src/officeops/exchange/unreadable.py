"""The one error of reading a file: a sentence, and the line it is about."""

from __future__ import annotations


class Unreadable(Exception):  # noqa: N818 - it is said as a word: the file is unreadable
    """A file that cannot be read as a table, with the reason as a sentence for the person who chose it.

    `message` is the sentence. `line` is the line, sheet row or record it is about (1-based), or None
    where the whole file is meant.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
