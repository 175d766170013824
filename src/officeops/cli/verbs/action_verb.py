"""A plugin's action as a command: `officeops order receive PO-12 --packs 3`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.request_ids import found_for, request_of
from officeops.cli.verbs.action_answer import answer_of, print_answer, print_refusal, sentence_of
from officeops.cli.verbs.field_options import field_options, read_values
from officeops.cli.verbs.option_faults import OptionFaults, option_name, refuse_bare
from officeops.model.errors import Already, NotFound, OfficeError, Problem, UsageProblem
from officeops.values.quantities import read_yes_no

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.actions import Action
    from officeops.model.records import Record
    from officeops.office.office import Office

    Values = dict[str, Any]


def action_command(action: Action[..., Any], record: type[Record] | None) -> click.Command:
    """Build the command of an action on a record, or, without one, on the office as a whole."""

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        as_json: bool,  # noqa: FBT001
        which: tuple[str, ...] = (),
        **given: str | None,
    ) -> None:
        refuse_bare(action.fields, given)
        office = office_of(ctx)
        if "-" in given.values():
            given = _received(ctx, office, action, given)
        targets: Sequence[Record | None] = [None]
        runs = _Runs(ctx, office, action, as_json=as_json)
        try:
            first, count = "".join(which[:1]), len(which) or 1
            with found_for(ctx, action.name, record, first, count, partly=True):
                if record:
                    targets = _targets(office, action, record, which)
            with found_for(ctx, action.name, None, "", count):
                word = which[0] if len(which) == 1 else ""
                values = _read(office, action, given, targets, word)
        except Already as before:
            runs.repeat(before)
            return
        runs.run(targets, values)

    command = _Command(action.word, callback=run, help=action.help)
    json = click.Option(
        ["--json", "as_json"],
        is_flag=True,
        help="Print the outcome as JSON.",
    )
    command.params = [*_which(record, many=action.bulk), *field_options(action.fields), json]
    return command


def _received(
    ctx: click.Context,
    office: Office,
    action: Action[..., Any],
    given: dict[str, str | None],
) -> dict[str, str | None]:
    """Return the options with the file that standard input sent, which the line's end removes."""
    from officeops.cli.verbs.received_file import received
    from officeops.office.attachment_settings import AttachmentSettings

    most = office.machine.table("attachments", AttachmentSettings).largest << 20
    return ctx.with_resource(received(action.fields, given, most))


def _which(record: type[Record] | None, *, many: bool) -> list[click.Parameter]:
    """Return the argument that names the record, or the records of an action on several at once."""
    if record is None:
        return []
    noun = record.meta.noun.upper()
    if many:
        return [
            click.Argument(
                ["which"],
                metavar=f"{noun}...",
                nargs=-1,
                required=True,
            )
        ]
    which = click.Argument(["which"], metavar=noun, required=True)
    # Both kinds hand a tuple to the command.
    which.callback = lambda _ctx, _param, value: (value,)
    return [which]


class _Runs:
    """The runs of an action, one for each record; each is an action of its own in the history."""

    def __init__(
        self,
        ctx: click.Context,
        office: Office,
        action: Action[..., Any],
        *,
        as_json: bool,
    ) -> None:
        self._run, self._office, self._action = run_of(ctx), office, action
        self._as_json = as_json

    def run(self, targets: Sequence[Record | None], values: Sequence[Values]) -> None:
        """Run the action on each record.

        A refusal raises for a single record, else it is printed.
        """
        office, action = self._office, self._action
        for n, (target, arguments) in enumerate(zip(targets, values, strict=True)):
            about = () if target is None else (target,)
            request = request_of(self._run, n)
            try:
                answer = office.do(action, *about, request=request, **arguments)
            # Not an error: a script that was cut off runs its line again.
            except Already as before:
                self.repeat(before)
            except OfficeError as error:
                # A line that did its work may fail the second time, once its record is archived.
                done = office.repeated([request]) if request else None
                if done:
                    self.repeat(done)
                elif len(targets) == 1:
                    raise
                else:
                    self._refuse(error, target)
            else:
                print_answer(answer, action, office.remarks, as_json=self._as_json)

    def repeat(self, before: Already) -> None:
        """Answer a request that was carried out before as it was answered then."""
        answer = answer_of(self._office, self._action, before)
        sentence = sentence_of(answer, self._action)
        self._run.repeat(before, silent=self._as_json, answer=sentence)
        if self._as_json:
            print_answer(answer, self._action, (), as_json=True, repeated=True)

    def _refuse(self, error: OfficeError, target: Record | None) -> None:
        """Print the refusal of one record of several; the exit code says that one is left out."""
        if self._as_json and target is not None:
            print_refusal(error, target)
        self._run.partly(f"officeops: {error}")


