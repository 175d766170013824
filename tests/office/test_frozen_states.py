"""What somebody has signed or decided by name is corrected by a step, and not edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import ACTOR, WITNESS, Lifecycle

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory

#: Kinds with a decision that has a name, of which no field is frozen, and why.
FREE: Final = {
    "maintenance.equipment": "who took it out of service decided nothing about its make or place",
    "maintenance.visit": "who noted that they came signed nothing",
}


def test_each_kind_that_people_sign_freezes_fields_or_says_why_not(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory("inventory", "vendors", "maintenance", "hr")
    free = set()
    for kind in office.records.values():
        ways = kind.life.transitions.values() if isinstance(kind.life, Lifecycle) else ()
        is_signed = any({ACTOR, WITNESS} & set(way.stamp.values()) for way in ways)
        if is_signed and kind.meta.editable and not kind.frozen:
            free.add(kind.meta.key)
    assert free == FREE.keys()


def test_each_frozen_state_has_a_way_out_or_is_the_last_word(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory("inventory", "vendors", "maintenance", "hr")
    actions = [action for _, action in office.plugins.registered("actions")]
    for kind in office.records.values():
        for frozen in kind.frozen:
            # A cure in the words of the refusal is a step of the kind.
            cures = {word.strip("`") for word in frozen.why.split() if word.startswith("`")}
            life = kind.life
            ways = set(life.transitions) if isinstance(life, Lifecycle) else set()
            verbs = {act.verb for act in actions if act.record == kind.meta.key}
            assert cures <= ways | verbs, (kind.meta.key, frozen.why)
