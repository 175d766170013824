"""LoadSheet: the loads of a day, each a row: its cycle, contents and indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import EntrySheet, SheetRow, choice, field, sheet_column
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.load import SHOWN, Load
from officeops_maintenance.sterilizer.load_steps import away_since

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from officeops import Office, SheetColumn, Typed

_NEEDED: Final = ("cycle", "contents", "mechanical", "chemical")
_COLUMNS: Final = (
    sheet_column(
        "cycle",
        field(kind="number", minimum=0),
        width=7,
        most=999_999,
        beyond="no cycle number",
    ),
    sheet_column(
        "contents",
        field(),
        width=18,
    ),
    sheet_column(
        "mechanical",
        choice(*SHOWN, label="mech"),
        width=6,
    ),
    sheet_column(
        "chemical",
        choice(*SHOWN, label="chem"),
        width=6,
    ),
    sheet_column(
        "implant",
        choice(
            "yes",
            "no",
            default=None,
        ),
        width=9,
    ),
    sheet_column(
        "time",
        field(kind="time_of_day", default=None),
        width=6,
        most=2359,
        beyond="no time",
    ),
)
_STERILIZERS: Final = "spore_procedure IS NOT NULL AND status <> 'retired'"
_LAST: Final = "equipment_id = ?"


class LoadSheet(EntrySheet):
    """The loads of one day: a row for each sterilizer, and `n` for further loads of it."""

    key = "maintenance.loads"
    verb = "maintenance.sterilization.record"
    noun = "load"
    done = "run"
    heading = "Sterilizer"
    expects = ""
    differing = "release"
    types = "cycle"
    typing = "Type the cycle number, then contents and indicators: p is pass, f is fail"
    untouched = "they had no load"
    adds = "Sterilizer of a further load"
    nothing = "No sterilizer may be used: officeops equipment edit EQ-1 --spore-procedure …"

    def __init__(
        self,
        day: date,
        *,
        is_past: bool = False,
        run_by: str = "",
    ) -> None:
        """`is_past` is for a log that was kept on paper: each row then needs its time.

        `run_by` is the person whose initials the paper has, if not the acting one.
        """
        self.day, self.is_past, self._run_by = day, is_past, run_by
        self._rows: list[str] = []

    @property
    def subject(self) -> str:
        """The day."""
        return self.day.isoformat()

    @property
    def title(self) -> str:
        """Its name in the breadcrumb."""
        return f"Sterilizer loads {self.day}"

    def columns_of(self, office: Office) -> Sequence[SheetColumn]:  # noqa: ARG002 - the signature
        """Return the columns of a load."""
        return _COLUMNS

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:
        """Return the next load of each sterilizer, and further ones that were typed or added."""
        units = {unit.id: unit for unit in office.all(Equipment, _STERILIZERS)}
        moment = office.ways.moment(self.day, 0) if self.is_past else office.now()
        ids = set()
        for unit in units.values():
            # By the unit alone: a person who runs loads need not see failures.
            since = away_since(office, unit)
            if since is None or moment < since:
                ids.add(f"{unit.id}.1")
        # Rows that were typed stay, also of a sterilizer that is locked by now.
        ids |= {row_id for row_id in also if int(row_id.partition(".")[0]) in units}
        # `add` needs them for the number of a further load.
        self._rows = sorted(ids, key=_place)
        return [
            self._row(
                office,
                units,
                row_id,
            )
            for row_id in self._rows
        ]

    def _row(
        self,
        office: Office,
        units: Mapping[int, Equipment],
        row_id: str,
    ) -> SheetRow:
        unit_id, number = _place(row_id)
        unit = units[unit_id]
        last = office.first(
            Load,
            _LAST,
            unit_id,
            order="-run_at, -id",
        )
        offered = {}
        # The counter of the sterilizer goes on by one, unless a person types another number.
        if last is not None and (last.number or "").isdigit():
            offered["cycle"] = str(int(last.number or "0") + number)
        label = unit.name if number == 1 else f"{unit.name}, load {number}"
        # Today the clock knows the time; on paper somebody wrote it.
        needs = (*_NEEDED, "time") if self.is_past else _NEEDED
        return SheetRow(
            row_id,
            label,
            offered=offered,
            needs=needs,
        )

    def differs(self, row: SheetRow, typed: Typed) -> str:  # noqa: ARG002 - the signature
        """Return what becomes of a load."""
        if "fail" in (typed.value("mechanical"), typed.value("chemical")):
            return "NO"
        return "waits" if typed.value("implant") == "yes" else ""

    def booked_as(self, row: SheetRow, typed: Typed) -> str:
        """Return what becomes of a load, for the review."""
        what = self.differs(row, typed)
        return {"NO": "FAILED", "waits": "waits for BI"}.get(what, "released")

    def summary(self, rows: Sequence[SheetRow], typed: Mapping[str, Typed]) -> str:
        """Return how many loads failed."""
        failed = [
            row for row in rows if row.id in typed and self.differs(row, typed[row.id]) == "NO"
        ]
        return f"{len(failed)} failed"

    def find(self, office: Office, text: str) -> str | None:
        """Return the first row of a sterilizer."""
        return f"{office.find(Equipment, text).id}.1"

    def add(self, office: Office, text: str) -> str:
        """Return a further row of a sterilizer."""
        unit_id = office.find(Equipment, text).id
        taken = [_place(row_id)[1] for row_id in self._rows if _place(row_id)[0] == unit_id]
        return f"{unit_id}.{max(taken, default=0) + 1}"

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        """Keep every load; return how many, and what the others wait for."""
        now = office.now()
        # In the order of the rows, so that the loads have their numbers in it.
        for row_id in sorted(typed, key=_place):
            row = typed[row_id]
            # Adding it releases it, or says what it waits for.
            office.add(
                Load(
                    equipment_id=_place(row_id)[0],
                    number=str(row.value("cycle")),
                    run_at=self._run_at(
                        office,
                        row,
                        now,
                    ),
                    contents=row.value("contents"),
                    mechanical=row.value("mechanical"),
                    chemical=row.value("chemical"),
                    implant=row.value("implant") == "yes",
                    run_by=self._run_by or office.actor,
                )
            )
        return f"{wording.count(len(typed), self.noun)} booked for {self.day}."

    def _run_at(
        self,
        office: Office,
        row: Typed,
        now: datetime,
    ) -> datetime:
        # A time may be typed today, too: the load was run an hour ago.
        minute = row.value("time")
        return now if minute is None else office.ways.moment(self.day, minute)


def _place(row_id: str) -> tuple[int, int]:
    """Return the sterilizer of a row, and which of its loads it is."""
    unit_id, _, number = row_id.partition(".")
    return int(unit_id), int(number)
