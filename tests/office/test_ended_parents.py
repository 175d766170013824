"""A record that has come to its end takes no new ones of its own: a filled opening no candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory

_PAST: Final = "what happened while it was in use may be entered later"
_CHECKED: Final = "its own check refuses a retired unit"
_PART: Final = "a part or a spare is on the list wherever its unit is"
#: References that people fill, to records with a life, that take one in any state, and why.
IN_ANY_STATE: Final = {
    "hr.injury-case.incident_id": "that an injury goes into the log may turn out after its incident was closed",
    "hr.offer.candidate_id": "the step `offer` alone writes it",
    "maintenance.calibration.equipment_id": _PAST,
    "maintenance.calibration.task_id": _PAST,
    "maintenance.equipment.parent_id": _PART,
    "maintenance.equipment.replaces_id": _PART,
    "maintenance.meter-reading.equipment_id": _PAST,
    "maintenance.monitored-unit.equipment_id": _CHECKED,
    "maintenance.plan.equipment_id": "a plan of a retired unit has no dates, until it is reinstated",
    "maintenance.reference-standard.equipment_id": _CHECKED,
    "maintenance.spore-test.load_id": "a test is of the load that it ran with, also a rejected one",
    "maintenance.ticket.equipment_id": "a retired unit may be in the way, or has to be fetched",
    "maintenance.visit.equipment_id": "a vendor may come to fetch a retired unit",
    "maintenance.visit.task_id": _PAST,
}


def test_each_reference_to_a_record_with_a_life_says_in_which_states(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory("inventory", "vendors", "maintenance", "hr")
    open_to_all = set()
    for record in office.records.values():
        if not record.meta.editable:
            continue
        for field in record.meta.fields:
            target = office.records.get(field.target)
            has_life = target is not None and target.life is not None
            if has_life and not (field.managed or field.where):
                open_to_all.add(f"{record.meta.key}.{field.name}")
    assert open_to_all == IN_ANY_STATE.keys()
