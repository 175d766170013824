"""Which lots of a test may be used, by the controls of their kits and the numbers that they had."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from plugins.maintenance.tests.oracle.told import UNDONE, Told

if TYPE_CHECKING:
    from officeops.office.office import Office

KITS: Final = "maintenance_lab_kit"
Row = dict[str, Any]


class Tried:
    """Answers from one reading of the history."""

    def __init__(self, office: Office) -> None:
        self.told = Told(office)

    def why_untried(self, lot: int) -> str:
        """Return why a lot of a test may not be used; blank where no kit of it asks for controls.

        A kit is of the lot that had its number when somebody entered the kit, or got it later.
        """
        item = self.told.rows("inventory_lot")[lot]["item_id"]
        said = [one for one in self.told.of("inventory_lot", lot) if "number" in one.values]
        for one, later in zip_longest(said, said[1:]):
            number, until = one.values["number"], later.action if later else None
            if why := self._why_untried(item, number, until):
                return why
        return ""

    def _why_untried(self, item: int, number: str, until: int | None) -> str:
        kits = self.told.rows(KITS)
        for test_id, test in self.told.live("maintenance_lab_test").items():
            # A control was one of its lot, also where its kit is archived since.
            own = {
                kit: row["archived_at"]
                for kit, row in kits.items()
                if row["test_id"] == test_id
                and row["number"].casefold() == number.casefold()
                and row["archived_at"] != UNDONE
                and self._is_before(kit, until)
            }
            is_asked = test["item_id"] == item and None in own.values()
            if is_asked and (why := self._untried(test, set(own))):
                return why
        return self._failed_by_name(item, number, until)

    def _is_before(self, kit: int, until: int | None) -> bool:
        return until is None or self.told.of(KITS, kit)[0].action < until

    def _failed_by_name(self, item: int, number: str, until: int | None) -> str:
        """Return that a lot failed, by the item and lot that were named as its control was run."""
        latest: dict[tuple[int, str], tuple[str, int, str]] = {}
        kits, controls = self.told.live(KITS), "maintenance_lab_control"
        live = self.told.live(controls)
        for said in self.told.of(controls):
            row = live.get(said.id)
            if not said.is_first or row is None or row["void_because"] or row["kit_id"] not in kits:
                continue
            if not self._is_before(row["kit_id"], until):
                continue
            kit = self._as_of(KITS, row["kit_id"], said.action)
            test = self._as_of("maintenance_lab_test", kit["test_id"], said.action)
            if (test["item_id"], kit["number"].casefold()) == (item, number.casefold()):
                key, one = (kit["test_id"], row["level"]), (row["run_at"], said.id, row["outcome"])
                latest[key] = max(latest.get(key, one), one)
        return "a control of it failed" if "fail" in [one[2] for one in latest.values()] else ""

    def _as_of(self, table: str, number: int, action: int) -> Row:
        """Return a row as it was by an action."""
        row: Row = {}
        for said in self.told.of(table, number):
            if said.action <= action:
                row.update(said.values)
        return row

    def _untried(self, test: Row, kits: set[int]) -> str:
        latest: dict[str, tuple[str, int, str]] = {}
        for number, row in self.told.live("maintenance_lab_control").items():
            if row["kit_id"] in kits and row["void_because"] is None:
                one = (row["run_at"], number, row["outcome"])
                latest[row["level"]] = max(latest.get(row["level"], one), one)
        outcomes = {level: one[2] for level, one in latest.items()}
        if "fail" in outcomes.values():
            return "its last control failed"
        if test["new_lot"] and any(
            outcomes.get(level) != "pass" for level in test["controls"].split()
        ):
            return "a control of the lot is still to come"
        return ""
