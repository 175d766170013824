"""Promises: at the end of an action, each kind that rests on its rows says whether its promise holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops.model.declarations import named
from officeops.model.errors import Problem, Refused, problem_of
from officeops.model.promise import ITSELF
from officeops.office.date_orders import refuse_disorder
from officeops.office.frozen_fields import refuse_frozen
from officeops.office.owing_records import refuse_owing
from officeops.plugins.kept_declarations import DATED, FROZEN, OWING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.plugins.kept_declarations import Watch

#: The rows of a table that an action wrote; with a plus, so that SQLite reads the last changes.
_WRITTEN: Final = """
WITH written AS (
    SELECT record_id, before FROM core_change
    WHERE id >= (SELECT first_change FROM core_action WHERE id = ?) AND +record = '{table}')
"""
_NAMED: Final = """
SELECT t.{column} FROM main.{table} t WHERE t.id IN (SELECT record_id FROM written) AND {condition}
UNION SELECT json_extract(before, '$.{column}') FROM written
"""
#: Purging destroys rows by rules of its own.
_UNASKED: Final = frozenset({"core.purge", "core.seal.rotate", "core.restore"})


def refuse_broken(
    office: Office,
    action: int,
    verb: str,
    watched: Iterable[Watch],
) -> None:
    """Raise Refused where an action breaks a promise, a frozen field, or archives an open duty.

    `watched` are the watches of the tables that it wrote.
    """
    if verb in _UNASKED:
        return
    ids: dict[str, set[int]] = {}
    for watch in watched:
        if watch.column == FROZEN:
            refuse_frozen(office, action, office.record(watch.promised))
            continue
        if watch.column.startswith(DATED):
            refuse_disorder(office, action, verb, watch)
            continue
        if watch.column == OWING:
            refuse_owing(office, action, verb, office.record(watch.promised))
            continue
        ids.setdefault(watch.promised, set()).update(_named_by(office, action, watch))
    for key, numbers in ids.items():
        numbers.discard(0)
        kind = office.records.get(key)
        if numbers and kind is not None:
            _ask(office, kind, numbers)


def _named_by(
    office: Office,
    action: int,
    watch: Watch,
) -> Iterator[int]:
    """Yield the numbers of the records that the written rows name, or named before."""
    if watch.column == ITSELF:
        sql = f"{_WRITTEN} SELECT record_id FROM written"
    elif watch.column == "about":
        condition = f"t.about_key = '{watch.promised}'"
        sql = _WRITTEN + _NAMED.replace("{condition}", condition).replace("{column}", "about_id")
    else:
        sql = _WRITTEN + _NAMED.replace("{condition}", "1").replace("{column}", watch.column)
    for (number,) in office.rows(sql.replace("{table}", watch.table), action):
        yield number or 0


def _ask(
    office: Office,
    kind: type[Record],
    numbers: set[int],
) -> None:
    promise = kind.promise
    if promise is None:
        return
    # A record that is archived is used by nobody, and promises nothing.
    records = list(
        office.all(kind, "id IN (SELECT value FROM json_each(?))", json.dumps([*numbers]))
    )
    if not records:
        return
    about = ""
    problems: list[Problem] = []
    with office.answering(kind.meta.plugin, f"the promise of {kind.meta.key}"):
        for record, why in named(promise.rule)(office, records):
            about = about or office.about(record)
            problems.append(problem_of(why))
    if problems:
        raise Refused(problems, about)
