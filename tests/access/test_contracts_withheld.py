"""A value that the acting person may not see is nothing that code can use by mistake; what shows records is not troubled."""

from __future__ import annotations

import json
import math
import operator
import os
import pickle
import re
from copy import copy
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.access_tools import PAY, kind, login, open_as, staffed

from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.undo import undo
from officeops.model.errors import Broken, Forbidden
from officeops.model.fields import Field
from officeops.model.placeholder import Unreadable, Unusable, Withheld
from officeops.office.crud import archive_record, edit_record, unarchive_record
from officeops.tui.forms.field_text import starting_texts
from officeops.tui.record_lines import record_lines
from officeops.values.conventions import Conventions
from officeops.values.convert import plain, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    return staffed(office_factory)


#: What code does with a value. A use that is not here is no excuse: `__getattr__` refuses the rest.
USES: dict[str, Callable[[Any], object]] = {
    "str": str,
    "format": lambda pay: f"{pay}",
    "format with a width": lambda pay: f"{pay:>10}",
    "percent": lambda pay: "%s" % pay,  # noqa: UP031 - the very use
    "bool": bool,
    "not": operator.not_,
    "int": int,
    "float": float,
    "index": operator.index,
    "sum": lambda pay: sum([1, pay]),
    "add": lambda pay: pay + 1,
    "subtract from": lambda pay: 1 - pay,
    "times": lambda pay: 2 * pay,
    "divide": lambda pay: pay / 12,
    "negate": operator.neg,
    "less": lambda pay: pay < 1,
    "more": lambda pay: pay > 1,
    "equals": lambda pay: pay == 5,
    "differs": lambda pay: pay != 5,
    "is equal from the left": lambda pay: pay == 5,
    "in": lambda pay: pay in [1, 2],
    "max": lambda pay: max(3, pay),
    "sorted": lambda pay: sorted([2, pay]),
    "or": lambda pay: pay or 0,
    "length": len,
    "loop": list,
    "method": lambda pay: pay.bit_length(),
    "json": lambda pay: json.dumps(pay, default=str),
    "call": lambda pay: pay(),
}


@pytest.mark.parametrize("use", USES)
def test_a_withheld_value_raises_when_it_is_used(owner: Office, use: str) -> None:
    clerk = open_as(owner, login("clerk"))
    for read in (
        clerk.find(kind(owner, "staff.person"), "Ada"),
        *clerk.all(kind(owner, "staff.person"), "name = 'Ada'"),
    ):
        with pytest.raises(Forbidden, match="may not see pay of people"):
            USES[use](read.pay)
    clerk.close()


#: Special names by which Python makes and describes any object; none of them uses its value. `repr` is safe, for tracebacks.
PLUMBING = frozenset(
    "class delattr dir doc getattribute getnewargs getstate init init_subclass new reduce_ex repr setattr sizeof "
    "subclasshook class_getitem module "
    # A copy is made by `__reduce__`, and no value is entered.
    "copy deepcopy enter exit getformat".split()
)
#: Types whose special methods are tried: what a field's value is, and what it may be taken for.
KINDS = (
    str,
    bytes,
    int,
    float,
    complex,
    bool,
    date,
    datetime,
    timedelta,
    Decimal,
    Fraction,
    list,
    Path,
)
#: `a += b` is worked out as `a + b`, and so on.
IN_PLACE = re.compile(r"__i(?!nt__|ndex__|ter__|nvert__)\w+__")


def special_methods() -> list[str]:
    """Every special method of those types that uses the value."""
    names = {name for kind_ in KINDS for name in dir(kind_) if re.fullmatch(r"__\w+__", name)}
    callables = {
        name for name in names if any(callable(getattr(kind_, name, None)) for kind_ in KINDS)
    }
    return sorted(
        name for name in callables if name[2:-2] not in PLUMBING and not IN_PLACE.fullmatch(name)
    )


def lets_through(value: Unusable) -> list[str]:
    """The special methods that a value lacks, or answers instead of raising its refusal."""
    return [name for name in special_methods() if not refuses(value, name)]


def refuses(value: Unusable, name: str) -> bool:
    """Whether a special method of a value raises its refusal, with as many arguments as it takes."""
    for arguments in ((), (1,), (1, 2)):
        try:
            getattr(type(value), name)(value, *arguments)
        except (Forbidden, Broken):
            return True
        except (AttributeError, TypeError):
            continue
        return False
    return False


