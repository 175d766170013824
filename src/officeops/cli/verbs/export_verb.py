"""`officeops NOUN export`."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import say
from officeops.cli.repeated_options import all_of
from officeops.cli.replaced_file import replacing
from officeops.cli.streams import while_written
from officeops.cli.verbs.own_formats import FormatChoice, format_of_file, named_format, plugin_of
from officeops.model.about import SubjectField
from officeops.model.declarations import Query, named
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.plugins.blame import Blame
from officeops.plugins.printed_output import Lent
from officeops.query.columns import chosen_columns, is_exported
from officeops.query.own_number import OWN_NUMBER, goes_by_number, number_field
from officeops.values.convert import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.model.declarations import Format
    from officeops.model.records import Record
    from officeops.office.office import Office

#: The formats that are written; imports read more.
FORMATS = ("csv", "xlsx", "json")


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.option(
        "--where",
        multiple=True,
        callback=all_of,
        metavar="FILTER",
        help="Only records that match.",
    )
    @click.option(
        "--sort",
        default="",
        metavar="FIELDS",
        help="Order by these fields.",
    )
    @click.option(
        "--columns",
        default="",
        metavar="FIELDS",
        help="Write these fields.",
    )
    @click.option("--archived", is_flag=True, help="Include archived records.")
    @click.option(
        "--format",
        "form",
        type=FormatChoice(FORMATS, record, is_written=True),
        help="The format, if the file's name does not give it.",
    )
    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        file: str,
        where: str,
        sort: str,
        columns: str,
        form: str | None,
        *,
        archived: bool,
    ) -> None:
        office = office_of(ctx)
        office.allow(f"{record.meta.key}.export")
        own = _own(ctx, record, file, form)
        wanted = columns or (",".join(own.fields) if own else "")
        fields = _columns(office, record, _without_children(record, wanted))
        # References by their unique codes, which an import takes back.
        select = office.query(record, by_key=True)
        sql, values = select.sql(Query(where, sort, 0, archived, whole=True), fields)
        answer = office.answer(record, sql, *values)
        rows = [_plain_row(office, fields, row) for row in _with_subjects(office, fields, answer)]
        is_replaced = file != "-" and os.path.lexists(file)
        names = [field.public_name for field in fields]
        if record.children:
            from officeops.cli.verbs.exported_children import with_children

            asked = own.fields if own else columns.split(",") if columns else None
            is_nested = own is not None or (form or _format(file)) == "json"
            numbers = [row[0] for row in answer]
            names, rows = with_children(
                office, record, (names, rows, numbers), asked=asked, is_nested=is_nested
            )
        if own is None:
            _write(file, form or _format(file), names, rows, record.meta.plural)
        else:
            _write_own(plugin_of(ctx, own), file, own, names, rows)
        if file != "-":
            run_of(ctx).fate.wrote(f"{file} was written.")
            replaced = ", in place of the file that was there" if is_replaced else ""
            words = record.meta.one if len(rows) == 1 else record.meta.many
            say(f"{len(rows):,} {words} written to {file}{replaced}.")
        for remark in select.remarks:
            say(remark)

    text = f"""Write {record.meta.many} to a CSV, XLSX or JSON file; `-` is standard output.

    An existing file is replaced once the new one is complete; the last line says so. If the new one
    cannot be written, the old one stays.
    """
    command = click.Command(
        verb,
        callback=run,
        help=text,
        short_help=text.partition("\n")[0],
    )
    options: list[click.Parameter] = run.__click_params__[::-1]  # type: ignore[attr-defined]
    command.params = [click.Argument(["file"], metavar="FILE"), *options]
    return command


def _without_children(record: type[Record], names: str) -> str:
    """Return names of fields without those of the record's children, such as `phones`."""
    of_children = {child.options for child in record.children}
    return ",".join(name for name in names.split(",") if name.strip() not in of_children)


def _columns(
    office: Office,
    record: type[Record],
    names: str,
) -> list[Field]:
    """Return the fields to write.

    By default the ids beside references are left out, and a record that goes by its number is
    written with it.
    """
    if names:
        return _named_columns(office, record, names)
    fields = chosen_columns(office, record, "", everything=True)
    own = [number_field(record.meta)] if goes_by_number(record.meta) else []
    return [*own, *filter(is_exported, fields)]


def _named_columns(
    office: Office,
    record: type[Record],
    names: str,
) -> list[Field]:
    """Return the fields that a person asks for; the record's own number may be one of them."""
    if not goes_by_number(record.meta):
        return chosen_columns(office, record, names)
    fields: list[Field] = []
    for name in names.split(","):
        if name.strip() == OWN_NUMBER:
            fields.append(number_field(record.meta))
        else:
            fields += chosen_columns(office, record, name)
    return fields


def _with_subjects(
    office: Office,
    fields: Sequence[Field],
    answer: Sequence[Sequence[Any]],
) -> Iterable[Sequence[Any]]:
    """Return rows, of which the first value is the id, with what each is about as files write it."""
    if not any(isinstance(field, SubjectField) for field in fields):
        return answer
    from officeops.query.subject import with_subjects

    itself = Field("number", default=None).named("id", "")
    return with_subjects(office, [itself, *fields], answer, written=True)


def _plain_row(
    office: Office,
    fields: Sequence[Field],
    row: Sequence[Any],
) -> list[Any]:
    """Return a row of the query, of which the first value is the id, for a file."""
    pairs = zip(fields, row[1:], strict=True)
    return [plain(field, value, office.ways) for field, value in pairs]


def _own(
    ctx: click.Context,
    record: type[Record],
    file: str,
    form: str | None,
) -> Format | None:
    """Return the plugins' format to write; None for one of the program's own."""
    if form is not None:
        return None if form in FORMATS else named_format(ctx, record, form)
    is_own = Path(file).suffix.lower().lstrip(".") in FORMATS
    found = None if file == "-" or is_own else format_of_file(ctx, record, file)
    return found if found and found.write else None


def _write_own(
    plugin: str,
    file: str,
    own: Format,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write rows in a format of a plugin. Raises PluginFault for a fault of its code."""
    blame = Blame(plugin, f"the format {own.name}")
    # As a stream: a format never has all records in memory.
    plain_rows = (dict(zip(names, row, strict=True)) for row in rows)
    if file == "-":
        # Before the plugin's own prints are kept out of standard output.
        lent = Lent(sys.stdout.buffer)
        with blame:
            named(own.write)(lent, while_written(plain_rows))
        return
    with replacing(file) as out, blame:
        named(own.write)(Lent(out), plain_rows)


def _format(file: str) -> str:
    ending = Path(file).suffix.lower().lstrip(".")
    if file == "-":
        return "csv"
    if ending not in FORMATS:
        raise UsageProblem(
            f"{file!r} does not name a format; end it in .csv, .xlsx or .json, or give --format.",
            code="malformed",
        )
    return ending


def _write(
    file: str,
    form: str,
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    title: str,
) -> None:
    from officeops.exchange.formats.writing import write_csv, write_json, write_xlsx

    write = write_json if form == "json" else write_csv
    if file == "-":
        if form == "xlsx":
            write_xlsx(sys.stdout.buffer, names, rows, title)
        else:
            write(sys.stdout, names, while_written(rows))
        return
    with replacing(file) as out:
        if form == "xlsx":
            write_xlsx(out, names, rows, title)
            return
        text = io.TextIOWrapper(out, encoding="utf-8", newline="")
        write(text, names, rows)
        text.flush()
        # Else it would close the file, which is still to be synced, when it goes.
        text.detach()
