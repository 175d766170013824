"""Legal holds: which records one keeps as they are, and the sentence that refuses to put one away.

A hold on a record holds its rows as well, such as the papers of a person. Children of a record, such
as phone numbers, are edited with it, and the history has what they were: a hold leaves that alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from officeops.model.errors import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

#: A record by its kind's key and its id.
Subject: TypeAlias = "tuple[str, int]"
_KIND: Final = "core.legal-hold"
_ANY: Final = "SELECT 1 FROM core_legal_hold WHERE archived_at IS NULL LIMIT 1"
_ON: Final = """
SELECT id, who, since, reason FROM core_legal_hold
WHERE archived_at IS NULL AND record = ? AND (number IS NULL OR number = ?) ORDER BY id LIMIT 1
"""


class Hold(NamedTuple):
    """A hold that counts: its number, who placed it and when, and why."""

    id: int
    who: str
    since: str
    reason: str


def are_any(office: StoredOffice) -> bool:
    """Whether any hold counts now."""
    return bool(office.value(_ANY))


def hold_on(office: StoredOffice, subjects: Iterable[Subject]) -> Hold | None:
    """Return the first hold on one of these records, or on all of their kind; None without one."""
    for subject in subjects:
        for row in office.rows(_ON, *subject):
            return Hold(*row)
    return None


def owner_of(office: StoredOffice, subject: Subject) -> Iterator[Subject]:
    """Yield the record whose row it is, such as the person: a hold on that one is on all of it."""
    key, number = subject
    kind = office.records.get(key)
    if kind is None or kind.meta.scope is None or kind.meta.scope.column == "id":
        return
    column = kind.meta.by_name[kind.meta.scope.column]
    sql = f"SELECT {column.name} FROM {kind.meta.table} WHERE id = ?"
    owner = office.value(sql, number)
    if column.target and owner is not None:
        yield column.target, owner


def why_held(office: StoredOffice, record: Record) -> Reason | None:
    """Return why a record is neither archived nor merged into another one; None without a hold."""
    subject = (record.meta.key, record.id)
    # A hold is ended by archiving it. The guard is off: who may not see a hold meets it all the same.
    if record.meta.key == _KIND:
        return None
    with office.lifted():
        if not are_any(office):
            return None
        owners = () if record.meta.child else owner_of(office, subject)
        hold = hold_on(office, (subject, *owners))
    return _refusal(office, hold) if hold else None


def _refusal(office: StoredOffice, hold: Hold) -> Reason:
    """Give the reason of the hold and the command that ends it, to people who may see it."""
    if not office.may(f"{_KIND}.view"):
        return Reason("a legal hold keeps it as it is; ask an owner", code="on-hold")
    why = f"a legal hold keeps it as it is since {hold.since} ({hold.reason})"
    cure = f"`officeops legal-hold release {hold.id} --reason WHY` ends the hold"
    return Reason(f"{why}; {cure}", code="on-hold")
