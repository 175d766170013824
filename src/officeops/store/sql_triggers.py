"""SQL triggers: they refuse what SQL of an action's own may not write, and the office's writer may.

`add`, `edit` and imports ask a lifecycle and the office before they write, and tidy the texts that
people give; SQL of one's own asks nobody. So a new reference of it is looked at as theirs are, and
so is the record that a row is about. It writes no text that a reader would have tidied, changes no
state, begins none but a first one, counts no version on but by one, and gives a row no number that
would leave none for others. What the writer itself writes is not asked again, nor what an undo
writes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.about import KEY as ABOUT_KEY
from officeops.model.about import NUMBER as ABOUT_NUMBER
from officeops.model.sql_values import GREATEST_NUMBER, text_literal
from officeops.store.file_refusals import (
    ARCHIVED,
    AWAY,
    MISFIT,
    NOWHERE,
    NUMBER,
    STAMP,
    STATE,
    UNTIDY,
    VERSION,
    raising,
)

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
    yield _trigger(meta, "sql_add", "INSERT", _added(meta))
    yield _numbered(meta)
    if not meta.append_only:
        yield _trigger(meta, "sql_edit", "UPDATE", _edited(meta))


def _added(meta: Meta) -> Iterator[str]:
    """Yield the refusals of new rows."""
    table = meta.table
    yield f"{raising(NUMBER, table)} WHERE NEW.id > {GREATEST_NUMBER}"
    yield f"{raising(VERSION, f'{table}.version')} WHERE NEW.version <> 1"
    yield f"{raising(STAMP, f'{table}.archived_at')} WHERE {no_stamp('NEW.archived_at')}"
    yield from _of_texts(meta, "")
    for field in meta.fields:
        if field.is_asked:
            yield _of_reference(meta, field, "")
    if ABOUT_KEY in meta.by_name:
        yield _of_subject(meta, "")
    if meta.life is not None:
        first = ", ".join(map(text_literal, meta.life.first))
        yield _of_state(meta, f"NEW.{meta.life.column} NOT IN ({first})")


def _edited(meta: Meta) -> Iterator[str]:
    """Yield the refusals of changed rows: what they leave alone stays, whatever became of it."""
    table = meta.table
    counted = "NEW.version NOT BETWEEN OLD.version AND OLD.version + 1"
    yield f"{raising(VERSION, f'{table}.version')} WHERE {counted}"
    # One that comes back may change with it.
    stays = "OLD.archived_at IS NEW.archived_at AND NEW.archived_at IS NOT NULL"
    yield f"{raising(ARCHIVED, table)} WHERE {stays}"
    stamped = f"NEW.archived_at IS NOT OLD.archived_at AND {no_stamp('NEW.archived_at')}"
    yield f"{raising(STAMP, f'{table}.archived_at')} WHERE {stamped}"
    yield from _of_texts(meta, "NEW.{0} IS NOT OLD.{0} AND ")
    for field in meta.fields:
        if field.is_asked:
            yield _of_reference(meta, field, f" AND NEW.{field.name} IS NOT OLD.{field.name}")
    if ABOUT_KEY in meta.by_name:
        columns = (ABOUT_KEY, ABOUT_NUMBER)
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)
        yield _of_subject(meta, f" WHERE {changed}")
    if meta.life is not None:
        state = meta.life.column
        yield _of_state(meta, f"NEW.{state} IS NOT OLD.{state}")


def no_stamp(column: str) -> str:
    """Return SQL that is true for a time of archiving that is not written as the office writes it."""
    written = [f"strftime('%Y-%m-%dT%H:%M:{part}Z', {column})" for part in ("%f", "%S")]
    return f"{column} IS NOT NULL AND ifnull({column} NOT IN ({', '.join(written)}), 1)"


def _trigger(
    meta: Meta,
    ending: str,
    event: str,
    refusals: Iterator[str],
) -> Trigger:
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


def _of_texts(meta: Meta, changed: str) -> Iterator[str]:
    """Yield the refusal of texts that are not tidy, those of all fields in one; none without any."""
    cases = []
    for field in meta.fields:
        rule = "" if field.sealed else field.kind.untidy_sql(f"NEW.{field.name}")
        if rule:
            refusal = f"RAISE(ABORT, '{UNTIDY} {meta.table}.{field.name}')"
            cases.append(f"WHEN {changed.format(field.name)}{rule} THEN {refusal}")
    if cases:
        yield f"SELECT CASE {' '.join(cases)} END"


def _of_state(meta: Meta, condition: str) -> str:
    state = meta.life.column if meta.life else ""
    return f"{raising(STATE, f'{meta.table}.{state}')} WHERE {condition}"


def _of_reference(
    meta: Meta,
    field: Field,
    changed: str,
) -> str:
    about = f"{meta.table}.{field.name}"
    column = f"NEW.{field.name}"
    # RAISE takes a text as it is written here, so each answer has one of its own.
    away = f"RAISE(ABORT, '{AWAY} {about}')"
    if isinstance(field.archived, str):
        away = f"CASE WHEN {field.archived} THEN NULL ELSE {away} END"
    return (
        f"SELECT CASE officeops_misfit('{meta.key}', '{field.name}', {column}) "
        f"WHEN '' THEN NULL WHEN 'archived' THEN {away} "
        f"ELSE RAISE(ABORT, '{MISFIT} {about}') END WHERE {column} IS NOT NULL{changed}"
    )


def _of_subject(meta: Meta, where: str) -> str:
    columns = f"NEW.{ABOUT_KEY}, NEW.{ABOUT_NUMBER}"
    wrong = (ABOUT_KEY, ABOUT_NUMBER)
    cases = [f"WHEN '{name}' THEN RAISE(ABORT, '{NOWHERE} {meta.table}.{name}')" for name in wrong]
    return f"SELECT CASE officeops_subject({columns}) {' '.join(cases)} END{where}"
