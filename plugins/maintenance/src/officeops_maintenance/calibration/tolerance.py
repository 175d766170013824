"""Tolerance: whether a value is off by more than it may be, in Python and in SQL."""

from __future__ import annotations

from typing import Final

IN: Final = "in tolerance"
OUT: Final = "out of tolerance"
WORDS: Final = (IN, OUT)
#: A unit that nobody adjusted was left as it was found.
LEFT: Final = "ifnull({p}.as_left, {p}.as_found)"
FOUND: Final = "{p}.as_found"


def is_out(
    point: int,
    value: int,
    tolerance: int,
) -> bool:
    """Whether a value is further from its point than the tolerance; at its edge it is not."""
    return abs(value - point) > tolerance


def out_in_sql(value: str, row: str) -> str:
    """Write `is_out` over a row of points; NULL where nothing was measured."""
    return f"(abs({value.format(p=row)} - {row}.point) > {row}.tolerance)"


def word_in_sql(value: str, row: str) -> str:
    """Write the SQL of the word for one point; NULL where nothing was measured."""
    return f"CASE {out_in_sql(value, row)} WHEN 1 THEN '{OUT}' WHEN 0 THEN '{IN}' END"


def worst_in_sql(value: str, points: str) -> str:
    """Write the SQL of the word for several points `p`: one out is enough, and all have to be in."""
    is_out_of = out_in_sql(value, "p")
    return f"""(
SELECT CASE
    WHEN total({is_out_of}) > 0 THEN '{OUT}'
    WHEN count(*) > 0 AND count({is_out_of}) = count(*) THEN '{IN}'
END {points})"""
