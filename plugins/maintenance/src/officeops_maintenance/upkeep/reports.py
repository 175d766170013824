"""`officeops report upkeep`: what each unit cost in each year, and how often and long it failed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Value, report
from officeops.values import local, money_text
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.life import NO_WORK
from officeops_maintenance.upkeep.downtime_spans import spans, total
from officeops_maintenance.upkeep.reliability import begun, reliability, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


class YearOfTickets(Value):
    """The tickets of a unit in a year: money in minor units, labor in minutes, None if unknown."""

    tickets: int = 0
    repairs: int = 0
    without_cost: int = 0
    cost: int | None = None
    labor: int | None = None


@report("upkeep", title="Upkeep of each unit by year")
def upkeep(office: Office) -> Iterator[dict[str, Any]]:
    """Cost, tickets and downtime of each unit in each year; repeat offenders; the latest year first."""
    rows = list(_rows(office))
    rows.sort(key=_place)
    yield from rows


def _place(row: dict[str, Any]) -> tuple[int, float, str]:
    """Return the order of a row: the latest year, and the dearest unit of it first."""
    cost = float(row["cost"] or 0)
    return -row["year"], -cost, row["unit"]


def _rows(office: Office) -> Iterator[dict[str, Any]]:
    tickets = _tickets_by_year(office)
    settings = office.settings("maintenance", MaintenanceSettings)
    for unit in office.all(Equipment):
        of_unit = tickets.get(unit.id, {})
        for year in _years(office, unit, of_unit.keys()):
            row = _row(office, unit, year, of_unit.get(year, YearOfTickets()))
            if settings.reliability:
                row |= _more(office, unit, year)
            yield row


def _tickets_by_year(office: Office) -> dict[int, dict[int, YearOfTickets]]:
    """Map each unit to its years with tickets."""
    by_unit: dict[int, dict[int, YearOfTickets]] = {}
    for unit_id, year, *sums in office.rows(_BY_YEAR):
        by_unit.setdefault(unit_id, {})[year] = YearOfTickets(*sums)
    return by_unit


def _years(
    office: Office,
    unit: Equipment,
    with_tickets: Iterable[int],
) -> list[int]:
    """Return the years in which a unit had a ticket or was down."""
    years = set(with_tickets)
    first = local(begun(office, unit), office.ways.zone).year
    for year in range(first, office.today.year + 1):
        if year not in years and spans(office, unit.id, *_bounds(office, year)):
            years.add(year)
    return sorted(years)


def _bounds(office: Office, year: int) -> tuple[datetime, datetime]:
    """Return where a year begins and ends at the office; this year ends now."""
    now = office.now()
    zone = local(now, office.ways.zone).tzinfo
    first = datetime(year, 1, 1, tzinfo=zone)
    last = datetime(year + 1, 1, 1, tzinfo=zone)
    return first, min(last, now)


def _row(
    office: Office,
    unit: Equipment,
    year: int,
    sums: YearOfTickets,
) -> dict[str, Any]:
    downtimes = spans(office, unit.id, *_bounds(office, year))
    planned = [span for span in downtimes if span.planned]
    unplanned = [span for span in downtimes if not span.planned]
    return {
        "year": year,
        "unit": unit.human_key,
        "name": unit.name,
        "category": office.label(Category, unit.category_id) or None,
        "cost": _money(office, sums.cost),
        "price": _money(office, unit.cost),
        "tickets": sums.tickets,
        "without_cost": sums.without_cost,
        "repairs": sums.repairs,
        "repeat_offender": "yes" if sums.repairs >= REPEATS else "no",
        "labor_minutes": sums.labor,
        "down_hours": _hours(total(unplanned)),
        "planned_down_hours": _hours(total(planned)),
    }


def _more(
    office: Office,
    unit: Equipment,
    year: int,
) -> dict[str, Any]:
    """Return the figures of reliability, each of which says where there are too few failures."""
    known = reliability(office, unit, *_bounds(office, year))
    between: float | str = _TOO_FEW
    repair = available = _TOO_FEW
    if known.between is not None:
        between = round(known.between / timedelta(days=1), 1)
    if known.repair is not None:
        repair = _hours(known.repair)
    if known.availability is not None:
        available = share(known.availability)
    return {
        "failures": known.failures,
        "days_between_failures": between,
        "hours_to_repair": repair,
        "availability": available,
    }


def _money(office: Office, minor: int | None) -> str | None:
    return None if minor is None else money_text(minor, office.ways.places)


def _hours(time: timedelta) -> str:
    """Return hours with one decimal, a half rounded up."""
    tenths = (time + timedelta(minutes=3)) // timedelta(minutes=6)
    return f"{tenths // 10}.{tenths % 10}"


REPORTS: list[Report] = [upkeep]
