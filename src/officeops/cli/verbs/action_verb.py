"""A plugin's action as a command: `officeops order receive PO-12 --packs 3`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import found_for, office_of, run_of
from officeops.cli.output import say
from officeops.cli.verbs.write_verbs import field_options, option_name, read_values
from officeops.model.errors import Already, OfficeError, UsageProblem
from officeops.values.quantities import read_yes_no

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.actions import Action
    from officeops.model.records import Record
    from officeops.office.office import Office


def action_command(action: Action[..., Any], record: type[Record] | None) -> click.Command:
    """Build the command of an action on a record, or, without one, on the office as a whole."""
    many = action.bulk

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        as_json: bool,  # noqa: FBT001
        which: tuple[str, ...] = (),
        **given: str | None,
    ) -> None:
        office, asked = office_of(ctx), run_of(ctx).request
        with found_for(ctx, action.name, record, "".join(which[:1])):
            targets = _targets(office, record, which) if record else [None]
            read = _read(office, action, given, targets)
        for n, (target, values) in enumerate(zip(targets, read, strict=True)):
            about = () if target is None else (target,)
            request = asked
            if request and n:
                request = f"{request} ({n + 1})"  # each record is an action of its own
            try:
                answer = office.do(action, *about, request=request, **values)
            except Already as before:
                run_of(ctx).repeat(before, silent=as_json)
                if as_json:
                    _answer(_answered(office, action, before), action, (), as_json=True)
            except OfficeError as error:
                if len(targets) == 1:
                    raise
                # Each record is an action of its own: one that is refused keeps no other from it.
                _refuse(error, target, as_json=as_json)
                run_of(ctx).partly(f"officeops: {error}")
            else:
                _answer(answer, action, office.remarks, as_json=as_json)

    made = _Command(action.verb, callback=run, help=action.help)
    metavar = record.meta.noun.upper() + ("..." if many else "") if record else ""
    about = (
        [click.Argument(["which"], metavar=metavar, nargs=-1 if many else 1, required=True)]
        if record
        else []
    )
    if about and not many:
        about[0].callback = lambda _, __, value: (value,)
    made.params = [
        *about,
        *field_options(action.fields),
        click.Option(["--json", "as_json"], is_flag=True, help="Print the outcome as JSON."),
    ]
    return made


def _targets(office: Office, record: type[Record], which: Sequence[str]) -> list[Record | None]:
    """Return the records that words mean, each once. Raises NotFound for a word that means none, before anything is done."""
    found: dict[int, Record | None] = {
        target.id: target for target in (office.find(record, word) for word in which)
    }
    return list(found.values())


class _Command(click.Command):
    """A command whose yes/no options may be given without a word, which is yes: `--over` and `--over yes` are one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options and arguments, with the yes that was left out."""
        names = {name for param in self.params if param.metavar == "YES_NO" for name in param.opts}
        said: list[str] = []
        for n, word in enumerate(args):
            said.append(word)
            if word in names and not (n + 1 < len(args) and _is_yes_or_no(args[n + 1])):
                said.append("yes")
        return super().parse_args(ctx, said)


def _is_yes_or_no(word: str) -> bool:
    """Whether a word after a yes/no option is its value; another word is the next argument."""
    try:
        read_yes_no(word)
    except ValueError:
        return False
    return True


def _refuse(error: OfficeError, record: object, *, as_json: bool) -> None:
    """Print that one record of several was refused, where answers are printed."""
    from officeops.model.records import Record

    if as_json and isinstance(record, Record):
        import json

        click.echo(
            json.dumps(
                {"id": record.id, "key": record.human_key, "refused": str(error)},
                ensure_ascii=False,
            )
        )


def _read(
    office: Office,
    action: Action[..., Any],
    given: Mapping[str, str | None],
    targets: Sequence[Record | None],
) -> list[dict[str, Any]]:
    """Read the options for each record: once, unless one is looked up inside the record and may mean another for the next."""
    inside = any(
        field.within == "id" and given.get(field.name) is not None for field in action.fields
    )
    read: list[dict[str, Any]] = []
    for target in targets if inside else targets[:1]:
        beside = partial(_itself, target) if target else None
        read.append(_said(action, read_values(office, action.fields, given, beside)))
    return read if inside else read * len(targets)


def _itself(record: Record) -> Record:
    return record


def _said(action: Action[..., Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without blank ones, which say nothing. Raises UsageProblem where one is needed."""
    for field in action.fields:
        if field.required and field.name in values and values[field.name] is None:
            raise UsageProblem(f"--{option_name(field)} is needed.")
    return {name: value for name, value in values.items() if value is not None}


def _answered(office: Office, action: Action[..., Any], done: Already) -> object:
    """Return what an action answered when it was done: a record it wrote, where the outcome is its name, else the outcome.

    An action that answers with a record and words beside it wrote that record first.
    """
    tables = {
        record.meta.table: record for record in office.records.values() if office.may_view(record)
    }
    with office.lifted():
        rows = office.rows(
            "SELECT record, record_id FROM core_change WHERE action_id = ? GROUP BY 1, 2 ORDER BY min(id)",
            done.action,
        )
    if (
        str(action.run.__annotations__.get("return")).endswith("Outcome")
        and rows
        and rows[0][0] in tables
    ):
        from officeops.model.actions import Outcome

        return Outcome(office.get(tables[rows[0][0]], rows[0][1]), done.outcome)
    for table, id_ in rows:
        if table in tables and office.name(found := office.get(tables[table], id_)) == done.outcome:
            return found
    return done.outcome


def _answer(
    answer: object, action: Action[..., Any], remarks: Sequence[str], *, as_json: bool
) -> None:
    from officeops.model.actions import Outcome
    from officeops.model.records import Record

    about = answer.record if isinstance(answer, Outcome) else answer
    if as_json:
        import json

        known: dict[str, object] = (
            {"id": about.id, "key": about.human_key} if isinstance(about, Record) else {}
        )
        if not isinstance(answer, Record):
            known["outcome"] = str(answer or "")
        click.echo(json.dumps(known, ensure_ascii=False))
    elif isinstance(answer, Record):
        say(f"{action.label}: {answer.meta.label} {answer.human_key}.")
    else:
        say(str(answer or "Done."))
    for remark in remarks:
        say(remark)
