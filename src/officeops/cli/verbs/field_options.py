"""The options of a record's fields, and the values that people give for them."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.cli.verbs.option_faults import OptionFaults, option_name
from officeops.model.about import KEY, NUMBER
from officeops.model.errors import NotFound, OfficeError, Refused, UsageProblem, problem_of
from officeops.query.references import given as given_by
from officeops.query.references import scope, ways_beside
from officeops.values.convert import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from click.shell_completion import CompletionItem

    from officeops.model.errors import Problem
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.values.conventions import Conventions


#: The two columns of the record that another one is about, and the option that gives both.
_SUBJECT: Final = frozenset({KEY, NUMBER})
_ABOUT: Final = "about"


class _FieldOption(click.Option):
    """The option of a field. Where it is required and missing, `read_values` says so.

    Click would name the first one that is missing, and none of the values that are wrong.
    """

    def value_is_missing(self, value: object) -> bool:  # noqa: ARG002 - click's signature
        """Let click go on without a value."""
        return False


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
        option = _FieldOption(
            [f"--{option_name(field)}", *former_options.get(field.name, ()), field.name],
            metavar="|".join(field.choices) if field.choices else field.kind.name.upper(),
            # --about gives both of its columns; without either the record says what it needs.
            required=required and field.must_be_given and field.name not in _SUBJECT,
            help=_help(field),
            multiple=field.kind.repeats,
            callback=_as_lines if field.kind.repeats else None,
            shell_complete=partial(_offered, field, fields),
        )
        # For the example at the end of the help.
        option.example, option.field = field.example, field  # type: ignore[attr-defined]
        option.target = field.target  # type: ignore[attr-defined]
        # Of a sealed value nothing is kept, not even a digest.
        option.sealed = bool(field.sealed)  # type: ignore[attr-defined]
        # People name the record by the option below.
        option.hidden = field.name in _SUBJECT
        options.append(option)
    subject = [field for field in fields if field.name in _SUBJECT]
    if len(subject) == len(_SUBJECT):
        options.append(_about(is_needed=all(field.required for field in subject)))
    return options


def _about(*, is_needed: bool) -> click.Option:
    """Return the option that names the record that another one is about."""
    words = "The record that it is about: its kind and its name, such as vendor:Acme"
    option = click.Option(["--about", _ABOUT], metavar="NOUN:WHICH", help=words)
    option.example, option.is_needed = "vendor:Acme", is_needed  # type: ignore[attr-defined]
    return option


def _as_lines(
    _ctx: click.Context,
    _param: click.Parameter,
    given: Sequence[str],
) -> str | None:
    """Return the values of an option that was given several times as lines; None of none."""
    return "\n".join(given) if given else None


def _offered(
    field: Field,
    fields: Sequence[Field],
    ctx: click.Context,
    _: click.Parameter,
    text: str,
) -> list[CompletionItem]:
    """Return what a shell offers for a field's option."""
    from officeops.cli.offered_values import offered

    return offered(ctx, field, fields, text)


