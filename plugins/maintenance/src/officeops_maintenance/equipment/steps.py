"""What the steps of equipment bring with them: the downtime, and the test before the return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Reason, named
from officeops_maintenance.equipment import fitness
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.life import DOWN, EQUIPMENT
from officeops_maintenance.equipment.return_demand import forget_demands
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

#: The tickets of which somebody took a step since a unit was lent last.
_SINCE_LENT = """
SELECT v.about_id FROM core_event v
WHERE v.about_key = 'maintenance.ticket' AND v.archived_at IS NULL AND v.id > (
    SELECT max(lent.id) FROM core_event lent
    WHERE lent.about_key = 'maintenance.equipment' AND lent.about_id = ?1
    AND lent.now = 'on_loan' AND lent.archived_at IS NULL)"""
#: An archived one was said all the same; of one that was taken back the events are archived.
_REPORTED = f"""
SELECT min(id) FROM maintenance_ticket
WHERE equipment_id = ?1 AND unsafe AND id IN ({_SINCE_LENT})"""
_OPEN = "equipment_id = ? AND ended_at IS NULL"
#: By name: loans import equipment.
_LENT_AGAIN = "officeops_maintenance.loans.loan:lent_again"


def went_down(
    office: Office,
    equipment: Equipment,
    *,
    planned: bool = False,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Begin the downtime, unless it goes on already."""
    # Taken out and then quarantined, a unit is down once, not twice.
    if office.first(Downtime, _OPEN, equipment.id) is None:
        office.add(
            Downtime(
                equipment_id=equipment.id,
                started_at=equipment.out_since or office.now(),
                reason=equipment.reason or equipment.status.replace("_", " "),
                planned=planned,
            )
        )
    _plans_follow(office, equipment)
    state = equipment.status.replace("_", " ")
    return f"{equipment.name} is {state}: {equipment.reason}. Nobody may use it."


def is_up(
    office: Office,
    equipment: Equipment,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """End the downtime."""
    # The return may be entered later than it happened.
    returned = office.last_event_at(equipment)
    for downtime in office.all(Downtime, _OPEN, equipment.id):
        # A return entered with too early a time must not end the downtime before it began.
        office.edit(downtime, managed=True, ended_at=max(downtime.started_at, returned))
    words = [f"{equipment.name} is {equipment.status.replace('_', ' ')}."]
    if equipment.lent_to and equipment.status == "in_service":
        # A quarantine ends no loan: whoever had the unit has it still.
        words = [named(_LENT_AGAIN)(office, equipment)]
        equipment = office.get(type(equipment), equipment.id)
    elif equipment.lent_to:
        words.append(f"{equipment.lent_to} still has it.")
    _plans_follow(office, equipment)
    words += named("officeops_maintenance.loans.replacement:no_longer_needed")(office, equipment)
    if equipment.status != "retired":
        words += fitness.still_open(office, equipment)
    return " ".join(words)


def _plans_follow(office: Office, equipment: Equipment) -> None:
    # By name: plans import equipment, so an import here would go round in a circle.
    named("officeops_maintenance.plans.following:unit_changed")(office, equipment)


def tag_outdated(
    office: Office,
    equipment: Equipment,
    key: str,
) -> None:
    """Say on the tag of a unit that the record was withdrawn for which it went out of service."""
    reason = equipment.reason or ""
    if equipment.status in DOWN and reason.startswith(f"{key},"):
        office.edit(equipment, managed=True, reason=f"{reason}: withdrawn since, return it")


def still_needed(office: Office, equipment: Equipment) -> str | None:
    """Keep a unit while a ticket about it is open."""
    open_ones = list(office.all(Ticket, f"equipment_id = ? AND {OPEN}", equipment.id))
    if not open_ones:
        return None
    keys = ", ".join(ticket.human_key for ticket in open_ones)
    if len(open_ones) == 1:
        return Reason(f"{keys} about it is open; close or cancel it first", code="in-use")
    return Reason(f"{keys} about it are open; close or cancel them first", code="in-use")


def is_back(office: Office, equipment: Equipment) -> dict[str, Any]:  # noqa: ARG001
    """Clear who has it."""
    return {"lent_to": None, "due_back_on": None}


def came_back(
    office: Office,
    equipment: Equipment,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Say that a lent unit is back; one that nobody may use goes out of service at once."""
    said = f"{equipment.name} is back."
    obstacle = fitness.obstacle(office, equipment)
    tag = obstacle.tag if obstacle else _reported_while_lent(office, equipment)
    if not tag:
        forget_demands(office, equipment)
        return " ".join([said, *fitness.still_open(office, equipment)])
    return f"{said} {EQUIPMENT.move(office, equipment, 'take-out', reason=tag)}"


def _reported_while_lent(office: Office, equipment: Equipment) -> str:
    """Name the report by which it would have gone out of service, but for its loan; blank for none.

    Somebody closed it since, and its test is still to be passed.
    """
    number = office.value(_REPORTED, equipment.id)
    if number is None:
        return ""
    ticket = office.get(Ticket, number)
    return f"{ticket.human_key} {ticket.title}, while it was on loan"


def nothing_wrong(office: Office, equipment: Equipment) -> dict[str, Any]:
    """Clear the tag, and keep on which proofs the return rests."""
    rests_on = fitness.proofs(office, equipment)
    return {"reason": None, "out_since": None, "out_by": None, "return_proofs": rests_on}


def not_retired(office: Office, equipment: Equipment) -> dict[str, Any]:  # noqa: ARG001
    """Clear the day of its retirement."""
    return {"retired_on": None}
