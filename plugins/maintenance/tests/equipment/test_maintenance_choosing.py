"""Each field that names a unit says whether a person may choose one that nobody may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

#: The command that chooses it, of those that are refused.
REFUSED: Final = {
    "maintenance.monitored-unit.equipment": "monitored-unit add --name Vaccines --equipment EQ-1",
    "maintenance.reference-standard.equipment": (
        "reference-standard add --name Weight --number W-1 --equipment EQ-1"
    ),
    "maintenance.equipment.parent": "equipment add --name Door --parent EQ-1",
    "maintenance.sterilizer-load.equipment": "sterilizer-load add --equipment EQ-1 --contents Sets",
}
#: Fields that name a unit because of what it is, or was, and the reason.
ALLOWED: Final = {
    "maintenance.ticket.equipment": "a report on a unit that is out",
    "maintenance.calibration.equipment": "it passes one to return",
    "maintenance.spore-test.equipment": "it passes them to return",
    "maintenance.sterilizer-failure.equipment": "the lock itself",
    "maintenance.downtime.equipment": "the outage itself",
    "maintenance.equipment.replaces": "a loaner is there because the unit is away",
    "maintenance.plan.equipment": "its dates pause",
    "maintenance.visit.equipment": "somebody comes to repair it",
    "maintenance.meter-reading.equipment": "its counter is read all the same",
    "maintenance.recall-candidate.equipment": "recalls are about units in any state",
    "maintenance.covered-unit.equipment": "a contract covers its repair",
}


def test_each_field_that_names_a_unit_is_decided_on(office: Office) -> None:
    named = {
        f"{kind.meta.key}.{field.public_name}"
        for kind in office.records.values()
        for field in kind.meta.fields
        if field.target == "maintenance.equipment"
    }
    assert named == {*REFUSED, *ALLOWED}


@pytest.mark.usefixtures("office")
def test_what_nobody_may_use_is_not_chosen(cli: Cli) -> None:
    cli("equipment", "add", "--name", "Autoclave", "--spore-procedure", "cdc_2008")
    for state, verb in (
        ("out of service", "take-out"),
        ("quarantined", "quarantine"),
        ("retired", "retire"),
    ):
        assert cli("equipment", verb, "EQ-1", "--reason", "Broken").code == 0
        for field, line in REFUSED.items():
            ran = cli(*line.split())
            assert (ran.code, state in ran.err) == (1, True), (field, ran.err)
        moved = cli("equipment", "edit", "EQ-1", "--note", state)
        assert moved.code == 0


@pytest.mark.usefixtures("office")
def test_a_quarantined_unit_that_is_moved_says_so(cli: Cli) -> None:
    cli("location", "add", "--name", "Shed")
    cli("equipment", "add", "--name", "Autoclave")
    cli("equipment", "quarantine", "EQ-1", "--reason", "Recall")
    said = cli("equipment", "edit", "EQ-1", "--location", "Shed").err
    assert "nobody may use it at Shed" in said
