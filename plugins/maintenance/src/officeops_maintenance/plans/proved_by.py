"""What completes the tasks of a plan: a reading, a spore test, a calibration, a pickup or a visit.

A task that has such a record is done once, by that record. Its checklist would be a second log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Frozen, Reason, Settling, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from officeops import Office, Record, Subject

SPORE_TEMPLATE: Final = "Spore test"
WASTE_TEMPLATE: Final = "Waste pickup"
#: The templates whose log is the temperature log, with the sort of unit that each is for.
LOG_TEMPLATES: Final = {
    "Refrigerator temperatures": "refrigerator",
    "Freezer temperatures": "freezer",
}
_LOGS: Final = ", ".join(map(repr, LOG_TEMPLATES))
#: The conditions of plans; `template`, `sort` and the others are columns of maintenance_plan.
IS_WASTE: Final = f"(template = '{WASTE_TEMPLATE}' OR sort = 'visit' AND title LIKE '%waste%')"
IS_VISIT: Final = "(sort = 'visit' OR vendor_id IS NOT NULL)"
#: A checklist of the office's own that asks for a temperature.
_ASKS_DEGREES: Final = """checklist_id IN (
SELECT checklist_id FROM core_checklist_item
WHERE type IN ('reading', 'number') AND unit IN ('°F', '°C') AND archived_at IS NULL)"""
#: Tasks of these are done by the temperature log of their unit, if it has one.
IS_LOG: Final = f"(template IN ({_LOGS}) OR {_ASKS_DEGREES})"
_KIND: Final = f"""CASE
    WHEN template IN ({_LOGS}) THEN 'log'
    WHEN {_ASKS_DEGREES} THEN 'own log'
    WHEN template = '{SPORE_TEMPLATE}' THEN 'spore test'
    WHEN {IS_WASTE} THEN 'waste'
    WHEN checklist_id IS NULL AND sort = 'calibration' THEN 'calibration'
    WHEN {IS_VISIT} THEN 'visit'
END"""
_KINDS: Final = f"SELECT id, {_KIND} AS kind FROM maintenance_plan WHERE kind IS NOT NULL"
#: The columns from which the kind follows, and the kind of any values of them.
_FROM: Final = ("template", "sort", "title", "vendor_id", "checklist_id")
_KIND_OF: Final = f"""
SELECT {_KIND} FROM (
    SELECT ? AS template, ? AS sort, ? AS title, ? AS vendor_id, ? AS checklist_id)
"""
FROZEN: Final = (Frozen(_FROM, rule="officeops_maintenance.plans.proved_by:still_to_prove"),)
_DUE: Final = """
plan_key = 'maintenance.plan' AND plan_id = ? AND state = 'open' AND due_on <= ?
"""
_MONITORED: Final = """
SELECT equipment_id, first_on FROM maintenance_monitored_unit
WHERE equipment_id IS NOT NULL AND archived_at IS NULL
"""
_UNIT: Final = "maintenance.equipment"
_PLAN: Final = "maintenance.plan"
_LOG: Final = "maintenance.monitored-unit"
#: The step of a task whose log has its own line in Today, one for all units.
IN_LOG: Final = ""
_IN_LOG: Final = Settling(
    IN_LOG,
    "its unit has a temperature log, which completes it: officeops temperatures record",
)
_NO_LOG: Final = Settling(
    "monitored-unit",
    "its unit has no temperature log yet, which completes it: officeops monitored-unit add",
)
#: The step of a task for which somebody comes.
CAME: Final = "came or not-came"
_CAME: Final = Settling(
    CAME,
    "say that they did not come (officeops task not-came TASK), or came: officeops task came TASK",
)
#: By what completes it. A plan with a vendor is a visit, of whichever sort it is.
_SETTLINGS: Final = {
    "spore test": Settling(
        "spore-test", "the spore test completes it: officeops spore-test add --equipment …"
    ),
    "waste": Settling(
        "picked-up or skip", "the pickup completes it: officeops task picked-up TASK --manifest …"
    ),
    "calibration": Settling(
        "calibrated or skip", "the calibration completes it: officeops task calibrated TASK"
    ),
    "visit": _CAME,
}
#: With those that depend on the unit.
_CURES: Final = {**_SETTLINGS, "log": _IN_LOG, "own log": _IN_LOG}


def settled(office: Office) -> Callable[[int, Subject | None, date], Settling | None]:
    """Return what says how a task of a plan is settled."""
    # Read once, here: the core lets it read what the acting person may not see.
    kinds: dict[int, str] = dict(office.rows(_KINDS))
    logs: dict[int, str] = dict(office.rows(_MONITORED))

    def settled_by(
        plan_id: int,
        subject: Subject | None,
        day: date,
    ) -> Settling | None:
        kind = kinds.get(plan_id, "")
        if not kind.endswith("log"):
            return _SETTLINGS.get(kind)
        since = logs.get(subject.id) if subject and subject.key == _UNIT else None
        # A date before the log began has no line in the log.
        if since is not None and since <= day.isoformat():
            return _IN_LOG
        return _NO_LOG if kind == "log" else None

    return settled_by


def still_to_prove(
    office: Office,
    plan: Record,
    before: Mapping[str, Any],
) -> str | None:
    """Say that an open task that is due is proved by a record, and by nothing less."""
    was, now = (
        office.value(_KIND_OF, *(values.get(name, getattr(plan, name)) for name in _FROM))
        for values in (before, {})
    )
    settling = _CURES.get(was)
    task = office.first(Task, _DUE, plan.id, office.today.isoformat(), order="due_on, id")
    if settling is None or was == now or task is None:
        return None
    why = f"{task.human_key} is due; skip it first, or {settling.cure_of(task.human_key)}"
    return Reason(why, code="in-use")


def step_of(office: Office) -> Callable[[Task], str | None]:
    """Return what says the step of a task that another record completes, else None."""
    # A person who may not see one of them reads no step; to complete such a task says it.
    if not all(office.may_view(office.record(key)) for key in (_PLAN, _LOG)):
        return lambda _: None
    settled_by = settled(office)

    def step(task: Task) -> str | None:
        if task.plan_key != _PLAN or task.plan_id is None:
            return None
        about: Any = task.about
        settling = settled_by(task.plan_id, about, task.due_on)
        return settling.step if settling else None

    return step
