"""Contract: a service contract, a warranty or a lease over one unit or many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Child, ExpiringDocument, ExpiryRules, Record, choice, field, named, ref

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

CONTRACT = "maintenance.contract"
UNIT = "maintenance.covered-unit"
_AS_BEFORE = "officeops_maintenance.contracts.coverage:cover_as_before"


class Contract(
    ExpiringDocument,
    key=CONTRACT,
    noun="service-contract",
    label="Service contract",
    prefix="SC",
    display="name",
    sort="expires_on",
):
    """A service contract, a warranty or a lease of equipment."""

    name: str = field(
        search=True,
        list_rank=1,
        also=("service contract", "contract"),
        example="Full service for sterilizers",
    )
    sort: str = choice("service", "warranty", "lease", default="service", list_rank=3)
    vendor_id: int | None = ref(
        "vendors.vendor", default=None, list_rank=2, also=("supplier", "service vendor")
    )
    respond_within: int | None = field(
        kind="duration",
        default=None,
        minimum=0,
        list_rank=4,
        label="Response promised",
        help="How soon the vendor promises to come or call back",
    )
    open_hours: bool = field(
        default=False,
        hidden=True,
        label="Promised in opening hours",
        help="The promise counts the opening hours of the office alone",
    )
    covers: str | None = field(default=None, list_rank=6, example="Parts and labor")
    cost: int | None = field(
        kind="money",
        default=None,
        minimum=0,
        total=True,
        list_rank=7,
        help="What it costs a year",
    )
    note: str | None = field(kind="long_text", default=None, hidden=True)

    # The last day for notice is more urgent than the end: after it the contract renews itself.
    terms = ExpiryRules(leads=(90, 30))
    severity = "money"
    page = "officeops_maintenance.contracts.contract_page:page"
    children = (
        Child(
            UNIT, by="contract_id", option="unit", form="equipment note", most=400, example="EQ-7"
        ),
    )

    def __str__(self) -> str:
        return f"{self.human_key} {self.name}"

    def added(self, office: Office) -> Iterable[str]:
        """Have a renewal cover the same units."""
        if self.replaces_id is not None:
            named(_AS_BEFORE)(office, self)
        return ()


class CoveredUnit(
    Record, key=UNIT, child=True, label="Covered unit", display="equipment_id", sort="id"
):
    """A unit that a contract covers."""

    identity = (("contract_id", "equipment_id"),)

    contract_id: int = ref(CONTRACT, list_rank=1)
    equipment_id: int = ref("maintenance.equipment", archived=True, list_rank=2)
    note: str | None = field(default=None, list_rank=3)
