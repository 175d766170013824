"""Field triggers: they refuse a value that a field does not take, also of SQL that an action writes.

`add`, `edit` and imports ask in Python first, and name every problem. The triggers have the same
rules as SQL, from each field's kind and today's limits. Of an edit they look at the columns that it
changes alone, and they let an undo write back the values that were there, though a limit was
tightened since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.store.file_refusals import UNFIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.meta import Meta
    from officeops.store.folded_triggers import Trigger


def triggers(meta: Meta) -> Iterator[Trigger]:
    """Yield name and SQL of the triggers that ask each field of new rows and of changed ones."""
    rules = dict(conditions(meta, "NEW"))
    if meta.derived or not rules:
        return
    added = [_refusal(meta, name, rule) for name, rule in rules.items()]
    yield _trigger(meta, "fields_add", "INSERT", added)
    if meta.append_only:
        return
    edited = [
        _refusal(meta, name, f"NEW.{name} IS NOT OLD.{name} AND ({rule})")
        for name, rule in rules.items()
    ]
    yield _trigger(meta, "fields_edit", f"UPDATE OF {', '.join(rules)}", edited)


def _trigger(meta: Meta, ending: str, event: str, refusals: list[str]) -> Trigger:
    name = f"{meta.table}_{ending}"
    cases = f"SELECT CASE {' '.join(refusals)} END;"
    return name, f"CREATE TRIGGER {name} BEFORE {event} ON {meta.table} BEGIN {cases} END"


def conditions(meta: Meta, side: str) -> Iterator[tuple[str, str]]:
    """Yield each column that has a rule, with the SQL that is true where `side` breaks it."""
    for field in meta.fields:
        if field.sealed:
            continue
        column = f"{side}.{field.name}"
        rules = [f"{column} = ''"] if field.is_never_blank else []
        if rule := field.kind.unfit_sql(column, field):
            rules.append(rule)
        if rules:
            yield field.name, " OR ".join(rules)


def first_unfit(meta: Meta) -> str:
    """Return the query for a column that a row breaks the rule of, among rows from an id on."""
    rules = dict(conditions(meta, "t"))
    if meta.derived or not rules:
        return ""
    cases = [f"WHEN {rule} THEN '{name}'" for name, rule in rules.items()]
    return (
        f"SELECT name FROM (SELECT CASE {' '.join(cases)} END AS name FROM {meta.table} t "
        "WHERE t.id >= ?) WHERE name IS NOT NULL LIMIT 1"
    )


def _refusal(meta: Meta, name: str, rule: str) -> str:
    # The function is asked last, so that good values never call it.
    is_refused = f"({rule}) AND NOT officeops_undoing()"
    return f"WHEN {is_refused} THEN RAISE(ABORT, '{UNFIT} {meta.table}.{name}')"
