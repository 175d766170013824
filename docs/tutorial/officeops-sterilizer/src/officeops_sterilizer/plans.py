"""Test plans: what is done to a machine again and again."""

from __future__ import annotations

from datetime import date

from officeops import Office, Record, Schedule, choice, field, ref
from officeops_sterilizer.machines import Sterilizer


def sterilizer_of(office: Office, plan: TestPlan) -> Sterilizer:
    """Find the machine that a plan tests."""
    return office.get(Sterilizer, plan.sterilizer_id)


class TestPlan(Record, key="sterilizer.test-plan", display="title"):
    """A test of a machine, again and again."""

    title: str = field(example="Spore test")
    sterilizer_id: int = ref("sterilizer.sterilizer")
    first_on: date = field()
    unit: str = choice("day", "week", "month", default="week", help="How often: once in each")

    schedule = Schedule(
        anchor="first_on",
        unit="unit",
        closed="next",
        after=2,
        about=sterilizer_of,
        severity="legal",
    )
