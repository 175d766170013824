"""What goes wrong, said in a sentence on the prompt line."""

from __future__ import annotations

import sqlite3

from officeops.errors import OfficeError, refusal
from officeops.values import safe


def sentence(error: Exception) -> str:
    """Return an error as one line for people."""
    if isinstance(error, OfficeError):
        return safe(str(error))
    if isinstance(error, sqlite3.Error) and (why := refusal(error)):
        return why
    if isinstance(error, sqlite3.Error):
        return safe(f"The office's file answered: {error}. Nothing was written.")
    # A plugin's or our own fault: said, so that it can be reported, and the program goes on.
    return safe(f"This did not work, by a fault in the program: {type(error).__name__}: {error}")
