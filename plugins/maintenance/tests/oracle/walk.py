"""A random walk over all commands of sterilizers, temperatures and kits, generic verbs included."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.core.records import Location
from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.history.undo import redo, undo
from officeops.model.errors import NotFound, OfficeError
from officeops.office.crud import archive_record, edit_record, unarchive_record
from officeops_inventory.model import Item, Lot, Move
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.laboratory.control_lot import ControlLot
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from officeops.office.office import Office

GOOD: Final = date(2031, 6, 30)
#: What temperatures a display shows: within range, and out of it on either side.
DEGREES: Final = (400, 500, 1200, 50)
STERILIZER_KINDS: Final = (Equipment, Load, SporeTest, Failure)
LOT_KINDS: Final = (
    MonitoredUnit,
    TemperatureReading,
    Excursion,
    HeldLot,
    Lot,
    Item,
    Move,
    Location,
)
KIT_KINDS: Final = (LabKit, LabControl, LabTest, ControlLot, Lot, Item)
#: Words that fields of text may get: numbers of lots, names, serials.
WORDS: Final = ("A", "B", "C", "a", "K1", "K2", "Shelf", "7", None)


#: The office chooses the limits of a unit; the oracle knows the usual ones of a refrigerator.
CHOSEN: Final = frozenset({"sort", "low", "high"})
NUMBERS: Final = ("number", "quantity", "duration", "money", "price")
#: By which a row of a file finds a record.
KEYS: Final = {
    Load: ("equipment_id", "run_at", "contents"),
    SporeTest: ("equipment_id", "run_at"),
    Lot: ("item_id", "number"),
    LabKit: ("test_id", "number"),
    LabTest: ("name",),
    MonitoredUnit: ("name",),
    Equipment: ("name",),
    Item: ("sku",),
    Location: ("name",),
}


def _cell(field: Any, value: Any) -> str:  # noqa: ANN401 - of any kind
    """Return a value as a file has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"#{value}" if field is not None and field.target else str(value)


