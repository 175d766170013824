"""Due items of the records that end: lots, and all else with a declared `expiry`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops.model.due import Due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.model.expiry import Expiry
    from officeops.model.office import Office
    from officeops.model.records import Record


def due_of_kind(
    office: Office,
    record: type[Record],
    until: date,
) -> Iterator[Due]:
    """Yield a due item for each live record of a kind that ends by `until` plus its lead."""
    expiry = record.expiry
    if expiry is None:
        return
    table = record.meta.table
    horizon = (until + timedelta(days=expiry.lead)).isoformat()
    watched = f"t.{expiry.ends} <= ? AND {expiry.watched}"
    # In a query of its own, since `watched` is SQL over a table called t.
    where = f"id IN (SELECT t.id FROM {table} t WHERE {watched})"
    for ending in office.all(record, where, horizon):
        yield _due(office, expiry, ending)


def _due(
    office: Office,
    expiry: Expiry,
    ending: Record,
) -> Due:
    """Return the due item of one record that ends."""
    meta = ending.meta
    end: date = getattr(ending, expiry.ends)
    # On its last good day a thing still is good.
    has_ended = end < office.today
    verb = "expired" if has_ended else "expires"
    name = _named(office, ending)
    if expiry.what:
        name = f"{expiry.what} of {office.label(type(ending), ending.id)}"
    what = f"{name} {verb} {end}"
    if detail := ending.due_detail(office):
        what = f"{what}: {detail}"
    return Due(
        # With its date, so that a renewed record is a new item, though the old one was snoozed.
        key=f"{meta.key}:{ending.id}:{end}",
        on=end,
        what=what,
        # Until the end somebody can still renew it, so nothing is at risk yet.
        severity=expiry.severity if has_ended else "routine",
        owner=expiry.owner,
        action=(has_ended and expiry.ended_action) or expiry.action,
        record=meta.key,
        record_id=ending.id,
    )


def _named(office: Office, record: Record) -> str:
    """Name a record at the beginning of a sentence, after its kind.

    A record that is shown by a choice says its kind by it: an insurance of Acme.
    """
    meta = record.meta
    described = office.describe(record)
    display = meta.by_name.get(meta.display)
    if display is not None and display.choices:
        return f"{described[:1].upper()}{described[1:]}"
    return f"{meta.label} {described}"
