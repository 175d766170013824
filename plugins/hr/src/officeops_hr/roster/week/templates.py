"""Templates: the usual shifts of a place, each typed by its digit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops import Refused
from officeops_hr.config import HrSettings
from officeops_hr.roster.clock import read_times, span
from officeops_hr.roster.rules.shift import DAY
from officeops_hr.roster.shift_pattern import ShiftPattern

if TYPE_CHECKING:
    from officeops import Office

#: As many as there are digits to type.
_MOST: Final = 9


class Template(NamedTuple):
    """A usual shift: its start and end in minutes since midnight, and its unpaid break."""

    start: int
    end: int
    unpaid: int

    @property
    def words(self) -> str:
        """The times in full: 07:30-16:30."""
        return span(self.start, self.end)


def templates(office: Office, place: int) -> list[Template]:
    """Return the templates of the settings; without any, the times of most patterns of a place."""
    written = office.settings("hr", HrSettings).schedule_templates
    if written.strip():
        return [_read(part.strip()) for part in written.split(",")][:_MOST]
    counts: Counter[Template] = Counter()
    for pattern in office.all(
        ShiftPattern,
        "location_id = ?",
        place,
    ):
        over_midnight = DAY if pattern.ends_at <= pattern.starts_at else 0
        counts[
            Template(
                pattern.starts_at,
                pattern.ends_at + over_midnight,
                pattern.unpaid,
            )
        ] += 1
    # By their number of patterns, and then by time, so that a digit means the same tomorrow.
    order = sorted(counts, key=lambda one: (-counts[one], one))
    return order[:_MOST]


def _read(part: str) -> Template:
    """Read a template of the settings: 7:30-16:30/60, with the unpaid minutes behind it."""
    written, _, unpaid = part.partition("/")
    try:
        start, end = read_times(written)
        return Template(
            start,
            end,
            int(unpaid or 0),
        )
    except ValueError as error:
        why = f"schedule_templates in officeops.toml: {error}, as in 7:30-16:30/60."
        raise Refused(why, code="malformed") from error
