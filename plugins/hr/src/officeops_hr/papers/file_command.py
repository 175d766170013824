"""`officeops person file P-7`: which papers are there."""

from __future__ import annotations

from typing import Final

import click

from officeops import Field
from officeops.commands import entitle, office_of, output_options, print_rows
from officeops_hr.papers.file_check import FileLine, file_lines
from officeops_hr.people.person import Person

FIELDS: Final = [
    Field("text", label="Paper", list_rank=1).named("paper", ""),
    Field("text", label="State", list_rank=1).named("state", ""),
    Field("date", label="Dated", list_rank=2).named("dated_on", ""),
    Field("date", label="Good until", list_rank=3).named("good_until", ""),
]
#: The order of the list: first come the papers that somebody has to bring.
_STATES: Final = ("missing", "expired", "present")


def _by_state(line: FileLine) -> int:
    return _STATES.index(line.state)


@click.command()
@click.argument("person")
@click.option("--check", is_flag=True, help="End with exit code 3 when a paper is not there.")
@output_options
@click.pass_context
def file(
    ctx: click.Context,
    *,
    person: str,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List the papers that a person must have: present, missing, expired.

    PERSON is a number such as P-7, or a name. You see the papers of the classes that you may see.
    """
    office = office_of(ctx)
    office.allow_view(Person)
    subject = office.find(Person, person)
    entitle(f"File of {subject.name}")
    lines = sorted(file_lines(office, subject.id, office.today), key=_by_state)
    rows = [
        (line.name, line.state, line.dated_on or None, line.good_until or None) for line in lines
    ]
    nothing = "No paper that you may see is required of them."
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)
    return 3 if check and any(line.state != "present" for line in lines) else 0
