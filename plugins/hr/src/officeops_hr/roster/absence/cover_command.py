"""`officeops roster cover`: who can take a shift, in the order in which to ask."""

from __future__ import annotations

from typing import Final

import click

from officeops.commands import entitle, example, office_of, output_options, print_rows
from officeops_hr.people.columns import column
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.absence.asked import asked_words
from officeops_hr.roster.clock import span
from officeops_hr.roster.covering import answers
from officeops_hr.roster.shift import Shift

_COLUMNS: Final = [
    column("group", "Who", 1),
    column("person", "Person", 1),
    column("week", "Week", 2, kind="hours"),
    column("reasons", "Why", 2),
    column("asked", "Asked", 3),
]


@example("41")
@click.command()
@click.argument("shift", metavar="SHIFT")
@output_options
@click.pass_context
def cover(
    ctx: click.Context,
    shift: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print who can take a shift, who can but should not, and who cannot."""
    office = office_of(ctx)
    office.allow_view(Shift)
    wanted = office.find(Shift, shift)
    role = office.label(JobRole, wanted.role_id)
    planned = wanted.planned()
    entitle(f"Cover: {role}, {wanted.day:%a} {wanted.day} {span(planned.start, planned.end)}")
    # Also people who cannot: "why not Ann?" is the first question.
    found = answers(office, wanted)
    asked = asked_words(office, wanted.id)
    rows = []
    for one in found:
        reasons = ", ".join(one.reasons)
        rows.append(
            (
                one.group,
                one.name,
                one.week,
                reasons,
                asked.get(one.person),
            )
        )
    nothing = "Nobody else works here."
    print_rows(
        _COLUMNS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
