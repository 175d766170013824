"""Equipment: each thing that the practice keeps in working order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import (
    Expiry,
    Problem,
    Reason,
    Record,
    Refused,
    Upheld,
    choice,
    computed,
    field,
    named,
    ref,
)
from officeops_maintenance.equipment.life import DOWN, EQUIPMENT, FIT
from officeops_maintenance.equipment.same_unit import ENTER_ONCE, Numbered, SerialNumbers
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.sterilizer.procedure import PROCEDURES
from officeops_maintenance.tickets.life import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from officeops import Office

#: What follows for plans; they know of units, which know them by name alone.
PLANS_FOLLOW = "officeops_maintenance.plans.following:unit_changed"
#: The make and model that its code has in the office already.
TAKE_MODEL = "officeops_maintenance.equipment.scanned_units:take_model"
#: Whether a sterilizer may become a unit like others.
PROCEDURE_KEPT = "officeops_maintenance.sterilizer.locking:keep_procedure"
#: What nobody chooses a unit for that nobody may use.
UNUSABLE = "officeops_maintenance.equipment.choosing:refuse_unusable"
PLACED = "officeops_maintenance.equipment.choosing:placed"
#: What a monitored unit keeps is at the place of its equipment.
KEEPS = "officeops_maintenance.readings.unit_places:equipment_moved"
#: What it has to pass before it returns.
ASKED = "officeops_maintenance.equipment.return_demand:kept"
#: The recalls that may be about it.
RECALLS = "officeops_maintenance.recalls.changed_words:unit_changed"
#: A unit may be part of one that is part of another, and so on; nobody needs more.
DEEPEST = 20
_OPEN_TICKETS = f"""(
SELECT count(*) FROM maintenance_ticket k
WHERE k.equipment_id = t.id AND k.archived_at IS NULL AND k.{OPEN})"""


class Equipment(
    Record,
    key="maintenance.equipment",
    plural="Equipment",
    prefix="EQ",
    display="name",
    sort="name",
    also=("asset", "device", "machine", "unit"),
):
    """A thing to keep in working order, such as an autoclave."""

    name: str = field(
        search=True,
        list_rank=1,
        example="Autoclave 1",
        also=("equipment", "asset name", "equipment name", "asset", "item"),
    )
    tag: str | None = field(
        default=None,
        unique=True,
        search=True,
        list_rank=7,
        label="Asset tag",
        help="The number on the sticker that the practice put on it",
        also=("tag number", "asset number", "asset id", "inventory number", "barcode", "qr code"),
    )
    category_id: int | None = ref(
        "maintenance.equipment-category",
        default=None,
        list_rank=3,
        also=("type", "asset type", "equipment type", "asset category"),
    )
    make: str | None = field(
        default=None, search=True, list_rank=5, also=("manufacturer", "brand", "maker")
    )
    model: str | None = field(
        default=None, search=True, list_rank=5, also=("model number", "model name", "model no")
    )
    serial: str | None = field(
        default=None,
        search=True,
        list_rank=6,
        scan="serial",
        also=("serial number", "serial no", "sn", "s/n"),
    )
    lot: str | None = field(default=None, hidden=True, scan="lot", also=("lot number",))
    made_on: date | None = field(
        default=None, hidden=True, scan="made_on", label="Made", also=("manufacturing date",)
    )
    expires_on: date | None = field(
        default=None,
        hidden=True,
        scan="expires_on",
        month_end=True,
        label="Expires",
        help="The last day that its label gives it, such as on the pads of an AED",
    )
    udi: str | None = field(
        default=None,
        search=True,
        hidden=True,
        scan="code",
        label="UDI",
        help="The code on its label: a scan fills serial, lot, and when it was made and expires",
        also=("unique device identifier",),
    )
    location_id: int | None = ref(
        "core.location",
        default=None,
        list_rank=2,
        also=("room", "location name", "default location", "area", "site"),
    )
    vendor_id: int | None = ref(
        "vendors.vendor",
        default=None,
        list_rank=7,
        help="Whom to call",
        also=(
            "supplier",
            "vendors",
            "vendor name",
            "assigned vendor",
            "contractor",
            "service vendor",
            "service provider",
        ),
    )
    criticality: str = choice(
        "low", "medium", "high", "critical", default="medium", list_rank=8, also=("priority",)
    )
    parent_id: int | None = ref(
        "maintenance.equipment",
        default=None,
        hidden=True,
        help="The unit that it is a part of",
        also=("parent asset",),
    )
    acquired_on: date | None = field(
        default=None,
        list_rank=9,
        also=(
            "purchase date",
            "purchased",
            "acquired",
            "date acquired",
            "date of purchase",
            "install date",
            "installation date",
        ),
    )
    cost: int | None = field(
        kind="money",
        default=None,
        minimum=0,
        list_rank=9,
        also=("purchase cost", "purchase price", "price", "value"),
    )
    warranty_until: date | None = field(
        default=None,
        list_rank=8,
        help="Last day of the warranty",
        also=(
            "warranty expires",
            "warranty expiration",
            "warranty expiration date",
            "warranty end",
            "warranty end date",
        ),
    )
    borrowed_from_id: int | None = ref(
        "vendors.vendor",
        default=None,
        hidden=True,
        help="The vendor that lent it to the practice, such as for a repair",
        also=("lender", "loaned by", "loaner from"),
    )
    return_by: date | None = field(
        default=None, hidden=True, help="When the vendor wants it back", also=("loaner until",)
    )
    replaces_id: int | None = ref(
        "maintenance.equipment",
        default=None,
        hidden=True,
        help="The unit that it replaces while that one is away, such as for a repair",
        also=("loaner for", "replaces", "in place of"),
    )
    spore_procedure: str | None = choice(
        *PROCEDURES,
        default=None,
        hidden=True,
        help="Makes it a sterilizer: the guideline that says what a positive spore test demands",
    )
    note: str | None = field(
        kind="long_text",
        default=None,
        hidden=True,
        also=("notes", "description", "comments", "additional information"),
    )
    status: str = EQUIPMENT.field(list_rank=1)
    reason: str | None = field(
        default=None, managed=True, list_rank=4, example="Door does not lock"
    )
    out_since: datetime | None = field(default=None, managed=True, list_rank=6)
    out_by: str | None = field(default=None, managed=True, hidden=True)
    lent_to: str | None = field(default=None, managed=True, hidden=True, example="Dr. Hahn")
    due_back_on: date | None = field(default=None, managed=True, hidden=True)
    retired_on: datetime | None = field(default=None, managed=True, hidden=True)
    return_proofs: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Returned by",
        help="The tests and calibrations on which its last return to service rests",
    )
    return_items: str | None = field(
        default=None,
        managed=True,
        hidden=True,
        internal=True,
        label="Asked before its return",
        help="The questions of its category as it went out of service, with their limits",
    )
    return_second_sign: bool = field(
        default=False,
        managed=True,
        hidden=True,
        label="Signed before its return",
        help="Whether a second person signs the answers",
    )

    life = EQUIPMENT
    upheld = Upheld("status", DOWN, needs="maintenance.equipment.return")
    promise = FIT
    importer = "officeops_maintenance.equipment.equipment_import:EquipmentImport"
    # While somebody still gets a repair for nothing; what has ended asks for nothing.
    expiry = Expiry(
        "warranty_until",
        what="Warranty",
        severity="money",
        action="edit",
        only="t.status <> 'retired' AND t.warranty_until >= office_today()",
    )
    as_label = "officeops_maintenance.equipment.unit_label:lines"
    page = "officeops_maintenance.upkeep.page:page"
    adds = ("maintenance.ticket", "equipment_id")
    computed = (
        computed("open_tickets", _OPEN_TICKETS, kind="number", label="Open tickets", list_rank=4),
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return what it is asked before it returns, as its category says when it goes down."""
        was = office.get(Equipment, self.id).status if self.id else None
        values: Mapping[str, object] = named(ASKED)(office, self, was)
        return values

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a unit that would be a part of itself, or would replace itself."""
        yield from not_to_come(office, self, "acquired_on", "made_on")
        if self.id and self.replaces_id == self.id:
            yield Problem("would replace itself", "replaces", code="not-allowed-here")
        above, parent_id = {self.id}, self.parent_id
        while self.id and parent_id and len(above) <= DEEPEST:
            if parent_id in above:
                yield Problem("would be a part of itself", "parent", code="not-allowed-here")
                return
            above.add(parent_id)
            parent_id = office.get(Equipment, parent_id).parent_id

    def added(self, office: Office) -> Iterable[str]:
        """Take the model of another unit with its code, then what follows from its words."""
        self._refuse_twice(office)
        self._refuse_lent_on()
        named(UNUSABLE)(office, self.parent_id, "parent")
        yield from named(TAKE_MODEL)(office, self)
        named(PLANS_FOLLOW)(office, self, {"category_id": None})
        yield from named(RECALLS)(office, self)

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Write the tasks of its plans again, and match it with the recalls again."""
        if not before.keys().isdisjoint({"make", "serial"}):
            self._refuse_twice(office)
        if "borrowed_from_id" in before:
            self._refuse_lent_on()
        if "parent_id" in before:
            named(UNUSABLE)(office, self.parent_id, "parent")
        if "location_id" in before:
            yield from named(PLACED)(office, self, before)
            yield from named(KEEPS)(office, self, before)
        if not before.keys().isdisjoint({"category_id", "location_id"}):
            named(PLANS_FOLLOW)(office, self, before)
        if before.get("spore_procedure"):
            named(PROCEDURE_KEPT)(office, self)
        yield from named(RECALLS)(office, self, before)

    def _refuse_twice(self, office: Office) -> None:
        """Refuse a unit that is entered already: a maker gives a serial number once."""
        unit = Numbered(self.name, self.serial or "", self.make, self.udi, self.id)
        same = SerialNumbers(office).same(unit) if unit.is_sure else None
        if same is not None:
            problem = Problem(f"is that of {same.name}; {ENTER_ONCE}", "serial", code="taken")
            raise Refused([problem], self.meta.label)

    def _refuse_lent_on(self) -> None:
        """Refuse a borrowed unit that the practice lent to somebody else."""
        if self.borrowed_from_id and self.lent_to:
            why = f"is given, and {self.lent_to} has it; a borrowed unit is not lent on"
            raise Refused([Problem(why, "borrowed_from", code="not-together")], self.meta.label)

    def keep(self, office: Office) -> str | None:  # noqa: ARG002 - the signature of every record
        """Refuse to archive a unit that is not retired: its past is asked for by inspectors."""
        if self.status == "retired":
            return None
        facts = {"state": self.status, "needed": ["retired"]}
        return Reason("retire it first", code="wrong-state", facts=facts)
