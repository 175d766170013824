"""References to a person: the records of all plugins that name them as an owner, assignee or contact.

Most of these name people by a text: a login, or the name of somebody without one. Only open
records count, as nobody hands over the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value, folded
from officeops_hr.people.as_of import current
from officeops_hr.people.logins import logins
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_sql

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from officeops import Field, Office, Record

#: Fields whose text names a person.
_NAMES: Final = frozenset(
    {"owner", "assignee", "contact", "coordinator", "backup", "signer", "trainer", "lent_to"}
)
#: The column of HR for the person that a record is about.
_WHOSE: Final = "person_id"
#: The people who work here and report to somebody.
_REPORTS: Final = f"""
SELECT t.id, t.name FROM hr_person t
WHERE t.archived_at IS NULL AND {status_sql()} IN ('active', 'on_leave', 'future')
AND {current("hr_position", "manager_id")} = ? ORDER BY {SORTED_AS}
"""
_LOGIN: Final = """
SELECT u.id, u.login FROM core_user u JOIN hr_person t ON t.user_id = u.id
WHERE t.id = ? AND u.archived_at IS NULL
"""


class Reference(Value):
    """A record that names a person: its kind's key and id, its label, and as what it names them."""

    record: str
    record_id: int
    label: str
    name_of: str


def references(office: Office, person: Person) -> Iterator[Reference]:
    """Yield what names a person, as far as the acting person may see it."""
    for report, name in office.rows(_REPORTS, person.id):
        yield Reference(Person.meta.key, report, f"P-{report} {name}", "manager")
    yield from _logins(office, person.id)
    names = _names_of(office, person)
    for kind in office.records.values():
        # A kind out of reach is left out, as in a search.
        if office.may_view(kind):
            yield from _named_in(office, kind, person.id, names)


def _logins(office: Office, person_id: int) -> Iterator[Reference]:
    user = office.records["core.user"]
    if office.may_view(user):
        for number, login in office.rows(_LOGIN, person_id):
            yield Reference("core.user", number, login, "login")


def _names_of(office: Office, person: Person) -> frozenset[str]:
    """Return the words that mean the person: their names and their login, folded."""
    login = logins(office).get(person.user_id or 0)
    # Texts of other plugins name people in any of these ways.
    words = (person.name, person.legal_name, login)
    return frozenset(folded(word) for word in words if word)


def _named_in(
    office: Office,
    kind: type[Record],
    person_id: int,
    names: Collection[str],
) -> Iterator[Reference]:
    meta = kind.meta
    withheld = office.withheld(kind)
    for field in meta.fields:
        # Neither may leak through a list of where a person is named.
        if field.name in withheld or field.sealed:
            continue
        if field.name in _NAMES and not field.target:
            rows = _rows(office, kind, field)
            numbers = [number for number, text in rows if folded(str(text)) in names]
        elif field.target == Person.meta.key and not _is_own(kind, field):
            numbers = [number for number, other in _rows(office, kind, field) if other == person_id]
        else:
            continue
        for number in numbers:
            label = office.label(kind, number)
            yield Reference(meta.key, number, label, field.words)


def _is_own(kind: type[Record], field: Field) -> bool:
    """Whether a record belongs to the person that the field names; it goes where they go."""
    scope = kind.meta.scope
    is_owner = scope is not None and scope.column == field.name
    # Some are limited in another way, such as discipline, and are about the person all the same.
    is_owner = is_owner or (kind.meta.plugin == "hr" and field.name == _WHOSE)
    # Who reports to whom is asked as of today.
    return is_owner or kind.meta.key == "hr.position"


def _rows(
    office: Office,
    kind: type[Record],
    field: Field,
) -> list[tuple[int, object]]:
    meta = kind.meta
    conditions = ["t.archived_at IS NULL", f"t.{field.name} IS NOT NULL"]
    is_open = meta.by_name.get("is_open")
    state = meta.by_name.get("state")
    # A kind says itself which of its records are open; others have a state, or all count.
    if is_open is not None and is_open.sql:
        conditions.append(f"({is_open.sql})")
    elif state is not None and "open" in state.choices:
        conditions.append("t.state = 'open'")
    where = " AND ".join(conditions)
    return office.rows(f"SELECT t.id, t.{field.name} FROM {meta.table} t WHERE {where}")
