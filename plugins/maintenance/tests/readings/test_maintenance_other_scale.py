"""A number of the other scale is asked back before anything is held, and an old excursion holds nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.limits import usual_limits
from officeops_maintenance.readings.other_scale import in_other_scale

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

#: A good number on the display of each sort, by the scale that it shows.
GOOD = {
    "refrigerator": {"F": "40", "C": "4"},
    "room": {"F": "72", "C": "22"},
    "freezer": {"F": "0", "C": "-20"},
}


@pytest.mark.parametrize(("scale", "other"), ["FC", "CF"])
def test_a_good_number_of_the_other_scale_is_asked_back(scale: str, other: str) -> None:
    office: Any = SimpleNamespace(ways=SimpleNamespace(temperature=scale))
    for sort, good in GOOD.items():
        limits = usual_limits(sort, scale)
        assert limits
        assert not list(in_other_scale(office, "Unit", limits, [good[scale]])), sort
        # -20 is a good temperature of a freezer in both.
        asked = list(in_other_scale(office, "Unit", limits, [good[other]]))
        assert bool(asked) is (good[other] != "-20"), sort
        for letter in scale, other:
            assert not list(in_other_scale(office, "Unit", limits, [good[other] + letter]))


def test_celsius_in_an_office_of_fahrenheit_holds_nothing(
    office: Office, cli: Cli, fridge: MonitoredUnit
) -> None:
    ran = cli("temperatures", "record", "Fridge=4/3/5")
    assert (ran.code, "write 4C if the display shows" in ran.err) == (1, True)
    assert list(office.all(Excursion)) == []
    assert cli("temperatures", "record", "Fridge=4C/3C/5C").code == 0
    correct = ("temperature-reading", "correct", "#1", "--reason", "slip", "--current", "5",
               "--highest", "6", "--lowest", "5")  # fmt: skip
    assert "write 5C" in cli(*correct).err
    assert list(office.all(Excursion)) == []
    # A person who insists is believed, and so is a letter.
    assert "DO NOT USE" in cli(*correct, "--as-shown", "yes").err
    cli("undo")
    low = cli("monitored-unit", "add", "--name", "Other", "--low", "2", "--high", "8")
    assert (low.code, "write 2C" in low.err) == (1, True)
    assert fridge


def test_an_excursion_of_long_ago_is_kept_with_its_dates_and_holds_nothing(
    office: Office, cli: Cli, fridge: MonitoredUnit
) -> None:
    rows = ["time,celsius", "2026-01-05 08:00,4", "2026-01-05 09:00,15", "2026-01-05 10:00,4"]
    assert fridge
    ran = cli("logger-reading", "import", "-", "--set", "unit=Fridge", typed="\n".join(rows))
    assert "EX-1 is kept as one of the past" in ran.err
    [excursion] = office.all(Excursion)
    assert excursion.state == "past"
    assert str(excursion.started_at.date()) == "2026-01-05"
    assert "DO NOT USE" not in cli("today").out + cli("huddle").out
    assert list(office.all(office.record("maintenance.held-lot"))) == []
    # One of today is opened beside it, and is no wider for it.
    assert "EX-2 is open" in cli("temperatures", "record", "Fridge=60/40/61").err
    assert office.get(Excursion, 2).started_at.date() == office.now().date()
    assert "lots at Vaccine fridge held" in cli("excursion", "open", "EX-1").err
