"""`officeops roster coverage`: half-days by rules as have and need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.commands import (
    entitle,
    example,
    needed_day,
    office_of,
    output_options,
    print_rows,
)
from officeops_hr.people.columns import column
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.week.coverage_table import HALVES, coverage_lines
from officeops_hr.roster.week.typed_week import COLUMNS, TypedWeek
from officeops_hr.roster.week.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Field


@example("2026-08-03")
@click.command()
@click.argument(
    "day",
    default="today",
    metavar="[WEEK]",
)
@place_option
@output_options
@click.pass_context
def coverage(
    ctx: click.Context,
    day: str,
    place: str | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print half-days by rules: how many are planned of how many needed."""
    office = office_of(ctx)
    # The plan, not the published week: a gap shows while there is time to fill it.
    office.allow_view(Shift)
    week = Week(
        office,
        place_of(office, place),
        needed_day(
            office,
            "WEEK",
            day,
        ),
    )
    entitle(f"Coverage in the week of {week.monday}")
    print_rows(
        _columns(week),
        list(_rows(TypedWeek(week, {}))),
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No rule says who is needed: officeops coverage-rule add",
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
