"""Expiry: goods and other things with a last good day, of which people are reminded once.

Documents that are renewed have several reminders and a status: `officeops.ExpiringDocument`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.model.due import Severity


class Expiry(Value):
    """How a kind of record ends, declared on the record as `expiry = Expiry(...)`.

    `ends` names the field with the last good day; `lead` is how many days before it people are
    reminded. `only` is SQL that limits which records are watched, over the row `t`. `action` settles
    one that is about to end, `ended_action` one that has ended, where that is another: goods that
    are still good are not thrown away. `what` says what ends where that is not the record:
    `"Warranty"` of a machine.
    """

    ends: str
    lead: int = 60
    severity: Severity = "legal"
    owner: str = "manager"
    action: str = ""
    ended_action: str = ""
    only: str = ""
    what: str = ""

    @property
    def watched(self) -> str:
        """The SQL condition that row `t` is watched."""
        conditions = [f"t.{self.ends} IS NOT NULL"]
        if self.only:
            conditions.append(f"({self.only})")
        return " AND ".join(conditions)
