"""Purge of drafts: rows that somebody typed long ago and never booked are destroyed.

A draft is content outside the history, so no retention rule of a record reaches it. The action says
whose drafts it destroyed, and has no text of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.unseen_rows import allow_whole_file
from officeops.model.immutable import Value
from officeops.store.draft_removal import aged_drafts, drop_aged_drafts
from officeops.values import wording
from officeops.values.instants import as_instant

if TYPE_CHECKING:
    from datetime import datetime

    from officeops.store.stored_office import StoredOffice


class AgedDraft(Value):
    """A draft that is old enough to be destroyed: whose it is, of which sheet, and its rows."""

    person: str
    sheet: str
    subject: str
    typed_at: datetime
    rows: int


def purge_drafts(
    office: StoredOffice,
    days: int,
    *,
    dry_run: bool = False,
    request: str | None = None,
) -> list[AgedDraft]:
    """Destroy everybody's drafts in which nobody typed for at least `days` days, and return them.

    With `dry_run` nothing is destroyed. Raises Forbidden where the person may not purge.
    """
    office.allow("core.purge")
    allow_whole_file(office, "destroy drafts of sheets")
    arguments = {"drafts": days}
    if dry_run:
        return _aged(office, days)
    office.once(request, "core.purge", lambda _, given: given == arguments)
    if not _aged(office, days):
        return []
    with office.acting("core.purge", arguments, request=request) as outcome:
        # Listed again now that nobody else can write: somebody may have typed since then.
        drafts = _aged(office, days)
        with office.lifted():
            drop_aged_drafts(office.store.db, days)
        people = ", ".join(dict.fromkeys(draft.person for draft in drafts))
        outcome.append(f"{wording.count(len(drafts), 'draft')} of {people} destroyed.")
    office.store.checkpoint(f"{office.actor}: purge")
    return drafts


def _aged(office: StoredOffice, days: int) -> list[AgedDraft]:
    with office.lifted():
        rows = aged_drafts(office.store.db, days)
    return [
        AgedDraft(person, sheet, subject, as_instant(at), count)
        for person, sheet, subject, at, count in rows
    ]
