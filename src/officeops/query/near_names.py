"""Near names: what to do about a text that means no record, with the records it may be a part of.

Nothing here tells whether there is a record that the person may not see: the hint is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.identity import bulk_folded_sql, is_named
from officeops.model.text_folding import folded
from officeops.values.suggestions import did_you_mean

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.model.records import Record

#: So many letters say which name is meant.
_LEAST: Final = 3
#: Of more names than these none is suggested: a list says more.
_MOST: Final = 3


def cure(
    office: Office,
    record: type[Record],
    text: str,
) -> str:
    """Return what a person does next, as sentences: the names that may be meant, and where to look."""
    noun = record.meta.noun
    # Others show it, and only the history lists it by itself.
    command = f"history --record {noun}" if record.meta.commandless else f"{noun} list"
    look = f"Look with `officeops {command}`."
    if office.within_reach(record, "id"):
        look = f"Look with `officeops {command}`; it may be outside of what this login may see."
    elif record.added_by:
        # An empty list would lead nowhere.
        look = f"Look with `officeops {command}`; `{record.added_by}` adds one."
    names = [office.label(record, number) for number in _near(office, record, text)]
    return f"{did_you_mean(names)} {look}".strip()


def _near(
    office: Office,
    record: type[Record],
    text: str,
) -> list[int]:
    """Return the live records within reach that have the text in their name; none if many have it."""
    meta, wanted = record.meta, folded(text)
    display = meta.by_name.get(meta.display)
    if meta.derived or display is None or not is_named(meta) or len(wanted) < _LEAST:
        return []
    if display.sql or display.sealed or display.name in office.withheld(record):
        return []
    sql = (
        f"SELECT id FROM {meta.table} WHERE archived_at IS NULL "
        f"AND instr({bulk_folded_sql(display.name)}, ?) ORDER BY id"
    )
    numbers = [row[0] for row in office.rows(sql, wanted)]
    # Inside an action every row is read; those beyond must not count, or their number would tell.
    beyond = office.out_of_reach(record, numbers)
    seen = [number for number in numbers if number not in beyond]
    return seen if len(seen) <= _MOST else []
