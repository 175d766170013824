"""A refusal because of rows out of reach says that there are some: not which, not of what kind, not how many."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.scope_tools import crewed, kind, open_as

from officeops.history.undo import undo
from officeops.model.errors import NotFound, Refused
from officeops.office.crud import add_record, edit_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office


@pytest.fixture
def owner(office_factory: Any) -> Office:  # noqa: ANN401 - OfficeFactory
    return crewed(office_factory)


@pytest.fixture
def ben(owner: Office) -> Iterator[Office]:
    opened = open_as(owner, "ben")
    yield opened
    opened.close()


def refused(question: Any) -> Refused:  # noqa: ANN401 - anything that can be called
    with pytest.raises(Refused) as caught:
        question()
    return caught.value


def test_uses_out_of_reach_are_not_counted(owner: Office, ben: Office) -> None:
    desk = kind(ben, "desk")
    [problem] = refused(lambda: edit_record(ben, ben.get(desk, 1), {"person_id": 2})).problems
    assert problem.code == "in-use"
    assert "2 bookings and records that you may not see" in problem.message
    [problem] = refused(lambda: edit_record(owner, owner.get(desk, 1), {"person_id": 2})).problems
    assert "12 bookings" in problem.message


def test_an_undo_does_not_name_what_depends_on_it_out_of_reach(owner: Office, ben: Office) -> None:
    desk, booking = kind(ben, "desk"), kind(owner, "booking")
    added = add_record(ben, desk, {"name": "third", "person_id": 2})
    number = owner.value("SELECT max(id) FROM core_action")
    day = date(2026, 11, 5)
    theirs = add_record(owner, booking, {"person_id": 1, "desk_id": added.id, "day": day})
    told = refused(lambda: undo(ben))
    assert told.problems[0].code == "changed-since"
    assert "may not see" in str(told)
    assert "ooking" not in str(told)
    assert f"Booking {theirs.id}" in str(refused(lambda: undo(owner, number)))


def test_a_value_that_is_taken_out_of_reach_does_not_say_by_which(
    ben: Office, owner: Office
) -> None:
    leave = kind(ben, "leave")
    values = {"person_id": 2, "day": date(2026, 11, 5), "why": "sea", "number": "ada-1"}
    [problem] = refused(lambda: add_record(ben, leave, values)).problems
    assert problem.code == "taken"
    assert "#" not in problem.message
    assert problem.facts == {"by": ""}
    [problem] = refused(lambda: add_record(owner, leave, values)).problems
    assert problem.facts["by"] == "ada-1"


def test_a_name_that_is_not_found_may_be_out_of_reach_and_says_nothing_else(
    owner: Office, ben: Office
) -> None:
    person = kind(ben, "person")
    add_record(owner, person, {"name": "Ann Ortiz"})
    sentences = []
    for name in ("Ann Ortiz", "Ortiz", "Nobody"):
        with pytest.raises(NotFound) as caught:
            ben.find(person, name)
        sentences.append(str(caught.value).replace(repr(name), "NAME"))
    assert len(set(sentences)) == 1
    assert "it may be outside of what this login may see" in sentences[0]


def test_a_part_of_a_name_suggests_those_within_reach_alone(owner: Office, ben: Office) -> None:
    person = kind(ben, "person")
    add_record(owner, person, {"name": "Ann Ortiz"})
    edit_record(owner, owner.find(person, "ben"), {"name": "Ben Ortiz"})
    for office, names in ((ben, "Did you mean Ben Ortiz?"), (owner, "Ben Ortiz or Ann Ortiz?")):
        with pytest.raises(NotFound, match="Ortiz") as caught:
            office.find(kind(office, "person"), "ortiz")
        assert names in str(caught.value)
        assert ("outside" in str(caught.value)) == (office is ben)
