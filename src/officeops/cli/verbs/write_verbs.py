"""`officeops NOUN add`, `edit`, `archive` and `unarchive`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import found_for, office_of, run_of
from officeops.cli.output import say
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
    fields = [f for f in record.meta.fields if not f.managed]

    @click.pass_context
    def run(ctx: click.Context, /, as_json: bool, **given: str | None) -> None:  # noqa: FBT001
        office, request = office_of(ctx), run_of(ctx).request
        values = read_values(office, fields, given)
        try:
            office.once(
                request,
                f"{record.meta.key}.{verb}",
                lambda _, told: told == arguments(record.meta, values),
            )
            made = add_record(office, record, values, request)
        except Already as done:
            _repeat(office, record, done, as_json=as_json)
            return
        _report(made, "added", as_json=as_json)

    made = click.Command(verb, callback=run, help=f"Add {article(record.meta.label.lower())}.")
    made.params = [*field_options(fields, former=record.meta.former_fields), _json()]
    return made


def _edit(record: type[Record], verb: str) -> click.Command:
    fields = [f for f in record.meta.fields if not f.managed]

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
            found = office.find(record, which)
            held = found if read is None else as_read(office, found, read)
            before = held.version
            made = edit_record(office, held, changes, request)
        except Already as done:
            _repeat(office, record, done, as_json=as_json)
            return
        except Conflict as clash:
            if as_json:
                clash_json(office, record.meta, clash)
                raise
            raise clash_told(office, record.meta, clash) from clash
        beside = (
            "; other people's changes to other fields remain" if made.version > before + 1 else ""
        )
        _report(made, f"changed{beside}", as_json=as_json)
        for remark in office.remarks:
            say(remark)

    made = click.Command(
        verb,
        callback=run,
        help=f"Change {article(record.meta.label.lower())}. An empty value clears a field.",
    )
    made.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        *field_options(fields, required=False, former=record.meta.former_fields),
        _version(),
        _json(),
    ]
    return made


def _put(record: type[Record], verb: str) -> click.Command:
    act = archive_record if verb == "archive" else unarchive_record

    @click.pass_context
    def run(ctx: click.Context, which: str) -> None:
        office = office_of(ctx)
        with found_for(ctx, f"{record.meta.key}.{verb}", record, which):
            found = office.find(record, which)
        act(office, found, run_of(ctx).request)
        naming = still_naming(office, found) if verb == "archive" else ""
        say(f"{record.meta.label} {found.human_key} is {verb}d. {naming}".rstrip())

    made = click.Command(
        verb, callback=run, help=f"{verb.capitalize()} {article(record.meta.label.lower())}."
    )
    made.params = [click.Argument(["which"], metavar=record.meta.noun.upper())]
    return made


def _version() -> click.Option:
    words = "The version that was read, as `show --json` says it: where others changed the same fields since, nothing is written."
    return click.Option(["--version", "read"], type=click.IntRange(1), metavar="N", help=words)


def _json() -> click.Option:
    return click.Option(
        ["--json", "as_json"], is_flag=True, help="Print the record's id and key as JSON."
    )


def _repeat(office: Office, record: type[Record], done: Already, *, as_json: bool) -> None:
    """Answer a request that was carried out before as it was answered then."""
    office.allow_view(record)
    sql = "SELECT record_id FROM core_change WHERE id = (SELECT first_change FROM core_action WHERE id = ?) AND action_id = ?"
    with office.lifted():
        id_ = int(office.value(sql, done.action, done.action) or 0)
    run_of(click.get_current_context()).repeat(done, silent=as_json and bool(id_))
    if as_json and id_:
        _report(office.get(record, id_), "", as_json=True)


def _report(record: Record, what: str, *, as_json: bool) -> None:
    if as_json:
        import json

        click.echo(
            json.dumps(
                {"id": record.id, "key": record.human_key, "version": record.version},
                ensure_ascii=False,
            )
        )
    else:
        say(f"{record.meta.label} {record.human_key} {what}.")


def option_name(field: Field) -> str:
    """Return a field's word as an option: reorder-point."""
    return field.public_name.replace("_", "-")


def field_options(
    fields: Iterable[Field], *, required: bool = True, former: Mapping[str, str] | None = None
) -> list[click.Parameter]:
    """Return one option per field. Values are read by the field itself, so that every way in reads alike.

    `former` are earlier columns with those of today: their options go on working in scripts.
    """
    fields = list(fields)
    former_options: dict[str, list[str]] = {}
    taken = {option_name(f) for f in fields}
    for old, now in (former or {}).items():
        option = old.removesuffix("_id" if now.endswith("_id") else "").replace("_", "-")
        if option not in taken:
            former_options.setdefault(now, []).append(f"--{option}")
    return [
        click.Option(
            [f"--{option_name(f)}", *former_options.get(f.name, ()), f.name],
            metavar="|".join(f.choices) if f.choices else f.kind.upper(),
            required=required and f.required,
            help=" ".join(
                part
                for part in (
                    f.help,
                    f"[{f.unit}]" if f.unit else "",
                    "[sealed; - reads it]" if f.sealed else "",
                )
                if part
            )
            or None,
        )
        for f in fields
    ]


def read_values(
    office: Office,
    fields: Iterable[Field],
    given: Mapping[str, str | None],
    record: Callable[[], Record] | None = None,
) -> dict[str, Any]:
    """Read the options that were given. Raises UsageProblem naming the option, NotFound for a reference to nothing.

    `record` is what they change, for references that are looked up inside another of its own.
    """
    values: dict[str, Any] = {}
    fields = list(fields)
    for f in sorted(fields, key=lambda field: bool(field.within)):
        text = given.get(f.name)
        if text is None:
            continue
        if f.sealed and text == "-":
            text = _from_input()
        if f.kind == "reference":
            values[f.name] = reference(office, f, text, fields, values, record)
            continue
        try:
            values[f.name] = reader(f, office.ways)(text)
        except ValueError as error:
            raise UsageProblem(f"--{option_name(f)} {error}.") from None
    return values


def _from_input() -> str:
    """Return a line of standard input: what is typed as an option stands in the shell's history and the list of processes."""
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
    """Return the id of the record a word means; blank is none. `values` of the `fields` beside it are read already."""
    within: dict[str, int] = {}
    target = office.target(field)
    if field.within and target:
        held = record() if record and field.within not in (values or {}) else None
        within = scope(
            field, target, fields, given_by(values or {}, held), held.meta.key if held else ""
        )
    try:
        return office.refer(field, text, within)
    except OfficeError as error:
        cure = (
            f". {looking(target)}" if target and isinstance(error, NotFound) and not within else ""
        )
        raise type(error)(f"--{option_name(field)}: {error}{cure}") from None
