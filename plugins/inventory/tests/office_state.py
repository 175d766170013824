"""The state of an office, to compare before and after an undo."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from officeops_inventory import invariants
from officeops_inventory.model import Move
from officeops_inventory.reorder.sheet import sheet

if TYPE_CHECKING:
    from officeops.office.office import Office

TODAY = date(2026, 3, 2)

_NET = """
WITH RECURSIVE origin(id, kind, quantity, item_id, location_id, lot_id, line_id, day, since) AS (
    SELECT id, kind, quantity, item_id, location_id, lot_id, line_id, day, since
    FROM inventory_move WHERE reverses_id IS NULL
    UNION ALL
    SELECT m.id, o.kind, m.quantity, m.item_id, m.location_id, m.lot_id, m.line_id, m.day, m.since
    FROM inventory_move m JOIN origin o ON o.id = m.reverses_id)
SELECT item_id, location_id, lot_id, line_id, kind, day, since, sum(quantity) FROM origin
GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(quantity) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7
"""


def state(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every kind's live records, and the sums of the ledger's entries."""
    tables = {}
    for kind in office.records.values():
        if kind.meta.append_only or kind.meta.derived:
            continue
        columns = ", ".join(["id", *(f.name for f in kind.meta.fields)])
        tables[kind.meta.key] = office.rows(
            f"SELECT {columns} FROM {kind.meta.table} WHERE archived_at IS NULL ORDER BY id"
        )
    tables["moves"] = office.rows(_NET)
    tables["stock"] = office.rows(
        "SELECT item_id, location_id, lot_id, quantity FROM inventory_stock WHERE quantity <> 0 ORDER BY 1, 2, 3"
    )
    return tables


def outlook(office: Office) -> tuple[list[str], list[tuple[Any, ...]]]:
    """What follows from the state: the due items and the reorder sheet."""
    lines = [
        (line.item.id, line.location_id, line.suggestion.position, line.suggestion.packs)
        for line in sheet(office).lines
    ]
    due_items = office.due_items(TODAY + timedelta(days=60))
    return [item.due.key for item in due_items], lines


def wrong(office: Office) -> list[str]:
    """The invariants that do not hold; a balance below zero may come from a file."""
    return [sentence for sentence in problems(office) if not sentence.endswith("Count it.")]


def problems(office: Office) -> list[str]:
    """All that selfcheck finds of the inventory: by its own checks, and by that of its ledger."""
    own = [str(problem) for problem in invariants.problems(office)]
    return own + [f"{what}. {cure}" for what, cure in Move.ledger.problems(office)]


def changed(office: Office) -> int:
    """The last action that changed anything."""
    return int(office.value("SELECT ifnull(max(action_id), 0) FROM core_change"))


def last(office: Office) -> int:
    """The last action, whether or not it changed anything."""
    return int(office.value("SELECT max(id) FROM core_action"))
