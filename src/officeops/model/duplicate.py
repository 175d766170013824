"""Duplicate: two records that may be one, and the reason to think so."""

from __future__ import annotations

from officeops.model.immutable import Value


class Duplicate(Value):
    """Two records of one kind that may be the same: its key, their ids and why.

    `why` is a few words for people, such as `same phone`. Nothing is merged by it.
    """

    record: str
    one: int
    other: int
    why: str
