"""SQL triggers: they refuse what SQL of an action's own may not write, and the office's writer may.

`add`, `edit` and imports ask a lifecycle and the office before they write; SQL of one's own asks
nobody. So a new reference of it is looked at as theirs are, and it changes no state, begins none
but a first one, and gives a row no number that would leave none for others. What the writer itself
writes is not asked again, nor what an undo writes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.sql_values import GREATEST_NUMBER, text_literal
from officeops.store.file_refusals import AWAY, MISFIT, NUMBER, STATE, raising

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.store.folded_triggers import Trigger


def triggers(meta: Meta) -> Iterator[Trigger]:
    """Yield name and SQL of the triggers that ask new rows, and changed ones, of SQL of one's own."""
    if meta.derived:
        # Its rows come from triggers, and no statement of an action names it as the one to write.
        return
    references = [field for field in meta.fields if meta.asks_of(field)]
    added = [f"{raising(NUMBER, meta.table)} WHERE NEW.id > {GREATEST_NUMBER}"]
    added += [_of_reference(meta, field, "") for field in references]
    edited, columns = [], []
    for field in references:
        # A reference that is there stays, whatever became of its record.
        changed = f" AND NEW.{field.name} IS NOT OLD.{field.name}"
        edited.append(_of_reference(meta, field, changed))
        columns.append(field.name)
    if meta.life is not None:
        state = meta.life.column
        columns.append(state)
        first = ", ".join(map(text_literal, meta.life.first))
        added.append(_of_state(meta, f"NEW.{state} NOT IN ({first})"))
        edited.append(_of_state(meta, f"NEW.{state} IS NOT OLD.{state}"))
    yield _trigger(meta, "sql_add", "INSERT", added)
    yield _numbered(meta)
    if edited and not meta.append_only:
        yield _trigger(meta, "sql_edit", f"UPDATE OF {', '.join(columns)}", edited)


def _trigger(meta: Meta, ending: str, event: str, refusals: list[str]) -> Trigger:
    table = meta.table
    name = f"{table}_{ending}"
    # Asked once a row, before anything is looked up: many rows of the writer pay no more than that.
    when = f"WHEN officeops_by_sql('{table}')"
    body = " ".join(f"{refusal};" for refusal in refusals)
    return name, f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when} BEGIN {body} END"


def _numbered(meta: Meta) -> Trigger:
    """Return the trigger that refuses a number below 1."""
    name = f"{meta.table}_sql_added"
    # Afterwards: until it is written, a row that is given no number has the number -1.
    event = f"AFTER INSERT ON {meta.table} WHEN NEW.id < 1"
    return name, f"CREATE TRIGGER {name} {event} BEGIN {raising(NUMBER, meta.table)}; END"


def _of_state(meta: Meta, condition: str) -> str:
    state = meta.life.column if meta.life else ""
    return f"{raising(STATE, f'{meta.table}.{state}')} WHERE {condition}"


def _of_reference(meta: Meta, field: Field, changed: str) -> str:
    about = f"{meta.table}.{field.name}"
    column = f"NEW.{field.name}"
    # RAISE takes a text as it is written here, so each answer has one of its own.
    return (
        f"SELECT CASE officeops_misfit('{meta.key}', '{field.name}', {column}) "
        f"WHEN '' THEN NULL WHEN 'archived' THEN RAISE(ABORT, '{AWAY} {about}') "
        f"ELSE RAISE(ABORT, '{MISFIT} {about}') END WHERE {column} IS NOT NULL{changed}"
    )
