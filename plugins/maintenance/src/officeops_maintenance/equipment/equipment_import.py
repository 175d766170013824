"""Equipment from a file: an office's own export, or the list of another program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from officeops import Field, Reason, named
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.life import DOWN
from officeops_maintenance.equipment.return_demand import IN_USE
from officeops_maintenance.equipment.same_unit import ENTER_ONCE, Numbered, SerialNumbers
from officeops_maintenance.equipment.sort_words import sort_of
from officeops_maintenance.equipment.state_words import KNOWN, state_of
from officeops_maintenance.equipment.udi_rows import fill_from_udi
from officeops_maintenance.followed_edits import FollowedEdits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office
    from officeops.exchange import Row

_MONTHS: Final = re.compile(r"(\d{1,3})\s*(?:months?|mos?\.?)?", re.IGNORECASE)
#: Recalls know of units, which know them by name alone.
_DEMANDED: Final = "officeops_maintenance.equipment.return_demand:demanded"
_RECALLS: Final = "officeops_maintenance.recalls.changed_words:units_imported"
_MAY_ADD: Final = "maintenance.equipment-category.add"


def _text(name: str, label: str, *also: str, **facts: Any) -> Field:  # noqa: ANN401 - a field's facts
    return Field("text", default=None, label=label, also=also, **facts).named(name, "str")


class EquipmentImport(FollowedEdits):
    """Reads the words of other programs, and brings what the steps of a unit wrote."""

    extra = (
        _text(
            "state",
            "State",
            "status",
            "asset status",
            "status label",
            "status name",
            "operational status",
            help="Its state in words, such as Active, Out for repair or Archived",
        ),
        _text("why", "Why", "status reason", "out of service reason", "reason"),
        _text(
            "holder",
            "Holder",
            "checked out to",
            "lent to",
            "checked out",
            "assigned to",
            "assigned user",
            "current holder",
            "custodian",
            "loaned to",
            "borrower",
        ),
        _text("back", "Expected back", "expected checkin date", "expected return", "due back"),
        _text("warranty", "Warranty", "warranty months", "warranty period", "warranty term"),
    )
    # From the surest to the weakest: a list need not have every column.
    keys = (
        ("tag",),
        ("make", "model", "serial"),
        ("serial",),
        ("name", "location_id"),
        ("name",),
    )
    # A practice has six exam tables of one name.
    counted = (("name", "location_id"), ("name",))
    fills = ("name",)
    restores = ("status", "reason", "out_since", "out_by", "lent_to", "due_back_on", "retired_on")
    # Tickets come after the units that they are about, and proofs have other numbers in another office.
    later = ("open_tickets", "return_proofs", "return_items", "return_second_sign")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._categories: list[str] = []
        self._holders: list[str] = []
        self._dates: dict[str, Any] = {}
        self._ids: list[int] = []
        self._down: list[int] = []
        self._numbers: SerialNumbers | None = None

    def missing(self, name: str, text: str) -> int | None:
        """Add a category that the office does not have; places and vendors are checked by people."""
        if name != "category_id" or not self.office.may(_MAY_ADD):
            return None
        sort = sort_of(text)
        self._categories.append(f"{text} ({sort})")
        return int(self.office.add(Category(name=text, sort=sort)).id)

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Read names, states and warranties as other programs write them."""
        for row in rows:
            self._name(row)
            for name, read in (("state", self._state), ("warranty", self._warranty)):
                if name in row.extra and (why := read(row)):
                    yield row, name, why
            is_loan = row.values.get("status") == "on_loan"
            if row.extra.get("holder") and not is_loan and (why := self._held(row)):
                yield row, "back", why

    def refuse_new(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse a unit that is in use and out of order at once, and a serial number of another one."""
        for row in rows:
            if why := _in_use_and_out(row.values):
                yield row, "status", why
            if why := fill_from_udi(self.office, row):
                yield row, "udi", why
        yield from self._known_serials(rows)

    def _known_serials(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        if self.given.isdisjoint({"serial", "udi"}):
            return
        if self._numbers is None:
            self._numbers = SerialNumbers(self.office)
        for row in rows:
            values = row.values
            unit = Numbered(
                values["name"] or "", values["serial"] or "", values["make"], values["udi"]
            )
            same = self._numbers.same(unit)
            if same is None:
                self._numbers.add(unit)
            else:
                yield row, "serial", Reason(f"is that of {same.name}; {ENTER_ONCE}", code="taken")

    def _name(self, row: Row) -> None:
        """Name a unit without a name of its own by its make and model."""
        values = row.values
        if not values["name"]:
            make, model = values["make"] or "", values["model"] or ""
            # A model often begins with its make.
            named = model if model.startswith(make) and model else f"{make} {model}"
            values["name"] = named.strip() or None

    def _state(self, row: Row) -> str | None:
        """Put a unit into the state of the file, or return why that cannot be."""
        word = row.extra["state"]
        state = state_of(word)
        if state is None:
            why = f"{word!r} is no state that an import knows; there are {', '.join(KNOWN)}"
            cure = f'or say which it is: --map "COLUMN=state:{word}=in service"'
            return Reason(f"{why}, {cure}", code="unknown-choice")
        values = row.values
        values["status"] = state
        if state not in {"in_service", "on_loan"}:
            values["reason"] = row.extra.get("why") or word
        if state in DOWN:
            values["out_since"] = self.office.now().isoformat()
        if state == "on_loan":
            return self._loan(row)
        return None

    def _held(self, row: Row) -> str | None:
        """Keep who has a unit: as a loan where the file says until when, else in its note."""
        if row.extra.get("back"):
            # One that is quarantined or retired as well keeps that state.
            if row.values.get("status") in {None, "in_service"}:
                row.values["status"] = "on_loan"
            return self._loan(row)
        held = f"Holder: {row.extra['holder']}"
        note = row.values.get("note")
        row.values["note"] = f"{note}\n{held}" if note else held
        self._holders.append(f"{row.values['name']} ({row.extra['holder']})")
        return None

    def _loan(self, row: Row) -> str | None:
        """Note who has a unit and until when."""
        holder = row.extra.get("holder")
        if not holder:
            return Reason("is on loan, and no column says to whom", code="needed")
        row.values["lent_to"] = holder
        try:
            back = self._date("due_back_on", row.extra.get("back"))
        except ValueError as error:
            return str(error)
        row.values["due_back_on"] = back and back.isoformat()
        return None

    def _warranty(self, row: Row) -> str | None:
        """Read a warranty as its last day, or as months from the purchase."""
        if row.values["warranty_until"]:
            return None
        text = row.extra["warranty"]
        months = _MONTHS.fullmatch(text)
        try:
            if months is None:
                ends = self._date("warranty_until", text)
            else:
                ends = self._after(row.values["acquired_on"], int(months[1]))
        except ValueError as error:
            return str(error)
        row.values["warranty_until"] = ends and ends.isoformat()
        return None

    def _after(self, bought: str | None, months: int) -> date | None:
        """Return the last day of so many months; None for no warranty at all."""
        from datetime import date, timedelta

        from dateutil.relativedelta import relativedelta

        if not months:
            return None
        if bought is None:
            raise ValueError(Reason("is in months, and no column has the purchase", code="needed"))
        # The last day counts: 12 months from March 1 end on the last of February.
        return date.fromisoformat(bought) + relativedelta(months=months) - timedelta(days=1)

    def _date(self, name: str, text: str | None) -> date | None:
        if name not in self._dates:
            field = self.kind.meta.by_name[name]
            self._dates[name] = field.kind.reader(field, self.office.ways)
        read: date | None = self._dates[name](text)
        return read

    def updated(self, rows: list[Row]) -> None:
        """Remember the units whose words may have changed."""
        super().updated(rows)
        self._ids += [row.id for row in rows]

    def added(self, rows: list[Row]) -> None:
        """Begin the downtime of units that came in out of order: it is known from now on."""
        self._ids += [row.id for row in rows]
        for row in rows:
            if row.values.get("status") in DOWN:
                self._down.append(row.id)
            if "state" in row.extra and row.values["status"] in DOWN:
                self.office.add(
                    Downtime(
                        equipment_id=row.id,
                        started_at=self.office.now(),
                        reason=row.values["reason"],
                    )
                )

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return the units that are in another state here than in the file."""
        different = super().fixed(rows)
        if "state" not in self.given:
            return different
        for row in rows:
            word = row.extra.get("state")
            unit = self.office.get(self.kind, row.id)
            if word and getattr(unit, "status") != row.values["status"]:  # noqa: B009 - any kind's
                different[row.id] = ["state"]
        return different

    def finish(self) -> Iterable[str]:
        """Match the units with the recalls, and name what nobody said: sorts, and until when loans are."""
        yield from super().finish()
        self._keep_demands()
        yield from named(_RECALLS)(self.office, self._ids)
        if self._categories:
            added = ", ".join(self._categories)
            cure = "`officeops equipment-category edit NAME --sort` corrects one"
            yield f"New categories, with their sort as their names say: {added}; {cure}."
        if self._holders:
            held = ", ".join(self._holders)
            cure = "`officeops equipment lend` enters a loan"
            yield f"Who has these is in their notes, as no day says until when: {held}; {cure}."

    def _keep_demands(self) -> None:
        """Keep what units that came in out of order are asked before they return."""
        if not self._down:
            return
        # What a bulk action added is changed in it once its history is written.
        self.office.write_deferred()
        for unit in list(self.office.some(self.kind, self._down)):
            self.office.edit(unit, managed=True, **named(_DEMANDED)(self.office, unit))


def _in_use_and_out(values: Mapping[str, Any]) -> Reason | None:
    """Return why a row in use says that its unit is out: a return clears both, and its test is proof."""
    said = next((name for name in ("out_since", "reason") if values[name]), None)
    if said is None or values["status"] not in IN_USE:
        return None
    word = values["status"].replace("_", " ")
    why = f"is {word}, and {said} says that it is out; write out of service, and return it here"
    return Reason(f"{why} by its test", code="wrong-state")
