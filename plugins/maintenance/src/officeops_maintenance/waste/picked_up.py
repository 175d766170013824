"""Actions on waste: a task says that the waste was picked up, and a signed copy came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import (
    Attachment,
    Outcome,
    Problem,
    Reason,
    Refused,
    Task,
    action,
    folded,
    param,
)
from officeops.values import read_decimal, read_whole
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.task_visits import visit_for
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.waste.pickup import WasteContainer, WastePickup
from officeops_maintenance.waste.return_rules import KINDS
from officeops_maintenance.waste.visited import is_waste, meet

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

#: A scan or photo of the copy.
_FILES: Final = """
about_key = 'maintenance.waste-pickup' AND about_id = ?
AND type IN ('pdf', 'png', 'jpeg', 'gif', 'tiff', 'bmp', 'webp', 'heic')
"""
_MANIFEST: Final = param(label="Manifest number", example="MW-20481")
_SIGNER: Final = param(default=None, help="Who signed; you if blank")
_TRAINED: Final = param(kind="date", default=None, help="The signer's last hazmat (DOT) training")
_DAY: Final = param(kind="date", default=None, help="The day; today if blank")
_WASTE: Final = param(
    kind="long_text",
    default=None,
    example="sharps=2, 14.5 lb",
    help="A kind with its containers and their weight; once for each kind",
)


def _no_pickup(office: Office, task: Task) -> str | None:
    """Say why a task is no pickup of waste that somebody may enter now."""
    is_planned = task.plan_key == Plan.meta.key and task.plan_id is not None
    plan = office.first(Plan, "id = ?", task.plan_id) if is_planned else None
    if not is_waste(plan):
        return Reason("its plan is for no waste", code="not-allowed-here")
    if task.state != "open":
        return Reason(f"it is {task.state}", code="wrong-state")
    return None


@action("core.task.picked-up", label="Waste picked up", unless=_no_pickup)
def picked_up(
    office: Office,
    task: Task,
    manifest: str = _MANIFEST,
    waste: str | None = _WASTE,
    signer: str | None = _SIGNER,
    trained_on: date | None = _TRAINED,
    picked_on: date | None = _DAY,
) -> Outcome:
    """Say that the waste of a plan was picked up, under which manifest."""
    visit = visit_for(office, task)
    pickup = office.add(
        WastePickup(
            manifest=manifest,
            picked_on=picked_on or office.today,
            vendor_id=visit.vendor_id,
            signer=signer or office.actor,
            trained_on=trained_on,
            visit_id=visit.id,
        )
    )
    for line in filter(str.strip, (waste or "").splitlines()):
        office.add(_container(pickup, line))
    said = meet(office, pickup, office.get(Visit, visit.id))
    return Outcome(pickup, f"{pickup.human_key} has the manifest {manifest}. {said}")


def _container(pickup: WastePickup, line: str) -> WasteContainer:
    """Read one line of waste. Raises Refused with the line and an example."""
    kind, _, rest = line.partition("=")
    number, _, weighed = rest.partition(",")
    amount, _, unit = weighed.strip().partition(" ")
    word = folded(kind.strip())
    kinds = [known for known in KINDS if word and known.startswith(word)]
    try:
        containers = read_whole(number.strip() or "1") or 0
        weight = read_decimal(amount, 2) if amount else None
    except ValueError:
        containers, weight = 0, None
    if len(kinds) != 1 or containers < 1 or unit.strip() not in {"", "lb", "kg"}:
        why = f"{line.strip()!r} is no waste, such as sharps=2, 14.5 lb; kinds: {', '.join(KINDS)}"
        raise Refused([Problem(why, "waste", code="malformed", is_whole=True)], pickup.manifest)
    return WasteContainer(
        pickup_id=pickup.id,
        kind=kinds[0],
        containers=containers,
        weight=weight,
        unit=unit.strip() or "lb",
    )


def _no_copy(office: Office, pickup: WastePickup) -> str | None:
    """Say why nobody can say that the signed copy is back."""
    if pickup.signed_copy_id is not None:
        return Reason(f"it came back on {pickup.returned_on}", code="nothing-to-do")
    if office.first(Attachment, _FILES, pickup.id) is None:
        how = f"officeops waste-pickup attach {pickup.human_key} FILE"
        return Reason(f"attach the copy first: {how}", code="needed")
    return None


@action("maintenance.waste-pickup.signed-copy", label="Signed copy is back", unless=_no_copy)
def signed_copy(office: Office, pickup: WastePickup) -> str:
    """Say that the newest file of a pickup is the copy which the facility signed."""
    newest = office.first(Attachment, _FILES, pickup.id, order="id DESC")
    office.edit(pickup, signed_copy_id=newest.id if newest else None)
    return f"The signed copy of {pickup.manifest} is back."


ACTIONS: Final[list[Action[..., Any]]] = [picked_up, signed_copy]