def unusable(kind_: str) -> Unusable:
    field = Field("money").named("pay", "")
    return (
        Withheld(field, "people") if kind_ == "withheld" else Unreadable(field, "people", "garbage")
    )


@pytest.mark.parametrize("kind_", ["withheld", "unreadable"])
def test_no_special_method_answers_for_it(kind_: str) -> None:
    value = unusable(kind_)
    assert len(special_methods()) > 50
    assert not lets_through(value)
    uses: list[Callable[[Any], object]] = [
        hash,
        pickle.dumps,
        copy,
        math.floor,
        reversed,
        os.fspath,
        lambda pay: {pay: 1},
        lambda pay: {pay},
        lambda pay: pay == pay,  # noqa: PLR0124 - the very use
        lambda pay: pay != unusable(kind_),
    ]
    for use in uses:
        with pytest.raises((Forbidden, Broken)):
            use(value)


def test_the_sweep_of_special_methods_finds_one_that_answers() -> None:
    planted = type("Planted", (Withheld,), {"__hash__": lambda _: 1, "__slots__": ()})
    assert lets_through(planted(Field("money").named("pay", ""), "people")) == ["__hash__"]


def test_it_shows_nothing_of_itself(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    read = clerk.find(kind(owner, "staff.person"), "Ada")
    assert repr(read.pay) == "(withheld)"
    assert str(PAY[0]) not in repr(read.__dict__)
    assert read == clerk.find(kind(owner, "staff.person"), "Ada")
    assert hash(read)
    clerk.close()


def test_every_way_to_see_a_record_leaves_it_out_and_breaks_on_nothing(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    person = kind(owner, "staff.person")
    ada = clerk.find(person, "Ada")
    assert [f.name for f in clerk.shown(person)] == ["name", "phone"]
    assert clerk.select(person, person.meta.list_fields)[0][-1] is None
    assert starting_texts(clerk, person.meta.fields, ada)["pay"] == ""
    told = "\n".join(
        "".join(text for text, _ in line.spans) for line in record_lines(clerk, ada, 80)
    )
    assert "Ada" in told
    assert str(PAY[0]) not in told
    assert str(PAY[0]) not in str(changes(clerk, Asked(record=person, record_id=ada.id)))
    edit_record(clerk, ada, {"phone": "555-0999"})
    undo(clerk)
    clerk.do(
        next(each for each in clerk.actions(person) if each.verb == "call"),
        clerk.get(person, ada.id),
        phone="1",
    )
    clerk.close()
    manager = open_as(owner, login("manager"))
    ada = manager.find(person, "Ada")
    archive_record(manager, ada)
    unarchive_record(manager, manager.get(person, ada.id))
    manager.close()
    assert owner.find(person, "Ada").pay == PAY[0]


def test_two_people_change_different_fields_of_a_record_one_may_not_see_whole(
    owner: Office,
) -> None:
    person = kind(owner, "staff.person")
    clerk = open_as(owner, login("clerk"))
    stale = clerk.find(person, "Ada")
    edit_record(owner, owner.find(person, "Ada"), {"pay": 1})
    assert edit_record(clerk, stale, {"phone": "555-0777"}).phone == "555-0777"
    clerk.close()
    assert (owner.find(person, "Ada").pay, owner.find(person, "Ada").phone) == (1, "555-0777")


def test_a_sum_of_what_may_not_be_seen_is_refused_and_never_zero(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    with pytest.raises(Forbidden, match="pay of people"):
        sum(person.pay or 0 for person in clerk.all(kind(owner, "staff.person")))
    clerk.close()


@pytest.mark.parametrize(
    "made", [Withheld, lambda field, about: Unreadable(field, about, "garbage")]
)
@pytest.mark.parametrize(
    "kind_", ["text", "number", "money", "price", "date", "instant", "duration", "choice", "yes_no"]
)
def test_what_shows_values_shows_these(made: Callable[[Field, str], Unusable], kind_: str) -> None:
    value = made(Field(kind_).named("x", ""), "people")
    shown = show(Field(kind_).named("x", ""), value, Conventions())
    assert shown == ("" if isinstance(value, Withheld) else "garbage")
    assert plain(Field(kind_).named("x", ""), value, Conventions()) == (shown or None)
