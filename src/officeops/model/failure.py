"""Failure: a failed answer of a task's checklist, as the kind of record that it opens is given it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.model.about import Subject


class Failure(Value):
    """A failed answer: the task, the question and the answer, what the task is about, whose it is."""

    task: str
    question: str
    answer: str
    about: Subject | None
    owner: str
    #: Whether the item blocks what the task is about, until a later task has it passed.
    blocks: bool = False
