"""Candidates: the words that a text in a field may be on its way to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.sql_values import to_sql
from officeops.query.lookup import distinct_name
from officeops.tui.forms.field_text import name_of
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

#: How many candidates are offered at once.
MOST: Final = 5


def words_of(field: Field) -> Sequence[str]:
    """Return the words that a field takes; none for a field that takes any text."""
    return field.kind.words(field)


def candidates(
    office: Office,
    field: Field,
    text: str,
    within: Mapping[str, int] | None = None,
) -> list[tuple[str, str]]:
    """Return each candidate with more words about it.

    `within` are columns that a record must have too.
    """
    text = text.strip()
    words = words_of(field)
    if words:
        start = text.casefold()
        return [(word, "") for word in words if word.casefold().startswith(start)]
    target = office.target(field)
    return _records_like(office, target, text, within or {}) if target and text else []


def _records_like(
    office: Office,
    target: type[Record],
    text: str,
    within: Mapping[str, int],
) -> list[tuple[str, str]]:
    """Return the records that a text means, then those that contain it."""
    # A text that means a record, such as a barcode, need not be part of its name.
    ids = [
        *office.find_ids(target, text, within=within)[:MOST],
        *_ids_containing(office, target, text, within),
    ]
    distinct = list(dict.fromkeys(ids))
    return [_candidate(office, target, record_id, within) for record_id in distinct[:MOST]]


def _ids_containing(
    office: Office,
    target: type[Record],
    text: str,
    within: Mapping[str, int],
) -> list[int]:
    meta = target.meta
    searched = [field.name for field in meta.fields if field.search and not field.sealed]
    columns = list(dict.fromkeys([meta.display, *searched]))
    live = "" if meta.derived else "archived_at IS NULL AND "
    inside = "".join(f"{column} = ? AND " for column in within)
    like = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
    sql = (
        f"SELECT id FROM {meta.table} WHERE {live}{inside}({like}) "
        f"ORDER BY {meta.display} LIMIT {MOST}"
    )
    patterns = [_containing(text)] * len(columns)
    return [row[0] for row in office.rows(sql, *within.values(), *patterns)]


def _containing(text: str) -> str:
    """Return the pattern of LIKE for texts that contain this one.

    The wildcards in the text are escaped.
    """
    escaped = "".join(f"\\{letter}" if letter in "\\%_" else letter for letter in text)
    return f"%{escaped}%"


def _candidate(
    office: Office,
    target: type[Record],
    record_id: int,
    within: Mapping[str, int],
) -> tuple[str, str]:
    record = office.get(target, record_id)
    word = name_of(office, target, record_id, within)
    # A word such as #7 stands for a name that several have, such as a box of 50 and one of 100.
    more = [] if word == office.name(record) else [distinct_name(office, record)]
    for field in target.meta.fields:
        if field.unique and not field.sealed:
            value = to_sql(getattr(record, field.name))
            more.append("" if value is None else str(value))
    return word, safe("  ".join(filter(None, more)))
