"""Usual templates: what the digits of the week mean until now, as records to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action
from officeops.values import wording
from officeops_hr.roster.rules.shift import DAY
from officeops_hr.roster.shift_template import ShiftTemplate
from officeops_hr.roster.usual_place import usual_place
from officeops_hr.roster.week.templates import usual_templates

if TYPE_CHECKING:
    from officeops import Action, Office


@action("hr.add-usual-shift-templates", beside=("hr.shift-template",))
def add_usual_shift_templates(office: Office) -> str:
    """Add templates from the settings or from patterns."""
    taken = {row.digit for row in office.all(ShiftTemplate)}
    names = {row.name for row in office.all(ShiftTemplate)}
    added = 0
    for template in usual_templates(office, usual_place(office) or 0):
        # Two of one time differ in their breaks: the digit tells them apart.
        name = template.words if template.words not in names else f"Shift {template.digit}"
        if template.digit not in taken:
            office.add(
                ShiftTemplate(
                    digit=template.digit,
                    name=name,
                    starts_at=template.start,
                    ends_at=template.end % DAY,
                    unpaid=template.unpaid,
                )
            )
            names.add(name)
            added += 1
    if not added:
        return "No usual shift is missing among the templates."
    return (
        f"{wording.count(added, 'shift template')} added; each is typed by its digit in the week."
    )


ACTIONS: Final[list[Action[..., Any]]] = [add_usual_shift_templates]