def _former_options(fields: Iterable[Field], former: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the earlier options of each column, without those that mean another field now."""
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
    word: str = "",
    *,
    needed: bool = False,
    faults: OptionFaults | None = None,
) -> dict[str, Any]:
    """Return the values of the options that were given, by the names of their fields.

    `record` returns the record they change, for references that are looked up inside one of its
    own, such as a lot of its item; `word` is what named it. A scanned code in either fills the
    options that take its parts. `needed` says that the line has to give the fields without a
    default; `faults` are those of the line, of these fields. Raises UsageProblem for values that
    are missing or cannot be read, and NotFound for references to no record, with every value that
    is wrong by its option.
    """
    values: dict[str, Any] = {}
    fields = list(fields)
    faults = faults or OptionFaults(fields)
    given = {**given, **_subject(office, fields, given, faults)}
    given = {**given, **_scanned(office, fields, given, record, word)}
    if record is not None and _asks_record(fields, given):
        # Where there is no such record, that is the one fault of the line.
        record = partial(_itself, record())
    # References inside another one, and times by the clock of one, come when that one is read.
    for field in sorted(fields, key=lambda field: bool(field.within) or field.kind.by_clock):
        text = given.get(field.name)
        if faults.hide(field):
            continue
        if text is None:
            if needed and field.must_be_given and field.name in given:
                faults.miss(field)
            continue
        if field.sealed and text == "-":
            text = _from_input()
        try:
            values[field.name] = _read(office, field, text, fields, values, record)
        except (UsageProblem, NotFound, Refused) as error:
            faults.note(field, error)
    faults.refuse(office, values)
    return values


def _asks_record(fields: Iterable[Field], given: Mapping[str, str | None]) -> bool:
    """Whether the record under edit says what one of the texts means."""
    asking = [field for field in fields if field.target or field.kind.by_clock]
    return any(given.get(field.name) is not None for field in asking)


def _itself(record: Record) -> Record:
    return record


def _read(
    office: Office,
    field: Field,
    text: str,
    fields: Sequence[Field],
    values: Mapping[str, Any],
    record: Callable[[], Record] | None,
) -> Any:  # noqa: ANN401 - the value of any kind of field
    """Return the value that one option's text means."""
    if field.target:
        return reference(office, field, text, fields, values, record)
    try:
        return reader(field, _ways(office, field, fields, values, record))(text)
    except ValueError as error:
        sentence = f"--{option_name(field)} {error}."
        raise UsageProblem(sentence, [_unread(field, error)]) from None


def _subject(
    office: Office,
    fields: Sequence[Field],
    given: Mapping[str, str | None],
    faults: OptionFaults,
) -> Mapping[str, str | None]:
    """Return both columns of the record that --about names, if it is given, and note its fault."""
    key = next((field for field in fields if field.name == KEY), None)
    if key is None or _ABOUT not in given:
        return {}
    text = given[_ABOUT]
    try:
        return {} if text is None else _named_subject(office, given, text)
    except (UsageProblem, NotFound) as error:
        faults.note(key, _about_fault(error))
        return dict.fromkeys(_SUBJECT)


def _about_fault(error: OfficeError) -> OfficeError:
    """Return the same error, with the option that it is about."""
    option = f"--{_ABOUT}"
    sentence = str(error) if option in str(error) else f"{option}: {error}"
    problems = [
        problem.replace(message=sentence, field=_ABOUT, is_whole=True) for problem in error.problems
    ]
    return type(error)(sentence, problems)


def _named_subject(
    office: Office,
    given: Mapping[str, str | None],
    text: str,
) -> Mapping[str, str | None]:
    """Return both columns of the record that a text names. Raises UsageProblem and NotFound."""
    if any(given.get(name) is not None for name in _SUBJECT):
        raise UsageProblem("Give --about or its key and number, not both.", code="given-twice")
    if not text.strip():
        return dict.fromkeys(_SUBJECT, "")
    from officeops.query.subject import subject_named

    subject = subject_named(office, text)
    return {KEY: subject.meta.key, NUMBER: str(subject.id)}


def _scanned(
    office: Office,
    fields: Sequence[Field],
    given: Mapping[str, str | None],
    record: Callable[[], Record] | None,
    word: str,
) -> Mapping[str, str]:
    """Return the options that scanned codes fill. Raises Refused, naming the code."""
    if not any(field.scan for field in fields):
        return {}
    from officeops.query.scanned_items import filled_for

    return filled_for(office, fields, given, record() if record else None, word)


def _ways(
    office: Office,
    field: Field,
    fields: Iterable[Field],
    values: Mapping[str, Any],
    record: Callable[[], Record] | None,
) -> Conventions:
    """Return how a value is written: a time by the clock of its location, given or the record's."""
    if not field.kind.by_clock:
        return office.ways
    held = record() if record else None

    def value_of(name: str) -> object:
        if held is None and name not in values:
            [place] = [other for other in fields if other.name == name]
            return place.default if place.default_of is None else place.default_of(office)
        return given_by(values, held)(name)

    return ways_beside(office, field, fields, value_of, held)


def _unread(field: Field, error: ValueError) -> Problem:
    """Make the problem of a value that cannot be read: its reader's reason, or that of its kind."""
    sentence = error.args[0] if error.args else str(error)
    return problem_of(sentence, field.public_name, code=field.kind.code)


def _from_input() -> str:
    """Return a line of standard input.

    A value on the command line would be in the shell's history and in the list of processes.
    """
    line = sys.stdin.readline()
    if not line:
        raise UsageProblem(
            "`-` reads the value from standard input, but nothing is sent to it.", code="needed"
        )
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
    held = record() if record else None
    if field.within and target:
        key = held.meta.key if held else ""
        within = scope(field, target, fields, given_by(values, held), key)
    try:
        return office.refer(field, text, within, held)
    except OfficeError as error:
        next_step = ""
        if target and isinstance(error, NotFound) and not within:
            from officeops.query.near_names import cure

            next_step = f". {cure(office, target, text)}"
        # Without the field, which is the option.
        is_named = isinstance(error, Refused) and len(error.problems) == 1
        why = error.problems[0].message if is_named else str(error)
        sentence = f"--{option_name(field)}: {why}{next_step}"
        problems = [
            problem.replace(message=sentence, field=field.public_name, is_whole=True)
            for problem in error.problems
        ]
        if isinstance(error, Refused):
            raise Refused(problems) from None
        # The same kind of error, with the option that it is about.
        raise type(error)(sentence, problems) from None
