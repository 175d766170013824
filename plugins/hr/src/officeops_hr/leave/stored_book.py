"""Stored book: the entries of the office's ledger as the rules read them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops_hr.leave.rules.book import Book, Entry, Lot

if TYPE_CHECKING:
    from officeops import Office

_ENTRIES: Final = """
SELECT e.id, e.day, e.minutes, e.kind, e.source, e.reverses_id, g.name, g.expires_on
FROM hr_leave_entry e LEFT JOIN hr_leave_grant g ON g.id = e.grant_id
WHERE e.person_id = ?1 AND e.policy_id = ?2
AND (?3 IS NULL OR e.about_id IS NOT ?3 OR e.about_key IS NOT 'hr.leave-request')
ORDER BY e.id
"""
#: What the core puts before the number of an entry that an undo took back.
_UNDO: Final = "undo:"


def stored_book(
    office: Office,
    person_id: int,
    policy_id: int,
    without: int | None = None,
) -> Book:
    """Return the entries of an account; those of the request `without` are left out."""
    entries = []
    heads: dict[int, int] = {}
    kinds: dict[int, str] = {}
    steps: dict[int, str] = {}
    sources: dict[int, str] = {}
    for number, day, minutes, kind, source, reverses, lot, ends in office.rows(
        _ENTRIES, person_id, policy_id, without
    ):
        head = heads[number] = heads.get(reverses, number)
        # A reversal counts as what it reverses: an accrual that was taken back is none.
        kinds.setdefault(head, kind)
        if head == number:
            steps[head] = step_of(source)
        # An undo frees its source; the next night books it once more, unless a redo did.
        is_undone = (source or "").startswith(_UNDO)
        sources[head] = "" if is_undone else steps[head]
        of_lot = Lot(lot, date.fromisoformat(ends) if ends else None) if lot else None
        entries.append(Entry(date.fromisoformat(day), minutes, kinds[head], of_lot))
    return Book(entries, sources.values())


def source_of(
    person_id: int,
    policy_id: int,
    step: str,
    number: int,
) -> str:
    """Return the source of an entry: the account, the step of the rules, and its place in it."""
    return f"leave:{person_id}:{policy_id}:{step}#{number}"


def step_of(source: str | None) -> str:
    """Return the step of the rules that an entry was booked for; blank for none."""
    if not source or not source.startswith("leave:"):
        return ""
    _, _, _, step = source.split(":", 3)
    return step.rpartition("#")[0]
