"""Verbs that hang something on a record of any kind: a file, a note, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.core.note_record import Note
from officeops.model.fields import field
from officeops.tui.base.verb import Verb
from officeops.values.text import safe
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

_FILE: Field = field(help="Path of the file on this machine").named("file", "str")
_WORDS: Field = field(help="Words by which lists find it, separated by commas").named(
    "words", "str"
)


def _always(_office: Office, _record: object) -> None:
    return None


def _why_no_file(office: Office, record: Record) -> str | None:
    if not office.machine.fixed:
        return None
    # Nobody who came over SSH names a path of the server's.
    command = f"officeops {record.meta.noun} attach {record.human_key} - < FILE"
    return f"over SSH a file comes from your own machine: ssh HOST {command}"


def _attach(
    office: Office,
    record: Record,
    values: Mapping[str, Any],
) -> str:
    attachment = office.attach(record, values["file"])
    name = "A sealed file" if attachment.is_sealed else attachment.name
    return safe(" ".join([f"{name} is attached to {office.about(record)}.", *office.remarks]))


def _note(
    office: Office,
    record: Record,
    values: Mapping[str, Any],
) -> str:
    from officeops.office.crud import add_record

    about = {"about_key": record.meta.key, "about_id": record.id}
    note = add_record(office, Note, {**values, **about})
    return safe(f"Note {note.id} is on {office.about(record)}.")


def _tag(
    office: Office,
    record: Record,
    values: Mapping[str, Any],
) -> str:
    from officeops.office.tagging import tag

    # A form has one field for all of them, so commas are between words here.
    new = tag(office, record, str(values["words"]).split(","))
    if not new:
        return safe(f"{office.about(record)} has these tags already.")
    noun = "tag" if len(new) == 1 else "tags"
    return safe(f"{office.about(record)} has the {noun} {listing(new)} now.")


def _note_fields() -> tuple[Field, ...]:
    by_name = Note.meta.by_name
    return by_name["text"], by_name["follow_up_on"], by_name["owner"]


ATTACH = Verb(
    name="core.attachment.add",
    word="attach",
    means="",
    label="Attach",
    help="Attach a file",
    reason=_why_no_file,
    run=_attach,
    fields=(_FILE,),
)
NOTE = Verb(
    name="core.note.add",
    word="note",
    means="",
    label="Note",
    help="Put a note on it, with a day to follow up on",
    reason=_always,
    run=_note,
    fields=_note_fields(),
)
TAG = Verb(
    name="core.tag.add",
    word="tag",
    means="",
    label="Tag",
    help="Put words on it, by which lists find it: tag=WORD",
    reason=_always,
    run=_tag,
    fields=(_WORDS,),
    bulk=True,
)
VERBS = (ATTACH, NOTE, TAG)
