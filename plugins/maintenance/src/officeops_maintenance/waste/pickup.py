"""Waste pickups: a vendor took waste away, under a manifest that somebody of the practice signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Child, Problem, Record, choice, computed, field, file, named, ref
from officeops_maintenance.entered_once import refuse_twice
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.waste.return_rules import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

PICKUP: Final = "maintenance.waste-pickup"
CONTAINER: Final = "maintenance.waste-container"
_VISIT_KEPT: Final = "officeops_maintenance.waste.visited:why_kept"
_VISITED: Final = "officeops_maintenance.waste.visited:visited"
_LIVE: Final = "c.pickup_id = t.id AND c.archived_at IS NULL"
#: 49 CFR 172.704(c)(2): hazmat training at least once every three years. Unknown is never valid.
_TRAINING: Final = """CASE
    WHEN t.trained_on IS NULL THEN 'unknown'
    WHEN t.picked_on BETWEEN t.trained_on AND date(t.trained_on, '+3 years') THEN 'valid'
    ELSE 'not valid'
END"""


#: Decimals of a weight.
WEIGHT_SCALE: Final = 2
#: A manifest is of one pickup.
ONE_PICKUP: Final = "one is of one pickup"
SAME_MANIFEST: Final = "officeops_fold(CAST(manifest AS BLOB)) = officeops_fold(CAST(? AS BLOB))"


class WastePickup(
    Record,
    key=PICKUP,
    prefix="WP",
    display="manifest",
    sort="-picked_on,-id",
    also=("biohazard pickup", "medical waste", "sharps pickup", "manifest"),
):
    """A pickup of waste, with its manifest.

    It is a visit of the vendor who took the waste.
    """

    manifest: str = field(
        search=True,
        list_rank=1,
        label="Manifest number",
        also=("manifest", "tracking number", "manifest no", "shipping paper"),
        example="MW-20481",
    )
    picked_on: date = field(
        default=lambda office: office.today,
        list_rank=1,
        label="Picked up",
        also=("pickup date", "date", "date shipped", "ship date"),
    )
    vendor_id: int | None = ref(
        "vendors.vendor", default=None, list_rank=3, also=("hauler", "transporter", "company")
    )
    signer: str = field(
        default=lambda office: office.actor,
        search=True,
        list_rank=3,
        help="Who signed the manifest: a login or a name",
        also=("signed by", "generator signature"),
    )
    trained_on: date | None = field(
        default=None,
        list_rank=6,
        label="Signer trained",
        help="The signer's last hazmat (DOT) training; blank: as at the pickup before",
        also=("dot training", "hazmat training"),
    )
    signed_copy_id: int | None = file(
        types=("pdf", "image"), default=None, list_rank=5, help="The copy that the facility signed"
    )
    returned_on: date | None = field(
        default=None, managed=True, list_rank=5, label="Copy back", help="When the copy came back"
    )
    visit_id: int | None = ref("maintenance.visit", default=None, managed=True, list_rank=8)
    note: str | None = field(default=None, kind="long_text", hidden=True, also=("notes",))

    importer = "officeops_maintenance.waste.pickup_import:PickupImport"
    page = "officeops_maintenance.waste.page:page"
    children = (
        Child(
            CONTAINER,
            by="pickup_id",
            option="waste",
            form="kind containers weight unit",
            most=30,
            example="sharps=2; weight=14.5",
        ),
    )
    computed = (
        computed("training", _TRAINING, kind="choice", choices=("valid", "not valid", "unknown")),
        computed(
            "containers",
            f"(SELECT sum(c.containers) FROM maintenance_waste_container c WHERE {_LIVE})",
            kind="number",
            list_rank=2,
        ),
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return today as the day on which a copy that is attached now came back."""
        if self.signed_copy_id is not None:
            return {} if self.returned_on else {"returned_on": office.today}
        # One whose copy is taken away again is out; one of another office had its copy there.
        had_one = self.id and office.get(WastePickup, self.id).signed_copy_id
        return {"returned_on": None} if had_one else {}

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a pickup to come: a visit is expected until then."""
        yield from not_to_come(office, self, "picked_on", "trained_on")

    def added(self, office: Office) -> Iterable[str]:
        """Complete the visit that it is, and take the signer's training from the pickup before."""
        self._refuse_twice(office)
        sentences: Iterable[str] = named(_VISITED)(office, self)
        return sentences

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Refuse a manifest that another pickup has."""
        if "manifest" in before:
            self._refuse_twice(office)
        return ()

    def keep(self, office: Office) -> str | None:
        """Refuse to archive a pickup by which a task is done: its visit is taken back first."""
        why: str | None = named(_VISIT_KEPT)(office, self)
        return why

    def _refuse_twice(self, office: Office) -> None:
        refuse_twice(office, self, "manifest", ONE_PICKUP, SAME_MANIFEST, self.manifest)


class WasteContainer(
    Record, key=CONTAINER, child=True, label="Waste", display="containers", sort="id"
):
    """Containers of one kind of waste, and their weight."""

    pickup_id: int = ref(PICKUP, list_rank=1)
    kind: str = choice(*KINDS, default="regulated medical", list_rank=1)
    containers: int = field(
        minimum=1, list_rank=2, example="2", help="Boxes, bags or bins of this kind"
    )
    weight: int | None = field(
        kind="decimal",
        scale=WEIGHT_SCALE,
        minimum=0,
        default=None,
        list_rank=3,
        help="Of all of them together; blank where nobody weighed them",
    )
    unit: str = choice("lb", "kg", default="lb", list_rank=4)


def waste_of(office: Office, pickup: WastePickup) -> list[WasteContainer]:
    """List what a pickup took."""
    return list(office.all(WasteContainer, "pickup_id = ?", pickup.id))


def in_words(office: Office, pickup: WastePickup) -> str:
    """Return what a pickup took, in words: `2 sharps (14.5 lb), 1 regulated medical`."""
    parts = []
    for waste in waste_of(office, pickup):
        text = f"{waste.containers} {waste.kind}"
        if waste.weight is not None:
            weight = office.text_of(waste, "weight")
            text += f" ({weight} {waste.unit})"
        parts.append(text)
    return ", ".join(parts)
