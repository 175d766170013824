"""`officeops purge`: destroy records that are past their retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.group import example
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.model.fields import Field
from officeops.values.wording import count

if TYPE_CHECKING:
    from officeops.core.purge import Fate
    from officeops.office.office import Office

#: Columns of `purge`.
FIELDS = [
    Field("text", label="Record", list_rank=1).named("record", "str"),
    Field("number", label="#", list_rank=1).named("number", "int"),
    Field("text", label="Fate", list_rank=1).named("fate", "str"),
    Field("text", label="Because", list_rank=2).named("because", "str"),
]

#: Columns of `purge --drafts`.
DRAFT_FIELDS = [
    Field("text", label="Person", list_rank=1).named("person", "str"),
    Field("text", label="Sheet", list_rank=1).named("sheet", "str"),
    Field("text", label="Subject", list_rank=1).named("subject", "str"),
    Field("instant", label="Typed", list_rank=1).named("typed_at", "datetime"),
    Field("number", label="Rows", list_rank=1).named("rows", "int"),
]


@example("--dry-run")
@click.command()
@click.option(
    "--record",
    default="",
    metavar="KIND",
    help="Only this kind of record. [default: all with a retention]",
)
@click.option(
    "--drafts",
    type=click.IntRange(0, 36500),
    metavar="DAYS",
    help="Instead, drafts of sheets that nobody typed in for so many days.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="List the records, and destroy nothing.",
)
@output_options
@click.pass_context
def purge(
    ctx: click.Context,
    record: str,
    drafts: int | None,
    *,
    dry_run: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Destroy archived records past their retention that no hold or record keeps.

    This deletes the record, its search entries and the contents of its history. Your name and the
    moment stay in the history. Earlier backups still have it until they are thinned out.
    """
    from officeops.core.purge import purge as run

    office = office_of(ctx)
    # A dry run writes nothing that could be done twice, so its request id is not used up.
    request = None if dry_run else run_of(ctx).request
    if drafts is not None:
        if record:
            raise click.UsageError("--drafts is about drafts alone; give it without --record.")
        _drafts(office, drafts, request, dry_run=dry_run, as_json=as_json, as_csv=as_csv)
        return
    fates = run(office, record, dry_run=dry_run, request=request)
    word = "would be destroyed" if dry_run else "destroyed"
    rows = [_row(fate, word) for fate in fates]
    # A script gets an empty list; a person gets the sentence below alone.
    if rows or as_json or as_csv:
        print_rows(
            FIELDS,
            rows,
            office.ways,
            as_json=as_json,
            as_csv=as_csv,
        )
    destroyed = sum(not fate.kept for fate in fates)
    if fates:
        say(f"{destroyed} {word}, {len(fates) - destroyed} kept.")
    else:
        say("Nothing is past its retention.")


def _row(fate: Fate, word: str) -> tuple[str, int, str, str]:
    """Return a row of the answer; `word` is that for a record that is not kept."""
    if fate.kept:
        return fate.record, fate.number, "kept", fate.kept
    return fate.record, fate.number, word, fate.rule


def _drafts(
    office: Office,
    days: int,
    request: str | None,
    *,
    dry_run: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Destroy old drafts, and list them."""
    from officeops.core.draft_purge import purge_drafts

    drafts = purge_drafts(office, days, dry_run=dry_run, request=request)
    rows = [
        (draft.person, draft.sheet, draft.subject, draft.typed_at, draft.rows) for draft in drafts
    ]
    if rows or as_json or as_csv:
        print_rows(DRAFT_FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv)
    word = "would be destroyed" if dry_run else "destroyed"
    if drafts:
        say(f"{count(len(drafts), 'draft')} {word}.")
    else:
        say("No draft is that old.")
