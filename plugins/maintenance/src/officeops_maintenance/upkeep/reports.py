"""`officeops report upkeep`: what each unit cost in each year, and how often and long it failed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import report
from officeops.values import local, money_text
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.upkeep.costs import NO_WORK
from officeops_maintenance.upkeep.downtime_spans import spans, total
from officeops_maintenance.upkeep.reliability import begun, reliability, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Report

#: A unit with as many repairs in one year is a repeat offender.
REPEATS: Final = 3
_TOO_FEW: Final = "too few to tell"
#: By the day in UTC; the few tickets of a New Year's night may be in the other year.
_BY_YEAR: Final = f"""
SELECT equipment_id, CAST(substr(reported_at, 1, 4) AS INTEGER), count(*),
    count(*) FILTER (WHERE kind IN ('repair', 'incident')), count(*) FILTER (WHERE cost IS NULL),
    sum(cost), sum(labor)
FROM maintenance_ticket
WHERE equipment_id IS NOT NULL AND archived_at IS NULL AND state NOT IN {NO_WORK}
GROUP BY 1, 2
"""


@report("upkeep", title="Upkeep of each unit by year")
def upkeep(office: Office) -> Iterator[dict[str, Any]]:
    """Cost, tickets and downtime of each unit in each year; repeat offenders; the latest year first."""
    by_year = {(row[0], row[1]): row[2:] for row in office.rows(_BY_YEAR)}
    shows_more = office.settings("maintenance", MaintenanceSettings).reliability
    units = {unit.id: unit for unit in office.all(Equipment)}
    rows = []
    for unit in units.values():
        for year in _years(office, unit, {year for unit_id, year in by_year if unit_id == unit.id}):
            sums = by_year.get((unit.id, year), (0, 0, 0, None, None))
            rows.append(_row(office, unit, year, sums, shows_more=shows_more))
    rows.sort(key=lambda row: (-row["year"], -float(row["cost"] or 0), row["unit"]))
    yield from rows


def _years(office: Office, unit: Equipment, with_tickets: set[int]) -> list[int]:
    """Return the years in which a unit had a ticket or was down."""
    first = local(begun(office, unit), office.ways.zone).year
    years = set(with_tickets)
    for year in range(first, office.today.year + 1):
        if year not in years and spans(office, unit.id, *_bounds(office, year)):
            years.add(year)
    return sorted(years)


def _bounds(office: Office, year: int) -> tuple[datetime, datetime]:
    """Return where a year begins and ends at the office; this year ends now."""
    zone = local(office.now(), office.ways.zone).tzinfo
    first, last = (datetime(day, 1, 1, tzinfo=zone) for day in (year, year + 1))
    return first, min(last, office.now())


def _row(
    office: Office, unit: Equipment, year: int, sums: tuple[Any, ...], *, shows_more: bool
) -> dict[str, Any]:
    tickets, repairs, unknown, cost, labor = sums
    downtimes = spans(office, unit.id, *_bounds(office, year))
    planned = [span for span in downtimes if span.planned]
    unplanned = [span for span in downtimes if not span.planned]
    places = office.ways.places
    row = {
        "year": year,
        "unit": unit.human_key,
        "name": unit.name,
        "category": office.label(Category, unit.category_id) or None,
        "cost": None if cost is None else money_text(cost, places),
        "price": None if unit.cost is None else money_text(unit.cost, places),
        "tickets": tickets,
        "without_cost": unknown,
        "repairs": repairs,
        "repeat_offender": "yes" if repairs >= REPEATS else "no",
        "labor_minutes": labor,
        "down_hours": _hours(total(unplanned)),
        "planned_down_hours": _hours(total(planned)),
    }
    return {**row, **_more(office, unit, year)} if shows_more else row


def _more(office: Office, unit: Equipment, year: int) -> dict[str, Any]:
    """Return the figures of reliability, each of which says where there are too few failures."""
    known = reliability(office, unit, *_bounds(office, year))
    between = None if known.between is None else round(known.between / timedelta(days=1), 1)
    repair = None if known.repair is None else _hours(known.repair)
    return {
        "failures": known.failures,
        "days_between_failures": _TOO_FEW if between is None else between,
        "hours_to_repair": _TOO_FEW if repair is None else repair,
        "availability": _TOO_FEW if known.availability is None else share(known.availability),
    }


def _hours(time: timedelta) -> str:
    """Return hours with one decimal, a half rounded up."""
    tenths = (time + timedelta(minutes=3)) // timedelta(minutes=6)
    return f"{tenths // 10}.{tenths % 10}"


REPORTS: list[Report] = [upkeep]
