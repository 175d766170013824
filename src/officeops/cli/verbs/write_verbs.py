"""`officeops NOUN add`, `edit`, `archive` and `unarchive`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import say
from officeops.cli.request_ids import found_for
from officeops.cli.verbs.conflict_output import clash_json, clash_told
from officeops.model.errors import Already, Conflict, NotFound, OfficeError, UsageProblem
from officeops.office.conflicts import as_read
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops.office.fixed_references import still_naming
from officeops.office.repeated_requests import arguments, is_of
from officeops.query.lookup import given as given_by
from officeops.query.lookup import looking, scope
from officeops.values.convert import reader
from officeops.values.wording import article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""
    return {"add": _add, "edit": _edit, "archive": _put, "unarchive": _put}[verb](record, verb)


def _add(record: type[Record], verb: str) -> click.Command:
    fields = _by_hand(record)

    @click.pass_context
    def run(ctx: click.Context, /, as_json: bool, **given: str | None) -> None:  # noqa: FBT001
        office, request = office_of(ctx), run_of(ctx).request
        values = read_values(office, fields, given)
        asked = arguments(record.meta, values)
        try:
            # Before the write: a record that is in the way now may be the one this request added.
            office.once(request, f"{record.meta.key}.{verb}", lambda _, given: given == asked)
            added = add_record(office, record, values, request)
        except Already as done:
            _repeat(office, record, done, as_json=as_json)
            return
        _report(added, "added", as_json=as_json)

    command = click.Command(
        verb,
        callback=run,
        help=f"Add {article(record.meta.label.lower())}.",
    )
    command.params = [*field_options(fields, former=record.meta.former_fields), _json()]
    return command


def _by_hand(record: type[Record]) -> list[Field]:
    """Return the fields that people fill; managed ones are written by actions only."""
    return [field for field in record.meta.fields if not field.managed]


def _edit(record: type[Record], verb: str) -> click.Command:
    fields = _by_hand(record)

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        which: str,
        as_json: bool,  # noqa: FBT001
        read: int | None,
        **given: str | None,
    ) -> None:
        office, request = office_of(ctx), run_of(ctx).request
        changes = read_values(office, fields, given, lambda: office.find(record, which))
        if not changes:
            raise UsageProblem(
                "Nothing to change was given. Name a field, such as --name; an empty value clears it."
            )
        try:
            asked = arguments(record.meta, changes)
            office.once(request, f"{record.meta.key}.{verb}", is_of(office, record, which, asked))
            current = office.find(record, which)
            held = current if read is None else as_read(office, current, read)
            before = held.version
            edited = edit_record(office, held, changes, request)
        except Already as done:
            _repeat(office, record, done, as_json=as_json)
            return
        except Conflict as clash:
            if as_json:
                clash_json(office, record.meta, clash)
                raise
            raise clash_told(office, record.meta, clash) from clash
        others = edited.version > before + 1
        beside = "; other people's changes to other fields remain" if others else ""
        _report(edited, f"changed{beside}", as_json=as_json)
        for remark in office.remarks:
            say(remark)

    words = f"Change {article(record.meta.label.lower())}. An empty value clears a field."
    command = click.Command(verb, callback=run, help=words)
    options = field_options(fields, required=False, former=record.meta.former_fields)
    command.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        *options,
        _version(),
        _json(),
    ]
    return command


def _put(record: type[Record], verb: str) -> click.Command:
    act = archive_record if verb == "archive" else unarchive_record

    @click.pass_context
    def run(ctx: click.Context, which: str) -> None:
        office = office_of(ctx)
        with found_for(ctx, f"{record.meta.key}.{verb}", record, which):
            subject = office.find(record, which)
        act(office, subject, run_of(ctx).request)
        naming = still_naming(office, subject) if verb == "archive" else ""
        say(f"{record.meta.label} {subject.human_key} is {verb}d. {naming}".rstrip())

    words = f"{verb.capitalize()} {article(record.meta.label.lower())}."
    command = click.Command(verb, callback=run, help=words)
    command.params = [click.Argument(["which"], metavar=record.meta.noun.upper())]
    return command


def _version() -> click.Option:
    words = (
        "The version that you read, from `show --json`: if others changed the same fields since, "
        "nothing is written."
    )
    return click.Option(
        ["--version", "read"],
        type=click.IntRange(1),
        metavar="N",
        help=words,
    )


def _json() -> click.Option:
    words = "Print the record's id and key as JSON."
    return click.Option(["--json", "as_json"], is_flag=True, help=words)


#: The record that an action wrote first, if that is a change of its own.
_FIRST_RECORD = """
SELECT record_id FROM core_change
WHERE id = (SELECT first_change FROM core_action WHERE id = ?) AND action_id = ?
"""


def _repeat(
    office: Office,
    record: type[Record],
    done: Already,
    *,
    as_json: bool,
) -> None:
    """Answer a request that was carried out before with its first answer."""
    office.allow_view(record)
    with office.lifted():
        id_ = int(office.value(_FIRST_RECORD, done.action, done.action) or 0)
    run_of(click.get_current_context()).repeat(done, silent=as_json and bool(id_))
    if as_json and id_:
        _report(office.get(record, id_), "", as_json=True)


def _report(record: Record, what: str, *, as_json: bool) -> None:
    if as_json:
        import json

        answer = {"id": record.id, "key": record.human_key, "version": record.version}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        say(f"{record.meta.label} {record.human_key} {what}.")


def option_name(field: Field) -> str:
    """Return a field's word as an option: reorder-point."""
    return field.public_name.replace("_", "-")


