"""`officeops policy find WORD`: the policies that have some words, each with its line."""

from __future__ import annotations

from typing import Final

import click

from officeops.commands import entitle, example, office_of, output_options, print_rows
from officeops_hr.people.columns import column
from officeops_hr.policies.finding import passages
from officeops_hr.policies.policy import Policy
from officeops_hr.policies.policy_version import PolicyVersion

FIELDS: Final = [
    column("policy", "POL"),
    column("name", "Name"),
    column(
        "version",
        "Version",
        3,
        kind="number",
    ),
    column(
        "effective_on",
        "Since",
        4,
        kind="date",
    ),
    column("line", "Line", 1),
]


@example("needlestick")
@click.command()
@click.argument(
    "words",
    nargs=-1,
    required=True,
    metavar="WORD...",
)
@output_options
@click.pass_context
def find(
    ctx: click.Context,
    *,
    words: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
) -> None:
    """Find policies by words of their name or text.

    `officeops policy text POL-1` prints the whole text.
    """
    office = office_of(ctx)
    # The query of the passages asks no permission by itself.
    for kind in (Policy, PolicyVersion):
        office.allow_view(kind)
    text = " ".join(words)
    entitle(f"Policies with {text}")
    rows = []
    for passage in passages(office, text):
        number = f"{Policy.meta.prefix}-{passage.policy_id}"
        rows.append(
            (number, passage.name, passage.version, passage.effective_on, passage.line or None)
        )
    nothing = f"No policy has {text!r} in its name, its words or the text in effect."
    print_rows(
        FIELDS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
