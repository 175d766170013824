"""Who changed the fields of a record last, and when: a conflict is settled by asking that person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops.tui.widgets.office_time import clock_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.records import Record
    from officeops.office.office import Office

#: How many changes are looked through: those since the form was opened, and some more.
_LOOKED_AT: Final = 20


def last_changes(office: Office, record: Record) -> Mapping[str, str]:
    """Return `Ann Lee 09:25` for each field that was changed lately, by field.

    It is empty for a person who may not read the history of the record.
    """
    from officeops.history.log import changes
    from officeops.history.log_filter import Asked
    from officeops.history.signer_words import by_whom
    from officeops.model.errors import Forbidden
    from officeops.values.instants import as_instant

    asked = Asked(
        record=type(record),
        record_id=record.id,
        limit=_LOOKED_AT,
    )
    last: dict[str, str] = {}
    try:
        latest = changes(office, asked)
    except Forbidden:
        return last
    for change in latest:
        at = clock_time(office, as_instant(change.at))
        for name in json.loads(change.after or "{}"):
            last.setdefault(name, f"{by_whom(office, change)} {at}")
    return last
