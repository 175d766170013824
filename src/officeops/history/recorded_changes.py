"""Recorded changes: one action's changes as undo needs them, by the names and fields of today.

A plugin's migration may have renamed or dropped a field or a record since the action. A new name
is followed; for anything dropped, the undo is refused with the name of the record and the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import Problem, Refused
from officeops.model.immutable import Value
from officeops.store.row_format import Layouts, kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.history.done import Done
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    Columns = dict[str, Any]

#: What a change of a dropped field is refused with, in the problem's `code`.
DROPPED = "field-dropped"


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
        return self.before is not None and life is not None and life.column in self.after


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
    for change, recorded_table, record_id, before, after in rows:
        table = former.table(recorded_table, change)
        record = record_types.get(table)
        if record is None:
            raise Refused(_why_unknown(office, table), f"{table} #{record_id}")
        if after is None:
            label = f"{record.meta.label} #{record_id}"
            raise Refused(f"{label} was destroyed; there is nothing to take back")
        old = former.content(recorded_table, change, layouts.read(before))
        _allow(office, record, old)
        if old is None:
            yield RecordedChange(record, record_id, None, {})
            continue
        _refuse_dropped(office, record, record_id, old)
        new = former.content(recorded_table, change, layouts.read(after))
        yield RecordedChange(record, record_id, old, new or {})


def _allow(office: StoredOffice, record: type[Record], old: Columns | None) -> None:
    office.allow(f"{record.meta.key}.view")
    for column, stem in record.meta.guarded.items():
        if old and column in old:
            office.allow(f"{stem}.edit")


def _why_unknown(office: StoredOffice, table: str) -> str:
    """Say why a table is no record's: its plugin is off, or no longer has that record."""
    plugins = {record.meta.plugin for record in office.plugins.kinds()}
    owners = [plugin for plugin in plugins if table.startswith(plugin.replace("-", "_") + "_")]
    if not owners:
        return f"the plugin that keeps {table} is off; turn it on to undo this"
    # The name of one plugin may begin with another's: keys_log_entry is of keys-log.
    owner = max(owners, key=len)
    return (
        f"the plugin {owner} no longer has these records, so this cannot be undone; "
        "`officeops history --json` shows the change"
    )


def _refuse_dropped(
    office: StoredOffice, record: type[Record], record_id: int, old: Columns
) -> None:
    """Raise Refused for a change of a field that a migration dropped, naming both."""
    words = (
        f"the plugin {record.meta.plugin} no longer has this field, so this cannot be undone; "
        "edit the record by hand"
    )
    dropped = [name for name in old if name not in record.meta.columns]
    if dropped:
        problems = [Problem(words, name, DROPPED) for name in dropped]
        raise Refused(problems, about(office, record, record_id))


def about(office: StoredOffice, record: type[Record], record_id: int) -> str:
    """Name a record in a refusal: by its key, or by its number where it may not be seen."""
    if not office.may_view(record):
        return f"{record.meta.label} #{record_id}"
    return f"{record.meta.label} {office.get(record, record_id).human_key}"
