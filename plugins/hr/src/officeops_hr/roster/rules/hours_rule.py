"""Hours rule: one limit of the office on hours, rest or notice, which warns."""

from __future__ import annotations

from typing import NamedTuple


class HoursRule(NamedTuple):
    """One limit: minutes or days, and its name."""

    kind: str
    limit: int
    name: str

    @property
    def is_of_pay(self) -> bool:
        """Whether it is about overtime, which nobody owes to people who are exempt."""
        return self.kind in {"week_overtime", "day_overtime", "day_double", "seventh_day"}
