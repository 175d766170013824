"""`officeops NOUN add`, `edit`, `archive` and `unarchive`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import say
from officeops.cli.request_ids import found_for
from officeops.cli.verbs.field_options import field_options, read_values
from officeops.cli.verbs.option_faults import OptionFaults, refuse_bare
from officeops.cli.whole_number import WholeNumber
from officeops.model.errors import Already, Conflict, NotFound, OfficeError, UsageProblem
from officeops.model.hand_verbs import owes_something
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops.office.repeated_requests import arguments, child_arguments, is_added, is_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from officeops.model.errors import Problem
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.children.child_change import ChildChange
    from officeops.office.office import Office

#: The parameter of a word without an option.
_BARE: Final = "bare_word"


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""
    return {"add": _add, "edit": _edit, "archive": _put, "unarchive": _put}[verb](record, verb)


def _add(record: type[Record], verb: str) -> click.Command:
    fields = _by_hand(record)

    @click.pass_context
    def run(ctx: click.Context, /, as_json: bool, **given: str | None) -> None:  # noqa: FBT001
        refuse_bare(fields, given)
        office, request = office_of(ctx), run_of(ctx).request
        name = f"{record.meta.key}.{verb}"
        of_children = _taken(given)
        try:
            with found_for(ctx, name, None, ""):
                _take_bare_word(record, given)
                values, children = _read(office, record, fields, given, of_children)
            asked = {**arguments(record.meta, values), **child_arguments(children)}
            # Before the write: a record that is in the way now may be the one this request added.
            is_same = is_added(office, record.meta, asked)
            office.once(request, name, is_same)
            added = add_record(office, record, values, request, children)
        except Already as done:
            _repeat(office, record, done, "added", as_json=as_json)
            return
        _report(added, "added", as_json=as_json)
        for remark in office.remarks:
            say(remark)

    command = click.Command(
        verb,
        callback=run,
        help=f"Add {record.meta.a_record}.",
    )
    options = field_options(fields, former=_other_options(record))
    options += _child_options(record, is_new=True)
    command.params = [*_bare_word(record, options), *options, _json()]
    return command


def _child_options(record: type[Record], *, is_new: bool) -> list[click.Parameter]:
    """Return the options of its children. Most records have none, and load nothing for them."""
    if not record.children:
        return []
    from officeops.cli.verbs.child_options import child_options

    return child_options(record, is_new=is_new)


def _taken(given: dict[str, Any]) -> dict[str, Any]:
    """Take the options of children out of those that were given."""
    names = [name for name in given if name.startswith("child_")]
    return {name: given.pop(name) for name in names}


def _read(
    office: Office,
    record: type[Record],
    fields: Sequence[Field],
    given: Mapping[str, str | None],
    of_children: Mapping[str, Any],
    subject: Callable[[], Record] | None = None,
    beside: Sequence[OfficeError] = (),
) -> tuple[dict[str, Any], list[ChildChange]]:
    """Return the values of fields and the changes of children.

    One error is about both, and about the faults that are known `beside` them.
    """
    if subject is not None and any(of_children.values()):
        # Where there is no such record, that is the one fault of the line.
        subject = partial(_itself, subject())
    children: list[ChildChange] = []
    others = list(beside)
    try:
        children = _children(office, record, of_children, subject)
    except (UsageProblem, NotFound) as error:
        others.append(error)
    faults = OptionFaults(fields, partial(_rest, office, record, subject), others)
    values = read_values(office, fields, given, subject, needed=subject is None, faults=faults)
    if subject is not None:
        _give_defaults(office, record, values)
    return values, children


def _give_defaults(
    office: Office,
    record: type[Record],
    values: dict[str, Any],
) -> None:
    """Put the default in the place of a blank one, as forms do: such a field is never blank."""
    for name, value in values.items():
        field = record.meta.by_name[name]
        if value is not None:
            continue
        if field.default_of is not None:
            from officeops.office.validation import default_of

            values[name] = default_of(office, record.meta, field)
        elif not field.required:
            values[name] = field.default


def _itself(record: Record) -> Record:
    return record


def _rest(
    office: Office,
    record: type[Record],
    subject: Callable[[], Record] | None,
    values: Mapping[str, Any],
    unread: Collection[str],
) -> Iterator[Problem]:
    """Yield what the record as a whole is refused for, beside the values that cannot be read."""
    from officeops.office.draft_rules import draft_problems

    yield from draft_problems(office, record, subject() if subject else None, values, unread)


def _children(
    office: Office,
    record: type[Record],
    given: Mapping[str, Any],
    subject: Callable[[], Record] | None = None,
) -> list[ChildChange]:
    """Return the changes of children that were asked for."""
    if not any(given.values()):
        return []
    from officeops.cli.verbs.child_options import read_changes

    return read_changes(office, record, given, subject() if subject else None)


def _other_options(record: type[Record]) -> dict[str, str]:
    """Return the other options of fields: shorter ones, and those of former names."""
    return {**record.short_options, **record.meta.former_fields}


def _bare_word(record: type[Record], options: Sequence[click.Parameter]) -> list[click.Parameter]:
    """Return the argument for the field that a word without an option fills, if there is one."""
    if not record.bare_word:
        return []
    for option in options:
        if option.name == record.bare_word:
            # One of the two is given, which is checked when both are read.
            option.required = False
    field = record.meta.by_name[record.bare_word]
    word = click.Argument([_BARE], metavar=field.public_name.upper(), required=False)
    # For the example at the end of the help; that of a reference is the name of a record.
    word.example, word.target = field.example, field.target  # type: ignore[attr-defined]
    return [word]


def _take_bare_word(record: type[Record], given: dict[str, str | None]) -> None:
    """Give the field its word. Raises UsageProblem where it is given twice."""
    word = given.pop(_BARE, None)
    if word is None:
        return
    other = given.get(record.bare_word)
    if other is not None:
        option = f"--{record.meta.by_name[record.bare_word].public_name.replace('_', '-')}"
        raise UsageProblem(f"Give {word!r} or {option} {other!r}, not both.", code="given-twice")
    given[record.bare_word] = word


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
        version: int | UsageProblem | None,
        **given: str | None,
    ) -> None:
        from officeops.office.conflicts import as_read

        office, request = office_of(ctx), run_of(ctx).request
        name = f"{record.meta.key}.{verb}"
        of_children = _taken(given)

        def subject() -> Record:
            return office.find(record, which)

        try:
            with found_for(ctx, name, None, ""):
                faults = _faults_of_version(subject, version)
                changes, children = _read(
                    office, record, fields, given, of_children, subject, faults
                )
            if not (changes or children):
                raise UsageProblem(
                    "Nothing to change was given. Name a field, such as --name; "
                    "an empty value clears it.",
                    code="nothing-to-do",
                )
            asked = {**arguments(record.meta, changes), **child_arguments(children)}
            office.once(request, name, is_of(office, record, which, asked))
            current = office.find(record, which)
            held = as_read(office, current, version) if isinstance(version, int) else current
            # The edit adds one; more means that others saved in between.
            before = held.version
            edited = edit_record(office, held, changes, request, children)
        except Already as done:
            _repeat(office, record, done, "changed", as_json=as_json)
            return
        except Conflict as clash:
            from officeops.cli.verbs.conflict_output import clash_json, clash_told

            # Of a child there is nothing to write anyway: its own sentence says what to do.
            if clash.child[0]:
                raise
            # The sides are data for a script; the sentence for a person has them in it.
            if as_json:
                clash_json(office, record.meta, clash)
                raise
            raise clash_told(office, record.meta, clash) from clash
        others = edited.version > before + 1
        beside = "; other people's changes to other fields remain" if others else ""
        _report(edited, f"changed{beside}", as_json=as_json)
        for remark in office.remarks:
            say(remark)

    words = f"Change {record.meta.a_record}. An empty value clears a field."
    command = click.Command(verb, callback=run, help=words)
    options = field_options(fields, required=False, former=_other_options(record))
    options += _child_options(record, is_new=False)
    command.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        *options,
        _version(),
        _json(),
    ]
    return command


def _put(record: type[Record], verb: str) -> click.Command:
    # Both verbs are one command with two actions.
    act = archive_record if verb == "archive" else unarchive_record

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        which: str,
        as_json: bool,  # noqa: FBT001
        **asked: str | None,
    ) -> None:
        office = office_of(ctx)
        try:
            with found_for(ctx, f"{record.meta.key}.{verb}", record, which):
                subject = office.find(record, which)
            put = act(office, subject, run_of(ctx).request, **asked)
        except Already as done:
            _repeat(office, record, done, f"is {verb}d", as_json=as_json)
            return
        naming = _still_naming(office, subject) if verb == "archive" else ""
        if as_json:
            _report(put, "", as_json=True)
            if naming:
                say(naming)
        else:
            say(f"{record.meta.label} {subject.human_key} is {verb}d. {naming}".rstrip())

    words = f"{verb.capitalize()} {record.meta.a_record}."
    command = click.Command(verb, callback=run, help=words)
    command.params = [click.Argument(["which"], metavar=record.meta.noun.upper()), _json()]
    if verb == "archive" and owes_something(record):
        why = "Why, where something is still owed on it; the history keeps it."
        command.params.insert(1, click.Option(["--reason"], help=why))
    return command


def _version() -> click.Option:
    words = (
        "The version that you read, from `show --json`: if others changed the same fields since, "
        "nothing is written."
    )
    return click.Option(
        ["--version"],
        callback=_version_or_fault,
        metavar="N",
        help=words,
    )


def _faults_of_version(
    subject: Callable[[], Record],
    version: int | UsageProblem | None,
) -> list[OfficeError]:
    """List the fault of the version that was given, which is said with those of the fields."""
    if isinstance(version, int):
        from officeops.office.conflicts import unknown_version

        version = unknown_version(subject(), version)
    return [] if version is None else [version]


def _version_or_fault(
    ctx: click.Context,
    param: click.Parameter,
    text: str | None,
) -> int | UsageProblem | None:
    """Return the version that was read, or its fault, which is said with those of the fields."""
    try:
        return None if text is None else WholeNumber(1).convert(text, param, ctx)
    except click.BadParameter as error:
        from officeops.cli.usage_errors import problem_of, sentence

        return UsageProblem(sentence(error), problem_of(error, error.message))


def _json() -> click.Option:
    words = "Print the record's id and key as JSON."
    return click.Option(["--json", "as_json"], is_flag=True, help=words)


#: The record that an action wrote first, if that is a change of its own.
_FIRST_RECORD = """
SELECT record_id FROM core_change
WHERE id = (SELECT first_change FROM core_action WHERE id = ?) AND action_id = ?
"""


def _still_naming(office: Office, subject: Record) -> str:
    """Say which records still name an archived one; only an archive imports what looks for them."""
    from officeops.office.fixed_references import still_naming

    return still_naming(office, subject)


def _repeat(
    office: Office,
    record: type[Record],
    done: Already,
    what: str,
    *,
    as_json: bool,
) -> None:
    """Answer a request that was carried out before with its first answer: `what` it did."""
    office.allow_view(record)
    with office.lifted():
        id_ = int(office.value(_FIRST_RECORD, done.action, done.action) or 0)
    # Archiving has no outcome of its own; the record has the name then if it has it now.
    named = done.outcome or (office.get(record, id_).human_key if id_ else "")
    run_of(click.get_current_context()).repeat(
        done,
        silent=as_json and bool(id_),
        answer=f"{record.meta.label} {named} {what}.",
    )
    if as_json and id_:
        _report(office.get(record, id_), "", as_json=True, repeated=True)


def _report(
    record: Record,
    what: str,
    *,
    as_json: bool,
    repeated: bool = False,
) -> None:
    if as_json:
        import json

        answer: dict[str, object] = {"id": record.id, "key": record.human_key}
        answer["version"] = record.version
        if repeated:
            answer["repeated"] = True
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        say(f"{record.meta.label} {record.human_key} {what}.")
