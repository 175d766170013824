"""The types of papers that most practices have: suggestions, which the office confirms or edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import action
from officeops.values import wording
from officeops_hr.usual_rows import usual_rows

if TYPE_CHECKING:
    from officeops import Action, Office


def add_types(office: Office) -> int:
    """Add the usual types that the office has none of, in an action; return how many."""
    from officeops_hr.papers.paper_type import PaperType

    # An archived one was taken out on purpose.
    known = {name for (name,) in office.rows("SELECT name FROM hr_paper_type")}
    usual = usual_rows("officeops_hr.papers", "paper_types.csv")
    rows = [row for row in usual if row["name"] not in known]
    office.add_many(PaperType, [_values(row) for row in rows])
    return len(rows)


def _values(row: dict[str, str]) -> dict[str, Any]:
    numbers = {name: int(row[name]) if row[name] else None for name in _NUMBERS}
    flags = {name: row[name] == "yes" for name in ("required", "in_packet")}
    return {**row, **numbers, **flags, "or_from": row["or_from"] or None}


_NUMBERS = ("good_for", "keep_months", "or_months")


@action("hr.add-paper-types", beside=("hr.paper-type",))
def add_paper_types(office: Office) -> str:
    """Add the usual types of papers.

    Each says how long its papers are kept.
    """
    added = add_types(office)
    if not added:
        return "All of the usual types of papers are there."
    types = wording.count(added, "type")
    return (
        f"{types} of papers added, with the usual months of keeping; confirm those of your state."
    )


ACTIONS: list[Action[..., Any]] = [add_paper_types]
