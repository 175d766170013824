"""Other names: what people and files call a job role or a type besides its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Record


def other_names(office: Office, kind: type[Record]) -> Iterator[tuple[str, int]]:
    """Yield each other name of the records of a kind, folded, with the record's number."""
    sql = (
        f"SELECT other_names, id FROM {kind.meta.table} "
        "WHERE other_names IS NOT NULL AND archived_at IS NULL"
    )
    for names, number in office.rows(sql):
        for name in names.split(","):
            yield folded(name), number


def called(
    office: Office,
    kind: type[Record],
    text: str,
) -> Iterator[int]:
    """Yield the records of a kind that a text is another name of."""
    wanted = folded(text)
    for name, number in other_names(office, kind):
        if name == wanted:
            yield number
