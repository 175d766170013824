"""What a unit cost and how long it was down: sums by year, and figures that say how little is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.upkeep.downtime_bar import downtime_bar
from officeops_maintenance.upkeep.downtime_spans import in_words
from officeops_maintenance.upkeep.reliability import reliability

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

DAY = timedelta(days=1)


@pytest.fixture
def unit(office: Office) -> Equipment:
    """A unit since the beginning of last year."""
    with office.acting("test.setup"):
        bought = datetime(2025, 1, 1, tzinfo=UTC).date()
        return office.add(Equipment(name="ECG", cost=320_000, acquired_on=bought))


def down(
    office: Office, unit: Equipment, begin: datetime, days: float | None, **facts: bool
) -> None:
    ended = None if days is None else begin + days * DAY
    with office.acting("test.down"):
        office.add(
            Downtime(
                equipment_id=unit.id, started_at=begin, ended_at=ended, reason="Broken", **facts
            )
        )


def test_three_failures_tell_something_and_two_do_not(office: Office, unit: Equipment) -> None:
    end = datetime(2026, 1, 1, tzinfo=UTC)
    begin = end - 100 * DAY
    for start in (10, 40):
        down(office, unit, begin + start * DAY, 1)
    down(office, unit, begin + 60 * DAY, 5, planned=True)
    few = reliability(office, unit, begin, end)
    assert few.in_words() == "too few to tell (2 failures)"
    down(office, unit, begin + 70 * DAY, 4)
    known = reliability(office, unit, begin, end)
    # 100 days less 6 days of failures; the planned work is no failure, but the unit was away.
    assert known.failures == 3
    assert known.between == 94 * DAY / 3
    assert known.repair == 2 * DAY
    assert known.availability is not None
    assert 850 <= known.availability <= 930


def test_what_goes_on_counts_up_to_now(office: Office, unit: Equipment) -> None:
    begin = office.now() - 3 * DAY
    down(office, unit, begin, None)
    assert "3 d, 1 time in 12 months" in downtime_bar(office, unit.id)


def test_the_bar_has_a_mark_for_each_of_twelve_months(office: Office, unit: Equipment) -> None:
    now = office.now()
    assert downtime_bar(office, unit.id).split()[1] == "·" * 12
    down(office, unit, now - 400 * DAY, 800)
    assert downtime_bar(office, unit.id).split()[1] == "█" * 12


def test_the_report_has_costs_by_year_and_names_repeat_offenders(
    office: Office, unit: Equipment, cli: Cli
) -> None:
    with office.acting("test.report"):
        for year, cost in ((2025, 10_000), (2025, None), (2025, 5_000), (2026, None), (2026, None)):
            at = datetime(year, 2, 3, 15, tzinfo=UTC)
            office.add(Ticket(title="Flat", equipment_id=unit.id, reported_at=at))
            ticket = office.get(Ticket, office.last_id(Ticket))
            if cost is not None:
                office.edit(ticket, managed=True, cost=cost)
    down(office, unit, datetime(2025, 5, 1, tzinfo=UTC), 2.5)
    newest, oldest = cli("report", "upkeep", "--json").json
    assert (newest["year"], newest["cost"], newest["repeat_offender"]) == (2026, None, "no")
    assert oldest["cost"] == "150.00"
    assert (oldest["tickets"], oldest["without_cost"]) == (3, 1)
    assert (oldest["repeat_offender"], oldest["down_hours"]) == ("yes", "60.0")


def test_reliability_is_off_until_a_setting_turns_it_on(
    office: Office, unit: Equipment, cli: Cli, officeops_home: Path
) -> None:
    with office.acting("test.report"):
        office.add(Ticket(title="Flat", equipment_id=unit.id))
    assert "availability" not in cli("report", "upkeep", "--json").json[0]
    settings = officeops_home / "config" / "officeops" / "officeops.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[plugins.maintenance]\nreliability = true\n")
    row = cli("report", "upkeep", "--json").json[0]
    assert (row["failures"], row["availability"]) == (0, "too few to tell")


@pytest.mark.parametrize(
    ("minutes", "words"), [(5, "5 min"), (60, "1 h"), (190, "3 h 10 min"), (1500, "1 d 1 h")]
)
def test_time_is_said_in_its_two_greatest_units(minutes: int, words: str) -> None:
    assert in_words(timedelta(minutes=minutes)) == words
