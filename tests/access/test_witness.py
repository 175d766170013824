"""An action that a second person signs for, by name and PIN, at any login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.access.access_tools import kind, open_as
from tests.access.shared_tools import DESK, PINS, add_desk, typed

from officeops import action
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

VIALS: Final = '''
from officeops import (
    ACTOR, WITNESS, Lifecycle, Migration, Office, Plugin, Record, Transition, action, field,
    hookimpl,
)

PLUGIN = Plugin("vials", api=2, summary="Vials that two people waste")
LIFE = Lifecycle(
    ("full", "wasted"),
    Transition(
        "waste", ("full",), "wasted", "Waste it.", witness=True,
        stamp={"wasted_by": ACTOR, "witnessed_by": WITNESS},
    ),
    Transition("burn", ("full",), "wasted", "Burn it, and name nobody.", witness=True),
)


class Vial(Record, key="vials.vial", display="name"):
    """A vial of a controlled substance."""

    name: str = field(unique=True)
    status: str = LIFE.field()
    wasted_by: str | None = field(default=None, managed=True)
    witnessed_by: str | None = field(default=None, managed=True)
    life = LIFE


@hookimpl
def records():
    return [Vial]


@action("vials.vial.tidy")
def tidy(office: Office, vial: Vial) -> str:
    """Waste it by code that asks for no witness."""
    return LIFE.move(office, vial, "burn")


@hookimpl
def actions():
    return [*LIFE.actions(Vial), tidy]


@hookimpl
def migrations():
    return [Migration("0001_vial", """
