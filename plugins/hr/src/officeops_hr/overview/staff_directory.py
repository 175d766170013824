"""`officeops person directory`: who works here, as a list for the wall."""

from __future__ import annotations

from typing import Final

import click

from officeops.commands import entitle, office_of, output_options, print_rows
from officeops_hr.people.as_of import current
from officeops_hr.people.columns import column
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql

FIELDS: Final = [
    column("name", "Name"),
    column("role", "Role", 2),
    column("department", "Department", 4),
    column("phone", "Phone"),
    column("email", "Email", 3),
]
#: The number at work goes before a private one, which is not for the wall.
_ROWS: Final = f"""
SELECT t.name, (SELECT r.name FROM hr_job_role r WHERE r.id = {current("hr_position", "role_id")}),
    {current("hr_position", "department")},
    (SELECT f.number FROM hr_phone f WHERE f.person_id = t.id AND f.archived_at IS NULL
     AND f.kind = 'work' ORDER BY f.id LIMIT 1), t.email
FROM hr_person t WHERE t.archived_at IS NULL AND {status_sql()} IN ('active', 'on_leave')
ORDER BY {SORTED_AS}, t.id
"""


@click.command()
@output_options
@click.pass_context
def directory(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print who works here, with their number at work and email."""
    office = office_of(ctx)
    # A query of its own passes no list of the kind, which would ask this.
    office.allow_view(Person)
    entitle("Staff directory", office.facts.name)
    rows = office.rows(_ROWS)
    nothing = "Nobody works here yet: officeops person add."
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)
