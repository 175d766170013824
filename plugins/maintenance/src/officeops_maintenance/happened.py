"""What happened has a day that has come: a report, a reading or a calibration of 2030 is a slip."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from officeops import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Record


def not_to_come(
    office: Office,
    record: Record,
    *names: str,
) -> Iterator[Problem]:
    """Yield a problem for each field of a record whose day or moment is still to come."""
    for name in names:
        value = getattr(record, name)
        if value is None:
            continue
        # A moment is a day as well, so it is asked first.
        is_moment = isinstance(value, datetime)
        if value > (office.now() if is_moment else office.today):
            field = record.meta.by_name[name]
            yield Problem("is in the future", field.public_name, code="out-of-range")
