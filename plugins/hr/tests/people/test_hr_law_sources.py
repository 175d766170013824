"""Every figure of law has its source beside it, and counts as nobody's word until the office ticks it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

import officeops_hr

if TYPE_CHECKING:
    from officeops.office.office import Office

#: Fields that say that somebody of the office vouches for a row.
TICKS: Final = {"confirmed", "confirmed_on", "checked_on"}
#: Where a candidate learned of the job, and why a practice wants a skill: figures of no law.
NO_LAW: Final = {"hr.candidate", "hr.skill"}
#: Rows that a practice decides by itself: no law says their figures.
OF_THE_HOUSE: Final = {"PTO by the month", "Vacation by pay period", "Unpaid leave", "Jury duty"}


def test_each_row_of_the_rules_that_ship_names_its_source() -> None:
    rules = 0
    for file in sorted(Path(officeops_hr.__path__[0]).rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        if not rows or "source" not in rows[0]:
            continue
        bare = {next(iter(row.values())) for row in rows if not row["source"].strip()}
        assert bare <= OF_THE_HOUSE, file.name
        rules += len(rows)
    assert rules > 150


def test_each_kind_of_rule_with_a_source_has_a_tick_that_no_new_one_has(office: Office) -> None:
    kinds = 0
    for key, kind in office.records.items():
        fields = kind.meta.by_name
        is_rule = key.startswith("hr.") and kind.meta.editable and "source" in fields
        if not is_rule or key in NO_LAW:
            continue
        ticks = TICKS.intersection(fields)
        assert ticks, f"{key} has figures with a source and nobody can confirm them"
        assert not any(fields[name].default for name in ticks), key
        kinds += 1
    assert kinds >= 9


def test_each_clock_of_retention_names_its_law(office: Office) -> None:
    for key, kind in office.records.items():
        if kind.retention is not None:
            assert kind.retention.why, key
