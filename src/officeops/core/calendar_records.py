"""When a place is open: its opening hours and closed days, or else those of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from officeops.model.errors import Problem, Reason
from officeops.model.fields import choice, computed, field, ref
from officeops.model.records import Record
from officeops.values.dates import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops.model.fields import Field
    from officeops.model.office import Office

_EVERYWHERE: Final = "whole office"
_WHERE: Final = "Where; blank is the whole office"
#: The place of a weekday in the week, by which hours are listed.
_NUMBER: Final = " ".join(
    ["CASE t.weekday", *(f"WHEN '{name}' THEN {n}" for n, name in enumerate(WEEKDAYS, 1)), "END"]
)
_OTHERS: Final = """
SELECT 1 FROM core_opening_hours WHERE location_id IS NULL AND archived_at IS NULL AND id <> ?
"""


class OpeningHours(
    Record,
    key="core.opening-hours",
    label="Opening hours",
    plural="Opening hours",
    display="weekday",
    sort="location,weekday_number,opens",
    unique_together=(("weekday", "opens", "location_id"),),
):
    """A time of the week when the office or a location is open."""

    weekday: str = choice(*WEEKDAYS, list_rank=1)
    opens: int = field(kind="time_of_day", example="8:00", list_rank=1)
    #: Up to 1440, since 24:00 ends a day and begins none.
    closes: int = field(kind="time_of_day", maximum=1440, example="17:00", list_rank=1)
    location_id: int | None = ref(
        "core.location", default=None, list_rank=2, unknown=_EVERYWHERE, help=_WHERE
    )

    computed: ClassVar[tuple[Field, ...]] = (
        computed("weekday_number", _NUMBER, kind="number", hidden=True, help="Monday is 1"),
    )

    importer = "officeops.exchange.imports.places_open:HoursImport"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse hours that end before they begin, and those that leave the office without any."""
        if self.closes <= self.opens:
            why = "is before it opens; write hours over midnight as two, until 24:00 and from 0:00"
            yield Problem(why, "closes", code="wrong-order")
        # Moved to a location, they are no longer hours of the office.
        if self.id and self.location_id is not None and (why_kept := self.keep(office)):
            yield Problem(why_kept, "location", code="never-open")

    def keep(self, office: Office) -> str | None:
        """Keep the last hours of the office: without any it would never be open."""
        sql = "SELECT 1 FROM core_opening_hours WHERE id = ? AND location_id IS NULL"
        if not office.value(sql, self.id) or office.value(_OTHERS, self.id):
            return None
        return Reason(
            "the office would never be open; add its other hours first", code="never-open"
        )


class ClosedDay(
    Record,
    key="core.closed-day",
    display="what",
    sort="day",
    unique_together=(("day", "location_id"),),
):
    """When the office or a location is closed: a day or part."""

    day: date = field()
    what: str = field(example="Staff training", default="Closed")
    location_id: int | None = ref("core.location", default=None, unknown=_EVERYWHERE, help=_WHERE)
    starts_at: int | None = field(
        kind="time_of_day",
        default=None,
        label="From",
        help="Of a part of the day; blank: all of it",
    )
    ends_at: int | None = field(
        kind="time_of_day",
        maximum=1440,
        default=None,
        label="Until",
        help="Blank: the rest of the day",
    )

    importer = "officeops.exchange.imports.places_open:ClosedDayImport"

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse a part of the day that ends before it begins."""
        if self.ends_at is not None and self.ends_at <= (self.starts_at or 0):
            yield Problem("is not after the start", "ends_at", code="wrong-order")

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:
        """Yield the closed days of a day that was typed."""
        from officeops.values.dates import read_date

        try:
            day = read_date(text, office.ways)
        except ValueError:
            return
        if day is not None:
            sql = "SELECT id FROM core_closed_day WHERE day = ? ORDER BY id"
            for (closed,) in office.rows(sql, day.isoformat()):
                yield closed
