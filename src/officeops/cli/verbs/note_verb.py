"""`officeops NOUN note`: a note is put on a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import say
from officeops.cli.request_ids import found_for
from officeops.cli.verbs.field_options import read_values
from officeops.core.note_record import Note
from officeops.model.errors import Already
from officeops.office.crud import add_record
from officeops.office.repeated_requests import arguments, is_added
from officeops.values.convert import show

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.office.office import Office

_VERB = f"{Note.meta.key}.add"


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        which: str,
        as_json: bool,  # noqa: FBT001
        **given: str | None,
    ) -> None:
        office, request = office_of(ctx), run_of(ctx).request
        try:
            with found_for(ctx, _VERB, record, which):
                subject = office.find(record, which)
            values = read_values(office, Note.meta.fields, given)
            values |= {"about_key": record.meta.key, "about_id": subject.id}
            asked = arguments(Note.meta, values)
            office.once(request, _VERB, is_added(office, Note.meta, asked))
            note = add_record(office, Note, values, request)
        except Already as done:
            run_of(ctx).repeat(done, answer=f"It is note {done.outcome}.")
            return
        _report(office, subject, note, as_json=as_json)

    words = f"Put a note on {record.meta.a_record}; with a day to follow up on, Today has it then."
    command = click.Command(verb, callback=run, help=words)
    command.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        click.Argument(["text"], metavar="TEXT"),
        click.Option(
            ["--follow-up", "follow_up_on"], metavar="DATE", help="The day to follow up on."
        ),
        click.Option(["--owner"], metavar="LOGIN", help="Who follows up; without it, everybody."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print the note's id as JSON."),
    ]
    return command


def _report(
    office: Office,
    subject: Record,
    note: Note,
    *,
    as_json: bool,
) -> None:
    if as_json:
        click.echo(json.dumps({"id": note.id, "key": note.human_key, "version": note.version}))
        return
    follow_up = ""
    if note.follow_up_on is not None:
        field = note.meta.by_name["follow_up_on"]
        follow_up = f"; Today has it from {show(field, note.follow_up_on, office.ways)} on"
    say(f"Note {note.id} is on {office.about(subject)}{follow_up}.")
