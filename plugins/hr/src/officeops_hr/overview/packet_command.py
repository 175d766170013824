"""`officeops person packet P-7 --to FOLDER`: what payers ask of a provider, with its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import (
    entitle,
    example,
    office_of,
    output_options,
    print_rows,
    write_packet,
)
from officeops_hr.overview.packet_cover import cover_lines, cover_text
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from officeops_hr.overview.packet_cover import CoverLine

FIELDS: Final = [
    column("number", "No.", 2, kind="number"),
    column("section", "Section", 2),
    column("what", "What"),
    column("state", "State"),
    column("files", "Files", 2, kind="number"),
    column("sealed", "Sealed", 3, kind="number"),
]
#: The first page of the folder.
COVER: Final = "00 Cover.txt"
_NOTHING: Final = "Nothing of them that you may see is part of a packet."


@example("P-1")
@click.command()
@click.argument("person")
@click.option(
    "--to",
    metavar="FOLDER",
    help="Write the cover and the documents into a new folder.",
)
@click.option("--check", is_flag=True, help="End with exit code 3 when anything is not there.")
@output_options
@click.pass_context
def packet(
    ctx: click.Context,
    *,
    person: str,
    to: str | None,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """List what payers ask of a provider, and copy the documents.

    PERSON is a number such as P-7, or a name. Types of credentials and papers say whether a packet
    has them (`in_packet`); you see what you may see, and sealed files stay here.
    """
    office = office_of(ctx)
    office.allow_view(Person)
    subject = office.find(Person, person)
    lines = cover_lines(office, subject.id)
    if to is None:
        entitle(f"Packet of {subject.name}")
        rows = map(_row, lines)
        print_rows(
            FIELDS,
            rows,
            office.ways,
            as_json=as_json,
            as_csv=as_csv,
            nothing=_NOTHING,
        )
    else:
        files = [file for line in lines for file in line.files]
        text = list(cover_text(office, subject, lines))
        write_packet(ctx, to, (COVER, text), files)
    return 3 if check and any(line.is_gap for line in lines) else 0


def _row(line: CoverLine) -> tuple[object, ...]:
    open_files = len(line.files) - line.sealed
    return (
        line.number,
        line.section,
        line.line.what,
        line.state or None,
        open_files,
        line.sealed,
    )
