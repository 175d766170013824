"""What the guard leaves a person to see and change, and what the history tells them of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.access.access_tools import PAY, SECRETS, kind, login, open_as
from tests.resting import alter_trigger

from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.verify import verify
from officeops.model.declarations import Query
from officeops.model.errors import Forbidden, OfficeError
from officeops.model.fields import field
from officeops.model.placeholder import Withheld
from officeops.model.records import Record
from officeops.office.crud import edit_record

if TYPE_CHECKING:
    from officeops.office.office import Office


def test_a_clerk_changes_a_phone_beside_pay_and_the_history_keeps_both(owner: Office) -> None:
    clerk, hr = open_as(owner, login("clerk")), open_as(owner, login("hr"))
    person = kind(owner, "staff.person")
    ada = clerk.find(person, "Ada")
    assert isinstance(ada.pay, Withheld)
    edit_record(clerk, ada, {"phone": "555-0199"})
    assert owner.find(person, "Ada").pay == PAY[0]
    added = {
        each.actor: [changes(each, Asked(record=person, record_id=1))[-1].after]
        for each in (clerk, hr, owner)
    }
    assert not any(secret in str(added[login("clerk")]) for secret in SECRETS)
    assert str(PAY[0]) in str(added[login("hr")])
    assert str(PAY[0]) in str(added["tester"])
    assert not list(verify(owner))


def test_the_history_of_pay_is_for_who_may_see_pay(owner: Office) -> None:
    person = kind(owner, "staff.person")
    edit_record(owner, owner.find(person, "Ada"), {"pay": 55_555_555})
    hr, clerk = open_as(owner, login("hr")), open_as(owner, login("clerk"))
    assert "55555555" in str([each.after for each in changes(hr, Asked(record=person))])
    told = str([(each.before, each.after) for each in changes(clerk, Asked())])
    assert "55555555" not in told
    assert not any(secret in told for secret in SECRETS)


#: The start of a trigger that writes a guarded value where anybody reads it.
LEAKING = "BEGIN UPDATE staff_person SET phone = NEW.pay WHERE id = NEW.id;"


def test_an_altered_trigger_is_not_trusted(owner: Office) -> None:
    name, db = "staff_person_history_edit", owner.store.db
    with db.writable():
        alter_trigger(db, name, "BEGIN", LEAKING)
    clerk = open_as(owner, login("clerk"))
    ben = clerk.find(kind(owner, "staff.person"), "Ben")
    with pytest.raises(Forbidden):
        edit_record(clerk, ben, {"phone": "555-0100"})
    assert clerk.find(kind(owner, "staff.person"), "Ben").phone == "555-0101"


def test_a_trigger_altered_while_the_office_is_open_is_not_trusted_either(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    edit_record(clerk, clerk.find(kind(owner, "staff.person"), "Ben"), {"phone": "555-0100"})
    db = owner.store.db
    with db.writable():
        alter_trigger(db, "staff_person_history_edit", "BEGIN", LEAKING)
    clerk.store.db.arming.forget()
    with pytest.raises(Forbidden):
        edit_record(clerk, clerk.find(kind(owner, "staff.person"), "Ben"), {"phone": "555-0111"})


@pytest.mark.parametrize(
    "query",
    [
        Query(sort="pay"),
        Query(sort="-pay"),
        Query(sort="name,pay"),
        Query(where="pay>3"),
        Query(where="-pay=5"),
        Query(where="pay="),
        Query(where="pay~3"),
        Query(where="PAY>=1"),
    ],
)
def test_nothing_is_found_or_sorted_by_what_may_not_be_seen(owner: Office, query: Query) -> None:
    clerk, person = open_as(owner, login("clerk")), kind(owner, "staff.person")
    with pytest.raises(Forbidden, match="not yours to see"):
        clerk.select(person, person.meta.list_fields, query)
    assert open_as(owner, login("hr")).select(person, person.meta.list_fields, query) is not None


def test_a_list_shows_nothing_of_what_may_not_be_seen(owner: Office) -> None:
    clerk, person = open_as(owner, login("clerk")), kind(owner, "staff.person")
    rows = clerk.select(person, person.meta.fields)
    assert len(rows) == 5
    assert not any(secret in str(rows) for secret in SECRETS)
    with pytest.raises(OfficeError, match=r"staff.rise.view"):
        clerk.select(kind(owner, "staff.rise"), kind(owner, "staff.rise").meta.list_fields)


def test_due_items_and_reports_are_worked_out_from_what_they_need_and_told_by_what_one_may_see(
    owner: Office,
) -> None:
    assert {each.due.key for each in open_as(owner, login("clerk")).due_items()} == {
        "staff.phone:5"
    }
    assert len(owner.due_items()) == 5


def test_a_guarded_field_names_searches_and_sorts_nothing() -> None:
    for words, search in (({"display": "pay"}, False), ({"sort": "-pay"}, False), ({}, True)):
        declared = {
            "__annotations__": {"name": "str", "pay": "str"},
            "pay": field(guard="x.pay", search=search),
        }
        make: Any = type
        with pytest.raises(TypeError, match=r"pay: a guarded field"):
            make("Odd", (Record,), declared, key="x.odd", **words)
