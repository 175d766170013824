"""Told: all that anybody ever said to an office, in the order of typing, by its history alone.

An undo takes back that somebody said it. No table of the office but its history is read.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.office.office import Office

_ACTIONS: Final = "SELECT id, at, verb, arguments FROM core_action ORDER BY id"
_CHANGES: Final = "SELECT action_id, record, record_id, after FROM core_change ORDER BY id"
_LAYOUTS: Final = "SELECT name, columns FROM core_layout"
#: What stands for the day of archiving in a row that was taken back.
UNDONE: Final = "undone"
_TAKEN_BACK: Final = ("core.undo", "core.redo")


class Said(Value):
    """One change of a row: when it was typed, by which action, and the columns that it wrote."""

    at: datetime
    action: int
    verb: str
    table: str
    id: int
    values: dict[str, Any]
    is_first: bool


def instant(text: str) -> datetime:
    """Read a moment of the history or of a column, to the second."""
    return datetime.fromisoformat(text).replace(microsecond=0)


def minute(moment: datetime) -> datetime:
    """Return the minute of a moment, as people type cycles."""
    return moment.replace(second=0)


class Told:
    """What somebody said and did not take back."""

    def __init__(self, office: Office) -> None:
        actions = list(office.rows(_ACTIONS))
        live = _live(actions)
        moments = {number: (instant(at), verb) for number, at, verb, _ in actions}
        layouts = {name: columns.split("\n") for name, columns in office.rows(_LAYOUTS)}
        self.said: list[Said] = []
        for action, table, number, after in office.rows(_CHANGES):
            value = json.loads(after) if after else None
            is_first = isinstance(value, list)
            if value is None or (action not in live and not is_first):
                continue
            if is_first:
                value = dict(zip(layouts[value[0]], value[1:], strict=True))
                # Taken back, it is there for somebody who brings it back otherwise.
                value |= {} if action in live else {"archived_at": UNDONE}
            at, verb = moments[action]
            self.said.append(Said(at, action, verb, table, number, value, is_first))

    def rows(self, table: str) -> dict[int, dict[str, Any]]:
        """Return the rows of a table as they are by all that was said."""
        rows: dict[int, dict[str, Any]] = {}
        for said in self.of(table):
            rows.setdefault(said.id, {}).update(said.values)
        return rows

    def of(self, table: str, number: int | None = None) -> list[Said]:
        """Return what was said of a table, or of one row of it."""
        return [
            said
            for said in self.said
            if said.table == table and (number is None or said.id == number)
        ]

    def live(self, table: str) -> dict[int, dict[str, Any]]:
        """Return the rows of a table that nobody archived, nor took back."""
        return {
            number: row for number, row in self.rows(table).items() if row["archived_at"] is None
        }


def _live(actions: list[Any]) -> set[int]:
    """Return the numbers of actions that no live undo or redo takes back; those are none themselves."""
    taken: set[int] = set()
    live: set[int] = set()
    for number, _, verb, arguments in reversed(actions):
        if number in taken:
            continue
        if verb in _TAKEN_BACK:
            taken.add(json.loads(arguments)["of"])
        else:
            live.add(number)
    return live
