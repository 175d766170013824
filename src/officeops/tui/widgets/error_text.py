"""Errors as sentences on the prompt line."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from officeops.model.error_words import damage, told
from officeops.model.errors import Forbidden, OfficeError
from officeops.store.system_refusals import system_refusal
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.store.commits import Fate


def sentence(error: Exception, fate: Fate | None = None) -> str:
    """Return an error as one line for people.

    `fate` is what a write had committed before it failed; a failed read has none.
    """
    if isinstance(error, OfficeError):
        return _refused(safe(told(error)), fate)
    words = damage(error)
    if not words and isinstance(error, OSError) and error.filename:
        words = safe(system_refusal(error))
    if words or isinstance(error, sqlite3.Error):
        words = words or safe(f"The office's file answered: {told(error)}.")
        # What became of the write goes first: on 80 columns the end is cut.
        return f"{fate.sentence} {words}" if fate else words
    # A fault of a plugin's or our own: shown, so that people can report it, and the program goes
    # on.
    words = safe(f"This did not work, by a fault in the program: {told(error)}")
    if fate and fate.written:
        return f"{words.rstrip('.')}. {fate.sentence}"
    return words


def _refused(words: str, fate: Fate | None) -> str:
    """Return a refusal that is true of the write.

    It must not claim that nothing was written if something was written before it.
    """
    if fate is None or not fate.written:
        return words
    corrected = fate.corrected(words).rstrip(".")
    return f"{corrected}. Before that: {fate.sentence}"


def is_refusal(error: Exception) -> bool:
    """Whether the acting person may not see the data.

    Any other error means that something is wrong with it.
    """
    return isinstance(error, Forbidden)
