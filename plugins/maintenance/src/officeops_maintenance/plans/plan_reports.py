"""Reports of plans: the templates with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import report
from officeops_maintenance.plans.templates import templates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Report


@report("plan-templates", title="Templates of plans")
def plan_templates(office: Office) -> Iterator[dict[str, Any]]:  # noqa: ARG001 - of reports
    """The plans that most practices need, each with its source and when somebody last read that."""
    for row in templates().values():
        yield {
            "name": row["name"],
            "how often": often(row),
            "basis": row["basis"],
            "source": row["source"],
            "compared with": row["compared"] or "nothing yet",
            "read on": row["checked_on"] or "not yet",
        }


def often(row: dict[str, str]) -> str:
    """Say how often a template comes, in a few words."""
    if row["mode"] == "weekdays":
        return row["weekdays"]
    every, unit = int(row["every"]), row["unit"]
    said = f"every {unit}" if every == 1 else f"every {every} {unit}s"
    if row["mode"] == "nth_weekday":
        said = f"{said}, {row['weekdays']} no. {row['nth']}"
    return f"{said} or {row['use_every']} {row['counter']}" if row["counter"] else said


REPORTS: list[Report] = [plan_templates]
