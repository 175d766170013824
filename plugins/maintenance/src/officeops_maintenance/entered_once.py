"""Values entered once: a number that is of one thing alone, and a plan of one thing.

By `added` and `edited`: a file that comes a second time finds its rows itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Refused

if TYPE_CHECKING:
    from officeops import Office, Record


def refuse_twice(
    office: Office,
    record: Record,
    field: str,
    cure: str,
    where: str,
    *values: object,
) -> None:
    """Raise Refused where another record of the kind, by a condition, is the same thing."""
    kind = type(record)
    # The last value is the record's own number, which leaves it out.
    same = office.first(kind, f"({where}) AND id <> ?", *values, record.id)
    if same is None:
        return
    name = office.name(same)
    named = "" if name == same.human_key else f" {name}"
    why = f"is that of {same.human_key}{named}; {cure}"
    raise Refused([Problem(why, field, code="taken")], kind.meta.label)
