"""The filler on 180 made-up months, whose optima are proven: a sample in a run, all in a soak."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pytest
from plugins.hr.tests.roster.made_up_practice import CASES, Practice
from tests.effort import sampled

from officeops_hr.roster.rules.filling.evening_out import even_out
from officeops_hr.roster.rules.filling.greedy import fill
from officeops_hr.roster.rules.filling.repair import repair

#: Of each instance: the open seats of the first throw-away filler, and the proven least by weight.
_FILE: Final = Path(__file__).with_name("filler_optima.csv")
ROWS: Final = list(csv.DictReader(_FILE.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", sampled(ROWS, 36), ids=lambda row: f"{row['case']} {row['seed']}")
def test_a_month_has_no_more_open_seats_than_before_and_never_beats_the_proof(
    row: dict[str, str],
) -> None:
    """The weight of the open seats is the optimum or above it; evening out opens none."""
    practice = Practice(CASES[row["case"]], int(row["seed"]))
    seats = weight = 0
    unpopular: dict[int, int] = {}
    for number in range(4):
        week = practice.week(number, unpopular)
        fill(week)
        repair(week)
        seats += len(week.open_seats())
        weight += week.weight()
        # The kept counts were made without this step.
        unpopular = {worker.id: week.unpopular(worker) for worker in week.workers}
        before = week.weight()
        even_out(week)
        assert week.weight() == before
    assert seats <= int(row["before"])
    if row["least_weight"]:
        assert weight >= int(row["least_weight"])
