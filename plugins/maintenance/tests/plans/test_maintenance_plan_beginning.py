"""A plan that began long ago begins today unless somebody says otherwise, and is entered once."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from plugins.maintenance.tests.plans.plan_tools import TODAY, planned, tasks, units

from officeops.model.errors import Refused
from officeops.office.crud import add_record
from officeops_maintenance.plans.plan import FEW
from officeops_maintenance.plans.templates import plan_from_template

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def test_no_plan_has_more_than_a_month_of_missed_dates_in_silence(office: Office) -> None:
    for unit, days in product(("day", "week", "month"), (0, 1, 31, 32, 400, 13_000)):
        first, title = TODAY - timedelta(days=days), f"{unit} {days}"
        plan = planned(office, title=title, first_on=first, unit=unit)
        dates = {task.nominal_on for task in tasks(office, plan)}
        past = [day for day in dates if day and day < TODAY]
        assert len(past) <= FEW, title
        if plan.since is None:
            continue
        assert not past, title
        # Those that are left out are counted, and the rule counts on from its first date.
        assert any("left out" in remark for remark in office.remarks), title
        if days == 400:
            asked = planned(office, title=f"All of {title}", first_on=first, unit=unit, since=first)
            assert {task.nominal_on for task in tasks(office, asked)} > dates


@pytest.mark.usefixtures("office")
def test_a_list_of_plans_from_years_ago_begins_today_and_says_so(cli: Cli) -> None:
    rows = "title,first on,unit\nWash,1990-01-01,day\nDust,2026-02-25,day\n"
    ran = cli("plan", "import", "-", typed=rows)
    assert "dates before today are no tasks, of 1 plan" in ran.err
    begun = {row["title"]: row["since"] for row in cli("plan", "list", "--json").json}
    assert begun == {"Wash": str(TODAY), "Dust": None}


def test_a_plan_is_not_entered_twice_for_a_unit_by_whatever_road(office: Office) -> None:
    category = units(office, "One", "Two")
    office.do(plan_from_template, template="AED", equipment_id=1)
    abouts: list[dict[str, Any]] = [{"equipment_id": 1}, {"category_id": category}]
    for again in abouts:
        with pytest.raises(Refused, match="is that of PL-1"):
            office.do(plan_from_template, template="AED", **again)
        with pytest.raises(Refused, match="is that of PL-1"):
            planned(office, title="aed  CHECK", **again)
    office.do(plan_from_template, template="AED", equipment_id=2)


@pytest.mark.parametrize(
    ("key", "values", "other"),
    [
        ("waste-pickup", {"manifest": "MW 1"}, {"manifest": "mw 1"}),
        ("equipment", {"name": "A", "make": "Ritter", "serial": "S1"}, {"serial": "s1"}),
        ("sterilizer-load", {"equipment_id": 1, "number": "5", "contents": "x"}, {}),
    ],
)
def test_a_number_that_is_of_one_thing_is_not_taken_twice(
    office: Office, key: str, values: dict[str, object], other: dict[str, object]
) -> None:
    kind = office.record(f"maintenance.{key}")
    unit = {"name": "Autoclave", "spore_procedure": "cdc_2003"}
    add_record(office, office.record("maintenance.equipment"), unit)
    first = add_record(office, kind, values)
    with pytest.raises(Refused, match=f"is that of {first.human_key}"):
        add_record(office, kind, values | other)
