"""The format `berlinger`: the readings in a report of a Fridge-tag or Q-tag.

A Fridge-tag 2 keeps the lowest and highest of each day, with the minute of each: these are two
readings. Models that log keep every measurement too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from officeops.exchange import Unreadable
from officeops.values import wording
from officeops_maintenance.readings.berlinger_text import (
    Entry,
    TableLine,
    report_lines,
    written_day,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: What a device writes for a measurement that it could not make.
_NONE: Final = frozenset({"", "--.-", "---", "--", "null", "n/a", "-"})
#: The extremes of a day: the entry with the temperature, and the one with its time.
_EXTREMES: Final = (("Min T", "TS Min T"), ("Max T", "TS Max T"))
#: The types of a Q-tag's alarms: of one time, or added up.
_COLD, _WARM = frozenset({"1", "3"}), frozenset({"2", "4"})


class Report:
    """A report, read whole: the device, its readings with their lines, and its alarms."""

    def __init__(self, text: str) -> None:
        self.device = self.serial = ""
        self.scale = "C"
        #: Line, day and time, and temperature, as they are written.
        self.readings: list[tuple[int, str, str]] = []
        #: Measurements that the device could not make.
        self.missing = 0
        #: Minutes out of its own limits, by the side and the number of the alarm.
        self.minutes: dict[tuple[str, str], int] = {}
        self._types: dict[str, str] = {}
        self._limits: list[str] = []
        self._pattern = ""
        self._day: dict[str, tuple[int, str]] = {}
        self._known: set[str] = set()
        #: Whether it has its signature, which is the last thing that a device writes.
        self.is_whole = False
        for line in report_lines(text):
            if isinstance(line, TableLine):
                self._take_row(line)
            else:
                self._take(line)
        self._end_day()

    def _take(self, entry: Entry) -> None:
        if entry.section == "device":
            self.device = entry.value
        elif entry.section == "sig":
            self.is_whole = bool(entry.value)
        elif entry.section == "conf":
            self._take_setting(entry)
        elif entry.section == "hist":
            self._take_day(entry)
        elif entry.section == "res" and entry.name == "t A" and entry.path[1:2] == ("Alarm",):
            self._add_minutes(self._types.get(entry.path[2], ""), entry.path[2], entry.value)

    def _take_setting(self, entry: Entry) -> None:
        if entry.name == "Serial":
            self.serial = entry.value
        elif entry.name == "Temp unit" and entry.value[:1].upper() == "F":
            self.scale = "F"
        elif entry.name == "T AL":
            self._limits.append(entry.value.lstrip("+"))
        elif entry.name == "Type" and len(entry.path) > 2:
            kind = entry.value
            side = "too cold" if kind in _COLD else "too warm" if kind in _WARM else ""
            self._types[entry.path[2]] = side

    def _take_day(self, entry: Entry) -> None:
        """Take an entry of a day's summary; the next `Date` ends it."""
        if entry.name == "Date":
            self._end_day()
        if len(entry.path) == 2:
            self._day[entry.name] = entry.line, entry.value
        # The alarms of a Fridge-tag: 0 is the cold one, 1 the warm one.
        if entry.name == "t Acc" and entry.path[2:3] == ("Alarm",):
            alarm = entry.path[3]
            self._add_minutes("too cold" if alarm == "0" else "too warm", alarm, entry.value)

    def _add_minutes(
        self,
        side: str,
        alarm: str,
        minutes: str,
    ) -> None:
        if side and minutes.isdecimal():
            before = self.minutes.get((side, alarm), 0)
            self.minutes[side, alarm] = before + int(minutes)

    def _end_day(self) -> None:
        _, day = self._day.get("Date", (0, ""))
        for name, time_name in _EXTREMES:
            line, degrees = self._day.get(name, (0, ""))
            _, clock = self._day.get(time_name, (0, ""))
            if day and clock:
                self._add(line, f"{written_day(day)} {clock}", degrees)
        self._day = {}

    def _take_row(self, row: TableLine) -> None:
        if row.section != "data" or len(row.cells) < 2:
            return
        if not row.cells[0][:1].isdecimal():
            # The header says how dates are written, and maybe the scale.
            self._pattern = row.cells[0]
            if "F" in row.cells[1]:
                self.scale = "F"
            return
        self._add(row.line, written_day(row.cells[0], self._pattern), row.cells[1])

    def _add(
        self,
        line: int,
        at: str,
        degrees: str,
    ) -> None:
        if degrees.casefold() in _NONE:
            self.missing += 1
            return
        # The lowest or highest of a day may be a measurement of the table, too: the extreme counts,
        # since a table may have averages.
        if at not in self._known:
            self._known.add(at)
            self.readings.append((line, at, degrees))

    def words(self) -> str:
        """Return what the device says of itself: its model, number, limits and alarms."""
        limits = f", alarms at {' and '.join(dict.fromkeys(self._limits))} °{self.scale}"
        words = [f"{self.device}, serial number {self.serial}{limits if self._limits else ''}."]
        for side in ("too cold", "too warm"):
            # Two alarms of a side count the same minutes, once in one piece and once added up.
            minutes = max((n for (of, _), n in self.minutes.items() if of == side), default=0)
            if minutes:
                words.append(
                    f"By its own alarms it was {side} for {minutes // 60}:{minutes % 60:02} h."
                )
        return " ".join(words)


def read(
    stream: BinaryIO, name: str, note: Callable[[str], object]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the readings of a report as rows for `logger-reading import`."""
    text = _decoded(stream.read())
    report = Report(text)
    if not report.is_whole and not text.endswith("\n"):
        # A number that was cut is another number, so the rest of the last line counts for nothing.
        report = Report(text[: text.rfind("\n") + 1])
    if not report.readings:
        raise Unreadable(f"{name} has no readings: neither a day in Hist nor a line in Data.")
    note(report.words())
    if not report.is_whole:
        note(
            f"{name} ends without the signature of its device, so its end may be missing. "
            "Copy it from the device again, and import it again."
        )
    if report.missing:
        note(f"{wording.count(report.missing, 'measurement')} that the device could not make.")
    scale = "celsius" if report.scale == "C" else "fahrenheit"
    about = report.words()
    for line, at, degrees in report.readings:
        yield line, {"serial": report.serial, "taken_at": at, scale: degrees, "device": about}
        # Once is enough: the import keeps it for the whole file.
        about = ""


def _decoded(content: bytes) -> str:
    """Return the text of a report, in whichever encoding a program saved it again."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The encoding of Windows, where ° is a single byte.
        return content.decode("cp1252", errors="replace")
