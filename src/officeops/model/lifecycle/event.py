"""Event: a step in the life of a record, as its log has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import datetime


class Event(Value):
    """A transition that was taken: when it happened, the states before and after, who and the verb.

    The first one of a record is when it was added: its `was` is blank, and its verb is `add`.
    """

    at: datetime
    was: str
    now: str
    who: str
    verb: str
