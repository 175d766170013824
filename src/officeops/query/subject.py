"""The subject of a record that is about another, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.about import ABOUT, KEY, NUMBER, SubjectField
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.model.identity import codes
from officeops.query.nameless_subject import in_words, meant
from officeops.query.terms import marks_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.query.terms import Term

    #: Finds the ids of the records of a kind that a word means, by a reference to it.
    Refer = Callable[[Field, str], list[int]]


def subject_in_words(
    office: Office,
    key: str,
    number: int,
) -> str:
    """Name the record that another one is about: its kind and name, `Leave The dentist`.

    Of a kind that is off or that the acting person may not see, its key and number.
    """
    kind = office.records.get(key)
    if kind is None or not office.may_view(kind):
        return f"{key} #{number}"
    return f"{kind.meta.label} {office.label(kind, number)}"


def subject_as_written(
    office: Office,
    key: str,
    number: int,
) -> str:
    """Name the record that another one is about as files and scripts do, `vendor:Acme`.

    The word after the colon finds that record again: its code or its name, or else its number with
    what it is.
    """
    kind = office.records.get(key)
    if kind is None or not office.may_view(kind):
        return f"{key}:#{number}"
    meta = kind.meta
    if meta.prefix:
        return f"{meta.noun}:{meta.prefix}-{number}"
    for word in _words(office, kind, number):
        is_name = bool(word) and word != f"#{number}"
        if is_name and office.find_ids(kind, word, by_id=False) == [number]:
            return f"{meta.noun}:{word}"
    return f"{meta.noun}:{in_words(office, kind, number)}"


def _words(
    office: Office,
    kind: type[Record],
    number: int,
) -> Iterator[str]:
    """Yield the words for a record, as exports choose them: its codes, then its name."""
    if names := ", ".join(codes(kind.meta)):
        # By the table's name, which has the rows within reach alone.
        for row in office.rows(f"SELECT {names} FROM {kind.meta.table} WHERE id = ?", number):
            yield from row
    yield office.label(kind, number)


def subject_named(office: Office, text: str) -> Record:
    """Find the record that people name by its kind and its own name, as `vendor:Acme`.

    Raises UsageProblem for a text without a kind, NotFound, and Forbidden.
    """
    noun, colon, which = text.partition(":")
    if not (colon and noun.strip() and which.strip()):
        raise _unclear(text)
    kind = office.record(noun.strip())
    office.allow_view(kind)
    return meant(office, kind, which) or office.find(kind, which.strip())


def _unclear(text: str) -> UsageProblem:
    return UsageProblem(
        f"{text!r} names no record. Write its kind and its name, such as vendor:Acme.",
        code="malformed",
    )


def with_subjects(
    office: Office,
    columns: Sequence[Field],
    rows: Iterable[Sequence[Any]],
    *,
    written: bool = False,
) -> Iterable[Sequence[Any]]:
    """Return rows that name the record which each is about: for people, or `written` for a file."""
    places = [place for place, field in enumerate(columns) if isinstance(field, SubjectField)]
    return _named(office, rows, places, written=written) if places else rows


def _named(
    office: Office,
    rows: Iterable[Sequence[Any]],
    places: Sequence[int],
    *,
    written: bool,
) -> Iterator[Sequence[Any]]:
    name = subject_as_written if written else subject_in_words
    # Many rows are about few records.
    known: dict[str | None, str | None] = {None: None}
    for row in rows:
        cells = list(row)
        for place in places:
            subject = cells[place]
            if subject not in known:
                key, _, number = subject.rpartition(":")
                known[subject] = name(office, key, int(number))
            cells[place] = known[subject]
        yield cells


# -- filters ---------------------------------------------------------------------------------------


def compared(
    term: Term, kind_of: Callable[[str], type[Record]] | None, refer: Refer
) -> tuple[str, list[object]]:
    """Make the condition of a term such as `about=vendor:Acme`, or `about=vendor` for its kind.

    `kind_of` finds a kind of record by its noun, `refer` the records of it that a word means.
    Raises UsageProblem.
    """
    if term.op not in {"=", "!="}:
        raise UsageProblem(
            f"The filter about{term.op}: about is compared with = or !=, as in about=vendor:Acme, "
            "or about=vendor for all that is about vendors.",
            code="malformed",
        )
    if not term.text:
        return f"t.{KEY} IS {term.no}NULL", []
    parts = [term.text] if term.is_quoted else term.text.split(",")
    conditions: list[str] = []
    values: list[object] = []
    for part in parts:
        noun, colon, which = part.partition(":")
        if not term.is_quoted and "'" in {part[:1], which[:1]}:
            raise UsageProblem(
                "The filter about takes double quotes around a name with blanks, as in "
                'about="vendor:Acme Medical".',
                code="malformed",
            )
        if kind_of is None or not noun.strip() or (colon and not which.strip()):
            raise _unclear(part)
        meta = kind_of(noun.strip()).meta
        keys = (meta.key, *meta.former_keys)
        condition = f"t.{KEY} IN ({marks_for(keys)})"
        values += keys
        if colon:
            itself = Field("reference", target=meta.key).named(ABOUT, "int")
            ids = refer(itself, which.strip())
            condition += f" AND t.{NUMBER} IN ({marks_for(ids)})"
            values += ids
        conditions.append(f"({condition})")
    any_of = " OR ".join(conditions)
    return f"{term.no}ifnull({any_of}, 0)", values