class Walk:
    """Takes steps drawn by a generator in one office; a refusal changes nothing."""

    def __init__(
        self,
        office: Office,
        draw: Random,
        folder: Path,
    ) -> None:
        self.office, self.draw, self._folder = office, draw, folder
        self.now = datetime.now(UTC).replace(microsecond=0) - timedelta(days=18)
        #: Moments at which something happened, for values of dates.
        self.moments = [self.now]
        self.taken: list[str] = []
        self.later()

    # -- values -----------------------------------------------------------------------------------

    def later(self) -> None:
        """Let the clock go on by minutes or hours."""
        self.now += timedelta(minutes=self.draw.choice((1, 7, 60, 300)))
        self.office.store.moment = self.now.isoformat()
        self.moments.append(self.now)

    def moment(self) -> datetime:
        """Return a moment before, between or after what happened, most of all now."""
        if self.draw.random() < 0.4:
            return self.now
        return self.draw.choice(self.moments[-12:]) + timedelta(
            minutes=self.draw.choice((-61, -1, 0, 1, 59))
        )

    def value(self, field: Any) -> Any:  # noqa: ANN401 - of any kind
        """Return a value of a field's own kind."""
        draw, name = self.draw, field.name
        if name in {"reason", "findings", "cause", "case_number"}:
            return "Why not"
        if not field.required and draw.random() < 0.15:
            return None
        if field.choices:
            return draw.choice(list(field.choices))
        if field.target:
            return self._id_of(field.target)
        drawn: dict[str, Callable[[], Any]] = {
            "yes_no": lambda: draw.random() < 0.5,
            "instant": self.moment,
            "date": lambda: draw.choice((GOOD, self.moment().date())),
            "temperature": lambda: draw.choice(DEGREES),
            **dict.fromkeys(NUMBERS, lambda: draw.choice((1, 2, 5))),
        }
        take = drawn.get(field.kind.name)
        return take() if take else draw.choice(WORDS)

    def _id_of(self, key: str) -> int | None:
        record = self.any_of(self.office.record(key)) if key in self.office.records else None
        return record.id if record else None

    def one_of(self, kind: type[Any], where: str = "1") -> Any:  # noqa: ANN401 - any record
        """Return one of the latest live records of a kind. Raises NotFound without any."""
        record = self.any_of(kind, where)
        if record is None:
            raise NotFound("There is none.", code="not-found")
        return record

    def any_of(
        self,
        kind: type[Any],
        where: str = "1",
        *,
        archived: bool = False,
    ) -> Any:  # noqa: ANN401 - any record
        """Return one of the latest records of a kind; None without any."""
        table = kind.meta.table
        own = "1" if archived else "archived_at IS NULL"
        sql = f"SELECT id FROM {table} WHERE {own} AND ({where}) ORDER BY id DESC LIMIT 5"
        if kind.meta.derived:
            return None
        numbers = [number for (number,) in self.office.rows(sql)]
        return self.office.get(kind, self.draw.choice(numbers)) if numbers else None

    # -- steps ------------------------------------------------------------------------------------

    def step(self, purposes: list[Callable[[Walk], None]], kinds: tuple[type[Any], ...]) -> None:
        """Take one step: nearly as often for a purpose as to tamper with something."""
        self.later()
        step = self.draw.choice(purposes) if self.draw.random() < 0.6 else None
        with suppress(OfficeError):
            if step is not None:
                self.note(step.__name__)
                step(self)
            else:
                self._tamper(kinds)

    def note(self, *words: object) -> None:
        """Keep what was tried, for the message of a failure."""
        self.taken.append(f"{self.now:%m-%d %H:%M} " + " ".join(map(str, words)))

    def _tamper(self, kinds: tuple[type[Any], ...]) -> None:
        way = self.draw.choice(
            (
                "action",
                "action",
                "edit",
                "edit",
                "edit",
                "file",
                "archive",
                "unarchive",
                "undo",
                "undo",
                "redo",
                "merge",
            )
        )
        if way == "undo":
            number = self._action()
            self.note(
                "undo",
                number,
                self.office.value("SELECT verb FROM core_action WHERE id = ?", number),
            )
            undo(self.office, number)
        elif way == "redo":
            self.note("redo")
            redo(self.office)
        else:
            self._change(way, self.draw.choice(kinds))

    def _change(self, way: str, kind: type[Any]) -> None:
        record = self.any_of(kind, archived=True)
        if record is None:
            return
        office = self.office
        if way == "action":
            self.act(record, self.draw.choice([one.verb for one in office.actions(kind)] or [""]))
        elif way == "archive":
            self.note("archive", record)
            archive_record(office, record)
        elif way == "unarchive":
            self.note("unarchive", record)
            unarchive_record(office, record)
        elif way == "merge" and kind.merges:
            gone = self.any_of(kind)
            self.note("merge", record, gone)
            with office.acting(f"{kind.meta.key}.merge"):
                office.merge(record, gone)
        elif kind.meta.editable:
            self._edited(record, by_file=way == "file")

    def _edited(self, record: Any, *, by_file: bool) -> None:  # noqa: ANN401 - any record
        fields = [one for one in record.meta.fields if not one.managed and not one.sealed]
        field = self.draw.choice([one for one in fields if one.name not in CHOSEN])
        value = self.value(field)
        if not by_file:
            self.edit(record, field.name, value)
            return
        known = {name: getattr(record, name) for name in KEYS.get(type(record), ())}
        self.file(type(record), {**known, field.name: value})

    def edit(self, record: Any, name: str, value: Any) -> None:  # noqa: ANN401 - any record
        """Edit one field of a record, as its form does."""
        self.note("edit", record, name, value)
        edit_record(self.office, record, {name: value})

    def file(self, kind: type[Any], values: dict[str, Any]) -> None:
        """Import a file of one row, which may change a record that is there."""
        self.note("file", kind.__name__, values)
        fields = [kind.meta.by_name.get(name) for name in values]
        heads = [one.public_name if one else name for one, name in zip(fields, values, strict=True)]
        cells = [_cell(one, value) for one, value in zip(fields, values.values(), strict=True)]
        path = self._folder / "rows.csv"
        path.write_text(f"{','.join(heads)}\n{','.join(cells)}\n")
        with open_table(path) as table:
            outcome = import_table(self.office, kind, table, Options(update=True))
        self.note("-", outcome.added, "added", outcome.updated, "changed")

    def act(self, record: Any, verb: str, **given: Any) -> None:  # noqa: ANN401 - any record
        """Do an action of a record, with values of its fields' own kinds."""
        if record is None:
            return
        for action in self.office.actions(type(record)):
            if action.verb == verb:
                asked = {one.name: one for one in action.fields}
                values = {
                    name: self.value(one)
                    for name, one in asked.items()
                    if one.required or self.draw.random() < 0.5
                }
                values |= {name: value for name, value in given.items() if name in asked}
                self.note(verb, record, values)
                self.office.do(action, record, **values)

    def add(self, record: Any) -> Any:  # noqa: ANN401 - any record
        """Add a record as its command does."""
        self.note("add", record.__dict__)
        with self.office.acting(f"{record.meta.key}.add"):
            return self.office.add(record)

    def _action(self) -> int:
        sql = "SELECT id FROM core_action WHERE verb NOT LIKE '%do' AND verb <> 'test.setup' ORDER BY id DESC LIMIT 1 OFFSET ?"
        return int(self.office.value(sql, self.draw.choice((0, 0, 0, 1, 2, 4))) or 0)
