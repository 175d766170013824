"""Lab tests: the menu of tests done here, and what the insert of each asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Frozen, Problem, Promise, Record, choice, field, named, ref
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.laboratory.levels import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from officeops import Office

#: The longest time that an insert gives an opened kit, in days: three years.
_LONGEST = 1100
_RULES = ("new_lot", "new_shipment", "new_operator", "every_days")
#: All that somebody compared with the insert, and confirmed.
_COMPARED = (*_RULES, "controls", "open_days", "until_expiry")


class LabTest(
    Record,
    key="maintenance.lab-test",
    display="name",
    sort="name",
    also=("waived-test", "test-menu"),
):
    """A test that is done here. It has no patient results."""

    name: str = field(
        unique=True,
        search=True,
        list_rank=1,
        example="Strep A",
        also=("lab test", "test", "analyte", "assay"),
    )
    kit: str | None = field(
        default=None,
        search=True,
        list_rank=2,
        label="Maker and kit",
        example="Quidel QuickVue",
        also=("maker", "manufacturer", "test system", "kit name", "brand"),
    )
    # Blank is not known, and never waived by default.
    complexity: str | None = choice(
        "waived",
        "ppm",
        "moderate",
        "high",
        default=None,
        list_rank=3,
        also=("clia complexity", "category"),
        help="As the FDA categorized this kit; ppm is microscopy by the provider",
    )
    cpt: str | None = field(
        default=None, list_rank=7, label="CPT code", example="87880QW", also=("cpt", "code")
    )
    performers: str | None = field(
        default=None,
        list_rank=6,
        label="Who may do it",
        example="ann, mia",
        also=("who may do", "operators", "testing personnel"),
        help="Logins or names, with commas between",
    )
    # No index: a practice has a dozen tests.
    item_id: int | None = ref(
        "inventory.item",
        default=None,
        indexed=False,
        list_rank=5,
        also=("stock item", "sku"),
        help="The kit in the stock: its lots are held there until their controls pass",
    )
    controls: str | None = field(
        default=None,
        list_rank=4,
        example="positive negative",
        also=("control levels", "levels"),
        help="The controls of a round: positive negative, or levels such as 1 2",
    )
    new_lot: bool = field(
        default=False, list_rank=8, help="The insert asks for controls before a new lot is used"
    )
    new_shipment: bool = field(
        default=False, list_rank=8, help="It asks for them with each shipment, of a known lot too"
    )
    new_operator: bool = field(
        default=False, list_rank=8, help="It asks for them before a new person tests"
    )
    every_days: int | None = field(
        default=None,
        minimum=1,
        maximum=_LONGEST,
        unit="days",
        list_rank=8,
        help="It asks for them again after so many days",
    )
    open_days: int | None = field(
        default=None,
        minimum=0,
        maximum=_LONGEST,
        unit="days",
        list_rank=8,
        also=("days after opening", "open stability"),
        help="Days that an opened kit is good, by the insert; blank is not known",
    )
    until_expiry: bool = field(
        default=False, hidden=True, help="The insert gives an opened kit no shorter time"
    )
    insert_version: str | None = field(
        default=None,
        list_rank=9,
        label="Insert",
        example="Rev. 7, 2025-03",
        also=("package insert", "ifu"),
        help="The version of the insert that these rules are of; attach its text",
    )
    source: str | None = field(default=None, hidden=True, help="Where its rules are from")
    checked_on: date | None = field(
        default=None, hidden=True, help="When somebody last read that source"
    )
    confirmed_on: date | None = field(default=None, managed=True, list_rank=9)
    confirmed_by: str | None = field(default=None, managed=True, hidden=True)
    note: str | None = field(kind="long_text", default=None, hidden=True)

    importer = "officeops_maintenance.laboratory.lab_imports:LabTestImport"
    frozen = (Frozen(("item_id",), rule="officeops_maintenance.laboratory.tried_lots:of_test"),)
    promise = Promise(
        "officeops_maintenance.laboratory.holds:tests_not_held",
        rests_on={"maintenance.lab-test": "id"},
    )

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of a round of controls; none where nobody entered them."""
        return tuple((self.controls or "").split())

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse levels that there are not, rules without a control, and two ends of an open kit."""
        # A common test has its own day, whatever the clock of this machine says.
        if self.source is None or self.confirmed_on is not None:
            yield from not_to_come(office, self, "checked_on")
        for level in self.levels:
            if level not in LEVELS:
                why = f"has {level!r}; write positive, negative, 1, 2 or 3"
                yield Problem(why, "controls", code="unknown-choice")
        if len(set(self.levels)) < len(self.levels):
            yield Problem("names a level twice", "controls", code="taken")
        # A rule without a control could never be met.
        asks = any(getattr(self, name) for name in _RULES)
        if asks and not self.levels:
            why = "are needed, as the insert asks for some: positive negative, or 1 2"
            yield Problem(why, "controls", code="needed")
        if self.until_expiry and self.open_days is not None:
            why = "contradicts until_expiry: an opened kit has one of the two"
            yield Problem(why, "open_days", code="not-together")

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return that other rules than those of the insert are to be confirmed again."""
        if not self.id or self.confirmed_on is None:
            return {}
        known = office.get(LabTest, self.id)
        if all(getattr(known, name) == getattr(self, name) for name in _COMPARED):
            return {}
        return {"confirmed_on": None, "confirmed_by": None}

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Hold or release the lots of its kits, as the new rules ask."""
        if before.get("confirmed_on") is not None and self.confirmed_on is None:
            how = f"officeops lab-test confirm '{self.name}'"
            yield f"Nobody compared these rules with the insert yet: {how}"
        if {"controls", "new_lot", "new_shipment", "item_id"} & before.keys():
            yield from named("officeops_maintenance.laboratory.holds:follow_test")(
                office, self, before
            )
