"""How long a paper is kept: the SQL of its clock, from its type, its day and the employments.

A paper whose clock has not begun, as somebody still works here, is kept until further notice.
"""

from __future__ import annotations

from typing import Final

from officeops_hr.people.leaving import LAST_DAY

#: The day of a clock, for the type `y` and the paper `t`.
_DAYS: Final = {
    "dated": "t.dated_on",
    "hired": """(SELECT min(e.hired_on) FROM hr_employment e
        WHERE e.person_id = t.person_id AND e.archived_at IS NULL)""",
    "left": LAST_DAY,
}


def _clock(trigger: str, months: str) -> str:
    days = " ".join(f"WHEN '{name}' THEN {day}" for name, day in _DAYS.items())
    return f"date(CASE y.{trigger} {days} END, '+' || y.{months} || ' months')"


_FIRST: Final = _clock("keep_from", "keep_months")
_SECOND: Final = _clock("or_from", "or_months")
#: The last day on which a paper must be kept; NULL while nobody can say.
KEEP_UNTIL: Final = f"""(SELECT CASE WHEN y.or_from IS NULL THEN {_FIRST}
ELSE max({_FIRST}, {_SECOND}) END FROM hr_paper_type y WHERE y.id = t.type_id)"""
#: The same for a purge, to which a day that nobody can say is far away.
NOT_BEFORE: Final = f"ifnull({KEEP_UNTIL}, '9999-12-31')"
#: The last day on which a paper counts for its file; NULL if it counts for good.
GOOD_UNTIL: Final = """(SELECT date(t.dated_on, '+' || y.good_for || ' months')
FROM hr_paper_type y WHERE y.id = t.type_id)"""
