"""The subject of a record that is about another, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.about import KEY, NUMBER
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.office import Office
    from officeops.model.records import Record


def subject_in_words(office: Office, key: str, number: int) -> str:
    """Name the record that another one is about: its kind and name, `Leave The dentist`.

    Of a kind that is off or that the acting person may not see, its key and number.
    """
    kind = office.records.get(key)
    if kind is None or not office.may_view(kind):
        return f"{key} #{number}"
    return f"{kind.meta.label} {office.label(kind, number)}"


def subject_named(office: Office, text: str) -> Record:
    """Find the record that people name by its kind and its own name, as `vendor:Acme`.

    Raises UsageProblem for a text without a kind, NotFound, and Forbidden.
    """
    noun, colon, which = text.partition(":")
    if not (colon and noun.strip() and which.strip()):
        raise UsageProblem(
            f"{text!r} names no record. Write its kind and its name, such as vendor:Acme.",
            code="malformed",
        )
    return office.find(office.record(noun.strip()), which.strip())


def with_subjects(
    office: Office, columns: Sequence[Field], rows: Iterable[Sequence[Any]]
) -> tuple[list[Field], Iterable[Sequence[Any]]]:
    """Return columns and rows for people: the record that a row is about is named in one column.

    Columns that do not have both parts of it stay as they are.
    """
    names = [column.name for column in columns]
    if not (KEY in names and NUMBER in names):
        return list(columns), rows
    key, number = names.index(KEY), names.index(NUMBER)
    said = Field("text", label="About", list_rank=columns[key].list_rank).named(KEY, "str")
    shown = [*columns[:key], said, *columns[key + 1 :]]
    del shown[number]
    return shown, _named(office, rows, key, number)


def _named(
    office: Office,
    rows: Iterable[Sequence[Any]],
    key: int,
    number: int,
) -> Iterator[Sequence[Any]]:
    # Many rows are about few records.
    known: dict[tuple[str, int], str] = {}
    for row in rows:
        cells = list(row)
        subject = (row[key], row[number])
        if subject[0] is not None:
            if subject not in known:
                known[subject] = subject_in_words(office, *subject)
            cells[key] = known[subject]
        del cells[number]
        yield cells
