"""Told problems: what a rule says of a write, without what rows out of the person's reach show.

Rules see every row, because they have to: who else is off that day. Where one refuses a person of
limited reach, it is asked once more about the rows within reach alone. Its words then are passed on;
the rest is refused without its words, which may name anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import OfficeError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager


def told(
    as_seen: Callable[[], AbstractContextManager[None]],
    problems: Sequence[Problem],
    ask: Callable[[], Sequence[Problem]],
) -> list[Problem]:
    """Return the problems that a rule has found, as the acting person may read them.

    In `as_seen`, the rule sees the person's rows alone.
    """
    try:
        with as_seen():
            seen = {problem.message for problem in ask()}
    except OfficeError:
        # Without the rows out of reach the rule finds nothing to answer by.
        seen = set()
    return [problem if problem.message in seen else _without_words(problem) for problem in problems]


def _without_words(problem: Problem) -> Problem:
    why = "goes against records that you may not see; ask a person who sees them"
    return Problem(why, problem.field, code=problem.code)
