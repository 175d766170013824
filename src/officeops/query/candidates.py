"""Candidates: the words that a text in a field may be on its way to. Forms and shells offer them.

Nothing is offered that the field would refuse: an archived record, or one that its filter does not
find. Where archived ones are accepted, they come last, and say so.
"""

from __future__ import annotations

from itertools import chain, count, islice
from typing import TYPE_CHECKING, Final

from officeops.model.sql_values import to_sql
from officeops.query.lookup import distinct_name
from officeops.query.new_references import fitting_among
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record

#: How many candidates a form offers at once.
MOST: Final = 5
#: Records are read so many at a time until enough of them fit.
_READ_AT_ONCE: Final = 100


def words_of(field: Field) -> Sequence[str]:
    """Return the words that a field takes; none for a field that takes any text."""
    return field.kind.words(field)


def candidates(
    office: Office,
    field: Field,
    text: str,
    within: Mapping[str, int] | None = None,
    most: int = MOST,
) -> list[tuple[str, str]]:
    """Return each candidate with more words about it, at most so many; a blank text fits all.

    `within` are columns that a record must have too. Raises Forbidden for a kind of record that
    may not be seen.
    """
    text = text.strip()
    words = words_of(field)
    if words:
        start = text.casefold()
        return [(word, "") for word in words if word.casefold().startswith(start)]
    target = office.target(field)
    if target is None:
        return []
    office.allow_view(target)
    within = within or {}
    likely = islice(_records_like(office, field, target, text, within), most)
    return [_candidate(office, target, record_id, within) for record_id in likely]


def name_of(
    office: Office,
    target: type[Record],
    record_id: int,
    within: Mapping[str, int] | None = None,
) -> str:
    """Return the text that means this record and no other.

    It is the record's name if that is enough, or its #number.
    """
    label = office.label(target, record_id)
    is_unique = office.find_ids(target, label, within=within) == [record_id]
    return label if is_unique and label == safe(label) else f"#{record_id}"


def _records_like(
    office: Office,
    field: Field,
    target: type[Record],
    text: str,
    within: Mapping[str, int],
) -> Iterator[int]:
    """Yield the records that a text means, then those that contain it, each once."""
    # A text that means a record, such as a barcode, need not be part of its name.
    meant = office.find_ids(target, text, within=within) if text else []
    if field.archived is not True:
        meant = _live(office, target, meant)
    runs = chain([meant], _containing(office, field, target, text, within))
    offered = set()
    for ids in runs:
        for record_id in fitting_among(office, field, target, ids):
            if record_id not in offered:
                offered.add(record_id)
                yield record_id


def _live(
    office: Office,
    target: type[Record],
    ids: Sequence[int],
) -> list[int]:
    """Return the records of these that are not archived, in their order."""
    live = {record.id for record in office.some(target, ids) if record.archived_at is None}
    return [record_id for record_id in ids if record_id in live]


def _containing(
    office: Office,
    field: Field,
    target: type[Record],
    text: str,
    within: Mapping[str, int],
) -> Iterator[list[int]]:
    """Yield the records with a text in a field that is searched, some at a time, the live first."""
    meta = target.meta
    searched = [known.name for known in meta.fields if known.search and not known.sealed]
    columns = list(dict.fromkeys([meta.display, *searched]))
    live, order = "", f"{meta.display}, id"
    if field.archived is True:
        order = f"archived_at IS NOT NULL, {order}"
    elif not meta.derived:
        live = "archived_at IS NULL AND "
    inside = "".join(f"{column} = ? AND " for column in within)
    like = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
    sql = (
        f"SELECT id FROM {meta.table} WHERE {live}{inside}({like}) "
        f"ORDER BY {order} LIMIT {_READ_AT_ONCE} OFFSET ?"
    )
    values = [*within.values(), *[_pattern(text)] * len(columns)]
    for start in count(0, _READ_AT_ONCE):
        ids = [row[0] for row in office.rows(sql, *values, start)]
        yield ids
        if len(ids) < _READ_AT_ONCE:
            return


def _pattern(text: str) -> str:
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
    if record.archived_at is not None:
        more.append("archived")
    return word, safe("  ".join(filter(None, more)))
