"""`officeops roster coverage`: half-days by rules as have and need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.commands import example, needed_day
from officeops_hr.people.columns import column
from officeops_hr.roster.check_option import week_argument
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.week.coverage_table import HALVES, coverage_lines
from officeops_hr.roster.week.typed_week import COLUMNS, TypedWeek
from officeops_hr.roster.week.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Field, Office


@example("2026-08-03")
@click.command()
@week_argument
@place_option
# The plan, not the published week: a gap shows while there is time to fill it.
@prints(Shift)
def coverage(
    office: Office,
    *,
    day: str,
    place: str | None,
) -> PrintedTable:
    """Print half-days by rules: how many are planned of how many needed."""
    week = Week(
        office,
        place_of(office, place),
        needed_day(
            office,
            "WEEK",
            day,
        ),
    )
    return PrintedTable(
        f"Coverage in the week of {week.monday}",
        _columns(week),
        list(_rows(TypedWeek(week, {}))),
        "No rule says who is needed: officeops coverage-rule add",
    )


def _columns(week: Week) -> list[Field]:
    columns = [
        column(
            "rule",
            "Rule",
            1,
        )
    ]
    for name, day in zip(
        COLUMNS,
        week.days,
        strict=True,
    ):
        for half in HALVES:
            # The name is without the date, so that a program finds Monday in any week.
            label = f"{day:%a} {day.day} {half}"
            columns.append(
                column(
                    f"{name}_{half.lower()}",
                    label,
                    1,
                )
            )
    return columns


def _rows(week: TypedWeek) -> Iterator[tuple[object, ...]]:
    for line in coverage_lines(week):
        # Null, so that a program takes a half-day without a need for no 0/0.
        days = [line.text(day, half) or None for day in week.week.days for half in HALVES]
        yield (line.name, *days)
