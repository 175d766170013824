"""A plugin's action as a command: `officeops order receive PO-12 --packs 3`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import found_for, office_of, run_of
from officeops.cli.output import say
from officeops.cli.write_verbs import field_options, option_name, read_values
from officeops.errors import Already, UsageProblem

if TYPE_CHECKING:
    from officeops.actions import Action
    from officeops.records import Record


def action_command(action: Action[..., Any], record: type[Record] | None) -> click.Command:
    """Build the command of an action on a record, or, without one, on the office as a whole."""
    many = action.bulk

    @click.pass_context
    def run(ctx: click.Context, /, as_json: bool, which: tuple[str, ...] = (), **given: str | None) -> None:  # noqa: FBT001
        office, asked = office_of(ctx), run_of(ctx).request
        with found_for(ctx, action.name):
            values = _said(action, read_values(office, action.fields, given))
            targets: list[tuple[object, ...]] = [(office.find(record, word),) for word in which] if record else [()]
        for n, about in enumerate(targets):
            request = asked
            if request and n:
                request = f"{request} ({n + 1})"  # each record is an action of its own
            try:
                answer = office.do(action, *about, request=request, **values)
            except Already as done:
                say(f"Done before under this request id. {done.outcome}")
                continue
            _answer(answer, action, as_json=as_json)

    made = click.Command(action.verb, callback=run, help=action.help)
    about = (
        [click.Argument(["which"], metavar=record.meta.noun.upper(), nargs=-1 if many else 1, required=True)]
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


def _said(action: Action[..., Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without blank ones, which say nothing. Raises UsageProblem where one is needed."""
    for field in action.fields:
        if field.required and field.name in values and values[field.name] is None:
            raise UsageProblem(f"--{option_name(field)} is needed.")
    return {name: value for name, value in values.items() if value is not None}


def _answer(answer: object, action: Action[..., Any], *, as_json: bool) -> None:
    from officeops.records import Record

    if as_json:
        import json

        known = (
            {"id": answer.id, "key": answer.human_key} if isinstance(answer, Record) else {"outcome": str(answer or "")}
        )
        click.echo(json.dumps(known, ensure_ascii=False))
    elif isinstance(answer, Record):
        say(f"{action.label}: {answer.meta.label} {answer.human_key}.")
    else:
        say(str(answer or "Done."))
