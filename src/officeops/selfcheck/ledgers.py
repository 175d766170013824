"""Checks of ledgers: entries from before the core kept them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.unseen_rows import unseen
from officeops.selfcheck.content import some
from officeops.selfcheck.finding import UNSEEN, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office


def ledger_findings(office: Office) -> Iterator[Finding]:
    """Yield a finding for the transfers of each ledger that do not name their other half.

    An older version booked them so, and a file may bring them. They change no balance, so a person
    has to act only where one of them was wrong.
    """
    for record in office.records.values():
        if record.ledger is not None:
            yield from _apart(office, record)


def _apart(office: Office, record: type[Record]) -> Iterator[Finding]:
    assert record.ledger is not None  # noqa: S101 - asked by the caller
    apart = record.ledger.apart(office)
    if not apart:
        return
    unseen_ids = unseen(office, record, apart)
    seen = [number for number in apart if number not in unseen_ids]
    which, cure = f"{record.meta.plural} that you may not see", UNSEEN
    if seen:
        which = f"{record.meta.plural} {some(seen)}"
        cure = "To take one back, reverse its other half with it, or transfer the amount back."
    what = f"{which} are transfers that name no other half."
    yield Finding("records", "transfers-apart", "note", what, cure)
