"""`officeops who`: the people who use the office now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of
from officeops.cli.output import print_rows
from officeops.cli.output_options import output_options
from officeops.model.fields import Field
from officeops.ssh.sessions import sessions

if TYPE_CHECKING:
    from officeops.ssh.sessions import Session

#: Columns of `who`.
FIELDS = [
    Field("text", label="Login", list_rank=1).named("login", "str"),
    Field("text", label="On since", list_rank=2).named("since", "str"),
    Field("text", label="From", list_rank=3).named("from", "str"),
    Field("text", label="With", list_rank=2).named("with", "str"),
    Field("text", label="SSH key", list_rank=4).named("key", "str"),
]


@click.command()
@output_options
@click.pass_context
def who(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List who has the interface open or runs a command over SSH, since when, from where, by which key."""
    office = office_of(ctx)
    rows = map(_row, sessions(office.path))
    print_rows(
        FIELDS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="Nobody is on.",
    )


def _row(session: Session) -> tuple[str, str, str, str, str]:
    return session.user, session.since, session.peer or "here", session.what, session.key
