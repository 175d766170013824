"""The job roles that most practices have: suggestions for a new office, which edits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import action
from officeops.values import wording

if TYPE_CHECKING:
    from officeops import Action, Office


def add_roles(office: Office) -> list[str]:
    """Add the usual roles that the office has none of, in an action; return their codes."""
    # Commands that add no role need neither the file nor its reader.
    import csv
    from importlib.resources import files

    from officeops_hr.people.job_role import JobRole

    text = files("officeops_hr.people").joinpath("job_roles.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    # An archived one was taken out on purpose.
    known = {code for (code,) in office.rows("SELECT code FROM hr_job_role")}
    new = [row for row in rows if row["code"] not in known]
    office.add_many(JobRole, [_values(row) for row in new])
    return [row["code"] for row in new]


def _values(row: dict[str, str]) -> dict[str, Any]:
    return {
        **row,
        "sort_order": int(row["sort_order"]),
        "other_names": row["other_names"] or None,
    }


@action("hr.add-job-roles", beside=("hr.job-role", "hr.person"))
def add_job_roles(office: Office) -> str:
    """Add usual job roles, such as RN and front desk."""
    codes = add_roles(office)
    # A second run changes nothing, and says so.
    if not codes:
        return "All of the usual job roles are there."
    roles = wording.count(len(codes), "job role")
    return f"{roles} added: {', '.join(codes)}."


ACTIONS: list[Action[..., Any]] = [add_job_roles]
