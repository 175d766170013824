"""Hand verbs: what people can do with a kind of record without an action of its plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.model.records import Record


def owes_something(record: type[Record]) -> bool:
    """Whether something may be owed on records of a kind: they are archived with a reason then."""
    from officeops.model.records import Record as Base

    return record.owes is not Base.owes


def verbs_of(record: type[Record]) -> list[str]:
    """Return what can be done with a kind of record by hand."""
    meta = record.meta
    if meta.child:
        return ["view"]
    verbs = ["view", "export"]
    if meta.editable:
        verbs += ["add", "edit", "archive", "unarchive"]
    if record.merges and meta.editable and record.schedule is None:
        verbs.append("merge")
    if meta.editable or record.importer:
        verbs.append("import")
    return verbs