def field_options(
    fields: Iterable[Field],
    *,
    required: bool = True,
    former: Mapping[str, str] | None = None,
) -> list[click.Parameter]:
    """Return an option for each field.

    The options take any text; the field reads it, so that a value is read alike from the command
    line, a form and a file. `former` maps earlier columns to those of today: their options go on
    working in scripts.
    """
    fields = list(fields)
    former_options = _former_options(fields, former or {})
    options: list[click.Parameter] = []
    for field in fields:
        option = click.Option(
            [f"--{option_name(field)}", *former_options.get(field.name, ()), field.name],
            metavar="|".join(field.choices) if field.choices else field.kind.upper(),
            required=required and field.required,
            help=_help(field),
        )
        # For the example at the end of the help.
        option.example, option.target = field.example, field.target  # type: ignore[attr-defined]
        options.append(option)
    return options


def _former_options(fields: Iterable[Field], former: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the earlier options of each column that has any; one that means another field now is gone."""
    taken = {option_name(field) for field in fields}
    options: dict[str, list[str]] = {}
    for old, now in former.items():
        name = old.removesuffix("_id") if now.endswith("_id") else old
        option = name.replace("_", "-")
        if option not in taken:
            options.setdefault(now, []).append(f"--{option}")
    return options


def _help(field: Field) -> str | None:
    parts = [field.help]
    if field.unit:
        parts.append(f"[{field.unit}]")
    if field.sealed:
        parts.append("[sealed; - reads it]")
    return " ".join(filter(None, parts)) or None


def read_values(
    office: Office,
    fields: Iterable[Field],
    given: Mapping[str, str | None],
    record: Callable[[], Record] | None = None,
) -> dict[str, Any]:
    """Return the values of the options that were given, by the names of their fields.

    `record` returns the record they change, for references that are looked up inside one of its
    own, such as a lot of its item. Raises UsageProblem, which names the option, for a value that
    cannot be read, and NotFound for a reference to no record.
    """
    values: dict[str, Any] = {}
    fields = list(fields)
    # References inside another one come last, when that one is read.
    for field in sorted(fields, key=lambda field: bool(field.within)):
        text = given.get(field.name)
        if text is None:
            continue
        if field.sealed and text == "-":
            text = _from_input()
        if field.kind == "reference":
            values[field.name] = reference(office, field, text, fields, values, record)
            continue
        try:
            values[field.name] = reader(field, office.ways)(text)
        except ValueError as error:
            raise UsageProblem(f"--{option_name(field)} {error}.") from None
    return values


def _from_input() -> str:
    """Return a line of standard input.

    A value on the command line would be in the shell's history and in the list of processes.
    """
    line = sys.stdin.readline()
    if not line:
        raise UsageProblem("`-` reads the value from standard input, but nothing is sent to it.")
    return line.rstrip("\n")


def reference(
    office: Office,
    field: Field,
    text: str,
    fields: Iterable[Field] = (),
    values: Mapping[str, Any] | None = None,
    record: Callable[[], Record] | None = None,
) -> int | None:
    """Return the id of the record that a word means; None for a blank word.

    `values` are the values of the `fields` beside it that are read already.
    """
    values = values or {}
    within: dict[str, int] = {}
    target = office.target(field)
    if field.within and target:
        # The record itself is read only where the line does not name the outer record.
        held = record() if record and field.within not in values else None
        key = held.meta.key if held else ""
        within = scope(field, target, fields, given_by(values, held), key)
    try:
        return office.refer(field, text, within)
    except OfficeError as error:
        cure = ""
        if target and isinstance(error, NotFound) and not within:
            cure = f". {looking(target)}"
        raise type(error)(f"--{option_name(field)}: {error}{cure}") from None
