"""Recorded changes: one action's changes as undo needs them, by the names and fields of today.

A plugin's migration may have renamed or dropped a field or a record since the action. A new name
is followed; for anything dropped, the undo is refused with the name of the record and the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import Problem, Refused
from officeops.model.immutable import Value
from officeops.model.sql_values import id_list
from officeops.store.row_format import Layouts, kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.history.done import Done
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    Columns = dict[str, Any]

#: The codes of what a change of a field is refused with: one that was dropped, and one that keeps
#: text in place of numbers since, or the reverse.
DROPPED = "field-dropped"
OTHER_KIND = "field-of-another-kind"
#: An event is seen by who may see its record, which the same action changed.
_EVENTS = "core.event"


class RecordedChange(Value):
    """One change of a record: its values before, None where the record was added, and after."""

    record: type[Record]
    id: int
    before: Columns | None
    after: Columns

    @property
    def moved_life(self) -> bool:
        """Whether it moved the record on in its life: from draft to sent, say."""
        life = self.record.life
        return life is not None and life.binds and self.states(again=False) is not None

    def states(self, *, again: bool) -> tuple[str, str] | None:
        """The states before and after the transition that it is, or, with `again`, took back."""
        life = self.record.life
        if self.before is None or life is None or life.column not in self.after:
            return None
        states = (str(self.before[life.column]), str(self.after[life.column]))
        return states[::-1] if again else states


def recorded_changes(office: StoredOffice, done: Done) -> Iterator[RecordedChange]:
    """Yield an action's changes, the latest first.

    Raises Refused where one cannot be reversed, Forbidden where the acting person may not see
    its record or change a guarded value of it.
    """
    rows = office.rows(
        "SELECT id, record, record_id, before, after FROM core_change "
        "WHERE id BETWEEN ? AND ? ORDER BY id DESC",
        done.first,
        done.last,
    )
    record_types = {record.meta.table: record for record in office.records.values()}
    layouts = Layouts(
        office.store.db, *(kept(record.meta.columns) for record in record_types.values())
    )
    former = office.store.former
    changed: dict[str, list[int]] = {}
    for change, recorded_table, record_id, *_ in rows:
        changed.setdefault(former.table(recorded_table, change), []).append(record_id)
    for table, ids in changed.items():
        if table in record_types:
            _refuse_removed(office, record_types[table], ids, done.last)
    for change, recorded_table, record_id, before, after in rows:
        table = former.table(recorded_table, change)
        record = record_types.get(table)
        if record is None:
            raise Refused(_why_unknown(office, table), f"{table} #{record_id}", code="plugin-off")
        if after is None:
            label = f"{record.meta.label} #{record_id}"
            raise Refused(f"{label} was destroyed; there is nothing to take back", code="destroyed")
        old = former.content(recorded_table, change, layouts.read(before))
        _allow(office, record, old)
        if old is None:
            yield RecordedChange(record, record_id, None, {})
            continue
        _refuse_dropped(office, record, record_id, old)
        _refuse_another_kind(office, record, record_id, old)
        new = former.content(recorded_table, change, layouts.read(after))
        yield RecordedChange(record, record_id, old, new or {})


def _allow(office: StoredOffice, record: type[Record], old: Columns | None) -> None:
    if record.meta.key == _EVENTS:
        return
    office.allow(f"{record.meta.key}.view")
    for column, stem in record.meta.guarded.items():
        if old and column in old:
            office.allow(f"{stem}.edit")


def _why_unknown(office: StoredOffice, table: str) -> str:
    """Say why a table is no record's: its plugin is off, or no longer has that record."""
    owner = ""
    for record in office.plugins.kinds():
        plugin = record.meta.plugin
        prefix = plugin.replace("-", "_") + "_"
        # The name of one plugin may begin with another's: keys_log_entry is of keys-log.
        if table.startswith(prefix) and len(plugin) > len(owner):
            owner = plugin
    if not owner:
        return f"the plugin that keeps {table} is off, or not in order; turn it on to undo this"
    return (
        f"the plugin {owner} no longer has these records, so this cannot be undone; "
        "`officeops history --json` shows the change"
    )


def _refuse_dropped(
    office: StoredOffice,
    record: type[Record],
    record_id: int,
    old: Columns,
) -> None:
    """Raise Refused for a change of a field that a migration dropped, naming both."""
    plugin = record.meta.plugin
    owner = "officeops" if plugin == "core" else f"the plugin {plugin}"
    words = f"{owner} no longer has this field, so this cannot be undone; edit the record by hand"
    columns = record.meta.columns
    problems = [Problem(words, name, DROPPED) for name in old if name not in columns]
    if problems:
        raise Refused(problems, about(office, record, record_id))


def _refuse_another_kind(
    office: StoredOffice,
    record: type[Record],
    record_id: int,
    old: Columns,
) -> None:
    """Raise Refused where a field of the same name keeps another kind of value since."""
    words = (
        f"the plugin {record.meta.plugin} keeps another kind of value in this field since, so "
        "this cannot be undone; edit the record by hand"
    )
    problems = []
    for name, value in old.items():
        field = record.meta.by_name.get(name)
        if field is None or value is None or field.sealed:
            continue
        if isinstance(value, int) != (field.kind.sql_type == "INTEGER"):
            problems.append(Problem(words, name, OTHER_KIND))
    if problems:
        raise Refused(problems, about(office, record, record_id))


def _refuse_removed(
    office: StoredOffice,
    record: type[Record],
    ids: Sequence[int],
    change: int,
) -> None:
    """Raise Refused where a migration removed a row since: its number may be another record's."""
    # CROSS JOIN, or SQLite would go through all changes of a record type for each id.
    removed = office.value(
        "SELECT c.record_id FROM json_each(?) i CROSS JOIN core_change c "
        f"WHERE {office.store.former.condition(record.meta.table)} AND c.record_id = i.value "
        "AND c.id > ? AND c.after IS NULL AND c.destroyed IS NULL",
        id_list(ids),
        change,
    )
    if removed:
        raise Refused(
            f"the plugin {record.meta.plugin} removed this record from the file since, so this "
            "cannot be undone; `officeops history --json` shows the change",
            f"{record.meta.label} #{removed}",
            code="destroyed",
        )


def about(office: StoredOffice, record: type[Record], record_id: int) -> str:
    """Name a record in a refusal: by its key, or by its number where it may not be seen."""
    if not (office.may_view(record) and office.in_reach(record, record_id)):
        return f"{record.meta.label} #{record_id}"
    return f"{record.meta.label} {office.get(record, record_id).human_key}"
