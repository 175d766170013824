"""What the person's last action, or undo, is called before it is taken back: what was done, to which record, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.widgets.record_lines import at_the_office
from officeops.values.convert import safe

if TYPE_CHECKING:
    from officeops.history.done import Done
    from officeops.office.office import Office


def in_words(office: Office, done: Done) -> str:
    """Return an action as people know it: `send order PO-12 of 2026-03-02 15:34`, in the office's own time."""
    owner, _, verb = done.verb.rpartition(".")
    words = f"{verb.replace('-', ' ')} {owner.rpartition('.')[2]}".strip()
    about = _about(office, done, owner)
    return safe(f"{words} {about}".strip()) + f" of {at_the_office(office, done.at)}"


def _about(office: Office, done: Done, owner: str) -> str:
    """Return the record an action was done to, and how many others it changed; blank where it changed none that is kept."""
    tables = {record.meta.table: record for record in office.records.values()}
    former = office.store.former
    owner = former.key(owner, done.id)
    sql = "SELECT DISTINCT record, record_id FROM core_change WHERE id BETWEEN ? AND ?"
    with office.lifted():
        rows = office.rows(sql, done.first, done.last)
    now = [(former.table(table, done.last), record_id) for table, record_id in rows]
    changed = [row for row in now if row[0] in tables]
    if not changed:
        return ""
    mine = [row for row in changed if tables[row[0]].meta.key == owner]
    table, record_id = (mine or changed)[0]
    kind = "" if mine else f"{tables[table].meta.label.lower()} "
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{kind}{office.label(tables[table], record_id)}{more}"
