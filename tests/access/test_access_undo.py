"""To take back, and to do again, needs what it took to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import (
    kind,
    open_as,
    user,
)

from officeops.access.actions import admit, take_role
from officeops.history.undo import redo, undo
from officeops.model.errors import Forbidden
from officeops.office.crud import archive_record, edit_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office


def test_taking_back_needs_the_permission_of_what_was_done(
    owner: Office, by: Callable[[str], Office]
) -> None:
    person = kind(owner, "staff.person")
    archive_record(owner, owner.find(person, "Eve"))
    number = owner.value("SELECT max(id) FROM core_action")
    for role in ("clerk", "hr", "read-only", "nobody"):
        with pytest.raises(Forbidden):
            undo(by(role), number)
    undo(by("manager"), number)
    assert owner.find(person, "Eve").archived_at is None


def test_others_actions_are_taken_back_by_who_may_do_that(
    owner: Office, by: Callable[[str], Office]
) -> None:
    person = kind(owner, "staff.person")
    clerk = by("clerk")
    edit_record(clerk, clerk.find(person, "Ada"), {"phone": "1"})
    number = owner.value("SELECT max(id) FROM core_action")
    admit(owner, "cal", ["clerk"])
    with pytest.raises(Forbidden, match=r"core.undo-others"):
        undo(open_as(owner, "cal"), number)
    undo(clerk)
    redo(clerk)
    assert owner.find(person, "Ada").phone == "1"
    undo(by("manager"), number)
    assert owner.find(person, "Ada").phone != "1"


def test_a_change_of_pay_is_taken_back_by_who_may_change_pay(
    owner: Office, by: Callable[[str], Office]
) -> None:
    person = kind(owner, "staff.person")
    edit_record(owner, owner.find(person, "Ada"), {"pay": 5, "phone": "2"})
    number = owner.value("SELECT max(id) FROM core_action")
    with pytest.raises(Forbidden, match=r"hr\.pay\.edit"):
        undo(by("manager"), number)
    assert owner.find(person, "Ada").pay == 5


def test_what_one_may_no_longer_do_is_not_taken_back_either(owner: Office) -> None:
    admit(owner, "cal", ["clerk", "read-only"])
    cal, person = open_as(owner, "cal"), kind(owner, "staff.person")
    edit_record(cal, cal.find(person, "Ada"), {"phone": "1"})
    owner.do(take_role, user(owner, "cal"), role="clerk")
    with pytest.raises(Forbidden):
        undo(cal)


def test_what_one_took_back_is_done_again_only_while_one_may_do_it(owner: Office) -> None:
    admit(owner, "max", ["manager", "clerk"])
    boss, person = open_as(owner, "max"), kind(owner, "staff.person")
    archive_record(boss, boss.find(person, "Eve"))
    undo(boss)
    owner.do(take_role, user(owner, "max"), role="manager")
    with pytest.raises(Forbidden, match=r"staff\.person\.archive"):
        redo(boss)
    assert owner.find(person, "Eve").archived_at is None


def test_access_one_took_back_is_given_again_only_while_one_may_do_everything(
    owner: Office,
) -> None:
    admit(owner, "own", ["owner", "manager"])
    own = open_as(owner, "own")
    admit(own, "pal", ["owner"])
    undo(own)
    owner.do(take_role, user(owner, "own"), role="owner")
    with pytest.raises(Forbidden):
        redo(own)
    assert user(owner, "pal") is None
