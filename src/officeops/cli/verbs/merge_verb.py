"""`officeops NOUN merge`: a record is merged into another one, or the merge is shown before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of
from officeops.cli.output import print_rows, say
from officeops.cli.verbs.action_verb import action_command
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.office.merge_action import merge_action
from officeops.office.merging import counted, refuse_clashes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.records import Record
    from officeops.office.merge_steps import MergeStep
    from officeops.office.office import Office

#: Columns of the preview.
FIELDS = [
    Field("text", label="What", list_rank=1).named("what", "str"),
    Field("text", label="Kind", list_rank=1).named("kind", "str"),
    Field(
        "number",
        label="#",
        list_rank=1,
    ).named("id", "int"),
    Field("text", label="Record", list_rank=2).named("record", "str"),
    Field("text", label="Why", list_rank=2).named("why", "str"),
]


def command(record: type[Record], verb: str) -> click.Command:  # noqa: ARG001 - as of every verb
    """Build the verb for a kind of record."""
    built = action_command(merge_action(record), record)
    book: Any = built.callback

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        which: tuple[str, ...],
        dry_run: bool,  # noqa: FBT001
        **given: Any,  # noqa: ANN401 - the options of the action
    ) -> None:
        if dry_run:
            _preview(
                office_of(ctx),
                record,
                which[0],
                given["into"],
                as_json=given["as_json"],
            )
            return
        # The action's own command has the request ids, and the answer to a line that comes again.
        book(which=which, **given)

    built.callback = run
    words = "List what the merge would do, and write nothing."
    built.params.append(click.Option(["--dry-run"], is_flag=True, help=words))
    return built


def _preview(
    office: Office,
    record: type[Record],
    which: str,
    into: str | None,
    *,
    as_json: bool,
) -> None:
    """Print the steps. Raises Refused, as the merge would, where any of them clashes."""
    if not into:
        raise UsageProblem("--into is needed.", code="needed")
    # Who may not merge sees no preview either: it counts rows of every kind.
    office.allow(f"{record.meta.key}.merge")
    gone, keep = office.find(record, which), office.find(record, into)
    steps = office.merge_plan(keep, gone)
    print_rows(
        FIELDS,
        list(rows(office, steps)),
        office.ways,
        as_json=as_json,
        nothing="",
    )
    refuse_clashes(office, gone, steps)
    say(f"{office.about(gone)} would be merged into {office.about(keep)}: {counted(steps)}.")


def rows(office: Office, steps: Sequence[MergeStep]) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield the steps as rows of values."""
    for step in steps:
        name = office.describe(office.get(step.record, step.id))
        why = step.why or (f"as #{step.into}" if step.into else "")
        yield step.what, step.record.meta.one, step.id, name, why
