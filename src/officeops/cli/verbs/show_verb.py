"""`officeops NOUN show`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of
from officeops.cli.on_page import entitle, page
from officeops.cli.output_options import page_options
from officeops.cli.verbs.attached_lines import attached_as_json, print_attached
from officeops.cli.verbs.page_lines import page_as_json, print_page
from officeops.cli.verbs.parts import parts_as_json, print_parts
from officeops.model.about import SubjectField, as_one
from officeops.query.columns import chosen_columns
from officeops.query.subject import with_subjects
from officeops.values.convert import plain, show, worded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

    #: The fields of a record, each with its value.
    Details = list[tuple[Field, Any]]


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @page_options("txt", "json", "xlsx", "pdf")
    @click.pass_context
    def run(
        ctx: click.Context,
        which: str,
        as_json: bool,  # noqa: FBT001
        reveal: tuple[str, ...] = (),
    ) -> None:
        office = office_of(ctx)
        subject = office.find(record, which)
        # A person sees the names of references, a script also their ids.
        fields, values = details(office, subject, everything=as_json)
        shown = list(zip(fields, values, strict=True))
        if record.meta.sealed:
            shown = _opened(office, subject, reveal, shown)
        if as_json:
            _print_json(office, subject, shown)
            return
        if on_page := page():
            from officeops.exchange.paper.printout import Facts

            entitle(_heading(subject))
            on_page.add(Facts(tuple(_pairs(office, shown, in_words=True))))
        else:
            lines = map(str.rstrip, _lines(office, subject, shown))
            sys.stdout.write("\n".join(lines) + "\n")
        print_page(office, subject)
        print_parts(office, subject)
        print_attached(office, subject)

    command = click.Command(
        verb,
        callback=run,
        help=f"Show {record.meta.one_record}.",
    )
    command.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            help="One JSON object.",
        ),
    ]
    command.params += run.__click_params__[::-1]
    if record.meta.sealed:
        words = "Show the value of this sealed field. The history records that you read it."
        option = click.Option(
            ["--reveal"],
            multiple=True,
            metavar="FIELD",
            help=words,
        )
        command.params.append(option)
    return command


def _print_json(
    office: Office,
    record: Record,
    shown: Details,
) -> None:
    import json

    from officeops.query.own_number import json_name

    answer: dict[str, Any] = {"id": record.id, json_name(record.meta): record.human_key}
    for field, value in shown:
        answer[field.public_name] = plain(field, value, office.ways)
    answer |= page_as_json(office, record)
    answer |= parts_as_json(office, record)
    answer |= attached_as_json(office, record)
    # Last, since a field may be called version too: this one is what `edit --version` takes.
    answer["version"] = record.version
    click.echo(json.dumps(answer, ensure_ascii=False))


def _lines(
    office: Office,
    record: Record,
    shown: Details,
) -> Iterator[str]:
    yield _heading(record)
    width = max(len(field.label) for field, _ in shown)
    for label, value in _pairs(office, shown):
        yield f"  {label.ljust(width)}  {value}"


def _heading(record: Record) -> str:
    archived = " (archived)" if record.archived_at else ""
    return f"{record.meta.label} {record.human_key}{archived}"


def _pairs(
    office: Office,
    shown: Details,
    *,
    in_words: bool = False,
) -> Iterator[tuple[str, str]]:
    """Yield the label and the text of each field that has something to say.

    On paper a choice is in words. On a terminal it is as people type it in a filter.
    """
    for field, value in shown:
        # A computed field that no list shows is for sorting.
        if field.sql and field.hidden and not isinstance(field, SubjectField):
            continue
        if field.internal:
            continue
        # A blank field has no line, unless the blank means "unknown", which is an answer.
        if value is not None or field.unknown:
            text = show(field, value, office.ways)
            yield field.label, worded(field, text) if in_words else text


def _opened(
    office: Office,
    record: Record,
    reveal: Sequence[str],
    shown: Details,
) -> Details:
    """Return the details with the fields in `reveal` opened, and a mask for other sealed values."""
    from officeops.model.sealed_value import bare
    from officeops.sealing.field_text import sealed_field

    # All names are checked before the first value is opened, and its reading recorded.
    names = [sealed_field(record.meta, name).name for name in reveal]
    opened = {name: office.reveal(record, name) for name in names}
    details: Details = []
    for field, value in shown:
        if field.name in opened:
            details.append((bare(field, as_text=False), opened[field.name]))
        elif field.sealed and value is not None:
            mask = office.masked(getattr(record, field.name))
            details.append((bare(field, as_text=True), mask))
        else:
            details.append((bare(field, as_text=False) if field.sealed else field, value))
    return details


def details(
    office: Office,
    record: Record,
    *,
    everything: bool = False,
) -> tuple[list[Field], tuple[Any, ...]]:
    """Return every field of a record that the person may see, and the values; references as names.

    `everything` are the columns for scripts, which include ids.
    """
    kind = type(record)
    if everything:
        fields = chosen_columns(office, kind, "", everything=True)
    else:
        withheld = office.withheld(kind)
        declared = as_one((*kind.meta.fields, *kind.meta.computed), kind.meta.subject)
        fields = [field for field in declared if field.name not in withheld]
    row = office.answer(kind, office.query(kind).one(fields), record.id)[0]
    if kind.meta.subject is None:
        return fields, row[1:]
    [named] = with_subjects(office, fields, [row[1:]], written=everything)
    return fields, tuple(named)
