"""`officeops person emergency-sheet`: one page with whom to call for each person."""

from __future__ import annotations

from typing import Final

import click

from officeops.commands import entitle, office_of, output_options, print_rows
from officeops_hr.people.columns import column
from officeops_hr.people.emergency import emergency_lines, print_sheet

FIELDS: Final = [
    column("person", "Person"),
    column("phone", "Phone", 2),
    column("contact", "In an emergency"),
    column("other_contact", "Or", 3),
]


@click.command()
@output_options
@click.pass_context
def emergency_sheet(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print whom to call for each person; the history says who printed it."""
    office = office_of(ctx)
    lines = list(emergency_lines(office))
    # Recorded first: a sheet that nobody knows of must not leave the office.
    office.do(print_sheet, people=len(lines))
    entitle("Emergency sheet", office.facts.name)
    rows = []
    for line in lines:
        # Somebody with one contact, or none, keeps the columns.
        first, second, *_ = (*line.contacts, None, None)
        rows.append((line.name, line.phone, first, second))
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv)
