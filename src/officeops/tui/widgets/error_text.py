"""What goes wrong, said in a sentence on the prompt line."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from officeops.model.errors import Forbidden, OfficeError, damage, refusal, told
from officeops.values.convert import safe

if TYPE_CHECKING:
    from officeops.store.commits import Fate


def sentence(error: Exception, fate: Fate | None = None) -> str:
    """Return an error as one line for people. `fate` is what a write committed before it failed; a reading has none."""
    if isinstance(error, OfficeError):
        return _refused(safe(str(error)), fate)
    if isinstance(error, sqlite3.Error):
        if why := refusal(error):
            return _refused(why, fate)
        words = damage(error) or safe(f"The office's file answered: {told(error)}.")
        # What matters most goes first: on 80 columns the end is cut.
        return f"{fate.sentence} {words}" if fate else words
    # A plugin's or our own fault: said, so that it can be reported, and the program goes on.
    words = safe(f"This did not work, by a fault in the program: {told(error)}")
    return f"{words.rstrip('.')}. {fate.sentence}" if fate and fate.written else words


def _refused(words: str, fate: Fate | None) -> str:
    """Return a refusal without its claim that nothing was written, where something was before it."""
    if fate is None or not fate.written:
        return words
    return f"{fate.corrected(words).rstrip('.')}. Before that: {fate.sentence}"


def is_refusal(error: Exception) -> bool:
    """Whether the acting person may not see what was asked for, rather than that something is wrong."""
    return isinstance(error, Forbidden) or (
        isinstance(error, sqlite3.Error) and bool(refusal(error))
    )
