"""TemperatureSheet: every monitored unit on one screen, with what its display shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import EntrySheet, Problem, Refused, SheetRow, field, sheet_column
from officeops.values import temperature_text, wording
from officeops_maintenance.readings.booking import book_reading
from officeops_maintenance.readings.held_lots import words_for
from officeops_maintenance.readings.limits_in_force import in_force, verdict_of
from officeops_maintenance.readings.monitored_unit import COLDEST, HOTTEST, MonitoredUnit
from officeops_maintenance.readings.other_scale import in_other_scale
from officeops_maintenance.readings.reader import Reader, written_by
from officeops_maintenance.readings.slot import Slot, slot_now
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from officeops import Office, SheetColumn, Typed
    from officeops_maintenance.readings.limits import Limits

_NAMES: Final = ("current", "lowest", "highest")
_COLUMNS: Final = tuple(
    sheet_column(
        name,
        field(kind="temperature", minimum=COLDEST, maximum=HOTTEST),
        width=9,
        most=212,
        beyond="no temperature of a unit",
    )
    for name in _NAMES
)
#: The time on a log that was kept on paper.
_TIME: Final = sheet_column("time", field(kind="time_of_day"), width=7, most=2359, beyond="no time")
#: Whose initials the paper has; a blank is the person who types it in.
_BY: Final = sheet_column("by", field(default=None), width=5)
_NOON: Final = 12 * 60
_OF_DAY: Final = "unit_id = ? AND day = ?"
_OF_MINUTE: Final = "unit_id = ? AND taken_at = ?"


class TemperatureSheet(EntrySheet):
    """The readings of one slot: a unit a row, its current temperature, lowest and highest."""

    key = "maintenance.temperatures"
    verb = "maintenance.temperatures.record"
    noun = "temperature"
    done = "read"
    heading = "Unit"
    expects = "limits"
    differing = "range"
    types = "current"
    typing = (
        "Type the temperature that the display shows; then, where it asks, the lowest and highest"
    )
    untouched = "they stay a gap in the log"
    changed = "read since"
    nothing = "There is no unit to read yet: officeops monitored-unit add --name …"

    def __init__(
        self,
        slot: Slot,
        *,
        is_past: bool = False,
        reader: Reader | None = None,
    ) -> None:
        """`is_past` is for a log that was kept on paper: each row then has a time.

        `reader` is the person whose initials the paper has, if not the acting one.
        """
        self.slot, self.is_past, self._reader = slot, is_past, reader or Reader()
        self._limits: dict[str, list[Limits]] = {}
        self._scale = ""
        #: When each unit was read for the slot already, by its row.
        self.read_at: dict[str, datetime] = {}
        #: Sentences on units out of range, once it is booked.
        self.alarms: list[str] = []

    @property
    def subject(self) -> str:
        """The day and the half of it."""
        return self.slot.text

    @property
    def title(self) -> str:
        """Its name in the breadcrumb."""
        return f"Temperatures {self.slot.text}{self._scale}"

    def columns_of(self, office: Office) -> Sequence[SheetColumn]:  # noqa: ARG002 - the signature
        """Return the temperatures, and for a paper log the time and the initials."""
        return (*_COLUMNS, _TIME, _BY) if self.is_past else _COLUMNS

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:
        """Return a row for each unit whose log has begun."""
        self._scale = f", °{office.ways.temperature}"
        by_id = {unit.id: unit for unit in office.all(MonitoredUnit)}
        shown = {id_: unit for id_, unit in by_id.items() if unit.first_on <= self.slot.day}
        for word in also:
            if int(word) in by_id:
                shown[int(word)] = by_id[int(word)]
        units = sorted(shown.values(), key=lambda unit: unit.name.casefold())
        return [self._row(office, unit) for unit in units]

    def _row(self, office: Office, unit: MonitoredUnit) -> SheetRow:
        limits = unit.limits(office)
        self._limits[str(unit.id)] = in_force(office, unit, office.now())
        label, expected, seen = unit.name, limits.words(office.ways), ""
        # The title says the scale, and the column is narrow.
        expected = expected.removesuffix(f" °{office.ways.temperature}")
        todays = list(office.all(TemperatureReading, _OF_DAY, unit.id, self.slot.day.isoformat()))
        last = self._last(unit, todays)
        if last is not None:
            self.read_at[str(unit.id)] = last.taken_at
            label += f", read {office.ways.clock(last.taken_at):%H:%M}"
            seen = f"{expected} #{last.id}"
        # CDC: the lowest and highest once a day, with the first reading.
        asks_range = unit.shows_range and not todays
        needs = _NAMES if asks_range else _NAMES[:1]
        return SheetRow(
            str(unit.id),
            label,
            expected,
            needs=(*needs, "time") if self.is_past else needs,
            also=unit.logger_serial or "",
            seen=seen,
            of=((MonitoredUnit.meta.key, unit.id),),
        )

    def _last(
        self, unit: MonitoredUnit, todays: Sequence[TemperatureReading]
    ) -> TemperatureReading | None:
        """Return the latest reading that fills this slot: any of the day, where one is enough."""
        is_once = len(unit.slots) == 1
        filling = [reading for reading in todays if is_once or reading.slot == self.slot.half]
        return filling[-1] if filling else None

    def differs(self, row: SheetRow, typed: Typed) -> str:
        """Return that a unit is out of its limits."""
        verdict = self._verdict(row, typed)
        return {"ok": "", "both": "cold+warm"}.get(verdict, words_for(verdict))

    def booked_as(self, row: SheetRow, typed: Typed) -> str:
        """Return what a temperature out of range means for what the unit keeps."""
        return "" if self._verdict(row, typed) == "ok" else "DO NOT USE"

    def summary(self, rows: Sequence[SheetRow], typed: Mapping[str, Typed]) -> str:
        """Return how many units are out of range."""
        out = [row for row in rows if row.id in typed and self._verdict(row, typed[row.id]) != "ok"]
        return f"{len(out)} out of range"

    def _verdict(self, row: SheetRow, typed: Typed) -> str:
        return verdict_of(self._limits.get(row.id, []), *map(typed.value, _NAMES))

    def find(self, office: Office, text: str) -> str | None:
        """Return the row of a unit by a part of its name or its logger's serial number."""
        unit = office.find(MonitoredUnit, text)
        if unit.archived_at is not None:
            cure = f"officeops monitored-unit unarchive '{unit.name}'"
            raise Refused(f"is archived; {cure}", unit.name, code="archived")
        return str(unit.id)

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        """Keep every reading; return how many, and what to do about units out of range."""
        units = {unit.id: unit for unit in office.some(MonitoredUnit, map(int, typed))}
        now = office.now()
        problems: list[Problem] = []
        for row_id, row in typed.items():
            unit = units[int(row_id)]
            name = unit.name
            problems += contradictions(office, name, *map(row.value, _NAMES))
            problems += in_other_scale(office, name, unit.limits(office), map(row.text, _NAMES))
            problems += self._read_before(office, unit, row, now)
            problems += self._of_the_morning(name, row)
            if self.slot.day > office.today or self._taken_at(office, row, now) > now:
                problems.append(Problem(f"{name}: that is in the future", code="out-of-range"))
        if problems:
            # Every row is checked before the first is kept, so one slip books nothing.
            raise Refused(problems, "Nothing was booked")
        readers = self._readers(office, typed)
        for row_id, row in typed.items():
            unit = units[int(row_id)]
            reading = TemperatureReading(
                unit_id=unit.id,
                day=self.slot.day,
                slot=self.slot.half,
                taken_at=self._taken_at(office, row, now),
                current=row.value("current"),
                lowest=row.value("lowest"),
                highest=row.value("highest"),
                read_by=readers[row_id],
            )
            alarm = book_reading(office, unit, reading)
            if alarm:
                self.alarms.append(alarm)
        count = wording.count(len(typed), self.noun)
        return " ".join([f"{count} booked for {self.slot.text}.", *self.alarms])

    def _readers(self, office: Office, typed: Mapping[str, Typed]) -> dict[str, str]:
        """Return who read each row: whom the paper names, else the reader of the sheet."""
        on = self.slot.day
        written = {row_id: self.is_past and row.text("by").strip() for row_id, row in typed.items()}
        usual = "" if all(written.values()) else self._reader.name(office, on)
        return {
            row_id: written_by(office, word, on) if word else usual
            for row_id, word in written.items()
        }

    def _of_the_morning(self, name: str, row: Typed) -> Iterator[Problem]:
        """Yield a problem where a time of the morning is in the log of the afternoon."""
        minute = row.value("time") if self.is_past else None
        if minute is None or self.slot.half == "am" or minute >= _NOON:
            return
        clock = f"{minute // 60:02}:{minute % 60:02}"
        why = f"{name}: {clock} is in the morning, and this is the log of {self.slot.text}"
        cure = f"write {minute // 60 + 12}:{minute % 60:02}, or enter it in the log of the morning"
        yield Problem(f"{why}; {cure}", code="out-of-range", is_whole=True)

    def _read_before(
        self,
        office: Office,
        unit: MonitoredUnit,
        row: Typed,
        now: datetime,
    ) -> Iterator[Problem]:
        """Yield a problem where the unit was read at that very minute already."""
        if not self.is_past:
            return
        at = self._taken_at(office, row, now)
        same = office.first(TemperatureReading, _OF_MINUTE, unit.id, at.isoformat())
        if same is not None:
            shown = temperature_text(same.current, office.ways.temperature)
            cure = f"officeops temperature-reading correct '#{same.id}'"
            why = f"{unit.name} was read at {office.ways.clock(at):%H:%M} already, {shown}; {cure}"
            yield Problem(why, code="taken", is_whole=True)

    def _taken_at(
        self,
        office: Office,
        row: Typed,
        now: datetime,
    ) -> datetime:
        minute = row.value("time") if self.is_past else None
        return now if minute is None else office.ways.moment(self.slot.day, minute)


def contradictions(
    office: Office, name: str, current: int, lowest: int | None, highest: int | None
) -> Iterator[Problem]:
    """Yield where the lowest or the highest contradicts the current temperature of a unit."""

    def shown(degrees: int) -> str:
        return f"{temperature_text(degrees, scale)} °{scale}"

    scale = office.ways.temperature
    if lowest is not None and lowest > current:
        why = f"{name}: the lowest, {shown(lowest)}, is above the current {shown(current)}"
        yield Problem(why, code="out-of-range")
    if highest is not None and highest < current:
        why = f"{name}: the highest, {shown(highest)}, is below the current {shown(current)}"
        yield Problem(why, code="out-of-range")


def sheet_now(office: Office) -> TemperatureSheet:
    """Return the sheet of the reading that is due now."""
    return TemperatureSheet(slot_now(office))
