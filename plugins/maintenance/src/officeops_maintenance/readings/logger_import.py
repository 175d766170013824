"""The import of logger readings: by a report's own format, or any table by its columns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Field, Reason, Refused
from officeops.exchange import Importer, Row
from officeops.values import rounded_temperature
from officeops_maintenance.readings.limits_in_force import in_force_at
from officeops_maintenance.readings.logger_data import LoggerData
from officeops_maintenance.readings.logger_reading import LoggerReading
from officeops_maintenance.readings.monitored_unit import MonitoredUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_maintenance.readings.limits import Limits

_SCALES: Final = {"celsius": "C", "fahrenheit": "F"}
#: How files of loggers and their services head such a column.
_OF_UTC: Final = tuple(
    f"{word} {clock}"
    for word in (
        "timestamp",
        "time",
        "date time",
        "datetime",
        "date/time",
        "taken at",
        "recorded at",
    )
    for clock in ("utc", "gmt", "z")
)
_HOUR: Final = timedelta(hours=1)
#: How fast the clock of a logger may be: it may show summer time in winter.
_FAST: Final = _HOUR
#: The part of readings out of range from which a whole file may be of the other scale.
_MOST_OUT: Final = 0.5


def _text(name: str, label: str, *also: str, **facts: Any) -> Field:  # noqa: ANN401 - a field's facts
    return Field("text", default=None, label=label, also=also, **facts).named(name, "str")


class LoggerImport(Importer):
    """The import of logger readings. Readings from before are left alone; the rest is judged."""

    extra = (
        _text("serial", "Serial", "serial number", "serial no", "device serial", "logger"),
        _text("celsius", "°C", "temperature c", "temp c", "degrees c", "temperature celsius"),
        _text("fahrenheit", "°F", "temperature f", "temp f", "degrees f", "temperature fahrenheit"),
        _text("date", "Date"),
        _text("time", "Time"),
        _text("utc", "UTC", *_OF_UTC, help="When it was taken, by the clock of UTC"),
        _text("device", "Device", help="The device, and the alarms that it noted"),
        Field(
            "yes_no", default=None, label="Past", help="Data of before: no excursion is opened"
        ).named("past", "bool"),
    )
    # The number of a row, and what such devices measure or note beside the temperature.
    ignores = frozenset({"#", "no.", "no", "record", "humidity", "%rh", "rh", "event", "comments"})
    # An instant has one temperature: a second one is a slip, or of another logger.
    keys = (("unit_id", "taken_at"),)
    fills = ("unit_id", "taken_at", "day", "temperature", "verdict")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        # Read once: a file has thousands of rows of one logger.
        units = list(office.all(MonitoredUnit))
        self._serials = {unit.logger_serial: unit.id for unit in units if unit.logger_serial}
        self._units = {unit.id: unit for unit in units}
        self._limits = {unit.id: unit.limits(office) for unit in units if not unit.had_limits}
        self._latest = office.now() + _FAST
        #: Moments of the hour that clocks show twice, by unit.
        self._twice: set[tuple[int, str]] = set()
        self._data: dict[int, LoggerData] = {}
        #: Loggers that are entered in another unit than the one that was named for their data.
        self._elsewhere: set[tuple[str, int]] = set()
        self._device = ""
        self._is_past = False
        at = LoggerReading.meta.by_name["taken_at"]
        self._read_at = at.kind.reader(at, office.ways)
        self._read_utc = at.kind.reader(at, office.ways.replace(zone="UTC"))

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Find each row's unit, moment and temperature, and the day that it is of."""
        for row in rows:
            self._device = row.extra.get("device") or self._device
            self._is_past = self._is_past or bool(row.extra.get("past"))
            fault = self._unit_fault(row) or self._time_fault(row) or self._degrees_fault(row)
            if fault:
                yield row, *fault
            else:
                limits = self._limits_of(row.values["unit_id"], row.values["taken_at"])
                row.values["verdict"] = limits.verdict(row.values["temperature"])

    def _limits_of(self, unit_id: int, taken_at: str) -> Limits:
        """Return the limits of a unit at a moment; those of most units never changed."""
        limits = self._limits.get(unit_id)
        if limits is not None:
            return limits
        return in_force_at(self.office, self._units[unit_id], datetime.fromisoformat(taken_at))

    def _unit_fault(self, row: Row) -> tuple[str, str] | None:
        serial = row.extra.get("serial")
        if row.values["unit_id"]:
            if self._serials.get(serial or "", row.values["unit_id"]) != row.values["unit_id"]:
                self._elsewhere.add((serial or "", row.values["unit_id"]))
            return None
        row.values["unit_id"] = self._serials.get(serial or "")
        if row.values["unit_id"]:
            return None
        cure = 'name it with --set "unit=NAME"'
        if serial:
            cure += f", or enter --logger-serial {serial} in the unit"
        return "unit_id", Reason(f"is of no unit that is known; {cure}", code="needed")

    def _time_fault(self, row: Row) -> tuple[str, str] | None:
        values = row.values
        if values["taken_at"] is None:
            utc = row.extra.get("utc")
            text = f"{row.extra.get('date') or ''} {utc or row.extra.get('time') or ''}".strip()
            read = self._read_utc if utc else self._read_at
            try:
                moment = read(text)
            except ValueError as error:
                return "taken_at", str(error)
            if moment is None:
                return "taken_at", Reason("is needed, or a date and a time", code="needed")
            values["taken_at"] = moment.isoformat()
        moment = self._once(values["unit_id"], datetime.fromisoformat(values["taken_at"]))
        if moment > self._latest:
            cure = "set the clock of the logger, and the dates of the file"
            return "taken_at", Reason(f"is in the future; {cure}", code="out-of-range")
        values["taken_at"] = moment.isoformat()
        values["day"] = self.office.ways.day_of(moment).isoformat()
        return None

    def _once(self, unit_id: int, moment: datetime) -> datetime:
        """Return a moment, the second one of the hour that the clocks show twice where it is that."""
        later = moment + _HOUR
        clock = self.office.ways.clock
        if clock(moment).replace(tzinfo=None) != clock(later).replace(tzinfo=None):
            return moment
        # A logger writes them in order, so the first one is that of summer time.
        shown = unit_id, moment.isoformat()
        is_second = shown in self._twice
        self._twice.add(shown)
        return later if is_second else moment

    def _degrees_fault(self, row: Row) -> tuple[str, str] | None:
        if row.values["temperature"] is not None:
            return None
        for name, scale in _SCALES.items():
            try:
                degrees = rounded_temperature(row.extra.get(name), scale)
            except ValueError as error:
                return name, str(error)
            if degrees is not None:
                row.values["temperature"] = degrees
                return None
        return "temperature", Reason("is needed: a column in °C or in °F", code="needed")

    def added(self, rows: list[Row]) -> None:
        """Take in the new readings."""
        for row in rows:
            unit_id = row.values["unit_id"]
            data = self._data.get(unit_id)
            if data is None:
                unit = self.office.get(MonitoredUnit, unit_id)
                data = self._data[unit_id] = LoggerData(self.office, unit)
            values = row.values
            data.add(values["taken_at"], values["temperature"], values["verdict"])

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Leave the temperature that an instant has: what a logger measured is not edited."""
        different = {}
        for row in rows:
            reading = self.office.get(LoggerReading, row.id)
            if reading.temperature != row.values["temperature"]:
                different[row.id] = ["temperature"]
        return different

    def finish(self) -> Iterable[str]:
        """Keep which file it was, and open the excursion if any is out of range."""
        if "temperature" in self.given:
            self._ask_for_the_scale()
        for serial, unit_id in sorted(self._elsewhere):
            entered, named = self._units[self._serials[serial]], self._units[unit_id]
            why = f"Logger {serial} is entered in {entered.name}, and its data is for {named.name} here"
            yield f"{why}. If that is a slip: officeops undo."
        for data in self._data.values():
            yield data.keep(self.source, self._device, is_past=self._is_past)

    def _ask_for_the_scale(self) -> None:
        """Refuse a column of bare numbers that are out of range in one scale, and not in the other.

        To hold every lot for a misread file would be no small mistake.
        """
        scale = self.office.ways.temperature
        for data in self._data.values():
            out, other = data.share_out(), data.share_out(as_if_other=scale)
            if out > _MOST_OUT > other:
                raise Refused(
                    f"Read in °{scale}, nearly everything is out of range, and in the other scale it "
                    'is not. Say which it is: --map "COLUMN=celsius" or --map "COLUMN=fahrenheit"',
                    code="unclear-column",
                )
