"""`officeops NOUN attach`: a file is attached to a record."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import say
from officeops.cli.request_ids import found_for
from officeops.model.errors import Already
from officeops.office.attachments import VERB
from officeops.values.sizes import size_text

if TYPE_CHECKING:
    from officeops.core.attachment_record import Attachment
    from officeops.model.records import Record
    from officeops.office.office import Office

#: The key of the kind of record that a reference to a file leads to.
_FILE: Final = "core.attachment"


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        which: str,
        file: str,
        name: str,
        sealed: bool | None,  # noqa: FBT001
        as_json: bool,  # noqa: FBT001
        as_field: str = "",
    ) -> None:
        office, request = office_of(ctx), run_of(ctx).request
        try:
            with found_for(ctx, VERB, record, which):
                subject = office.find(record, which)
            source = sys.stdin.buffer if file == "-" else file
            attachment = office.attach(
                subject, source, name=name, sealed=sealed, as_field=as_field, request=request
            )
        except Already as done:
            run_of(ctx).repeat(done, answer=f"It is attachment {done.outcome}.")
            return
        _report(office, subject, attachment, as_json=as_json)

    words = f"""Attach a file to {record.meta.a_record}; `-` is standard input.

    The bytes are kept in the office's file, with its backups. Who sees the {record.meta.one} sees the file.
    """
    command = click.Command(
        verb, callback=run, help=words, short_help=words.partition(";")[0] + "."
    )
    command.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        click.Argument(["file"], metavar="FILE"),
        click.Option(["--name"], default="", metavar="NAME", help="Another name than the file's."),
        click.Option(
            # Three answers: yes, no, and the record's own default.
            ["--sealed/--not-sealed", "sealed"],
            default=None,
            help="Encrypt bytes and name. By default where the record has sealed fields.",
        ),
        *_as_field(record),
        click.Option(
            ["--json", "as_json"], is_flag=True, help="Print the attachment's id as JSON."
        ),
    ]
    return command


def _as_field(record: type[Record]) -> list[click.Parameter]:
    """Return the option that names the record's reference to the file, where it has any."""
    names = [field.public_name for field in record.meta.fields if field.target == _FILE]
    words = f"The field that leads to it: {', '.join(names)}."
    option = click.Option(["--as", "as_field"], default="", metavar="FIELD", help=words)
    return [option] if names else []


def _report(
    office: Office,
    subject: Record,
    attachment: Attachment,
    *,
    as_json: bool,
) -> None:
    if as_json:
        answer = {"id": attachment.id, "type": attachment.type, "size": attachment.size}
        answer["sealed"] = attachment.is_sealed
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for remark in office.remarks:
        say(remark)
    # Its name is sealed too, so it is not printed.
    name = "A sealed file" if attachment.is_sealed else attachment.name
    what = f"{attachment.type}, {size_text(attachment.size)}"
    say(f"{name} ({what}) is attached to {office.about(subject)} as attachment {attachment.id}.")
