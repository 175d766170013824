"""Hook results: each answer of a plugin is checked before anything relies on it."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Any

from officeops.model.due import SEVERITIES, Due
from officeops.model.error_words import one_line, repr_of
from officeops.model.errors import Broken, Problem, Reason
from officeops.plugins.declared_types import fitted


def escaped(text: object) -> str | None:
    """Write halves of characters as escapes; None for a value that is no text."""
    return text.encode(errors="backslashreplace").decode() if isinstance(text, str) else None


def check_outcome(answer: object) -> None:
    """Raise TypeError for an action's answer that is no text, record, Outcome or None.

    A text with half a character cannot be kept in the history, nor printed.
    """
    from officeops.model.actions import Outcome
    from officeops.model.records import Record

    words = answer.words if isinstance(answer, Outcome) else answer
    if not (words is None or isinstance(words, (str, Record))):
        raise TypeError(
            f"an action returns a text, a record, an Outcome or None, not {type(words).__name__}"
        )
    if isinstance(words, str):
        words.encode()


def problem_in(answer: object) -> Problem:
    """Take one problem of a record's `check`. Raises TypeError for anything but a Problem."""
    if isinstance(answer, Problem):
        return fitted(answer, Problem)
    raise TypeError(f"it gives a Problem for each thing that is wrong, not {repr_of(answer)}")


def sentence_in(answer: object) -> str:
    """Take a sentence of a job or of a record's `edited`. Raises TypeError for no text."""
    if isinstance(answer, str):
        return one_line(answer)
    raise TypeError(f"it gives sentences, not {type(answer).__name__}")


def cell_in(value: object) -> str | int | float | bool | None:
    """Take a cell of a report. Raises TypeError for a value that neither JSON nor CSV can hold."""
    if isinstance(value, str):
        # A cell may have several lines; half a character is written by no format.
        return escaped(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a cell of a report is a text, a number, a date or None, not {repr_of(value)}")


def reason_in(answer: object) -> str | None:
    """Take the reason against something; None for an empty one. Raises TypeError for no text."""
    if not answer:
        return None
    if isinstance(answer, Reason):
        return answer.within(one_line(answer))
    if isinstance(answer, str):
        return one_line(answer)
    raise TypeError(f"it returns a text that says why not, or None, not {type(answer).__name__}")


def fit(hook: str, answer: Any) -> Any:  # noqa: ANN401 - whatever the hook gave
    """Take a plugin's answer to a hook. Raises Broken for one that would break its readers."""
    if hook == "due":
        is_due = isinstance(answer, Due) and answer.severity in SEVERITIES
        # A datetime is a date to Python, and cannot be compared with one.
        if not is_due or type(answer.on) is not date or not answer.key:
            severities = ", ".join(SEVERITIES)
            raise Broken(
                f"{repr_of(answer)} is no Due with a date, a key and one of the severities {severities}"
            )
        return fitted(answer, Due)
    if hook in {"validate", "keep", "check"}:
        if not isinstance(answer, Problem):
            raise Broken(f"{repr_of(answer)} is no Problem")
        return fitted(answer, Problem)
    if hook == "duplicates":
        from officeops.model.duplicate import Duplicate  # asked for by one command alone

        if not isinstance(answer, Duplicate):
            raise Broken(f"{repr_of(answer)} is no Duplicate")
        return fitted(answer, Duplicate)
    if hook in {"huddle", "inspect"}:
        return _morning_or_proof(hook, answer)
    if hook == "search":
        from officeops.model import records  # a search has an office open

        if not isinstance(answer, records.Record) or not isinstance(answer.id, int):
            raise Broken(f"{repr_of(answer)} is no record")
    return answer


def _morning_or_proof(hook: str, answer: Any) -> Any:  # noqa: ANN401 - whatever the hook gave
    """Take a line of the morning's page, or a proof. Each is asked for by one command alone."""
    if hook == "huddle":
        from officeops.model.huddle import PARTS, HuddleLine

        if not isinstance(answer, HuddleLine) or answer.part not in PARTS:
            parts = ", ".join(PARTS)
            raise Broken(f"{repr_of(answer)} is no HuddleLine with one of the parts {parts}")
        return fitted(answer, HuddleLine)
    from officeops.model.proof import STATUSES, Proof

    if not isinstance(answer, Proof) or answer.status not in STATUSES or not answer.what:
        statuses = ", ".join(STATUSES)
        raise Broken(
            f"{repr_of(answer)} is no Proof with a text and one of the statuses {statuses}"
        )
    return fitted(answer, Proof)
