"""Actions on waste: a task says that the waste was picked up, and a signed copy came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Reason, Task, action, param
from officeops_maintenance.papers import newest_paper, why_no_paper
from officeops_maintenance.plans.task_visits import plan_of, visit_for
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.waste.pickup import WastePickup
from officeops_maintenance.waste.visited import is_waste, meet
from officeops_maintenance.waste.waste_line import read_waste

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

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
    if not is_waste(plan_of(office, task)):
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
    # Before the visit is noted, whose text names the waste.
    for line in filter(str.strip, (waste or "").splitlines()):
        office.add(read_waste(pickup, line))
    said = meet(office, pickup, office.get(Visit, visit.id))
    return Outcome(pickup, f"{pickup.human_key} has the manifest {manifest}. {said}")


def _no_copy(office: Office, pickup: WastePickup) -> str | None:
    """Say why nobody can say that the signed copy is back."""
    if pickup.signed_copy_id is not None:
        return Reason(f"it came back on {pickup.returned_on}", code="nothing-to-do")
    if newest_paper(office, pickup) is None:
        how = f"officeops waste-pickup attach {pickup.human_key} FILE"
        none = why_no_paper(office, pickup)
        why = f"{none}; attach the copy" if none else "attach the copy first"
        return Reason(f"{why}: {how}", code="needed")
    return None


@action("maintenance.waste-pickup.signed-copy", label="Signed copy is back", unless=_no_copy)
def signed_copy(office: Office, pickup: WastePickup) -> str:
    """Say that the newest file of a pickup is the copy which the facility signed."""
    copy = newest_paper(office, pickup)
    office.edit(pickup, signed_copy_id=copy.id if copy else None)
    return f"The signed copy of {pickup.manifest} is back."


ACTIONS: Final[list[Action[..., Any]]] = [picked_up, signed_copy]
