"""Values as SQLite keeps them: dates and instants as ISO 8601 text, yes and no as 1 and 0."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from officeops.model.placeholder import Unusable
from officeops.model.sealed_value import Sealed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.fields import Field

#: SQLite's largest integer.
LARGEST: Final = 2**63 - 1
#: The greatest number that a file or SQL of an action may give a record: more digits are a slip,
#: and the numbers of all records after it would be longer still, until none is left.
GREATEST_NUMBER: Final = 999_999_999


def to_sql(value: Any) -> Any:  # noqa: ANN401 - any field's value
    """Convert a field's value to the form that SQLite keeps."""
    if value is None or isinstance(value, (str, bytes)):
        return value
    if isinstance(value, (Sealed, Unusable)):
        return value.kept
    if isinstance(value, bool):
        return int(value)
    # An instant is a date to Python, so it is asked first.
    if isinstance(value, datetime):
        return _utc_text(value)
    return value.isoformat() if isinstance(value, date) else value


def from_sql(field: Field, value: Any) -> Any:  # noqa: ANN401 - any field's value
    """Convert what SQLite keeps to the field's value."""
    convert = field.kind.from_sql
    return value if convert is None or value is None else convert(value)


def quoted(name: str) -> str:
    """Return a table's or a column's name as SQL: in an altered file it may be anything."""
    if name.isidentifier():
        return name
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def text_literal(text: str) -> str:
    """Return a text as SQL."""
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def id_list(ids: Iterable[int]) -> str:
    """Write ids as a JSON array, for SQL's json_each: one bound value however many they are."""
    return f"[{','.join(map(str, ids))}]"


def _utc_text(moment: datetime) -> str:
    """Write an instant as ISO 8601 in UTC, to the second. Raises ValueError without a time zone."""
    from officeops.values.instants import in_utc

    return in_utc(moment).isoformat()
