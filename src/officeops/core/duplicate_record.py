"""Duplicates: a person's answer about two records that may be one."""

from __future__ import annotations

from officeops.model.about import About  # noqa: TC001 - two columns
from officeops.model.fields import choice, field
from officeops.model.records import Record


class KnownDuplicate(
    Record,
    key="core.duplicate",
    commandless=True,
    label="Duplicate",
    display="answer",
    sort="-id",
    actions_only=True,
):
    """Two records of one kind that were merged, or that a person said are different.

    Of a merge it is about the record that was archived, and `other` stays. Undo archives it.
    """

    about: About
    other: int = field(help="Number of the other record")
    answer: str = choice("merged", "different")
