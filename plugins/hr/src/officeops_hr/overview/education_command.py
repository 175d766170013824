"""`officeops person education P-7`: the credits of a cycle, and those that are missing by its end."""

from __future__ import annotations

from typing import Final

import click

from officeops.commands import entitle, office_of, output_options, print_rows
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.education.entry import EducationEntry
from officeops_hr.education.person_progress import credits_text, lines
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person

FIELDS: Final = [
    column("person", "Person", 2),
    column("credential", "Credential"),
    column("category", "Category"),
    column("needed", "Needed", 2),
    column("earned", "Earned", 2),
    column("missing", "Missing"),
    column("until", "By", 1, kind="date"),
]


@click.command()
@click.argument("person", required=False)
@click.option("--check", is_flag=True, help="End with exit code 3 when credits are missing.")
@output_options
@click.pass_context
def education(
    ctx: click.Context,
    *,
    person: str | None,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List the credits of education, and those that are missing.

    PERSON is a number such as P-7, or a name; without it, all people that you see.
    """
    office = office_of(ctx)
    for kind in (Person, Credential, EducationEntry):
        office.allow_view(kind)
    subject = office.find(Person, person) if person else None
    entitle(f"Education of {subject.name}" if subject else "Education")
    shown = list(lines(office, subject.id if subject else None))
    rows = []
    for line in shown:
        share = line.share
        numbers = (share.needed, share.earned, share.missing)
        who = office.label(Person, line.person_id)
        name = office.label(CredentialType, line.type_id)
        rows.append(
            (
                who,
                name,
                share.category or "all",
                *map(credits_text, numbers),
                line.until.isoformat(),
            )
        )
    nothing = "No credential here has a rule of education."
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)
    return 3 if check and any(line.share.missing for line in shown) else 0
