"""Patterns from files: two rows that come together plan nobody twice either."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.exchange import Importer
from officeops_hr.roster.overlaps import shared_day
from officeops_hr.roster.shift_pattern import ShiftPattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange import Row

_TWICE: Final = "shares time with an earlier row of this person"


class PatternImport(Importer):
    """Refuses new rows that share time with another one of the file.

    A record's own rules compare a row with the office, where none of the file's rows is yet.
    """

    def __init__(self, office: Office, source: str) -> None:
        """Begin a file, in which nobody has a pattern yet."""
        super().__init__(office, source)
        self._by_person: dict[int, list[ShiftPattern]] = {}

    def refuse_new(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Yield the rows that plan somebody whom an earlier one plans then."""
        for row in rows:
            pattern = _pattern_of(row)
            earlier = self._by_person.setdefault(pattern.person_id, [])
            if any(shared_day(pattern, other) for other in earlier):
                yield row, "starts_at", _TWICE
            else:
                earlier.append(pattern)


def _pattern_of(row: Row) -> ShiftPattern:
    values = dict(row.values)
    for name in ("first_day", "last_day"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    known = {field.name for field in ShiftPattern.meta.fields}
    return ShiftPattern(**{name: value for name, value in values.items() if name in known})
