"""Every date that any file may have: a month without its day is a day in what expires, and is asked about elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.exchange.sweep_tools import (
    WRONG,
    bring,
    exported,
)

from officeops.exchange.imports.import_run import import_fields

if TYPE_CHECKING:
    from tests.exchange.sweep_tools import Demo

    from officeops.model.fields import Field
    from officeops.testing import Cli

#: Months without a day, as people write them.
MONTHS: Final = ("03/2027", "Mar 2027", "2027-03", "Mar-27", "March 2027")


def test_a_month_is_a_day_in_what_expires_and_is_asked_about_elsewhere(demo: Demo) -> None:
    """Every date that any file may have; the end of whatever expires is told from what the records declare."""
    expiring = {record.expiry.ends for record in demo.kinds.values() if record.expiry}
    tried: dict[bool, set[str]] = {True: set(), False: set()}
    for noun, record in demo.kinds.items():
        dates = [
            field
            for field in import_fields(record)
            if field.kind.name == "date" and not field.sealed
        ]
        rows = exported(demo, noun) if dates else []
        for field in dates:
            ends = field.name in expiring
            problems = refused_months(demo, noun, field, rows)
            wanted = (
                []
                if ends
                else [(line, field.public_name, month) for line, month in enumerate(MONTHS, 2)]
            )
            assert problems == wanted, (noun, field.name)
            tried[ends].add(f"{noun} {field.public_name}")
    assert tried[True] >= {
        "lot expires_on",
        "item expires_on",
        "stock-move expires_on",
        "vendor-document expires_on",
    }
    assert tried[False] >= {
        "vendor-document issued_on",
        "stock-move day",
        "order expected_on",
        "order-line received_on",
    }


def refused_months(
    cli: Cli, noun: str, field: Field, rows: list[list[str]]
) -> list[tuple[int, str, str]]:
    """Where months in a field's column are no dates. The last row is wrong anyway: cells are told of before anything else."""
    header = rows[0] if field.public_name in rows[0] else [*rows[0], field.public_name]
    place, filled = header.index(field.public_name), [header]
    for number, month in enumerate((*MONTHS, WRONG["date"])):
        row = [*rows[1 + number % (len(rows) - 1)], ""][: len(header)]
        filled.append([*row[:place], month, *row[place + 1 :]])
    outcome = bring(cli, noun, filled, "--update", "--dry-run")
    assert len(MONTHS) + 2 in [bad["line"] for bad in outcome["bad"]], (noun, field.name)
    return [
        (bad["line"], bad["column"], bad["value"])
        for bad in outcome["bad"]
        if bad["column"] == field.public_name and "month without its day" in bad["reason"]
    ]


def test_the_sweep_of_months_notices_an_end_that_takes_none(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    (end,) = [field for field in import_fields(demo.kinds["item"]) if field.name == "expires_on"]
    monkeypatch.setattr(end, "month_end", False)
    with pytest.raises(AssertionError, match="item"):
        test_a_month_is_a_day_in_what_expires_and_is_asked_about_elsewhere(demo)
