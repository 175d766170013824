"""Who may edit a record edits its children; nobody sees, counts or changes those out of reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.access.access_tools import open_as
from tests.children.children_tools import BOOKS

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.core.office_record import Facts
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.model.errors import Forbidden, NotFound, Refused
from officeops.office.children.child_change import ChildChange
from officeops.office.children.rows import children_of, visible
from officeops.office.crud import archive_record, edit_record

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

#: Each phone is its owner's: a child with a scope of its own, in a record that all may see.
SCOPED = (
    (
        'PEOPLE = Scope("people", own="SELECT id FROM books_person WHERE note = (SELECT login FROM '
        'core_user WHERE id = ?)")\n' + BOOKS
    )
    .replace(
        'sort="id"):\n    """A number', 'sort="id", scope=PEOPLE.by("person_id")):\n    """A number'
    )
    .replace(
        "note: str | None = field(default=None)",
        "note: str | None = field(default=None, managed=True)",
        1,
    )
)


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    """An office with Ann and Ben, each with a phone, and the users ann and sol."""
    head = "from __future__ import annotations\nfrom officeops import *\n"
    manifest = 'PLUGIN = Plugin("books", "Books", api=2)\n'
    office = office_factory("books", files={"books": head + manifest + SCOPED})
    kinds = office.records
    with office.acting("core.init"):
        office.add(Facts(name="Test"))
        for name in ("ann", "ben"):
            person = office.add(kinds["books.person"](name=name.title(), note=name))
            number = f"555-010{person.id}"
            office.add(kinds["books.phone"](person_id=person.id, number=number))
    make_role(office, "listing", ["books.person.view", "books.person.edit"])
    admit(office, "ann", ["clerk"])
    admit(office, "sol", ["listing"])
    return office


def person(office: Office, name: str) -> Any:  # noqa: ANN401 - a class of the plugin
    """Return a person by name."""
    return office.find(office.records["books.person"], name)


def phones(office: Office, name: str) -> list[str]:
    """Return the numbers of a person's phones that the acting person sees."""
    record = person(office, name)
    return [str(row) for row in children_of(office, record, record.children[0])]


def change(office: Office, name: str, **words: Any) -> None:  # noqa: ANN401 - of a ChildChange
    """Change a person's phones."""
    record = person(office, name)
    edit_record(office, record, {}, None, [ChildChange(record.children[0], **words)])


def test_who_edits_the_parent_adds_changes_and_removes_its_children(owner: Office) -> None:
    ann = open_as(owner, "ann")
    phone = ann.get(ann.records["books.phone"], 1)
    change(ann, "Ann", values={"number": "555-0177"})
    change(ann, "Ann", values={"note": "desk"}, record=phone)
    change(ann, "Ann", values={}, record=ann.get(type(phone), 1), is_removed=True)
    assert phones(owner, "Ann") == ["555-0177"]


def test_children_out_of_reach_are_not_there_and_not_written(owner: Office) -> None:
    ann = open_as(owner, "ann")
    assert (phones(ann, "Ben"), phones(owner, "Ben")) == ([], ["555-0102"])
    listed = ann.select(ann.records["books.person"], [person(ann, "Ben").meta.by_name["phone"]])
    assert [row[1] for row in listed] == ["555-0101", None]
    theirs = owner.get(owner.records["books.phone"], 2)
    for words in ({"values": {"number": "1"}}, {"values": {"number": "1"}, "record": theirs}):
        with pytest.raises((Forbidden, NotFound, Refused)):
            change(ann, "Ben", **words)
    assert phones(owner, "Ben") == ["555-0102"]
    seen = changes(ann, Asked(record=type(person(ann, "Ben")), record_id=2))
    assert {entry.record for entry in seen} <= {"person"}


def test_a_record_with_children_out_of_reach_is_not_archived_without_them(owner: Office) -> None:
    make_role(owner, "archivist", ["books.person.*", "books.phone.view"])
    admit(owner, "kim", ["archivist"])
    kim = open_as(owner, "kim")
    with pytest.raises((Forbidden, NotFound, Refused)):
        archive_record(kim, person(kim, "Ben"))
    assert phones(owner, "Ben") == ["555-0102"]


def test_who_may_not_see_a_kind_of_child_sees_none_and_adds_none(owner: Office) -> None:
    sol = open_as(owner, "sol")
    record = type(person(sol, "Ann"))
    assert [child.option for child, _ in visible(sol, record)] == []
    field = record.meta.by_name["phone"]
    assert "phone" in sol.withheld(record)
    with pytest.raises(Forbidden):
        sol.select(sol.records["books.phone"], [])
    assert [row[1] for row in sol.select(record, [field])] == [None, None]
