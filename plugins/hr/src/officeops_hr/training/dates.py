"""Dates of training in SQL: until when one holds, and how long its record is kept.

For a training `t` and its topic `y`. A month without the day takes its last one: SQLite would go on
into the next month.
"""

from __future__ import annotations

from typing import Final

#: The results after which a person need not be trained again until it lapses. A tuple of them is
#: written as SQL writes a list.
COUNTED: Final = ("trained", "passed", "exempt")


def months_later(day: str, months: str) -> str:
    """Return the SQL of the same day some months later, or of that month's last day."""
    return f"min(date({day}, '+' || {months} || ' months'), {month_end(day, months)})"


# Whole months are easier to plan: one date for all who were trained in it.
def month_end(day: str, months: str) -> str:
    """Return the SQL of the last day of the month some months later."""
    return f"date({day}, 'start of month', '+' || ({months} + 1) || ' months', '-1 day')"


_REPEATED: Final = f"""CASE y.holds_until WHEN 'month_end'
THEN {month_end("t.done_on", "y.every_months")}
ELSE {months_later("t.done_on", "y.every_months")} END"""
#: The last day on which a training holds; NULL: for good.
HOLDS_UNTIL: Final = f"""CASE WHEN t.good_until IS NOT NULL THEN t.good_until
WHEN t.result = 'exempt' OR y.every_months IS NULL THEN NULL ELSE {_REPEATED} END"""
_OF_TOPIC: Final = "FROM hr_training_topic y WHERE y.id = t.topic_id"
#: The same for a row of trainings alone; blank of somebody who was absent or failed.
GOOD_UNTIL: Final = f"(SELECT CASE WHEN t.result IN {COUNTED} THEN {HOLDS_UNTIL} END {_OF_TOPIC})"
#: The last day on which the record of a training is kept.
KEEP_UNTIL: Final = f"(SELECT {months_later('t.done_on', 'y.keep_months')} {_OF_TOPIC})"
#: The same for a session `t`, which keeps the longest months of its topics.
SESSION_KEEP_UNTIL: Final = months_later("t.held_on", "t.keep_months")
