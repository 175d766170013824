"""`officeops policy unread`: who has not read the version in effect, and by when they must."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import entitle, example, office_of, output_options, print_rows
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.policies.acknowledgment import Acknowledgment
from officeops_hr.policies.policy import Policy
from officeops_hr.policies.readers import STATES, Reading, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS: Final = [
    column("number", "Number", 5),
    column("person", "Person"),
    column("policy", "Policy"),
    column(
        "version",
        "Version",
        4,
        kind="number",
    ),
    column("state", "State", 1),
    column(
        "due_on",
        "By",
        1,
        kind="date",
    ),
    column(
        "read_on",
        "Read",
        3,
        kind="date",
    ),
]


@example("POL-1")
@click.command()
@click.argument(
    "policy",
    required=False,
    metavar="POLICY",
)
@click.option(
    "--all",
    "whole",
    is_flag=True,
    help="People who have read it, too.",
)
@click.option(
    "--check",
    is_flag=True,
    help="End with exit code 3 when anybody is late.",
)
@output_options
@click.pass_context
def unread(
    ctx: click.Context,
    *,
    policy: str | None,
    whole: bool,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List who has not read the version in effect, and by when they must."""
    office = office_of(ctx)
    for kind in (Person, Policy, Acknowledgment):
        office.allow_view(kind)
    policy_id = office.find(Policy, policy).id if policy else None
    # Within reach: a lead learns of the team alone.
    owed = sorted(
        readings(
            office,
            office.today,
            None,
            policy_id,
        ),
        key=_urgency,
    )
    shown = [reading for reading in owed if whole or reading.state != "read"]
    entitle(f"Policies to read on {office.today}")
    nothing = "Everybody within your reach has read what they must."
    rows = list(_rows(shown))
    print_rows(
        FIELDS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
    return 3 if check and any(reading.state == "overdue" for reading in owed) else 0


def _urgency(reading: Reading) -> tuple[int, str]:
    return STATES.index(reading.state), str(reading.due_on or "9999")


def _rows(shown: list[Reading]) -> Iterator[tuple[object, ...]]:
    for reading in shown:
        number = f"{Person.meta.prefix}-{reading.person_id}"
        due_on = str(reading.due_on) if reading.due_on else None
        read_on = str(reading.read_on) if reading.read_on else None
        yield (
            number,
            reading.person,
            reading.policy,
            reading.number,
            reading.state,
            due_on,
            read_on,
        )
