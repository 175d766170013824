"""`officeops history` and `officeops NOUN history`: who changed what, and when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of
from officeops.cli.output import output_options, print_rows
from officeops.fields import Field
from officeops.values import LARGEST

if TYPE_CHECKING:
    from officeops.office import Office
    from officeops.records import Record

FIELDS = [
    Field("instant", label="When", list_rank=1).named("at", "datetime"),
    Field("text", label="Who", list_rank=1).named("actor", "str"),
    Field("text", label="Action", list_rank=2).named("action", "str"),
    Field("text", label="Record", list_rank=1).named("record", "str"),
    Field("number", label="#", list_rank=1).named("record_id", "int"),
    Field("text", label="Change", list_rank=3).named("change", "str"),
]
PLAIN = [*FIELDS[:-1], Field("text").named("before", "str"), Field("text").named("after", "str"), Field("number").named("cursor", "int")]


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.pass_context
    def run(ctx: click.Context, which: str | None, limit: int, as_json: bool, as_csv: bool) -> None:  # noqa: FBT001
        office = office_of(ctx)
        where = "c.record = ?"
        values: list[Any] = [record.meta.table]
        if which:
            where += " AND c.record_id = ?"
            values.append(office.find(record, which).id)
        print_changes(office, where, values, limit, as_json=as_json, as_csv=as_csv)

    made = click.Command(verb, callback=run, help=f"Who changed {record.meta.plural.lower()}, and when; newest first.")
    made.params = [click.Argument(["which"], required=False, metavar=f"[{record.meta.noun.upper()}]"), *history.params]
    return made


@click.command()
@click.option("--limit", default=0, type=click.IntRange(0), help="At most N changes.")
@output_options
@click.pass_context
def history(ctx: click.Context, limit: int, *, as_json: bool, as_csv: bool) -> None:
    """Who changed what, and when; newest first."""
    print_changes(office_of(ctx), "1", [], limit, as_json=as_json, as_csv=as_csv)


def print_changes(office: Office, where: str, values: list[Any], limit: int, *, as_json: bool, as_csv: bool) -> None:
    """Print recorded changes, newest first."""
    rows = changes(office, where, values, limit)
    plain = as_json or as_csv
    shown = rows if plain else [(at, actor, verb, noun, n, summary(before, after)) for at, actor, verb, noun, n, before, after, _ in rows]
    print_rows(PLAIN if plain else FIELDS, shown, office.ways, as_json=as_json, as_csv=as_csv, nothing="No changes.")


def changes(office: Office, where: str, values: list[Any], limit: int = 0) -> list[tuple[Any, ...]]:
    """Return (at, actor, action, noun, id, before, after, cursor) of changes, newest first; before and after are JSON text."""
    nouns = {record.meta.table: record.meta.noun for record in office.records.values()}
    rows = office.rows(
        "SELECT a.at, a.actor, a.verb, c.record, c.record_id, c.before, c.after, c.id FROM core_change c "
        f"JOIN core_action a ON a.id = c.action_id WHERE {where} ORDER BY c.id DESC" + (f" LIMIT {min(limit, LARGEST)}" if limit else ""),
        *values,
    )
    return [(*row[:3], nouns.get(row[3], row[3]), *row[4:]) for row in rows]


def summary(before: str | None, after: str | None) -> str:
    """Return what a change did, in a line: field old → new."""
    old, new = (json.loads(each) if each else {} for each in (before, after))
    if not before:
        return "added " + ", ".join(f"{k} {v}" for k, v in new.items() if v not in (None, "", 0) and k != "archived_at")
    return ", ".join(f"{name} {old.get(name) if old.get(name) is not None else '(blank)'} → {new.get(name) if new.get(name) is not None else '(blank)'}" for name in new)
