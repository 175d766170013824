"""Return rules: within how many days the signed copy of a manifest comes back, by kind of waste.

They are data with a source, and no law of your state: the office confirms one number by its setting.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_maintenance.config import MaintenanceSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: The kinds of waste that a practice hands over, as the rows of the table name them.
KINDS: Final = ("regulated medical", "sharps", "pharmaceutical", "hazardous")


class ReturnRule(Value):
    """Days until a signed copy is back, and whether the office has confirmed them."""

    days: int
    is_confirmed: bool


@cache
def suggestions() -> tuple[dict[str, str], ...]:
    """Return the rows of the table: kind, days, source, and when somebody read the source."""
    import csv
    from importlib.resources import files

    table = files("officeops_maintenance.waste").joinpath("return_rules.csv")
    return tuple(csv.DictReader(table.read_text("utf-8").splitlines()))


def rule_for(office: Office, kinds: Iterable[str]) -> ReturnRule:
    """Return the rule for a pickup: the office's own, else the shortest suggested one."""
    own = office.settings("maintenance", MaintenanceSettings).signed_copy_days
    if own:
        return ReturnRule(own, is_confirmed=True)
    # One manifest is for all that was taken, so the strictest kind counts; unknown waste may be any.
    wanted = set(kinds) or set(KINDS)
    days = min(int(row["days"]) for row in suggestions() if row["kind"] in wanted)
    return ReturnRule(days, is_confirmed=False)
