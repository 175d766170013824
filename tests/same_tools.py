"""Doubles as old files have them: made before anything asked whether a name is taken."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.store.same import triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Record


@contextmanager
def doubled(office: Office, record: type[Record]) -> Iterator[None]:
    """Take the triggers that refuse doubles of a kind of record away for a while."""
    refusing = {name: sql for name, sql in triggers(record.meta) if "_unique_" in name}
    db = office.store.db
    with db.writable():
        for name in refusing:
            db.execute(f"DROP TRIGGER {name}")
    yield
    with db.writable():
        for sql in refusing.values():
            db.execute(sql)
