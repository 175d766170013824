"""What goes wrong, said in a sentence on the prompt line."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from officeops.errors import Conflict, OfficeError
from officeops.values import plain, safe

if TYPE_CHECKING:
    from officeops.office import Office
    from officeops.records import Meta


def sentence(error: Exception) -> str:
    """Return an error as one line for people."""
    if isinstance(error, OfficeError):
        return safe(str(error))
    if isinstance(error, sqlite3.Error):
        return safe(f"The office's file answered: {error}. Nothing was written.")
    # A plugin's or our own fault: said, so that it can be reported, and the program goes on.
    return safe(f"This did not work, by a fault in the program: {type(error).__name__}: {error}")


def clash(office: Office, meta: Meta, conflict: Conflict) -> dict[str, str]:
    """Return, by field, what stands in a record now that someone else changed it."""
    told = {}
    for name, theirs in conflict.theirs.items():
        field = meta.field(name)
        text = str(plain(field, theirs, office.ways) or "blank") if field else str(theirs)
        told[name] = safe(f"is {text} now: someone changed it since you opened it")
    return told