CREATE TABLE vials_vial (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'full',
    wasted_by TEXT,
    witnessed_by TEXT
) STRICT;
""")]
'''


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    """An office with a vial, and a front desk with Ann, Bob and Cal."""
    office = add_desk(office_factory(files={"vials": VIALS}), "vials.*")
    with office.acting("vials.vial.add"):
        office.add(kind(office, "vials.vial")(name="V-1"))
    return office


def waste(office: Office) -> object:
    """Waste the vial."""
    action = next(known for known in office.actions(kind(office, "vials.vial")))
    return office.do(action, office.find(kind(office, "vials.vial"), "V-1"))


def people(owner: Office) -> tuple[str | None, str | None]:
    """Return who wasted the vial, and who witnessed it."""
    vial = owner.find(kind(owner, "vials.vial"), "V-1")
    return vial.wasted_by, vial.witnessed_by


def test_nobody_acts_without_a_witness_nor_as_their_own(owner: Office) -> None:
    with open_as(owner, "ann") as ann:
        with pytest.raises(Refused) as refused:
            waste(ann)
        assert refused.value.problems[0].code == "needs-signing"
        for name, pin, code in (
            ("ann", PINS["ann"], "same-person"),
            ("bob", "1357", "wrong-pin"),
            ("nobody", PINS["bob"], "wrong-pin"),
        ):
            with pytest.raises(Refused) as refused:
                ann.prove_witness(name, typed(pin))
            assert refused.value.problems[0].code == code
    assert people(owner) == (None, None)


def test_the_witness_is_named_in_the_record_and_the_history(owner: Office) -> None:
    with open_as(owner, "ann") as ann:
        ann.authorizer.asks_witness = lambda: ("Bob Lee", typed(PINS["bob"]))
        waste(ann)
        # A witness lends no name of their own.
        assert ann.actor == "ann"
    assert people(owner) == ("ann", "bob")
    last = changes(owner, Asked(limit=1))[0]
    assert (last.actor, last.witness, last.place) == ("ann", "bob", None)


def test_the_screen_of_a_login_of_ones_own_asks_for_the_witness_alone(owner: Office) -> None:
    with open_as(owner, "ann") as ann, Terminal(ann) as screen:
        screen.press(":").type("vial").press("enter", ":").type("waste").press("enter", "y")
        assert "Who witnesses it?" in screen.lines[0]
        screen.press("escape")
        assert "Nobody witnessed it" in screen.text
        assert people(owner) == (None, None)
        screen.press(":").type("waste").press("enter", "y").type("ann").press("enter")
        screen.type(PINS["ann"]).press("enter")
        assert "another person" in screen.text
        screen.type("bob").press("enter").type(PINS["bob"]).press("enter")
        assert people(owner) == ("ann", "bob")
        screen.press("enter")
        assert "ann, witnessed by Bob Lee  waste" in screen.text


def test_at_a_shared_login_two_people_sign_one_after_the_other(owner: Office) -> None:
    with open_as(owner, DESK) as desk, Terminal(desk) as screen:
        screen.press(":").type("vial").press("enter", ":").type("waste").press("enter", "y")
        screen.type("ann").press("enter").type(PINS["ann"]).press("enter")
        assert "Who witnesses it?" in screen.lines[0]
        screen.type("ann").press("enter").type(PINS["ann"]).press("enter")
        assert people(owner) == (None, None)
        screen.type("cal").press("enter").type(PINS["cal"]).press("enter")
        assert people(owner) == ("ann", "cal")
    last = changes(owner, Asked(limit=1))[0]
    assert (last.actor, last.witness, last.place) == ("ann", "cal", "Front desk")


def test_no_code_of_a_plugin_takes_the_step_alone(owner: Office) -> None:
    tidy = next(known for known in owner.actions(kind(owner, "vials.vial")) if known.verb == "tidy")
    with open_as(owner, "ann") as ann, pytest.raises(Refused, match="nobody witnessed it"):
        ann.do(tidy, ann.find(kind(ann, "vials.vial"), "V-1"))
    assert people(owner) == (None, None)


def test_what_two_people_did_one_alone_neither_undoes_nor_does_again(owner: Office) -> None:
    with open_as(owner, "ann") as ann:
        for take in (waste, undo, redo):
            before = people(owner)
            ann.authorizer.witness = None
            ann.authorizer.asks_witness = lambda: ("ann", typed(PINS["ann"]))
            with pytest.raises(Refused) as refused:
                take(ann)
            assert refused.value.problems[0].code == "same-person"
            assert people(owner) == before
            if take is not waste:
                ann.authorizer.witness = None
                ann.authorizer.asks_witness = lambda: ("cal", typed(PINS["cal"]))
                with pytest.raises(Refused, match="bob signed for it"):
                    take(ann)
                assert people(owner) == before
            ann.authorizer.witness = None
            ann.authorizer.asks_witness = lambda: ("bob", typed(PINS["bob"]))
            take(ann)
            assert changes(owner, Asked(limit=1))[0].witness == "bob"
    assert people(owner) == ("ann", "bob")


def test_the_screen_asks_for_the_witness_of_an_undo(owner: Office) -> None:
    with open_as(owner, "ann") as ann, Terminal(ann) as screen:
        ann.authorizer.witness = ann.prove_witness("bob", typed(PINS["bob"]))
        waste(ann)
        ann.authorizer.witness = None
        screen.press(":").type("vial").press("enter", "u", "y")
        assert "Who witnesses it?" in screen.lines[0]
        screen.type("bob").press("enter").type(PINS["bob"]).press("enter")
        assert people(owner) == (None, None)


def test_a_witness_signs_for_one_record() -> None:
    with pytest.raises(TypeError, match="one record"):
        action("vials.burn", bulk=True, witness=True)(lambda office: None)  # noqa: ARG005


def test_a_witness_may_view_the_record_and_need_not_be_allowed_the_step(owner: Office) -> None:
    from officeops.access.actions import admit
    from officeops.access.role_actions import make_role
    from officeops.access.shared_actions import set_pin
    from officeops.model.errors import Forbidden

    make_role(owner, "with-pin", ["core.pin.set"])
    admit(owner, "eve", ["with-pin"])
    with open_as(owner, "eve") as eve:
        set_pin(eve, typed("519037264418"))
    with open_as(owner, "ann") as ann:
        ann.authorizer.witness = ann.prove_witness("eve", typed("519037264418"))
        with pytest.raises(Forbidden, match="eve may not view vials"):
            waste(ann)
        ann.authorizer.witness = ann.prove_witness("cal", typed(PINS["cal"]))
        waste(ann)
    assert people(owner) == ("ann", "cal")
