"""Templates: plans that most practices need, as data with their sources; not law until confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import (
    Checklist,
    ChecklistItem,
    NotFound,
    Problem,
    Reason,
    Refused,
    action,
    folded,
    named,
    param,
    ref,
)
from officeops.values import read_decimal
from officeops_maintenance.plans.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import Action, Office

#: Columns that a plan takes as they are, where the template has one; the others are read below.
_TEXTS: Final = (
    "title",
    "sort",
    "mode",
    "unit",
    "weekdays",
    "slots",
    "closed_days",
    "counter",
    "while_out",
    "leads",
    "basis",
    "source",
    "severity",
    "note",
)
_NUMBERS: Final = ("every", "nth", "days_early", "days_late", "use_every")
_BEGIN_LOGS: Final = "officeops_maintenance.readings.log_tasks:begin_logs"
_FIRST: Final = param(kind="date", default=None, help="Its first date; today if blank")


def templates() -> dict[str, dict[str, str]]:
    """Return the templates by their names, each as a row of text."""
    return {row["name"]: row for row in _table("templates.csv")}


def _table(name: str) -> list[dict[str, str]]:
    import csv
    from importlib.resources import files

    text = files("officeops_maintenance.plans").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def template_named(text: str) -> dict[str, str]:
    """Find a template by its name, or a beginning that no other has. Raises NotFound."""
    word = folded(text)
    same, begun = [], []
    for name, row in templates().items():
        if folded(name) == word:
            same.append(row)
        elif word and folded(name).startswith(word):
            begun.append(row)
    # A whole name wins over longer names that begin with it.
    matching = same or begun
    if len(matching) == 1:
        return matching[0]
    where = "`officeops report plan-templates` lists them"
    facts = {"kind": "template", "text": text}
    raise NotFound(f"There is no template {text!r}; {where}.", code="not-found", facts=facts)


@action("maintenance.plan-from-template", beside=("maintenance.plan",))
def plan_from_template(
    office: Office,
    template: str = param(
        example="Spore test", help="`officeops report plan-templates` lists them"
    ),
    equipment_id: int | None = ref("maintenance.equipment", default=None),
    category_id: int | None = ref(
        "maintenance.equipment-category", default=None, help="All units of it"
    ),
    location_id: int | None = ref("core.location", default=None),
    vendor_id: int | None = ref("vendors.vendor", default=None, help="Who comes for it"),
    first_on: date | None = _FIRST,
    owner: str | None = param(default=None, example="dana", help="Who sees to it"),
) -> Plan:
    """Add a plan that most practices need, with its source."""
    row = template_named(template)
    if row["about"] == "unit" and not (equipment_id or category_id):
        problem = Problem("or a category is needed", "equipment", code="needed")
        raise Refused([problem], row["name"])
    given = {
        "equipment_id": equipment_id,
        "category_id": category_id,
        "location_id": location_id,
        "vendor_id": vendor_id,
        "first_on": first_on or office.today,
    }
    plan = office.add(new_plan(office, row, owner=owner, **given))
    # By name: the temperature log knows of plans.
    office.remarks += named(_BEGIN_LOGS)(office, plan)
    return plan


def new_plan(
    office: Office,
    row: Mapping[str, str],
    *,
    owner: str | None = None,
    **given: Any,  # noqa: ANN401 - the values that the template leaves to the office
) -> Plan:
    """Return a plan of a template, with its checklist, as it is before it is added."""
    values = {**_values(row), "template": row["name"], **given}
    values["owner"] = owner or row["owner"] or "manager"
    values["checklist_id"] = _checklist(office, row["checklist"])
    if values.get("mode") == "meter":
        # The step of the template goes by the calendar.
        values = {name: value for name, value in values.items() if name not in {"every", "unit"}}
    return Plan(**values)


def _values(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the values that a template has for a plan; a blank cell leaves the plan's own."""
    from datetime import date

    values: dict[str, Any] = {}
    for name in _TEXTS:
        if row[name]:
            values[name] = row[name]
    for name in _NUMBERS:
        if row[name]:
            values[name] = int(row[name])
    values["second_sign"] = row["second_sign"] == "yes"
    if row["checked_on"]:
        values["checked_on"] = date.fromisoformat(row["checked_on"])
    return values


def _checklist(office: Office, name: str) -> int | None:
    """Return the checklist of a template, which is added where the office has none of the name."""
    if not name:
        return None
    # The office's own checklist of the name wins, with the changes that people made to it.
    if ids := office.find_ids(Checklist, name, by_id=False):
        return ids[0]
    checklist = office.add(Checklist(name=name))
    position = 0
    for row in _table("template_items.csv"):
        if row["checklist"] == name:
            position += 1
            office.add(_item(row, checklist.id, position))
    return checklist.id


def _item(
    row: Mapping[str, str],
    checklist_id: int,
    position: int,
) -> ChecklistItem:
    """Return a question of a checklist, from its row."""
    facts: dict[str, Any] = {}
    for name in ("type", "unit", "choices", "failing", "on_fail"):
        if row[name]:
            facts[name] = row[name]
    for name in ("low", "high"):
        if row[name]:
            facts[name] = read_decimal(row[name], 2)
    return ChecklistItem(
        checklist_id=checklist_id,
        text=row["text"],
        position=position,
        required=row["required"] != "no",
        blocks=row["blocks"] == "yes",
        **facts,
    )


def _nothing_to_confirm(office: Office, plan: Plan) -> str | None:  # noqa: ARG001
    if plan.confirmed_on is None:
        return None
    return Reason(f"{plan.confirmed_by} confirmed it on {plan.confirmed_on}", code="nothing-to-do")


@action("maintenance.plan.confirm", means="approve", bulk=True, unless=_nothing_to_confirm)
def confirm(
    office: Office,
    plan: Plan,
    source: str | None = param(default=None, example="Manual, page 14", help="The rule or manual"),
) -> str:
    """Confirm the interval of a plan, once you have compared it with its source."""
    # Confirming says that somebody read the source today.
    read = {"source": source or plan.source, "checked_on": office.today}
    by = {"confirmed_on": office.today, "confirmed_by": office.actor}
    office.edit(plan, managed=True, **read, **by)
    return f"{plan.title} is confirmed."


ACTIONS: Final[list[Action[..., Any]]] = [plan_from_template, confirm]
