"""Finding words: the sentence on a finding, with the record's name and the values of both sides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.change_words import ChangeWords
from officeops.history.entry import Entry
from officeops.history.unseen_rows import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.history.finding import Finding
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice


def words(
    office: StoredOffice,
    finding: Finding,
    write: Callable[[Field, Any], str],
) -> str:
    """Return the message of a finding as people name its record: Item DRS-ABD, not #57.

    `write` writes a field's value as its front end does. In a damaged file the name may be lost
    too; then the number remains.
    """
    record = kind_of(office, finding.record) if finding.record else None
    if record is None or finding.record_id is None or finding.is_withheld:
        return finding.message
    facts: dict[str, Any] = {**finding.facts}
    try:
        facts["row"] = _row(office, record, finding.record_id)
        if "was" in facts:
            facts["sides"] = _sides(office, record, finding, write)
    except Exception:  # noqa: BLE001 - altered values may make any code fail, also a plugin's
        return finding.message
    return finding.replace(facts=facts).message


def _row(office: StoredOffice, record: type[Record], number: int) -> str:
    label = office.label(record, number)
    return f"{record.meta.label} {label}"


def _sides(
    office: StoredOffice,
    record: type[Record],
    finding: Finding,
    write: Callable[[Field, Any], str],
) -> str:
    """Write each altered column: `name Gauze → Tape`."""
    was, now = (json.dumps(finding.facts[side]) for side in ("was", "is"))
    entry = Entry("", "", "", record.meta.noun, finding.record_id, was, now, 0, 0)
    return ChangeWords(office, write).of(entry)
