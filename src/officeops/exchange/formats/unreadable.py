"""The one error of reading files."""

from __future__ import annotations

from officeops.model.errors import OfficeError


class Unreadable(OfficeError):
    """A file cannot be read as a table. The message gives the reason and the remedy.

    `line` is the line, sheet row or record it is about (1-based), or None where the whole file is
    meant.
    """

    code = "unreadable"

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
