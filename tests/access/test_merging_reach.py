"""A merge reaches no further than the person: what they may not reach is refused as what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.scope_tools import crewed, kind, open_as

from officeops.model.errors import Forbidden, NotFound
from officeops.office.merge_action import merge_action

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def crew(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office of the crew, whose times off may be merged."""
    office = crewed(office_factory)
    monkeypatch.setattr(kind(office, "leave"), "merges", True)
    return office


def leave_of(office: Office, name: str) -> list[int]:
    sql = (
        "SELECT l.id FROM crew_leave l JOIN crew_person p ON p.id = l.person_id "
        "WHERE p.name = ? ORDER BY l.id"
    )
    return [number for (number,) in office.rows(sql, name)]


def test_a_record_out_of_reach_is_refused_as_one_that_is_not_there(crew: Office) -> None:
    leave = kind(crew, "leave")
    [own, _], [beyond, _] = leave_of(crew, "Ada"), leave_of(crew, "Eve")
    foreign = crew.get(leave, beyond)
    with open_as(crew, "ada") as office:
        mine = office.get(leave, own)
        with pytest.raises(NotFound) as never:
            office.get(leave, 99_999)
        for pair in ((mine, foreign), (foreign, mine)):
            with pytest.raises(NotFound) as refused:
                office.merge_plan(*pair)
            # The same sentence, but for the number that the person typed.
            assert str(refused.value) == str(never.value).replace("99999", str(beyond))


def test_a_merge_takes_its_own_permission(crew: Office) -> None:
    leave = kind(crew, "leave")
    one, other = leave_of(crew, "Ben")
    action = merge_action(leave)
    with open_as(crew, "ben") as office, pytest.raises(Forbidden):
        office.do(action, office.get(leave, other), into=one)
    with open_as(crew, "max") as office:
        office.do(action, office.get(leave, other), into=one)
    assert crew.get(leave, other).archived_at


def test_a_preview_is_refused_as_the_merge_is_where_rows_out_of_reach_would_follow(
    crew: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A manager reaches all people, and no review of one."""
    person = kind(crew, "person")
    monkeypatch.setattr(person, "merges", True)
    said = set()
    with open_as(crew, "max") as office:
        gone, keep = office.find(person, "Ben"), office.find(person, "Ada")
        for merged in (
            lambda: office.merge_plan(keep, gone),
            lambda: office.do(merge_action(person), gone, into=keep.id),
        ):
            with pytest.raises(Forbidden, match=r"(?i)records that you may not see") as refused:
                merged()
            said.add(str(refused.value))
            assert refused.value.problems[0].code == "beyond-reach"
    assert len(said) == 1
