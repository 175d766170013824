"""`officeops person references P-7`: what to hand over when somebody leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import entitle, office_of, output_options, print_rows
from officeops_hr.parts import PARTS
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.people.references import references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

FIELDS: Final = [
    column("kind", "Kind", 2),
    column("record", "Record"),
    column("as_what", "As"),
]


@click.command("references")
@click.argument("person")
@click.option("--check", is_flag=True, help="End with exit code 3 when there is anything.")
@output_options
@click.pass_context
def references_of(
    ctx: click.Context,
    *,
    person: str,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List the open records that name a person, to hand over when they leave.

    PERSON is a number such as P-7, or a name.
    """
    office = office_of(ctx)
    office.allow_view(Person)
    subject = office.find(Person, person)
    entitle(f"References to {subject.name}")
    rows = list(_rows(office, subject))
    nothing = f"No open record names {subject.name}."
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)
    # A script may wait with a closing step until all is handed over.
    return 3 if check and rows else 0


def _rows(office: Office, person: Person) -> Iterator[tuple[str, str, str]]:
    for reference in references(office, person):
        kind = office.records[reference.record]
        yield kind.meta.label, reference.label, reference.name_of
    # Only the other parts know what a person still has.
    for part in PARTS:
        for section in part.references(office, person.id):
            for line in section.lines:
                yield section.heading, line.text, line.label
