"""The log of controls of a period, by test, lot and person: its lines, and its page for an inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Value, field
from officeops.exchange import Grid, Lines, Printout
from officeops.values import wording
from officeops_maintenance.initials import Initials
from officeops_maintenance.laboratory.levels import level_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Field, Office

_COLUMNS: Final = (
    ("test", "text"),
    ("kit", "text"),
    ("lot", "text"),
    ("lot_expires_on", "date"),
    ("day", "date"),
    ("run_at", "instant"),
    ("level", "text"),
    ("control_lot", "text"),
    ("control_expires_on", "date"),
    ("expected", "text"),
    ("result", "text"),
    ("outcome", "text"),
    ("run_by", "text"),
    ("ticket", "text"),
    ("void_because", "text"),
    ("note", "text"),
)
_LOG: Final = """
SELECT m.name, 'LK-' || k.id, k.number, k.expires_on, c.day, c.run_at, c.level,
    o.number, o.expires_on, c.expected, c.result, c.outcome, c.run_by,
    'TK-' || c.ticket_id, c.void_because, c.note
FROM maintenance_lab_control c
JOIN maintenance_lab_kit k ON k.id = c.kit_id
JOIN maintenance_lab_test m ON m.id = k.test_id
JOIN maintenance_control_lot o ON o.id = c.control_lot_id
WHERE c.archived_at IS NULL AND c.day BETWEEN ? AND ?
    AND (? IS NULL OR k.test_id = ?) AND (? IS NULL OR officeops_fold(CAST(k.number AS BLOB)) = officeops_fold(CAST(? AS BLOB)))
    AND (? IS NULL OR officeops_fold(CAST(c.run_by AS BLOB)) = officeops_fold(CAST(? AS BLOB)))
ORDER BY m.name, k.number, c.run_at, c.id
"""
# The outcome has no heading: the words pass and FAIL say enough, and the page is 80 wide.
_LABELS: Final = ("Day", "Time", "Control", "Its lot", "Expected", "Result", "", "By", "Remark")


class Asked(Value):
    """What a log is asked for: its days, and a test, a lot or a person, if not all of them."""

    first: date
    last: date
    test_id: int | None = None
    lot: str | None = None
    person: str | None = None


def fields() -> Sequence[Field]:
    """Return the fields of a log's rows for programs."""
    return [field(kind=kind, default=None).named(name, "") for name, kind in _COLUMNS]


def log_rows(
    office: Office,
    asked: Asked,
) -> list[dict[str, Any]]:
    """Return the controls of a period, by test, lot and time."""
    rows = office.rows(
        _LOG,
        asked.first.isoformat(),
        asked.last.isoformat(),
        # Each once for whether it is asked, and once for its value.
        *(asked.test_id, asked.test_id),
        *(asked.lot, asked.lot),
        *(asked.person, asked.person),
    )
    names = [name for name, _ in _COLUMNS]
    return [dict(zip(names, row, strict=True)) for row in rows]


def log_page(
    office: Office,
    asked: Asked,
) -> Printout:
    """Return the log as a page: each lot with its controls, and room for a signature."""
    initials = Initials(office)
    # An inspector follows a lot from its first control to its last.
    lots: dict[tuple[str, str], list[dict[str, Any]]] = {}
    rows = log_rows(office, asked)
    for row in rows:
        lots.setdefault((row["test"], row["lot"]), []).append(row)
    blocks: list[Grid | Lines] = []
    for (test, lot), controls in lots.items():
        expiry = controls[0]["lot_expires_on"] or "not entered"
        blocks.append(Lines([f"{test}, lot {lot}, expires {expiry}"]))
        cells = [_cells(office, initials, row) for row in controls]
        blocks.append(Grid(_LABELS, cells))
    blocks.append(Lines(list(_foot(rows, initials))))
    title = f"Quality control log {asked.first} to {asked.last}"
    return Printout(title, blocks, under=(office.facts.name,))


def _cells(
    office: Office,
    initials: Initials,
    row: dict[str, Any],
) -> list[str]:
    from datetime import datetime

    clock = office.ways.clock(datetime.fromisoformat(row["run_at"]))
    remarks = []
    # A void control stays on the page: a log with gaps in it proves nothing.
    if row["void_because"]:
        remarks.append(f"VOID: {row['void_because']}")
    remarks += [row[name] for name in ("ticket", "note") if row[name]]
    return [
        row["day"],
        f"{clock:%H:%M}",
        level_words(row["level"]),
        f"{row['control_lot']}, exp. {row['control_expires_on']}",
        row["expected"],
        row["result"],
        row["outcome"].upper() if row["outcome"] == "fail" else row["outcome"],
        initials.of(row["run_by"]),
        "; ".join(remarks),
    ]


def _foot(
    rows: Sequence[dict[str, Any]],
    initials: Initials,
) -> Iterator[str]:
    """Yield the counts, the names of the initials, and room for a signature."""
    void = sum(row["void_because"] is not None for row in rows)
    failed = 0
    for row in rows:
        if row["outcome"] == "fail" and row["void_because"] is None:
            failed += 1
    count = wording.count(len(rows) - void, "control")
    yield f"{count}, {failed} failed, {void} void."
    yield from initials.legend()
    yield "Controls only; results of patients are in the chart."
    yield "Reviewed by ______________________   on ______________"