def _targets(
    office: Office,
    action: Action[..., Any],
    record: type[Record],
    which: Sequence[str],
) -> list[Record]:
    """Return the records that words mean, each once.

    Raises NotFound for a word that means none, before the action runs on any of them.
    """
    targets: dict[int, Record] = {}
    for word in which:
        target = _target(office, action, record, word)
        targets[target.id] = target
    return list(targets.values())


def _target(
    office: Office,
    action: Action[..., Any],
    record: type[Record],
    word: str,
) -> Record:
    """Return the record that a word means; of several, the one that the action can be done to now.

    A visitor who came twice is meant by name while one of the visits is open. Raises UsageProblem
    where several are left.
    """
    try:
        return _found(office, record, word)
    except UsageProblem as error:
        ready = _ready(office, action, record, word, error)
        if not ready:
            raise
    # Only a line that is refused else asks for it.
    from officeops.query.lookup import one

    try:
        return office.get(record, one(office, record, word, ready))
    except UsageProblem as error:
        raise UsageProblem(f"{error}.", error.problems) from None


def _ready(
    office: Office,
    action: Action[..., Any],
    record: type[Record],
    word: str,
    error: UsageProblem,
) -> list[int]:
    """Return those of the records with one name that the action can be done to now."""
    is_ambiguous = any(problem.code == "ambiguous" for problem in error.problems)
    if action.unless is None or not is_ambiguous:
        return []
    named = [office.get(record, number) for number in office.find_ids(record, word)]
    return [target.id for target in named if action.reason(office, target) is None]


def _found(
    office: Office,
    record: type[Record],
    word: str,
) -> Record:
    """Return the record that a word means.

    A login that people share may not reach it, and the person who signs there may.
    """
    try:
        return office.find(record, word)
    except NotFound:
        if not office.who.is_shared:
            raise
    office.sign_first()
    return office.find(record, word)


class _Command(click.Command):
    """A command whose yes/no options may be given without a word: `--over` is `--over yes`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options and arguments, with the yes that was left out."""
        options: set[str] = set()
        for param in self.params:
            if param.metavar == "YES_NO":
                options.update(param.opts)
        words: list[str] = []
        for place, word in enumerate(args):
            words.append(word)
            following = args[place + 1 : place + 2]
            if word in options and not _is_yes_or_no(following):
                words.append("yes")
        return super().parse_args(ctx, words)


def _is_yes_or_no(following: Sequence[str]) -> bool:
    """Return whether the word after a yes/no option is its value, not the next argument."""
    try:
        for word in following:
            read_yes_no(word)
    except ValueError:
        return False
    return bool(following)


def _read(
    office: Office,
    action: Action[..., Any],
    given: Mapping[str, str | None],
    targets: Sequence[Record | None],
    word: str,
) -> list[Values]:
    """Return the values of the options for each record.

    They are read once, unless an option names a record inside the target, such as a line of an
    order: the same word may mean another one inside the next target.
    """
    inside = [field for field in action.fields if field.within == "id"]
    if not any(given.get(field.name) is not None for field in inside):
        return [_read_for(office, action, given, targets[0], word)] * len(targets)
    return [_read_for(office, action, given, target, word) for target in targets]


def _read_for(
    office: Office,
    action: Action[..., Any],
    given: Mapping[str, str | None],
    target: Record | None,
    word: str,
) -> Values:
    """Return the values without blank ones. Raises UsageProblem where a blank one is required."""
    beside = partial(_itself, target) if target else None
    values = read_values(office, action.fields, given, beside, word, needed=True)
    blank = OptionFaults(action.fields)
    for field in action.fields:
        if field.required and field.name in values and values[field.name] is None:
            problem = Problem("is needed", field.public_name, code="needed")
            blank.note(field, UsageProblem(f"--{option_name(field)} is needed.", [problem]))
    blank.refuse(office, values)
    return {name: value for name, value in values.items() if value is not None}


def _itself(record: Record) -> Record:
    return record
