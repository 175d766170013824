"""What goes wrong, said in a sentence on the prompt line."""

from __future__ import annotations

import sqlite3

from officeops.errors import Forbidden, OfficeError, refusal, told
from officeops.values import safe


def sentence(error: Exception) -> str:
    """Return an error as one line for people."""
    if isinstance(error, OfficeError):
        return safe(str(error))
    if isinstance(error, sqlite3.Error) and (why := refusal(error)):
        return why
    if isinstance(error, sqlite3.Error):
        return safe(f"The office's file answered: {told(error)}. Nothing was written.")
    # A plugin's or our own fault: said, so that it can be reported, and the program goes on.
    return safe(f"This did not work, by a fault in the program: {told(error)}")


def is_refusal(error: Exception) -> bool:
    """Whether the acting person may not see what was asked for, rather than that something is wrong."""
    return isinstance(error, Forbidden) or (isinstance(error, sqlite3.Error) and bool(refusal(error)))
