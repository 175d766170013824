"""Parting: up to which action two files of one office have the same history, and their own actions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import NamedTuple

from officeops.backup.anchor import anchor
from officeops.store.connection import look


class Parting(NamedTuple):
    """The last action that both have, its time, and how many actions each has after it."""

    action: int
    at: str
    here: int
    there: int


def parting(path: str, other: str) -> Parting | None:
    """Return where the histories of two files part; None where either is no later than the other.

    Also where one of them cannot be read, or they are of different offices.
    """
    if not os.path.exists(path):
        return None
    with (
        suppress(sqlite3.Error, UnicodeDecodeError),
        closing(look(path)) as here,
        closing(look(other)) as there,
    ):
        action = _last_shared(here, there)
        own = _later(here, action), _later(there, action)
        if action and all(own):
            return Parting(action, anchor(here, action)["at"], *own)
    return None


def parting_words(
    found: Parting,
    path: str,
    other: str,
) -> str:
    """Return the sentence on two files that were both used, and the commands that list each side."""
    day = found.at[:10]
    return (
        f"Both files have the history up to action {found.action:,}. After it, {path} has "
        f"{_actions(found.here)} of its own, and {other} {_actions(found.there)}: `officeops --db "
        f"{path} history --from {day}` and `officeops --db {other} history --from {day}` list "
        f"them, those with a number above {found.action:,}. Enter the ones of one side in the other."
    )


def _actions(count: int) -> str:
    return "1 action" if count == 1 else f"{count:,} actions"


def _last_shared(here: sqlite3.Connection, there: sqlite3.Connection) -> int:
    """Return the last action with the same link in both: in a chain, all before it are the same too."""
    low, high = 0, min(anchor(here)["action"], anchor(there)["action"])
    while low < high:
        middle = (low + high + 1) // 2
        # A number may have been left out by a save that was rolled back.
        ends = anchor(here, middle), anchor(there, middle)
        if ends[0] == ends[1]:
            low = middle
        else:
            high = middle - 1
    return int(anchor(here, low)["action"])


def _later(db: sqlite3.Connection, action: int) -> int:
    row = db.execute("SELECT count(*) FROM core_action WHERE id > ?", (action,)).fetchone()
    return int(row[0])
