"""Templates: the usual shifts of a place, each typed by its digit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops import Refused
from officeops_hr.config import HrSettings
from officeops_hr.roster.clock import read_times, span
from officeops_hr.roster.rules.shift import DAY
from officeops_hr.roster.shift_pattern import ShiftPattern
from officeops_hr.roster.shift_template import ShiftTemplate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: As many as there are digits to type.
_MOST: Final = 9
_OF_PLACE: Final = "location_id IS NULL OR location_id = ?"


class Template(NamedTuple):
    """A usual shift: its start and end in minutes since midnight, and its unpaid break."""

    start: int
    end: int
    unpaid: int
    digit: int

    @property
    def words(self) -> str:
        """The times in full: 07:30-16:30."""
        return span(self.start, self.end)


def templates(office: Office, place: int) -> list[Template]:
    """Return the templates of a place by their digits.

    Without any, those of the setting `schedule_templates`; without it, the times of most patterns.
    """
    return _records(office, place) or usual_templates(office, place)


def _records(office: Office, place: int) -> list[Template]:
    by_digit: dict[int, Template] = {}
    # Those of all places come first, so that one of this place takes the digit.
    for row in office.all(
        ShiftTemplate,
        _OF_PLACE,
        place,
        order="location_id IS NOT NULL, digit",
    ):
        over_midnight = DAY if row.ends_at <= row.starts_at else 0
        by_digit[row.digit] = Template(
            row.starts_at,
            row.ends_at + over_midnight,
            row.unpaid,
            row.digit,
        )
    return [by_digit[digit] for digit in sorted(by_digit)]


def usual_templates(office: Office, place: int) -> list[Template]:
    """Return the templates of an office that has entered none."""
    # Read as long as offices have it in their files: a digit means the same after an upgrade.
    written = office.settings("hr", HrSettings).schedule_templates
    if written.strip():
        return _numbered(_read(part.strip()) for part in written.split(","))
    counts: Counter[tuple[int, int, int]] = Counter()
    for pattern in office.all(
        ShiftPattern,
        "location_id = ?",
        place,
    ):
        over_midnight = DAY if pattern.ends_at <= pattern.starts_at else 0
        counts[pattern.starts_at, pattern.ends_at + over_midnight, pattern.unpaid] += 1
    # By their number of patterns, and then by time, so that a digit means the same tomorrow.
    return _numbered(sorted(counts, key=lambda times: (-counts[times], times)))


def _numbered(all_times: Iterable[tuple[int, int, int]]) -> list[Template]:
    numbered = enumerate(all_times, 1)
    return [Template(*times, digit) for digit, times in numbered if digit <= _MOST]


def _read(part: str) -> tuple[int, int, int]:
    """Read a template of the settings: 7:30-16:30/60, with the unpaid minutes behind it."""
    written, _, unpaid = part.partition("/")
    try:
        start, end = read_times(written)
        return start, end, int(unpaid or 0)
    except ValueError as error:
        why = f"schedule_templates in officeops.toml: {error}, as in 7:30-16:30/60."
        raise Refused(why, code="malformed") from error
